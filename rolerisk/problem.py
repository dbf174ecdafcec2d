"""What is wrong with the content, as values: rules, places and problems.

A stage yields problems and goes on; nothing here prints, and nobody raises for bad content.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Self

from msgspec import Struct

Keys = tuple[str | int, ...]
_LONGEST = 400  # characters of a message, which may quote what is wrong


class Severity(StrEnum):
    """Errors stop a build; warnings do not, unless --strict says so."""

    ERROR = "error"
    WARNING = "warning"


class Rule(Struct, frozen=True):
    """A promise about the content, with the documentation that docs/rules.md shows.

    `lenient` rules stay warnings with --strict. The errors of `firm` rules stand, whatever a
    comment or site.yaml allows: nothing sound could be built.
    """

    id: str
    severity: Severity
    summary: str
    details: str
    lenient: bool = False
    firm: bool = False


class Place(Struct, frozen=True):
    """A spot in an input file, before anyone has counted its lines.

    `keys` lead to a value ((3, "at_risk", 2)), and in a list of records a text is the id or name
    of one (("crafts", "intro")); `on_key` means the key rather than its value;
    `needle` is a piece of the value's text, its `nth` occurrence (from 0). Where a stage already
    knows the line and column (1-based), they are given instead and `keys` stay empty.
    """

    path: str
    keys: Keys = ()
    on_key: bool = False
    needle: str = ""
    nth: int = 0
    line: int = 0
    column: int = 0

    def at(self, *keys: str | int, on_key: bool = False, needle: str = "", nth: int = 0) -> Self:
        """The place of a value below this one."""
        return type(self)(self.path, self.keys + keys, on_key, needle, nth, self.line, self.column)

    def within(self, text: str, start: int, end: int) -> Self:
        """The place of a stretch of the text that begins here, or of the part before its line break."""
        needle = text[start:end].partition("\n")[0]
        return self.at(needle=needle, nth=_count(needle, text[: start + len(needle) - 1]))

    def of_each(self, needles: Iterable[str], text: str) -> list[Self]:
        """The places of pieces of the text that begins here, in their order.

        Of two alike, the second stands behind the first; what is not in the text as it is written
        has the place of the text.
        """
        places, end = list[Self](), 0
        for needle in needles:
            at = text.find(needle, end) if needle else -1
            if at < 0:
                places.append(self.at(needle=needle if needle in text else ""))
                continue
            places.append(self.at(needle=needle, nth=_count(needle, text[: at + len(needle) - 1])))
            end = at + len(needle)
        return places


def _count(needle: str, text: str) -> int:
    """How often a piece is in a text; two may overlap."""
    found, at = 0, text.find(needle)
    while at >= 0:
        found, at = found + 1, text.find(needle, at + 1)
    return found


class Problem(Struct, frozen=True):
    """One thing that is wrong: which rule, where, what, and what to do about it.

    `quote` is the line there, of a file that no later stage can ask for it.
    """

    rule: str
    severity: Severity
    place: Place
    message: str
    hint: str = ""
    quote: str = ""


class LocatedProblem(Struct, frozen=True):
    """A problem with its line and column (1-based; 0: the file as a whole) and the line's text."""

    path: str
    line: int
    column: int
    message: str
    rule: str
    severity: Severity
    hint: str = ""
    quote: str = ""

    @property
    def order(self) -> tuple[str, int, int, str, str]:
        """Problems are reported by file, then from top to bottom."""
        return (self.path, self.line, self.column, self.rule, self.message)


def problem(rule: Rule, place: Place, message: str, hint: str = "", quote: str = "") -> Problem:
    """Make a problem of a rule, with the rule's own severity."""
    if len(message) > _LONGEST:
        message = message[: _LONGEST - 1] + "…"
    return Problem(rule.id, rule.severity, place, message, hint, quote)


def located(
    rule: Rule,
    path: str,
    message: str,
    hint: str = "",
    line: int = 0,
    column: int = 0,
    quote: str = "",
) -> LocatedProblem:
    """Make a problem whose place is known, with the rule's own severity."""
    return LocatedProblem(path, line, column, message, rule.id, rule.severity, hint, quote)
