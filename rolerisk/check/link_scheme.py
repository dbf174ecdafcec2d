"""Links lead to pages and addresses, not to scripts."""

import re
from collections.abc import Iterator

from rolerisk.check.subject import Texts
from rolerisk.problem import Problem, Rule, Severity, problem

RULE = Rule(
    "link-scheme",
    Severity.ERROR,
    "A link is https, http, mailto, or leads to a page of this site.",
    "`javascript:` and `data:` links run what a text brings along. They are also taken out of the "
    "page, whatever this rule says.",
)
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):")
_FINE = {"https", "http", "mailto"}


def check(subject: Texts) -> Iterator[Problem]:
    """Look at every link and image of every text."""
    for place, fragment, text in subject.prose():
        for targets in (fragment.links, [source for source, _ in fragment.images]):
            if not any(map(_wrong_scheme, targets)):
                continue
            for target, at in zip(targets, place.of_each(targets, text), strict=True):
                if scheme := _wrong_scheme(target):
                    message = f"a link begins with {scheme}:"
                    hint = "link to https://… or to a page: /methodology/"
                    yield problem(RULE, at, message, hint)


def _wrong_scheme(target: str) -> str:
    """The scheme of a link that may not have it; else an empty text."""
    match = None if target.startswith("https://") else _SCHEME.match(target)
    scheme = match[1].lower() if match else ""
    return "" if scheme in _FINE else scheme
