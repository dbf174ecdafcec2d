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

_STEP = 1 << 16  # bytes compared at once
_MOST = 4_000_000  # bytes of roles.yaml, now or before, from a save's first change to its last
_ENTRY = b"\n- "


class _Window(NamedTuple):
    """Bytes of roles.yaml that have become others: whole entries, and what is around them."""

    old: bytes
    new: bytes


class Edit(NamedTuple):
    """What a save changed: texts and narratives by the slugs of their roles.

    `records` holds the bytes of roles.yaml after it, if it was saved.
    """

    texts: dict[str, RoleText]
    narratives: dict[str, InputFile]
    records: list[bytes]

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
        self._records = (sources.text(ROLES_FILE) or "").encode()

    def __iter__(self) -> Iterator[RoleSource]:
        for slug, text in self._texts.items():
            yield RoleSource(text, self._narratives.get(slug))

    def edit(self, root: Path, paths: Iterable[str]) -> Edit | None:
        """What files say of roles that they did not say before; None when that is not all they say."""
        edit = Edit({}, {}, [])
        for path in paths:
            known = (
                self._look_at_records(_plain_bytes(root / path), edit)
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
        for data in edit.records:
            self._records = data

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

    def _look_at_records(self, data: bytes | None, edit: Edit) -> bool:
        """Note what roles.yaml changes; False when roles came, went or moved, or much is new."""
        window = None if data is None else _window(self._records, data)
        if data is None or window is None:
            return False
        old, new = map(_entries, window)
        if [entry.likely_slug for entry in old] != [entry.likely_slug for entry in new]:
            return False
        changed = (now for was, now in zip(old, new, strict=True) if was.text != now.text)
        edit.texts.update({entry.likely_slug: entry for entry in changed})
        edit.records.append(data)
        return True


def _plain_bytes(path: Path) -> bytes | None:
    """The bytes of a file that is one, read at once: each wait for the disk may be one for a build."""
    try:
        return path.read_bytes() if stat.S_ISREG(os.lstat(path).st_mode) else None
    except OSError:
        return None


def _window(before: bytes, now: bytes) -> _Window | None:
    """Around all that has changed; None when that is much."""
    least, alike, end = min(len(before), len(now)), 0, 0  # so many bytes are alike, from both ends
    while alike < least and now.startswith(before[alike : alike + _STEP], alike):
        alike = min(alike + _STEP, least)
    while alike + end + _STEP <= least:
        start = len(before) - end - _STEP
        if not now.startswith(before[start : start + _STEP], len(now) - end - _STEP):
            break
        end += _STEP
    start = before.rfind(_ENTRY, 0, alike) + 1
    following = before.find(_ENTRY, len(before) - end)
    after = 0 if following < 0 else len(before) - following - 1
    window = _Window(before[start : len(before) - after], now[start : len(now) - after])
    return window if max(map(len, window)) <= _MOST else None


def _entries(data: bytes) -> tuple[RoleText, ...]:
    read = read_file(ROLES_FILE, data)
    return cut(ROLES_FILE, read.text) if isinstance(read, InputFile) else ()
