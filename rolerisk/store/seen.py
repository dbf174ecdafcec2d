"""What an earlier run saw of the input files, so that the next one need not read them again."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from rolerisk.model.sources import Seen
from rolerisk.program import program_digest
from rolerisk.store.manifest import read_kept, write_kept

VERSION = 1


class _Kept(msgspec.Struct, frozen=True):
    """The file of them, by their paths, and the program that saw them."""

    program: str
    files: dict[str, Seen]


def read_seen(root: Path) -> dict[str, Seen]:
    """What this very program saw of a project's files; nothing when none was left, or it is damaged."""
    kept = read_kept(_path(root), _Kept, VERSION)
    return kept.files if kept and kept.program == program_digest() else {}


def write_seen(root: Path, files: Mapping[str, Seen]) -> None:
    """Keep what was seen, atomically."""
    write_kept(_path(root), _Kept(program_digest(), dict(files)), VERSION)


def forget_seen(root: Path) -> None:
    """Drop it: a file is not as the disk said."""
    _path(root).unlink(missing_ok=True)


def _path(root: Path) -> Path:
    return root / ".cache" / "seen.msgpack"
