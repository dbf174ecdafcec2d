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
        for targets in filter(None, (fragment.links, [source for source, _ in fragment.images])):
            for target, at in zip(targets, place.of_each(targets, text), strict=True):
                match = _SCHEME.match(target)
                if match and match[1].lower() not in _FINE:
                    message = f"a link begins with {match[1].lower()}:"
                    hint = "link to https://… or to a page: /methodology/"
                    yield problem(RULE, at, message, hint)
