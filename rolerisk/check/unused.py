"""Tools, categories and shared sources are there for some role."""

from collections.abc import Iterable, Iterator

from rolerisk.check.subject import SiteSubject
from rolerisk.problem import Place, Problem, Rule, Severity, problem

RULE = Rule(
    "unused",
    Severity.WARNING,
    "Every tool, category and shared source is used by a role.",
    "What no role uses is not published. Drafts and waiting roles count as users.",
)


def check(subject: SiteSubject) -> Iterator[Problem]:
    """Compare the tables with what all roles use."""
    if not subject.whole or len(subject.names) > len(subject.roles):
        return
    tables, roles = subject.site.tables, subject.roles
    used_tools = {tool for role in roles for tool in role.tools}
    used_sources = {source for role in roles for source in role.sources}
    yield from _unused("content/tools.yaml", "tool", "name", tables.tools, used_tools)
    yield from _unused(
        "content/categories.yaml",
        "category",
        "id",
        tables.categories,
        {role.category for role in roles},
    )
    yield from _unused("content/sources.yaml", "source", "id", tables.sources, used_sources)


def _unused(
    path: str, what: str, key: str, known: Iterable[str], used: set[str]
) -> Iterator[Problem]:
    for index, name in enumerate(known):
        if name not in used:
            yield problem(
                RULE,
                Place(path, (index, key)),
                f"{what} {name!r} is used by no role",
                "use it, or take it out",
            )
