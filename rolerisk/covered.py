"""Which lines a comment speaks of: a paragraph, a text of a record, a key, a section or a file."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from rolerisk.parse.yaml import Mark
from rolerisk.problem import Keys
from rolerisk.text.silence import without_silences

END = 10**9  # behind the last line of any file
_HEADING = re.compile(r"(#{1,6})\s")
_COMMENT_LINE = re.compile(r"\s*(#.*)?$")


class Lines(NamedTuple):
    """The first and the last line, 1-based."""

    first: int
    last: int


def in_markdown(lines: list[str], number: int, body: int) -> Lines:
    """What a comment on a line (1-based) covers; `body` is the first line behind the front matter."""
    prose = [without_silences(line).strip() for line in lines]
    here = number - 1
    alone = not prose[here]
    if alone and not any(prose[body - 1 : here]):
        return Lines(1, END)
    below = next((i for i in range(here, len(lines)) if prose[i]), here)
    if alone and _HEADING.match(lines[below]):
        return Lines(below + 1, _end_of_section(lines, below))
    first, last = _block(lines, here)
    if not any(prose[first : last + 1]):
        first, last = _block(lines, below)
    return Lines(first + 1, last + 1)


def _block(lines: list[str], index: int) -> tuple[int, int]:
    """The first and the last line of the paragraph that a line is in, all counted from 0."""
    first = last = index
    while first > 0 and lines[first - 1].strip():
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip():
        last += 1
    return first, last


def _end_of_section(lines: list[str], begin: int) -> int:
    """The last line (1-based) of the section with the heading on a line (0-based)."""
    level = len(lines[begin]) - len(lines[begin].lstrip("#"))
    for index in range(begin + 1, len(lines)):
        other = _HEADING.match(lines[index])
        if other and len(other[1]) <= level:
            return index
    return len(lines)


def in_text(marks: Mapping[Keys, Mark], lines: list[str], number: int) -> Lines:
    """What a comment inside a value of YAML covers: that value. `marks` count from 0."""
    inside = [
        (keys, extent)
        for keys, mark in marks.items()
        if (extent := _extent(mark, lines)).first <= number <= extent.last
    ]
    return max(inside, key=lambda found: len(found[0]), default=((), Lines(number, number)))[1]


def below(marks: Mapping[Keys, Mark], lines: list[str], number: int) -> Lines | None:
    """What a YAML comment on a line covers; None when nothing of these marks stands below it."""
    if not _COMMENT_LINE.match(lines[number - 1]):
        return Lines(number, number)
    one_record = all(isinstance(keys[0], str) for keys in marks)
    if one_record and all(map(_COMMENT_LINE.match, lines[:number])):
        return Lines(1, END)
    after = [
        (mark.key_line, len(keys), mark) for keys, mark in marks.items() if mark.key_line >= number
    ]
    return _extent(min(after)[2], lines) if after else None


def _extent(mark: Mark, lines: list[str]) -> Lines:
    """The lines of a key and its value; a block ends where the next thing begins."""
    line = lines[mark.end_line] if mark.end_line < len(lines) else ""
    ends_before = not line[: mark.end_column].strip(" -") and mark.end_line > mark.key_line
    return Lines(mark.key_line + 1, mark.end_line + (not ends_before))
