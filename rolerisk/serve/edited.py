"""Which roles a save has changed, found without reading, decoding or cutting the others."""

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from rolerisk.load import load_again, read_file
from rolerisk.model.sources import InputFile, Sources
from rolerisk.parse.roles import ROLES_FILE, RoleText, cut
from rolerisk.parse.stage import RoleSource, narratives_of, role_sources
from rolerisk.problem import Place

_STEP = 1 << 16  # bytes compared at once: small enough for memory that is used again and again
_MOST = 4_000_000  # bytes of roles.yaml from the first change of a save to its last
_ENTRY = b"\n- "


class _Window(NamedTuple):
    """The bytes of roles.yaml from `start` to `end`, whole entries, have become others."""

    start: int
    end: int
    new: bytes


class Edit(NamedTuple):
    """What a save changed: texts and narratives by the slugs of their roles."""

    texts: dict[str, RoleText]
    narratives: dict[str, InputFile]
    windows: list[_Window]

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

    def __iter__(self) -> Iterator[RoleSource]:
        for slug, text in self._texts.items():
            yield RoleSource(text, self._narratives.get(slug))

    def edited(self, edit: Edit) -> Iterator[RoleSource]:
        """The roles of an edit, as they are now."""
        for slug in edit.slugs:
            text = edit.texts.get(slug) or self._texts[slug]
            yield RoleSource(text, edit.narratives.get(slug) or self._narratives.get(slug))

    def keep(self, edit: Edit) -> None:
        """Take what an edit changed for what was last looked at."""
        self._texts |= edit.texts
        self._narratives |= edit.narratives
        for window in edit.windows:
            self._records[window.start : window.end] = window.new

    def _look_at(self, file: InputFile | None, edit: Edit) -> bool:
        """Note what a narrative, or a role's own file, changes; False for any other file."""
        if file is None:
            return False
        if file.path.endswith(".md"):
            slug = PurePosixPath(file.path).stem
            told = self._narratives.get(slug)
            if told is None or told.path != file.path or slug not in self._texts:
                return False
            if told.text != file.text:
                edit.narratives[slug] = file
            return True
        now = RoleText(Place(file.path), 0, file.text)
        was = self._texts.get(now.likely_slug)
        if was is None or was.place.path != file.path:
            return False
        if was.text != now.text:
            edit.texts[now.likely_slug] = now
        return True

    def _look_at_records(self, path: Path, edit: Edit) -> bool:
        """Note what roles.yaml changes; False when roles came, went or moved, or much is new."""
        window = _window(path, self._records)
        if window is None:
            return False
        old = _entries(bytes(self._records[window.start : window.end]))
        new = _entries(window.new)
        if [entry.likely_slug for entry in old] != [entry.likely_slug for entry in new]:
            return False
        changed = (now for was, now in zip(old, new, strict=True) if was.text != now.text)
        edit.texts.update({entry.likely_slug: entry for entry in changed})
        edit.windows.append(window)
        return True


def _window(path: Path, before: bytearray) -> _Window | None:
    """What makes a file of what it was before; None when it cannot be read, or much is new."""
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return None
        with path.open("rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            alike, least = 0, min(size, len(before))
            while (piece := file.read(_STEP)) and before.startswith(piece, alike):
                alike += len(piece)
            end = 0  # so many bytes are alike at the end
            while alike + end + _STEP <= least:
                file.seek(size - end - _STEP)
                if not before.startswith(file.read(_STEP), len(before) - end - _STEP):
                    break
                end += _STEP
            start = before.rfind(_ENTRY, 0, alike) + 1
            following = before.find(_ENTRY, len(before) - end)
            stop = len(before) if following < 0 else following + 1
            length = size - (len(before) - stop) - start
            file.seek(start)
            return _Window(start, stop, file.read(length)) if length <= _MOST else None
    except OSError:
        return None


def _entries(data: bytes) -> tuple[RoleText, ...]:
    read = read_file(ROLES_FILE, data)
    return cut(ROLES_FILE, read.text) if isinstance(read, InputFile) else ()
