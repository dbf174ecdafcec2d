"""What the commands that move and rename roles come to: new texts, and files that they replace."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from rolerisk.edit.files import write_texts
from rolerisk.edit.fmt import is_content, slips_of
from rolerisk.errors import CommandError
from rolerisk.model.sources import Sources
from rolerisk.places import Places
from rolerisk.problem import Problem
from rolerisk.settings import UnsoundError


class EditError(CommandError):
    """What was asked for would lose or overwrite something; nothing has been written."""


class Changes(NamedTuple):
    """The new texts of files, by path, and the files that have moved elsewhere."""

    texts: dict[str, str]
    removed: tuple[str, ...] = ()


def apply(root: Path, changes: Changes) -> None:
    """Write the texts, then remove what they replace: a power cut leaves a role twice, never none."""
    write_texts(root, changes.texts)
    for path in changes.removed:
        (root / path).unlink()


def refuse_unreadable(sources: Sources, unread: Iterable[Problem]) -> None:
    """Raises UnsoundError when a file of the content cannot be read: who knows what it says."""
    slips = [slip for f in sources.files.values() if is_content(f.path) for slip in slips_of(f)]
    if problems := [*unread, *slips]:
        raise UnsoundError(tuple(map(Places(sources).locate, problems)))


def refuse_existing(root: Path, path: str) -> None:
    """Raises EditError when there is a file, or whatever else, where one is to be written."""
    if (root / path).exists() or (root / path).is_symlink():
        raise EditError(f"{path} exists already: move it away first")
