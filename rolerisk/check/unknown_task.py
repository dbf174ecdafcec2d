"""A step strengthens a task of the same role."""

from collections.abc import Iterator

from rolerisk.check.subject import RoleSubject
from rolerisk.problem import Problem, Rule, Severity, problem
from rolerisk.text.spelling import did_you_mean

RULE = Rule(
    "unknown-task",
    Severity.ERROR,
    "The task of a step is one of the role's tasks; no task stands twice.",
    "The step shows which task it strengthens; the words have to be the same.",
    firm=True,
)


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Look the tasks of the steps up, then look for tasks that stand twice."""
    if not subject.sound("at_risk", "durable"):
        return
    role = subject.role
    tasks = [task.task for task in role.at_risk + role.durable]
    for index, step in enumerate(role.steps):
        if step.task and step.task not in tasks:
            hint = did_you_mean(step.task, tasks) or "write a task exactly as above"
            place = subject.place.at("steps", index, "task")
            yield problem(RULE, place, f"{step.task!r} is not a task of this role", hint)
    places = [("at_risk", i) for i in range(len(role.at_risk))] + [
        ("durable", i) for i in range(len(role.durable))
    ]
    for number, (task, keys) in enumerate(zip(tasks, places, strict=True)):
        if task in tasks[:number]:
            yield problem(
                RULE, subject.place.at(*keys, "task"), f"task {task!r} stands twice in this role"
            )
