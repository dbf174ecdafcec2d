"""`clean`: remove what builds have written."""

from pathlib import Path

import click

from rolerisk.commands import options


@click.command()
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also remove files that no build is known to have written, after asking.",
)
@options.out
@click.option("--yes", is_flag=True, help="Do not ask.")
def command(everything: bool, out: Path, yes: bool) -> None:
    """Remove what builds have written, and the caches."""
    from rolerisk.clean import clean as run
    from rolerisk.clean import strangers

    if everything:
        unknown = strangers(Path.cwd(), out)
        for path in unknown[:20]:
            click.echo(f"  {out}/{path}")
        if len(unknown) > 20:
            click.echo(f"  and {len(unknown) - 20:,} more")
        everything = bool(unknown) and (
            yes or click.confirm(f"Remove these {len(unknown):,} files too?")
        )
    click.echo(f"{run(Path.cwd(), out, everything):,} files removed")
