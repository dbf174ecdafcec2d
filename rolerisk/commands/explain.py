"""`explain PATH`: what a file of the site is made of."""

import datetime
import sys
from pathlib import Path

import click

from rolerisk.commands import options
from rolerisk.terminal import print_problems


@click.command()
@click.argument("path")
@options.out
@options.base_url
@options.drafts
@options.today
def command(path: str, out: Path, base_url: str | None, drafts: bool, today: datetime.date) -> None:
    """Say what a file of the site is made of, and why it would be rendered."""
    from rolerisk.explain import explanation
    from rolerisk.settings import Settings, UnsoundError

    settings = Settings(root=Path.cwd(), out=out, today=today, base_url=base_url, drafts=drafts)
    try:
        text = explanation(path, settings)
    except UnsoundError as error:
        print_problems(error.args[0])
        sys.exit(options.PROBLEMS)
    if text is None:
        raise click.UsageError(
            f"no output {path!r}; give a path below the output folder or a URL, such as /roles/"
        )
    click.echo(text)
