"""`split`: give roles of roles.yaml files of their own."""

from pathlib import Path

import click


@click.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
def command(slugs: tuple[str, ...]) -> None:
    """Give roles of roles.yaml files of their own; the site stays as it is.

    All of them, or the SLUGs given: content/roles/<slug>.yaml. `join` is the way back.
    """
    from rolerisk.commands.rewriting import rewrite
    from rolerisk.edit.split import split

    rewrite(
        lambda sources: split(Path.cwd(), sources, slugs),
        "roles.yaml holds no roles: nothing to split",
    )
