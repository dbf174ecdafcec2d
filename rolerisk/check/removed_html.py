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
        if not fragment.removed:
            continue
        needles = [name.rstrip(">=") for name in fragment.removed]
        for name, at in zip(fragment.removed, place.of_each(needles, text), strict=True):
            message = f"{name} is taken out of the page"
            hint = "write it in Markdown, or code between backticks"
            yield problem(RULE, at, message, "delete it" if name.startswith("U+") else hint)
