"""The comments of a YAML text, and the blank space around them.

Neither our own reader nor ruamel says where all comments are: what is in no value and begins
with # is one.
"""

import re
from typing import Any

import yaml

from rolerisk.parse.yaml import STAND_IN

_COMMENT = re.compile(r"(?:^|(?<=[ \t]))#.*", re.MULTILINE)
_FILLED = "x"  # stands for every character of a value


def comments(text: str) -> list[tuple[int, str]]:
    """The comments of a text that can be read, in order: 0-based line, and the words from # on."""
    mask = _mask(text)
    return [
        (text.count("\n", 0, found.start()), text[found.start() : found.end()].rstrip())
        for found in _COMMENT.finditer(mask)
    ]


def tidy(text: str) -> str:
    """One space before a comment behind a value, one blank line at most, none at the ends."""
    lines, at = list[str](), 0
    for masked in _mask(text).split("\n"):
        line, at = _tidy_line(masked, text[at : at + len(masked)]), at + len(masked) + 1
        if line or (lines and lines[-1]):
            lines.append(line)
    return "\n".join(lines).rstrip("\n") + "\n"


def _tidy_line(masked: str, line: str) -> str:
    """A line outside of values; in the mask a value of several lines is a part of one."""
    found = _COMMENT.search(masked)
    if found and masked[: found.start()].strip():
        return f"{line[: found.start()].rstrip()} {line[found.start() :].rstrip()}"
    return line[: len(masked.rstrip())]


def _mask(text: str) -> str:
    """The text with every character of a value replaced, line breaks inside values as well."""
    parts, done = list[str](), 0
    events = yaml.parse(text.translate(STAND_IN), Loader=yaml.CSafeLoader)
    values: list[Any] = [event for event in events if isinstance(event, yaml.ScalarEvent)]
    for event in values:
        start, end = event.start_mark.index, event.end_mark.index
        if event.style in ("|", ">"):  # a comment may stand behind the sign that begins it
            start = text.find("\n", start, end) + 1 or end
            end = start + len(text[start:end].rstrip("\n"))
        parts += [text[done:start], _FILLED * (end - start)]
        done = end
    return "".join([*parts, text[done:]])
