"""`check`: check the content and write nothing."""

import datetime
import sys
from pathlib import Path

import click

from rolerisk.commands import options
from rolerisk.hosts.table import HOSTS
from rolerisk.terminal import print_problems


@click.command()
@options.today
@options.drafts
@options.strict
@options.out
@click.option(
    "--host",
    type=click.Choice(list(HOSTS)),
    help="Check instead whether the finished output folder may be published on this host.",
)
def command(today: datetime.date, drafts: bool, strict: bool, out: Path, host: str | None) -> None:
    """Check the content and write nothing."""
    if host is not None:
        _check_host(out, host, strict)
        return
    from rolerisk.pipeline import check_content
    from rolerisk.settings import Settings

    settings = Settings(
        root=Path.cwd(), out=Path("site"), today=today, drafts=drafts, strict=strict
    )
    checked = check_content(settings)
    print_problems(checked.problems)
    if not checked.sound:
        sys.exit(options.PROBLEMS)


def _check_host(out: Path, name: str, strict: bool) -> None:
    """Whether what was built may be published."""
    from rolerisk.finished import finished
    from rolerisk.hosts.limits import check_host
    from rolerisk.report import in_order
    from rolerisk.settings import is_sound

    site = finished(out)
    if site is None:
        raise click.UsageError(f"{out} holds no site: build first")
    problems = tuple(in_order(check_host(site, HOSTS[name], strict)))
    print_problems(problems)
    if not is_sound(problems):
        sys.exit(options.PROBLEMS)
