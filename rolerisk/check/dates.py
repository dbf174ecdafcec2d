"""Dates come in their order."""

from collections.abc import Iterator
from itertools import pairwise

from rolerisk.check.subject import RoleSubject
from rolerisk.problem import Problem, Rule, Severity, problem

RULE = Rule(
    "dates",
    Severity.ERROR,
    "Dates are in order.",
    "`updated` is not before `published`; past scores go from the oldest to the newest, without a "
    "day twice.",
)


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Compare the role's dates with each other."""
    role, place = subject.role, subject.place
    if role.updated and subject.sound("published", "updated") and role.updated < role.published:
        message = f"updated {role.updated} is before published {role.published}"
        yield problem(
            RULE, place.at("updated"), message, "leave `updated` out until something changes"
        )
    if subject.sound("history"):
        days = [past.date for past in role.history]
        for index, (before, day) in enumerate(pairwise(days), 1):
            if day <= before:
                at = place.at("history", index, "date")
                hint = "past scores go from the oldest to the newest"
                yield problem(RULE, at, f"{day} is not after {before}", hint)
