"""Headings inside texts go down one level at a time."""

from collections.abc import Iterator

from rolerisk.check.subject import RoleSubject
from rolerisk.problem import Problem, Rule, Severity, problem

RULE = Rule(
    "heading-order",
    Severity.ERROR,
    "Headings inside a section begin with ### and skip no level; short texts have none.",
    "People who listen to a page move by its headings. A section's own heading is ##; the texts of "
    "a record (answer, does, why, how) stand below a heading already.",
)
_SECTION_LEVEL = 2


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Look at every heading of every text."""
    for place, fragment, _ in subject.parsed.texts:
        level = _SECTION_LEVEL
        for found, words in fragment.headings:
            at = place.at(needle=words)
            if place.keys:
                yield problem(
                    RULE,
                    at,
                    "a heading in a text that is only a paragraph or two",
                    "write it as a sentence",
                )
            elif found > level + 1 or found <= _SECTION_LEVEL:
                message = f"{'#' * found} {words} after a heading of level {level}"
                yield problem(RULE, at, message, f"use {'#' * (level + 1)}")
            level = max(found, _SECTION_LEVEL)
