"""A stated score is the computed one."""

from collections.abc import Iterator

from rolerisk.check.subject import RoleSubject
from rolerisk.problem import Problem, Rule, Severity, problem
from rolerisk.score import Weight, score, tenths

RULE = Rule(
    "stated-score",
    Severity.ERROR,
    "If a role states its score, it equals the computed one.",
    "The score is Σ share × (low + high) / 2 Σ share, rounded half up. Stating it guards against an "
    "edit that moves it unnoticed; the message shows the sum.",
    firm=True,
)


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Compute the score and compare."""
    role = subject.role
    if role.score is None or not subject.sound("score", "at_risk", "durable"):
        return
    tasks = role.at_risk + role.durable
    if not sum(task.share for task in tasks):
        return
    result = score(Weight(t.share, t.exposure.low, t.exposure.high) for t in tasks)
    if result.value != role.score:
        terms = " + ".join(f"{t.share}×{t.exposure.low + t.exposure.high}" for t in tasks)
        mean = tenths(result.numerator, result.denominator)
        message = f"the stated score is {role.score}, but the tasks give {result.value}"
        hint = (
            f"({terms}) / {result.denominator} = {result.numerator} / {result.denominator} = {mean}"
        )
        yield problem(RULE, subject.place.at("score"), message, hint)
