"""Which roles a save has changed, found without reading, decoding or cutting the others."""

import os
import stat
from collections.abc import Iterable, Iterator
from io import FileIO
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from rolerisk.load import load_again, read_file
from rolerisk.model.sources import InputFile, Sources
from rolerisk.parse.roles import ROLES_FILE, RoleText, cut
from rolerisk.parse.stage import RoleSource, narratives_of, role_sources
from rolerisk.problem import Place

_STEPS = (
    1 << 20,
    1 << 16,
)  # bytes compared at once: at first many, as each read may wait for a build
_MOST = 4_000_000  # bytes of roles.yaml, now or before, from a save's first change to its last
_ENTRY = b"\n- "


class _Splice(NamedTuple):
    """Bytes of roles.yaml that have become others: whole entries, and what is around them."""

    start: int
    end: int
    new: bytes


class Edit(NamedTuple):
    """What a save changed: texts and narratives by the slugs of their roles.

    `records` says what became of the bytes of roles.yaml, if it was saved.
    """

    texts: dict[str, RoleText]
    narratives: dict[str, InputFile]
    records: list[_Splice]

    @property
    def slugs(self) -> list[str]:
        """The roles that it changed."""
        return sorted(self.texts.keys() | self.narratives.keys())


class Roles:
    """The texts of all roles, as they were when they were last looked at."""

    def __init__(self, sources: Sources) -> None:
        self._narratives = narratives_of(sources)
        found = role_sources(sources, self._narratives)
        self._texts = {source.text.likely_slug: source.text for source in found}
        self._records = bytearray((sources.text(ROLES_FILE) or "").encode())

    def __iter__(self) -> Iterator[RoleSource]:
        for slug, text in self._texts.items():
            yield RoleSource(text, self._narratives.get(slug))

    def edit(self, root: Path, paths: Iterable[str]) -> Edit | None:
        """What files say of roles that they did not say before; None when that is not all they say."""
        edit = Edit({}, {}, [])
        for path in paths:
            known = (
                self._look_at_records(root / path, edit)
                if path == ROLES_FILE
                else self._look_at(load_again(root, path), edit)
            )
            if not known:
                return None
        return edit

    def edited(self, edit: Edit) -> Iterator[RoleSource]:
        """The roles of an edit, as they are now."""
        for slug in edit.slugs:
            text = edit.texts.get(slug) or self._texts[slug]
            yield RoleSource(text, edit.narratives.get(slug) or self._narratives.get(slug))

    def keep(self, edit: Edit) -> None:
        """Take what an edit changed for what was last looked at."""
        self._texts |= edit.texts
        self._narratives |= edit.narratives
        for splice in edit.records:
            self._records[splice.start : splice.end] = splice.new

    def _look_at(self, file: InputFile | None, edit: Edit) -> bool:
        """Note what a narrative, or a role's own file, changes; False for any other file."""
        if file is None:
            return False
        if file.path.endswith(".md"):
            slug = PurePosixPath(file.path).stem
            told = self._narratives.get(slug)
            if told is None or told.path != file.path or slug not in self._texts:
                return False
            if told.digest != file.digest:
                edit.narratives[slug] = file
            return True
        now = RoleText(Place(file.path), 0, file)
        was = self._texts.get(now.likely_slug)
        if was is None or was.place.path != file.path:
            return False
        before = was.written
        if not isinstance(before, InputFile) or before.digest != file.digest:
            edit.texts[now.likely_slug] = now
        return True

    def _look_at_records(self, path: Path, edit: Edit) -> bool:
        """Note what roles.yaml changes; False when roles came, went or moved, or much is new."""
        splice = _read_splice(self._records, path)
        if splice is None:
            return False
        old, new = _entries(self._records[splice.start : splice.end]), _entries(splice.new)
        if [entry.likely_slug for entry in old] != [entry.likely_slug for entry in new]:
            return False
        changed = (now for was, now in zip(old, new, strict=True) if was.text != now.text)
        edit.texts.update({entry.likely_slug: entry for entry in changed})
        edit.records.append(splice)
        return True


def _read_splice(before: bytearray, path: Path) -> _Splice | None:
    """Around all that a file has changed; None when that is much, or the file cannot be read."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return None
        with path.open("rb", buffering=0) as file:
            return _splice(before, file)
    except OSError:
        return None


def _splice(before: bytearray, file: FileIO) -> _Splice | None:
    """Compare piece by piece, from both ends: memory for all of a large file costs more than that."""
    size = os.fstat(file.fileno()).st_size
    if abs(size - len(before)) > _MOST:  # as a rule, it is still being written
        return None
    least, alike, rest = min(size, len(before)), 0, 0  # so many bytes are alike, from both ends
    for step in _STEPS:
        while alike + step <= least and before.startswith(_read(file, alike, step), alike):
            alike += step
    for step in _STEPS:
        while alike + rest + step <= least:
            found = _read(file, size - rest - step, step)
            if not before.startswith(found, len(before) - rest - step):
                break
            rest += step
    start = before.rfind(_ENTRY, 0, alike) + 1
    following = before.find(_ENTRY, len(before) - rest)
    end = len(before) if following < 0 else following + 1
    length = end - start + size - len(before)
    return (
        _Splice(start, end, _read(file, start, length))
        if max(end - start, length) <= _MOST
        else None
    )


def _read(file: FileIO, at: int, count: int) -> bytes:
    """So many bytes; raises OSError when the file has become shorter."""
    file.seek(at)
    found = file.read(count)
    if len(found) < count:
        raise OSError("something is still writing the file")
    return found


def _entries(data: bytes | bytearray) -> tuple[RoleText, ...]:
    read = read_file(ROLES_FILE, bytes(data))
    return cut(ROLES_FILE, read.text) if isinstance(read, InputFile) else ()
