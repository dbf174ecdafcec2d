"""A tool that was renamed or closed says so."""

from collections.abc import Iterator

from rolerisk.check.subject import SiteSubject
from rolerisk.problem import Place, Problem, Rule, Severity, problem

RULE = Rule(
    "tool-note",
    Severity.ERROR,
    "A tool that is renamed or closed has a note on what happened.",
    "Readers who know the tool under its old name, or who look for it in vain, are told.",
)


def check(subject: SiteSubject) -> Iterator[Problem]:
    """Look for tools that are not active and have no note."""
    for name, tool in subject.site.tables.tools.items():
        if tool.status != "active" and not tool.note:
            place = Place("content/tools.yaml", (name, "status"))
            yield problem(
                RULE,
                place,
                f"{tool.name} is {tool.status}, but no note says what happened",
                "add `note`",
            )
