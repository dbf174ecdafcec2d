"""Raw HTML that never reaches a page is told, not taken out in silence."""

from collections.abc import Iterator

from rolerisk.check.subject import Texts
from rolerisk.problem import Problem, Rule, Severity, problem

RULE = Rule(
    "removed-html",
    Severity.WARNING,
    "HTML in a text has only the elements and attributes that a text needs.",
    "Scripts, styles, frames, forms, event handlers, classes, ids and invisible characters, such as "
    "`&#x202E;`, are taken out of the page, whatever this rule says. Code that is meant to be read "
    "stands between backticks.",
)


def check(subject: Texts) -> Iterator[Problem]:
    """Look at what the sanitiser took out of each text."""
    for place, fragment, text in subject.prose():
        removed = [name for name in fragment.removed if not _is_written_out(name, text)]
        needles = [name.rstrip(">=") for name in removed]
        for name, at in zip(removed, place.of_each(needles, text), strict=True):
            message = f"{name} is taken out of the page"
            yield problem(RULE, at, message, "write it in Markdown, or code between backticks")


def _is_written_out(name: str, text: str) -> bool:
    """Whether an invisible character stands in the text itself: control-character tells of that."""
    return name.startswith("U+") and chr(int(name[2:], 16)) in text
