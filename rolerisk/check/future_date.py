"""What says that something was done is not still to come."""

from collections.abc import Iterator

from rolerisk.check.subject import SiteSubject
from rolerisk.problem import Problem, Rule, Severity, problem

RULE = Rule(
    "future-date",
    Severity.ERROR,
    "`updated`, `reviewed` and past scores are not after today.",
    "`published` may be a day to come: the role then waits, and its other dates with it.",
)


def check(subject: SiteSubject) -> Iterator[Problem]:
    """Compare the dates of every role that does not wait with today."""
    today = subject.site.today
    for role in subject.roles:
        if role.published > today or "published" in role.flawed:
            continue
        for key, day in (("updated", role.updated), ("reviewed", role.reviewed)):
            if day > today and key not in role.flawed:
                message = f"{key} {day} is after today, {today}"
                yield problem(RULE, role.place.at(key), message, "write the day it was done")
        for index, day in enumerate(past.date for past in role.history):
            if day >= today and "history" not in role.flawed:
                message = f"a past score of {day} is not past"
                at = role.place.at("history", index, "date")
                yield problem(RULE, at, message, "history is without today's score")
