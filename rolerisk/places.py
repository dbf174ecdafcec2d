"""Places → lines and columns: reads a file again only when a problem in it has to be shown."""

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from operator import attrgetter

from rolerisk.model.sources import Sources
from rolerisk.parse import yaml
from rolerisk.parse.roles import ROLES_FILE, RoleText, cut
from rolerisk.parse.yaml import Mark
from rolerisk.problem import Keys, LocatedProblem, Place, Problem
from rolerisk.text.invisible import INVISIBLE


class Places:
    """Finds places in the files of one build."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._marks = lru_cache(maxsize=64)(self._read_marks)
        self._entries = lru_cache(maxsize=4)(lambda path: cut(path, sources.text(path) or ""))
        self._names = lru_cache(maxsize=64)(self._read_names)
        self._lines = lru_cache(maxsize=64)(self._read_lines)
        self._entry_lines = lru_cache(maxsize=4)(lambda entry: entry.text.split("\n"))

    def locate(self, problem: Problem) -> LocatedProblem:
        """A problem with its line and column (1-based) and the text of that line."""
        place = problem.place
        line, column = self._position(place)
        first, lines = self._around(place.path, line - 1)
        there = 0 < line <= first + len(lines)
        quote = lines[line - 1 - first] if there else problem.quote
        return LocatedProblem(
            place.path,
            line,
            column,
            INVISIBLE.sub("\ufffd", problem.message),
            problem.rule,
            problem.severity,
            problem.hint,
            INVISIBLE.sub("\ufffd", quote),
        )

    def line(self, place: Place) -> int:
        """The line (1-based) on which a place is."""
        return self._position(place)[0]

    def lines(self, path: str) -> list[str]:
        """The lines of a file."""
        return self._lines(path)

    def marks_from(self, path: str, line: int) -> dict[Keys, Mark]:
        """The marks of a YAML file or of front matter, counted from the file's beginning.

        Of roles.yaml, only those of the entry that a line (1-based) is in, and of the next one.
        """
        if path != ROLES_FILE:
            return _shifted(*self._marks(path, None)[:2])
        entries = self._entries(path)
        here = _entry_at(entries, line - 1)
        found: dict[Keys, Mark] = {}
        for index in range(max(here, 0), min(here + 2, len(entries))):
            marks, first, _ = self._marks(path, index)
            found |= {(index, *keys[1:]): m for keys, m in _shifted(marks, first).items()}
        return found or self._marks(path, None)[0]

    def _position(self, place: Place) -> tuple[int, int]:
        if place.line:
            return self._found_from(place, place.line - 1, place.column - 1)
        mark = self._mark(place)
        if mark is None:
            return (1, 1) if self._lines(place.path) else (0, 0)
        if place.on_key:
            return mark.key_line + 1, mark.key_column + 1
        if not place.needle:
            return mark.line + 1, mark.column + 1
        return self._found_from(place, mark.line, mark.column)

    def _found_from(self, place: Place, line: int, column: int) -> tuple[int, int]:
        """The nth occurrence of the needle from a line and column on (0-based), or that spot."""
        if not place.needle:
            return line + 1, column + 1
        first, lines = self._around(place.path, line)
        left, start = place.nth, column
        for number in range(line - first, len(lines)):
            at = lines[number].find(place.needle, start)
            while at >= 0:
                if not left:
                    return first + number + 1, at + 1
                left -= 1
                at = lines[number].find(place.needle, at + 1)
            start = 0
        return line + 1, column + 1

    def _around(self, path: str, line: int) -> tuple[int, list[str]]:
        """The lines around one (0-based), and the number of the first: of roles.yaml, one entry's.

        That file has the texts of all roles, and all its lines a hundred megabytes.
        """
        entries = self._entries(path) if path == ROLES_FILE else ()
        here = _entry_at(entries, line)
        if here < 0:
            return 0, self._lines(path)
        return entries[here].line, self._entry_lines(entries[here])

    def _mark(self, place: Place) -> Mark | None:
        """The mark of a value, or of the nearest thing around it that is in the file."""
        keys, first = place.keys, 0
        entry = keys[0] if place.path == ROLES_FILE and keys else None
        marks, first, prefix = self._marks(place.path, entry)
        keys = (*prefix, *keys[1:]) if prefix else self._numbered(place)
        while keys and keys not in marks:
            keys = keys[:-1]
        mark = marks.get(keys)
        return mark and _shifted({keys: mark}, first)[keys]

    def _numbered(self, place: Place) -> Keys:
        """The keys with the number of a record in place of its id or name."""
        if not place.keys or isinstance(place.keys[0], int):
            return place.keys
        return (self._names(place.path).get(place.keys[0], place.keys[0]), *place.keys[1:])

    def _read_names(self, path: str) -> dict[str, int]:
        """The numbers of a file's records by their ids or names; of two alike, the first's."""
        value = yaml.read(self._sources.text(path) or "").value if path.endswith(".yaml") else None
        records = value if isinstance(value, list) else []
        names: dict[str, int] = {}
        for index, record in enumerate(records):
            name = record.get("id", record.get("name")) if isinstance(record, dict) else None
            if isinstance(name, str):
                names.setdefault(name, index)
        return names

    def _read_marks(
        self, path: str, entry: str | int | None
    ) -> tuple[dict[Keys, Mark], int, tuple[int, ...]]:
        """The marks of a file, or of one entry of roles.yaml with the line that it begins on."""
        text = self._sources.text(path) or ""
        if isinstance(entry, int):
            entries = self._entries(path)
            found = yaml.marks(entries[entry].text) if entry < len(entries) else {}
            if (0,) in found:  # the entry can be read by itself
                return found, entries[entry].line, (0,)
        if path.endswith(".md") and text.startswith("---\n"):
            end = text.find("\n---", 4)
            return yaml.marks(text[4 : end + 1]), 1, ()
        return (yaml.marks(text), 0, ()) if path.endswith((".yaml", ".yml")) else ({}, 0, ())

    def _read_lines(self, path: str) -> list[str]:
        text = self._sources.text(path)
        return text.split("\n") if text else []


def _entry_at(entries: Sequence[RoleText], line: int) -> int:
    """The number of the entry that a line (0-based) is in; -1 when it is before all of them."""
    return bisect_right(entries, line, key=attrgetter("line")) - 1


def _shifted(marks: dict[Keys, Mark], by: int) -> dict[Keys, Mark]:
    """The marks of a part of a file, as lines of the whole file."""
    if not by:
        return marks
    return {
        keys: mark._replace(
            line=mark.line + by, end_line=mark.end_line + by, key_line=mark.key_line + by
        )
        for keys, mark in marks.items()
    }
