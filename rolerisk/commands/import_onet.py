"""`import-onet DIR`: begin roles from the O*NET database."""

import datetime
import sys
from pathlib import Path
from typing import Any

import click

from rolerisk.commands import options

_FEW = 10  # of a kind are named; more are counted


@click.command()
@click.argument(
    "folder", metavar="DIR", type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.argument("title", default="")
@click.option(
    "--soc", "codes", multiple=True, help="An occupation's O*NET-SOC code; may be repeated."
)
@click.option("--all", "everything", is_flag=True, help="Every occupation of the database.")
@click.option(
    "--exposure",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The exposure labels of GPTs are GPTs: full_labelset.tsv.",
)
@options.today
def command(
    folder: Path,
    title: str,
    codes: tuple[str, ...],
    everything: bool,
    exposure: Path | None,
    today: datetime.date,
) -> None:
    """Begin roles from the O*NET database: drafts with tasks, shares and exposures.

    DIR is an unpacked release, text or Excel. The occupation is given by TITLE, in any of its
    names, or by --soc; with both, the draft has this TITLE. A role or file that is there already
    is left alone.
    """
    from rolerisk.draft.credit import version_of
    from rolerisk.draft.import_onet import import_drafts
    from rolerisk.draft.onet import read_release
    from rolerisk.draft.titles import is_own_name

    if bool(title or codes) == everything or (title and len(codes) > 1):
        raise click.UsageError(
            "give a TITLE, or --soc CODE, or a TITLE and its --soc CODE, or --all"
        )
    release = read_release(folder, exposure)
    if everything:
        wanted = tuple(release.occupations)
    else:
        wanted = _known(codes, release) or (_chosen(title, release),)
    called = title if title and not is_own_name(title, wanted[0], release) else ""
    found = import_drafts(Path.cwd(), release, version_of(folder), wanted, today, called)
    _say([f"wrote {path}" for path in found.paths], "files written to content/roles/")
    left = [_named(code, release) for code in found.there]
    _say(
        [f"left alone, there is such a role: {name}" for name in left],
        "occupations left alone: there are such roles",
    )
    without = [_named(code, release) for code in found.without_tasks]
    _say(
        [f"skipped, the database has no tasks: {name}" for name in without],
        "occupations skipped: the database has no tasks of them",
    )
    if found.paths and not exposure:
        click.echo("no exposure labels (--exposure): every range is a TODO, and 10-90")
    if found.paths:
        click.echo("fill in the TODOs; look at the drafts with: python build.py serve --drafts")


def _known(codes: tuple[str, ...], release: Any) -> tuple[str, ...]:
    from rolerisk.text.spelling import did_you_mean

    for code in codes:
        if code not in release.occupations:
            hint = did_you_mean(code, release.occupations) or "such as 15-1254.00"
            raise click.BadParameter(
                f"no occupation has the code {code!r}; {hint}", param_hint="--soc"
            )
    return tuple(dict.fromkeys(codes))


def _chosen(title: str, release: Any) -> str:
    """The one occupation that is called so; of several, the one that the user chooses."""
    from rolerisk.draft.titles import codes_of
    from rolerisk.text.spelling import did_you_mean

    codes = codes_of(title, release)
    if not codes:
        hint = (
            did_you_mean(title.lower(), release.codes) or "see Occupation Data and Alternate Titles"
        )
        raise click.UsageError(f"no occupation is called {title!r}; {hint}")
    if len(codes) == 1:
        return codes[0]
    names = [_named(code, release) for code in codes]
    if not _somebody_answers():
        lines = "".join(f"\n  --soc {name}" for name in names)
        raise click.UsageError(f"{len(codes)} occupations are called {title!r}; choose one:{lines}")
    for number, name in enumerate(names, 1):
        click.echo(f"{number:3}  {name}")
    number = click.prompt("Which one", type=click.IntRange(1, len(codes)))
    return codes[number - 1]


def _somebody_answers() -> bool:
    return sys.stdin.isatty()


def _named(code: str, release: Any) -> str:
    return f"{code}  {release.occupations[code].title}"


def _say(lines: list[str], many: str) -> None:
    """A few lines one by one, more as their number."""
    for line in lines if len(lines) <= _FEW else [f"{len(lines):,} {many}"]:
        click.echo(line)
