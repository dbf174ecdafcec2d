"""Dates come in their order, and none that has to be past is still to come."""

from collections.abc import Iterator

from rolerisk.check.subject import RoleSubject
from rolerisk.problem import Problem, Rule, Severity, problem

RULE = Rule(
    "dates",
    Severity.ERROR,
    "Dates are in order; `updated` and `reviewed` are not after today.",
    "`updated` is not before `published`; past scores ascend, without a day twice, and are before "
    "today. `published` may be a day to come: the role then waits.",
)


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Compare the role's dates with each other and with today."""
    role, place, today = subject.role, subject.place, subject.today
    waits = role.published > today
    if role.updated and subject.sound("published", "updated") and role.updated < role.published:
        message = f"updated {role.updated} is before published {role.published}"
        yield problem(
            RULE, place.at("updated"), message, "leave `updated` out until something changes"
        )
    for key in ("updated", "reviewed"):
        day = getattr(role, key)
        if day and day > today and not waits and subject.sound(key):
            yield problem(
                RULE,
                place.at(key),
                f"{key} {day} is after today, {today}",
                "write the day it was done",
            )
    if subject.sound("history"):
        yield from _history(subject)


def _history(subject: RoleSubject) -> Iterator[Problem]:
    days = [past.date for past in subject.role.history]
    for index, day in enumerate(days):
        place = subject.place.at("history", index, "date")
        if index and day <= days[index - 1]:
            yield problem(
                RULE,
                place,
                f"{day} is not after {days[index - 1]}",
                "past scores go from the oldest to the newest",
            )
        if day >= subject.today:
            yield problem(
                RULE,
                place,
                f"a past score of {day} is not past",
                "history is without today's score",
            )
