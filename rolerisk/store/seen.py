"""What an earlier run saw of the input files, so that the next one need not read them again."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from rolerisk.model.sources import Seen
from rolerisk.store.manifest import read_kept, write_kept

VERSION = 1


class _Kept(msgspec.Struct, frozen=True):
    """The file of them, by their paths."""

    files: dict[str, Seen]


def read_seen(root: Path) -> dict[str, Seen]:
    """What was seen of a project's files; nothing when nobody has left it, or it is damaged."""
    kept = read_kept(_path(root), _Kept, VERSION)
    return kept.files if kept else {}


def write_seen(root: Path, files: Mapping[str, Seen]) -> None:
    """Keep what was seen, atomically."""
    write_kept(_path(root), _Kept(dict(files)), VERSION)


def _path(root: Path) -> Path:
    return root / ".cache" / "seen.msgpack"
