"""Links lead to pages and addresses, not to scripts."""

import re
from collections.abc import Iterator

from rolerisk.check.subject import RoleSubject
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


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Look at every link and image of every text."""
    for place, fragment, text in subject.parsed.prose():
        for target in (*fragment.links, *(source for source, _ in fragment.images)):
            match = _SCHEME.match(target)
            if match and match[1].lower() not in _FINE:
                needle = target if target in text else ""
                message = f"a link begins with {match[1].lower()}:"
                yield problem(
                    RULE,
                    place.at(needle=needle),
                    message,
                    "link to https://… or to a page: /methodology/",
                )
