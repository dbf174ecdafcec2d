"""Tools, categories and shared sources are there for some role."""

from collections.abc import Iterator, Mapping

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
    if not subject.whole or subject.names != {role.slug for role in subject.roles}:
        return
    tables, flawed = subject.site.tables, {key for role in subject.roles for key in role.flawed}
    if "tools" not in flawed:
        yield from _unused("content/tools.yaml", "tool", "name", tables.tools, subject.used_tools())
    if "category" not in flawed:
        categories, used = tables.categories, subject.used_categories()
        yield from _unused("content/categories.yaml", "category", "id", categories, used)
    if "sources" not in flawed:
        used = {source for role in subject.roles for source in role.sources}
        yield from _unused("content/sources.yaml", "source", "id", tables.sources, used)


def _unused(
    path: str, what: str, key: str, known: Mapping[str, object], used: set[str]
) -> Iterator[Problem]:
    """The entries that no role names; what is named, but not known, may mean any of them."""
    if used <= known.keys():
        for name in filter(None, known.keys() - used):
            message = f"{what} {name!r} is used by no role"
            yield problem(RULE, Place(path, (name, key)), message, "use it, or take it out")
