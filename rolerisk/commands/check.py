"""`check`: check the content, a change of it, or what was built, and write nothing."""

import datetime
import os
import sys
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import click

from rolerisk.commands import options
from rolerisk.hosts.table import HOSTS
from rolerisk.terminal import Progress, print_problems


@click.command()
@options.today
@options.drafts
@options.strict
@options.out
@click.option(
    "--changed",
    is_flag=False,
    flag_value="",
    metavar="[REV]",
    help="Check what this branch touched since it left REV; default: the main branch.",
)
@click.option(
    "--site",
    is_flag=True,
    help="Check instead the finished output folder: what readers and crawlers would get.",
)
@click.option(
    "--host",
    type=click.Choice(list(HOSTS)),
    help="Check instead whether the finished output folder may be published on this host.",
)
@click.option("--links", is_flag=True, help="Also ask the network for every external link.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "sarif", "json"]),
    default="text",
    show_default=True,
    help="Text for people, to stderr; the others for programs, to stdout.",
)
def command(
    today: datetime.date,
    drafts: bool,
    strict: bool,
    out: Path,
    changed: str | None,
    site: bool,
    host: str | None,
    links: bool,
    form: str,
) -> None:
    """Check the content and write nothing."""
    from rolerisk.settings import Settings, is_sound

    if (site or host is not None) and changed is not None:
        option = "--site" if site else "--host"
        raise click.UsageError(f"{option} looks at the output folder, --changed at the content")
    if links and (site or host is not None or changed is not None):
        raise click.UsageError("--links looks at all of the content: give it alone")
    settings = Settings(root=Path.cwd(), out=out, today=today, drafts=drafts, strict=strict)
    problems: Sequence[Any]
    paths: Collection[str] = ()
    if site or host is not None:
        problems = _of_output(out, site, host, strict)
    else:
        from rolerisk.store.lock import exclusive

        with exclusive(settings.root, options.say_waiting):
            problems, paths = _of_content(settings, changed, links)
    _tell(problems, form, paths)
    if not is_sound(tuple(problems)):
        sys.exit(options.PROBLEMS)


def _of_content(
    settings: Any, changed: str | None, links: bool
) -> tuple[Sequence[Any], Collection[str]]:
    """What is wrong with the content, or with what a branch touched of it."""
    if changed is not None:
        return _of_change(settings, changed)
    from rolerisk.content import check_content

    more = _ask_network(settings.root, settings.today) if links else None
    return check_content(settings, more).problems, ()


def _ask_network(root: Path, today: datetime.date) -> Any:
    """What asks for the external links of a site, and shows how far it is."""
    from rolerisk.links.addresses import external_links
    from rolerisk.links.asking import Manners, ask_all
    from rolerisk.links.rules import problems

    def ask(sources: Any, site: Any) -> Any:
        if site is None:
            return ()
        found, config = external_links(sources, site), site.config
        agent = f"rolerisk link check (+{config.base_url}; {config.publisher.email})"
        with Progress("asking") as progress:
            kept = root / ".cache" / "links.msgpack"
            answers = ask_all(found, kept, today, Manners(agent), progress.advance)
        click.echo(f"{len(found):,} external links", err=True)
        return tuple(problems(found, answers))

    return ask


def _of_change(settings: Any, revision: str) -> tuple[Sequence[Any], Collection[str]]:
    """What is wrong with what a branch touched; errors elsewhere are told, not listed."""
    from rolerisk.revision.check import check_change

    found = check_change(settings, revision)
    if found.errors_elsewhere:
        count, plural = found.errors_elsewhere, "s" * (found.errors_elsewhere != 1)
        click.echo(
            f"{count:,} error{plural} in what this branch did not touch: "
            "python build.py check lists all",
            err=True,
        )
    return found.checked.problems, found.paths


def _of_output(out: Path, pages: bool, host: str | None, strict: bool) -> Sequence[Any]:
    """What is wrong with what was built: with its pages, for a host, or both."""
    from rolerisk.audit.check import check_site
    from rolerisk.finished import finished
    from rolerisk.hosts.limits import check_host
    from rolerisk.report import in_order

    site = finished(out)
    if site is None:
        raise click.UsageError(f"{out} holds no site: build first")
    found = list(check_site(site, os.cpu_count() or 1, strict)) if pages else []
    if host is not None:
        found += check_host(site, HOSTS[host], strict)
    return in_order(found)


def _tell(problems: Sequence[Any], form: str, changed: Collection[str]) -> None:
    if form == "text":
        print_problems(problems)
    elif form == "json":
        from rolerisk.formats.as_json import as_json

        click.echo(as_json(problems))
    elif form == "sarif":
        from rolerisk.formats.sarif import sarif
        from rolerisk.rulebook import RULES

        click.echo(sarif(problems, RULES))
    else:
        _tell_github(problems, changed)


def _tell_github(problems: Sequence[Any], changed: Collection[str]) -> None:
    """Annotations to stdout; everything into the job summary, where there is one."""
    from rolerisk.formats.github import annotations, summary
    from rolerisk.report import count_text

    for line in annotations(problems, changed):
        click.echo(line)
    click.echo(count_text(problems), err=True)
    if path := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(summary(problems, f"Check: {count_text(problems)}"))
