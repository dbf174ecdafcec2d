"""What `rename`, `split` and `join` share: they read the content, change it, and say what they wrote."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from rolerisk.commands import options
from rolerisk.terminal import print_problems


def rewrite(change: Callable[[Any], Any], nothing: str) -> None:
    """Make a change of all sources; when there is none to make, say so."""
    from rolerisk.edit.changes import apply, refuse_unreadable
    from rolerisk.load import load
    from rolerisk.settings import UnsoundError

    sources, unread = load(Path.cwd())
    try:
        refuse_unreadable(sources, unread)
    except UnsoundError as error:
        print_problems(error.args[0])
        sys.exit(options.PROBLEMS)
    changes = change(sources)
    apply(Path.cwd(), changes)
    for path in changes.texts:
        click.echo(f"wrote {path}")
    for path in changes.removed:
        click.echo(f"removed {path}")
    if not changes.texts:
        click.echo(nothing)
