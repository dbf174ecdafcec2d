"""`rename OLD NEW`: change a role's slug."""

from pathlib import Path

import click


@click.command()
@click.argument("old")
@click.argument("new")
def command(old: str, new: str) -> None:
    """Change a role's slug and what refers to it; the old address leads to the new one."""
    from rolerisk.commands.rewriting import rewrite
    from rolerisk.edit.rename import rename

    rewrite(lambda sources: rename(Path.cwd(), sources, old, new), "")
