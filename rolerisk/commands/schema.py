"""`schema`: write the JSON Schemas of the YAML files."""

import sys
from pathlib import Path

import click

from rolerisk.commands import options


@click.command()
@click.option(
    "--check", "check_only", is_flag=True, help="Write nothing; fail if a schema is not current."
)
def command(check_only: bool) -> None:
    """Write the JSON Schemas that editors' YAML extensions complete and check with."""
    from rolerisk.schema import schemas

    stale = []
    for name, text in schemas().items():
        path = Path.cwd() / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check_only:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if check_only and stale:
        click.echo(f"not current: {', '.join(stale)}; run python build.py schema", err=True)
        sys.exit(options.PROBLEMS)
    click.echo(
        f"{len(stale)} schema{'s' * (len(stale) != 1)} written"
        if stale
        else "all schemas are current"
    )
