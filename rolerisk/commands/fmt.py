"""`fmt`: rewrite the content's files in one canonical form."""

import sys
from pathlib import Path

import click

from rolerisk.commands import options
from rolerisk.terminal import print_problems


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--check", "check_only", is_flag=True, help="Write nothing; fail if a file would change."
)
def command(paths: tuple[str, ...], check_only: bool) -> None:
    """Rewrite the content's YAML and Markdown in one form, and lose nothing.

    Every file of the content, or the PATHs given. A file in which anything would be lost, or that
    cannot be read, is left as it is and named.
    """
    from rolerisk.edit.files import write_texts
    from rolerisk.edit.fmt import formatted, is_content
    from rolerisk.load import load
    from rolerisk.places import Places

    sources, unread = load(Path.cwd())
    wanted = [Path(path).as_posix() for path in paths]
    for path in wanted:
        if not is_content(path) or path not in {*sources.files, *sources.unread}:
            raise click.UsageError(
                f"{path} is no file of the content: roles.yaml, or YAML or Markdown in content/"
            )
    found = formatted(sources, wanted)
    concern = [p for p in unread if p.place.path in wanted or not wanted]
    problems = (*map(Places(sources).locate, concern), *found.problems)
    if not check_only:
        write_texts(Path.cwd(), found.texts)
    for path in found.texts:
        click.echo(f"would rewrite {path}" if check_only else f"wrote {path}")
    print_problems(problems)
    if not found.texts and not problems:
        click.echo("every file has its canonical form")
    if problems or (check_only and found.texts):
        sys.exit(options.PROBLEMS)
