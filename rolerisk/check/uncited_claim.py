"""What a tool does, and how exposed a task is, comes from somewhere."""

from collections.abc import Iterator

from rolerisk.check.subject import RoleSubject
from rolerisk.problem import Problem, Rule, Severity, problem

RULE = Rule(
    "uncited-claim",
    Severity.WARNING,
    "Every tool's `does` and every task's `why` cites a source.",
    "Readers are to see who says that a tool can do it, and what an exposure rests on: a study, a "
    "statistics body, a measure, the maker's documentation. A task may list its `sources` instead.",
)


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Look for tools and tasks without any citation."""
    parsed, role = subject.parsed, subject.role
    if subject.sound("tools"):
        for index, (use, fragment) in enumerate(zip(role.tools, parsed.does, strict=True)):
            if not fragment.cites:
                place = subject.place.at("tools", index, "does")
                message = f"nothing is cited for what {use.tool} does"
                yield problem(RULE, place, message, "[^source-id] behind the claim")
    for kind, tasks, reasons in (
        ("at_risk", role.at_risk, parsed.at_risk),
        ("durable", role.durable, parsed.durable),
    ):
        if not subject.sound(kind):
            continue
        for index, (task, fragment) in enumerate(zip(tasks, reasons, strict=True)):
            if not fragment.cites:
                message = f"nothing is cited for the exposure of {task.task!r}"
                hint = "[^source-id] behind the claim, or `sources` of the task"
                yield problem(RULE, subject.place.at(kind, index, "why"), message, hint)
