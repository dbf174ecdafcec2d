"""`serve`: the site on this machine, rebuilt on every save."""

import datetime
import os
from pathlib import Path

import click

from rolerisk.commands import options


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port on 127.0.0.1.",
)
@options.drafts
@options.today
def command(port: int, drafts: bool, today: datetime.date) -> None:
    """Serve the site on this machine and show every save in the browser."""
    from rolerisk.serve.server import serve as run
    from rolerisk.settings import Settings

    run(
        Settings(
            root=Path.cwd(),
            out=Path(".cache/serve"),
            today=today,
            drafts=drafts,
            jobs=os.cpu_count() or 1,
        ),
        port,
        click.echo,
    )
