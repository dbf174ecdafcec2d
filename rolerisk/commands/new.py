"""`new TITLE`: begin a role."""

import datetime
from pathlib import Path

import click

from rolerisk.commands import options


@click.command()
@click.argument("title")
@options.today
def command(title: str, today: datetime.date) -> None:
    """Begin a role: write a draft with TODOs in the right places."""
    from rolerisk.draft.scaffold import DraftExistsError, scaffold

    try:
        draft = scaffold(Path.cwd(), title, today)
    except DraftExistsError as error:
        raise click.UsageError(str(error)) from None
    for path in draft.paths:
        click.echo(f"wrote {path}")
    click.echo(draft.advice)
