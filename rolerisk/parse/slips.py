"""What people get wrong in YAML, said so that an editor can mend it: message, place and hint."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import yaml

from rolerisk.parse import rules
from rolerisk.problem import Place, Problem, Rule, problem

# Why a key in braces has no value, and what to do about it.
NO_SPACE = ("a colon needs a space behind it", "write `key: value`")
COMMA_IN_TEXT = (
    "a comma inside { } ends the value before it",
    "put quotes around text that has a comma in it",
)
_QUOTE_IT = "put the whole text in quotes, or write it as a | block"


class Slip(NamedTuple):
    """A problem inside one YAML text: 0-based line and column."""

    rule: Rule
    line: int
    column: int
    message: str
    hint: str


def located(path: str, line: int, slips: Iterable[Slip]) -> tuple[Problem, ...]:
    """Slips as problems of the file whose 0-based line their text begins on."""
    return tuple(
        problem(s.rule, Place(path, line=line + s.line + 1, column=s.column + 1), s.message, s.hint)
        for s in slips
    )


def of_error(error: yaml.YAMLError, text: str, last: Any, opened: Any) -> Slip:
    """Explain the parser's error by the last scalar event before it and the event of the open bracket.

    Each may be None.
    """
    if isinstance(error, yaml.reader.ReaderError):
        return _unreadable(error, text)
    problem = getattr(error, "problem", None) or str(error)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if problem == "could not find expected ':'":  # noticed only on the line below
        mark = error.context_mark or mark  # type: ignore[attr-defined]
    line, column = (mark.line, mark.column) if mark else (0, 0)
    lines = text.split("\n")
    here = lines[line] if line < len(lines) else ""
    if problem == "did not find expected node content":
        return Slip(rules.SYNTAX, *_no_entry((line, column), here, opened))
    for explain in (_quote, _tab, _start, _behind_quote, _colon, _bracket):
        found = explain(error, problem, (line, column), here, last)
        if found:
            at, message, hint = found
            return Slip(rules.SYNTAX, *at, message, hint)
    message, hint = _PLAIN.get(problem, (problem, ""))
    return Slip(rules.SYNTAX, line, column, message, hint)


_Found = tuple[tuple[int, int], str, str] | None

_SECOND_COLON = "mapping values are not allowed in this context"
# What & * > | begin, when an editor meant them as text. Their lines are the first of the value's.
_MEANT_AS_TEXT = (
    "while scanning an anchor",
    "while scanning an alias",
    "while scanning a block scalar",
)
_PLAIN = {
    "did not find expected key": (
        "this line does not fit what is above it",
        "check its indentation: entries of one record begin in the same column",
    ),
    "could not find expected ':'": (
        "a key without a colon, or a line that is indented too little",
        "write `key: value`; text of several lines is indented below its key",
    ),
    "did not find expected '-' indicator": (
        "this line is not an entry of the list above it",
        "begin it with `- `, or indent it below the entry that it belongs to",
    ),
    "block sequence entries are not allowed in this context": (
        "a list begins in the middle of a line",
        "put each `- ` on a line of its own, below the key",
    ),
    "found unknown escape character": (
        "a backslash in double quotes begins an escape that YAML does not know",
        "use single quotes, or double the backslash",
    ),
}


def _quote(error: Any, problem: str, at: tuple[int, int], here: str, last: Any) -> _Found:
    """A quote that is never closed, closed too late, or closed by an apostrophe."""
    context = getattr(error, "context", None) or ""
    if "quoted scalar" in context and "end of stream" in problem:
        opened = error.context_mark
        return (
            (opened.line, opened.column),
            "the quote that opens here is never closed",
            "close it at the end of the text",
        )
    if last is None or last.style not in ("'", '"'):
        return None
    start, end = last.start_mark, last.end_mark
    if start.line != end.line:
        return (
            (start.line, start.column),
            f"the quote that opens here runs on to line {end.line + 1}",
            "close it at the end of its own line",
        )
    if (end.line, end.column) == at and last.style == "'" and here[end.column : end.column + 1]:
        return (
            (end.line, end.column - 1),
            "an apostrophe ends the text that began with a single quote",
            "double the apostrophe ('') or use double quotes",
        )
    return None


def _tab(error: Any, problem: str, at: tuple[int, int], here: str, last: Any) -> _Found:
    if "\t" in here[: at[1] + 1] and not here[: at[1]].strip():
        return at, "a tab where YAML wants spaces", "indent with two spaces a level"
    return None


def _start(error: Any, problem: str, at: tuple[int, int], here: str, last: Any) -> _Found:
    if getattr(error, "context", None) in _MEANT_AS_TEXT:
        at = (error.context_mark.line, error.context_mark.column)
    elif "cannot start any token" not in problem:
        return None
    return at, f"plain text cannot begin with {here[at[1] : at[1] + 1]}", _QUOTE_IT


def _behind_quote(error: Any, problem: str, at: tuple[int, int], here: str, last: Any) -> _Found:
    """Words behind a quoted text, on its line."""
    if last is None or last.style not in ("'", '"') or problem == _SECOND_COLON:
        return None
    end = last.end_mark
    if end.line != at[0] or end.column > at[1] or here[end.column : at[1]].strip():
        return None
    return at, "the text goes on behind the quote that closes it", _QUOTE_IT


def _colon(error: Any, problem: str, at: tuple[int, int], here: str, last: Any) -> _Found:
    if problem != _SECOND_COLON:
        return None
    if last is not None and last.end_mark.line == at[0] and last.start_mark.line < at[0]:
        return (
            (at[0], len(here) - len(here.lstrip())),
            "this line continues the text above it, but looks like a key",
            "check the indentation: keys of one record begin in the same column; "
            "text of several lines is a | block",
        )
    return at, "a colon and a space inside plain text begin a new value", _QUOTE_IT


def _bracket(error: Any, problem: str, at: tuple[int, int], here: str, last: Any) -> _Found:
    context = getattr(error, "context", None) or ""
    if "flow" not in context:
        return None
    opened = error.context_mark
    return (opened.line, opened.column), *_unclosed("]" if "sequence" in context else "}")


def _unclosed(bracket: str) -> tuple[str, str]:
    return (
        f"the bracket that opens here is not closed with {bracket}",
        "close it, and put quotes around text with , : [ ] { } in it",
    )


def _no_entry(at: tuple[int, int], here: str, opened: Any) -> tuple[int, int, str, str]:
    """Where brackets want a value there is none: a second comma, or the end of the lines in them."""
    character = here[at[1] : at[1] + 1]
    if opened is None:
        return *at, f"plain text cannot begin with {character}", _QUOTE_IT
    if character == ",":
        return *at, "a comma without a value before it", "delete the comma, or write the value"
    mark = opened.start_mark
    return (
        mark.line,
        mark.column,
        *_unclosed("]" if isinstance(opened, yaml.SequenceStartEvent) else "}"),
    )


def _unreadable(error: yaml.reader.ReaderError, text: str) -> Slip:
    """A character that the parser refuses; its position is counted in bytes."""
    lines = text.encode()[: error.position].decode(errors="ignore").split("\n")
    return Slip(
        rules.SYNTAX,
        len(lines) - 1,
        len(lines[-1]),
        f"the character U+{error.character:04X} cannot stand in YAML",
        "delete it; it may have come with text pasted from elsewhere",
    )
