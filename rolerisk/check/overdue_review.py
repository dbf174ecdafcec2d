"""Facts are checked again before they are stale."""

from collections.abc import Iterator

from rolerisk.check.subject import SiteSubject
from rolerisk.problem import Problem, Rule, Severity

RULE = Rule(
    "overdue-review",
    Severity.WARNING,
    "A role's facts were checked not too long ago.",
    "`review.warn_after_days` in site.yaml says when a review is overdue: a warning, also with "
    "--strict. After `review.fail_after_days` it is an error.",
    lenient=True,
)


def check(subject: SiteSubject) -> Iterator[Problem]:
    """Count the days since each role's `reviewed`."""
    limits = subject.site.config.review
    for role in subject.roles:
        age = (subject.site.today - role.reviewed).days
        late = age > limits.fail_after_days
        if not late and age <= limits.warn_after_days:
            continue
        if "reviewed" in role.flawed or not subject.settled:
            continue
        limit = limits.fail_after_days if late else limits.warn_after_days
        severity = Severity.ERROR if late else Severity.WARNING
        message = f"the facts were checked {age} days ago, more than {limit}"
        hint = "check them against the sources, then set `reviewed` to that day"
        if not late:
            hint += f"; this is an error in {_days(limits.fail_after_days + 1 - age)}"
        yield Problem(RULE.id, severity, role.place.at("reviewed"), message, hint)


def _days(count: int) -> str:
    return f"{count:,} day{'s' * (count != 1)}"
