"""`join`: move roles from files of their own into roles.yaml."""

import click


@click.command()
@click.argument("slugs", nargs=-1, metavar="[SLUG]...")
def command(slugs: tuple[str, ...]) -> None:
    """Move roles from files of their own to the end of roles.yaml; the site stays as it is.

    All of them, or the SLUGs given. Narratives stay where they are. `split` is the way back.
    """
    from rolerisk.commands.rewriting import rewrite
    from rolerisk.edit.split import join

    rewrite(lambda sources: join(sources, slugs), "no role has a file of its own: nothing to join")
