"""The shares of a role's tasks fit into a week."""

from collections.abc import Iterator

from rolerisk.check.subject import RoleSubject
from rolerisk.problem import Problem, Rule, Severity
from rolerisk.score import SHARES_MAX, SHARES_WARN_BELOW

RULE = Rule(
    "shares",
    Severity.ERROR,
    f"The shares of a role's tasks sum to at most {SHARES_MAX}; under {SHARES_WARN_BELOW} is a warning.",
    "Shares are percent of the working week. What is not listed is work too scattered to name; "
    "when it is much, the score speaks of a small part of the job.",
    firm=True,
)


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Add the shares up."""
    if not subject.sound("at_risk", "durable"):
        return
    role = subject.role
    total = sum(task.share for task in role.at_risk + role.durable)
    place = subject.place.at("at_risk", on_key=True)
    if total > SHARES_MAX:
        message = f"the shares sum to {total}, {total - SHARES_MAX} more than a week"
        hint = f"at risk {sum(t.share for t in role.at_risk)}, durable {sum(t.share for t in role.durable)}"
        yield Problem(RULE.id, Severity.ERROR, place, message, hint)
    elif total < SHARES_WARN_BELOW:
        message = f"the shares sum to {total}: {100 - total} % of the week are not told"
        hint = f"list the tasks that fill the rest, up to {SHARES_WARN_BELOW} or more"
        yield Problem(RULE.id, Severity.WARNING, place, message, hint)
