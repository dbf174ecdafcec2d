"""Markdown stays within what can be converted, and read, in a moment."""

from collections.abc import Iterator

from rolerisk.check.subject import Texts
from rolerisk.problem import Problem, Rule, Severity, problem

RULE = Rule(
    "markdown-limits",
    Severity.ERROR,
    "A paragraph has at most 10,000 characters; lists, quotes and brackets stand at most 20 deep.",
    "Nobody reads more, and the time that converting it takes grows with the square of both. Lines "
    "without an empty line between them, as of a table, are one paragraph. Of HTML, a text has at "
    "most 2,000 tags.",
)


def check(subject: Texts) -> Iterator[Problem]:
    """Look at every text that was not converted."""
    for place, fragment, _ in subject.prose():
        if fragment.refused:
            yield problem(RULE, place, fragment.refused, "divide it")
