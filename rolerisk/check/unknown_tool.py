"""A tool is one of content/tools.yaml, under its present name."""

from collections.abc import Iterator

from rolerisk.check.subject import RoleSubject
from rolerisk.problem import Place, Problem, Rule, Severity, problem
from rolerisk.text.spelling import did_you_mean

RULE = Rule(
    "unknown-tool",
    Severity.ERROR,
    "A tool that a role uses is in content/tools.yaml.",
    "A tool is described once, there. A former name resolves to the tool, with a warning that says "
    "what it is called now; the same tool twice in a role is a warning, too.",
    firm=True,
)
_PATH = "content/tools.yaml"


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Look every tool up by its name."""
    if _PATH in subject.tables.partial or not subject.sound("tools"):
        return
    known, seen = subject.tables.tools, set[str]()
    for index, use in enumerate(subject.role.tools):
        place = subject.place.at("tools", index, "tool")
        former = None if use.tool in known else subject.tables.former_tool(use.tool)
        if former:
            yield _warning(place, f"{use.tool} is called {former.name} now", f"write {former.name}")
        elif use.tool not in known:
            hint = did_you_mean(use.tool, known) or f"describe it in {_PATH}"
            yield problem(RULE, place, f"tool {use.tool!r} is not in {_PATH}", hint)
        elif use.tool in seen:
            yield _warning(place, f"{use.tool} stands twice among this role's tools", "")
        seen.add(use.tool)


def _warning(place: Place, message: str, hint: str) -> Problem:
    return Problem(RULE.id, Severity.WARNING, place, message, hint)
