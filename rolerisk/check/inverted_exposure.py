"""Tasks at risk are more exposed than durable ones."""

from collections.abc import Iterator

from rolerisk.check.subject import RoleSubject
from rolerisk.model.role import Task
from rolerisk.problem import Problem, Rule, Severity, problem

RULE = Rule(
    "inverted-exposure",
    Severity.WARNING,
    "No task at risk is less exposed than a durable one.",
    "The middles of the exposures are compared. Either an exposure is wrong, or a task is in the "
    "wrong list.",
)


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Compare every task at risk with the most exposed durable one."""
    role = subject.role
    if not subject.sound("at_risk", "durable") or not role.durable:
        return
    most = max(role.durable, key=_twice_the_middle)
    for index, task in enumerate(role.at_risk):
        if _twice_the_middle(task) < _twice_the_middle(most):
            message = f"{task.task!r} is at risk with {task.exposure}, less than {most.task!r} with {most.exposure}"
            yield problem(
                RULE,
                subject.place.at("at_risk", index, "exposure"),
                message,
                "move one of the two, or look at the exposures again",
            )


def _twice_the_middle(task: Task) -> int:
    return task.exposure.low + task.exposure.high
