"""`report`: how the roles stand, all together, as text and as a page for the team."""

import datetime
import sys
from pathlib import Path

import click

from rolerisk.commands import options
from rolerisk.terminal import print_problems


@click.command()
@options.today
@options.drafts
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path(".cache/report.html"),
    show_default=True,
    help="The page to write.",
)
def command(today: datetime.date, drafts: bool, html: Path) -> None:
    """Say how the scores agree with research, and what is due, rare or hard to read.

    A report, never an error. It prints a text and writes a page with plots for the team.
    """
    from rolerisk.settings import Settings, UnsoundError
    from rolerisk.survey.page import MARK
    from rolerisk.survey.report import report

    _refuse(html, MARK)
    settings = Settings(root=Path.cwd(), out=Path("site"), today=today, drafts=drafts)
    try:
        made = report(settings)
    except UnsoundError as error:
        print_problems(error.args[0])
        sys.exit(options.PROBLEMS)
    html.parent.mkdir(parents=True, exist_ok=True)
    html.write_bytes(made.page)
    for line in made.lines:
        click.echo(line)
    if not made.sound:
        click.echo("what has errors may be missing: python build.py check lists them", err=True)
    click.echo(f"\nwrote {html}")


def _refuse(html: Path, mark: str) -> None:
    """Nothing that is not a report is overwritten, and none lands among what is published."""
    if (Path.cwd() / "site").resolve() in html.resolve().parents:
        raise click.UsageError(f"{html} would be published: the report is for the team")
    if html.exists() and mark not in html.read_text("utf-8", errors="replace")[:2000]:
        raise click.UsageError(f"{html} is no report: give another file")
