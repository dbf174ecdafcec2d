"""Related roles exist."""

from collections.abc import Iterator

from rolerisk.check.subject import SiteSubject
from rolerisk.problem import Problem, Rule, Severity, problem
from rolerisk.text.spelling import did_you_mean

RULE = Rule(
    "unknown-related",
    Severity.ERROR,
    "A related role exists, and is another one.",
    "Drafts and roles that are not out yet may be named; the page leaves them out until they are.",
    firm=True,
)


def check(subject: SiteSubject) -> Iterator[Problem]:
    """Look every related slug up among all roles, published or not."""
    if not subject.whole:
        return
    for role in subject.roles:
        for index, slug in enumerate(role.related or ()):
            place = role.place.at("related", index)
            if slug == role.slug:
                yield problem(RULE, place, "a role is not related to itself", "take it out")
            elif slug not in subject.names:
                hint = did_you_mean(slug, subject.names) or "see `slug` of the roles"
                yield problem(RULE, place, f"there is no role {slug!r}", hint)
