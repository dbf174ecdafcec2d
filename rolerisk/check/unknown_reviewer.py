"""A reviewer is a person of site.yaml."""

from collections.abc import Iterator

from rolerisk.check.subject import RoleSubject
from rolerisk.problem import Problem, Rule, Severity, problem
from rolerisk.text.spelling import did_you_mean

RULE = Rule(
    "unknown-reviewer",
    Severity.ERROR,
    "A reviewer is listed under people in content/site.yaml.",
    "Only a person who really checked the facts is named; without one the page says so.",
    firm=True,
)


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Look the reviewer up by name."""
    reviewer = subject.role.reviewer
    names = [person.name for person in subject.tables.config.people]
    if "content/site.yaml" in subject.tables.partial:
        return
    if reviewer and reviewer not in names:
        hint = did_you_mean(reviewer, names) or "add the person there, or leave `reviewer` out"
        message = f"reviewer {reviewer!r} is not among the people of content/site.yaml"
        yield problem(RULE, subject.place.at("reviewer"), message, hint)
