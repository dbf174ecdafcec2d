"""`diff`: say what a branch changes for readers."""

import datetime
import sys
from pathlib import Path

import click

from rolerisk.commands import options
from rolerisk.terminal import print_problems


@click.command()
@click.argument("revision", default="", metavar="[REV]")
@options.drafts
@options.today
@click.option("--markdown", is_flag=True, help="As Markdown, for a comment on a pull request.")
def command(revision: str, drafts: bool, today: datetime.date, markdown: bool) -> None:
    """Say what a branch changes for readers: pages, titles, scores, words.

    Compares with the commit where the branch left REV; default: the main branch.
    """
    from rolerisk.formats.changes import changes_markdown, changes_text
    from rolerisk.revision.diff import difference
    from rolerisk.settings import Settings, UnsoundError

    settings = Settings(root=Path.cwd(), out=Path("site"), today=today, drafts=drafts)
    try:
        found = difference(settings, revision)
    except UnsoundError as error:
        print_problems(error.args[0])
        sys.exit(options.PROBLEMS)
    click.echo(changes_markdown(found) if markdown else changes_text(found))
    if found.lost:
        sys.exit(options.PROBLEMS)
