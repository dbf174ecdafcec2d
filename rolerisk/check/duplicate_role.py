"""Slugs, titles and summaries belong to one role each."""

from collections.abc import Callable, Iterator

from rolerisk.check.subject import SiteSubject
from rolerisk.model.site import RoleFacts
from rolerisk.problem import Problem, Rule, Severity, problem

RULE = Rule(
    "duplicate-role",
    Severity.ERROR,
    "No two roles have the same slug, title or summary.",
    "A slug is an address; titles and summaries are what search engines tell pages apart by.",
    firm=True,
)
_KEYS: tuple[tuple[str, Callable[[RoleFacts], str]], ...] = (
    ("slug", lambda role: role.slug),
    ("title", lambda role: role.card.title),
    ("summary", lambda role: role.summary),
)


def check(subject: SiteSubject) -> Iterator[Problem]:
    """Compare every role with those before it."""
    for key, value_of in _KEYS:
        first: dict[str, RoleFacts] = {}
        for role in subject.roles:
            value = value_of(role).casefold()
            other = first.setdefault(value, role)
            if other is not role and (key == "slug" or other.slug != role.slug):
                message = f"{key} {value_of(role)!r} is also that of {other.card.title} in {other.place.path}"
                yield problem(RULE, role.place.at(key), message, "each role needs its own")
