"""The commonest YAML, read without libyaml: records and lists in block style, one value a line.

libyaml's events make several Python objects of each of a role's two hundred keys and values, which
is the largest part of reading it. Nearly all entries are written in one way: `key: text`, `- text`,
`key: |` and a block, quoted texts without escapes, `[a, b]` and `{a: b}` of plain words. For just these the value
is known. Anything else, down to a comment behind a text, is left to the real thing. A property test holds the two
equal.
"""

import re
from typing import Any

MAX_DEPTH = 20  # beyond this a file is refused; the whole way says so

_FIRST = "(“‘$+À"  # what a plain text may begin with, besides letters and digits
# In brackets: plain words without what brackets are made of, or quoted ones without escapes.
_WORD = r"[^\W_](?:[^][{},:#?]*[^][{},:#? ])?"
_ITEM = rf"(?:\"[^\"\\]*\"|{_WORD})"
_WORDS = re.compile(rf"\[(?:{_WORD}(?:, {_WORD})*)?\]")
_RECORD = re.compile(rf"\{{[a-z_]+: {_ITEM}(?:, [a-z_]+: {_ITEM})*\}}")
_PAIR = re.compile(rf"([a-z_]+): ({_ITEM})")
_BLOCKS = ("|", "|-")


class _NotPlainError(Exception):
    """There is something that only the real thing can read."""


def plain_value(text: str) -> Any:
    """The value of a text that has nothing but plain lines; None for any other."""
    if not text.replace("\n", "").isprintable():
        return None
    try:
        return _read(text.split("\n"))
    except _NotPlainError:
        return None


def _read(lines: list[str]) -> Any:
    document: dict[str, Any] = {}
    stack: _Stack = [(-1, document)]
    empty: str | None = ""  # the key of the line before, if it has no value yet
    found: Any
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        content = line.lstrip(" ")
        if not content or content[0] == "#":
            continue
        column, dash = len(line) - len(content), content.startswith("- ")
        container = _container(stack, column, dash, empty)
        key, value = _parted(content[2:] if dash else content)
        if dash and key:
            column += 2
            container.append({})
            container = container[-1]
            stack.append((column, container))
        if value in _BLOCKS:
            found, number = _block(lines, number, column)
        else:
            found = _scalar(value) if value else None
        if isinstance(container, dict) and key and key not in container:
            container[key] = found
        elif isinstance(container, list) and value:
            container.append(found)
        else:
            raise _NotPlainError
        empty = None if value else key
    return document.get("")


_Stack = list[tuple[int, Any]]  # the open containers, each with its column


def _container(stack: _Stack, column: int, dash: bool, empty: str | None) -> Any:
    """The list or record that a line in this column belongs to: one that is open, or a new one."""
    if empty is not None and column > stack[-1][0] and len(stack) < MAX_DEPTH - 1:
        stack.append((column, [] if dash else {}))
        stack[-2][1][empty] = stack[-1][1]
    while stack[-1][0] > column:
        stack.pop()
    found = stack[-1][1]
    if stack[-1][0] != column or dash != isinstance(found, list):
        raise _NotPlainError
    return found


def _parted(content: str) -> tuple[str, str]:
    """The key and the value of a line, one of them perhaps empty."""
    if content.startswith("{"):
        return "", content
    key, colon, value = content.partition(": ")
    if not colon:
        if not content.endswith(":"):
            return "", content
        key = content[:-1]
    elif not value:
        raise _NotPlainError
    if not key.isidentifier():
        raise _NotPlainError
    return key, value


def _scalar(value: str) -> str | list[str] | dict[str, str]:
    """What a value on a line says."""
    first = value[0]
    if first.isalnum() or first in _FIRST:
        if ": " not in value and " #" not in value and value[-1] not in " :":
            return value
    elif first in "\"'":
        if len(value) > 1 and value[-1] == first and value.count(first) == 2 and "\\" not in value:
            return value[1:-1]
    elif _WORDS.fullmatch(value):
        return value[1:-1].split(", ") if len(value) > 2 else []
    elif _RECORD.fullmatch(value):
        pairs = _PAIR.findall(value)
        record = {key: item.strip('"') if item[0] == '"' else item for key, item in pairs}
        if len(record) == len(pairs):
            return record
    raise _NotPlainError


def _block(lines: list[str], number: int, column: int) -> tuple[str, int]:
    """The text of a block below a key or dash in a column, and the number of the line behind it."""
    first = lines[number] if number < len(lines) else ""
    margin = first[: len(first) - len(first.lstrip(" "))]
    if len(margin) <= column or len(margin) == len(first):
        raise _NotPlainError
    start = number
    while number < len(lines) and (not lines[number] or lines[number].startswith(margin)):
        number += 1
    return "\n".join(line[len(margin) :] for line in lines[start:number]).rstrip("\n"), number
