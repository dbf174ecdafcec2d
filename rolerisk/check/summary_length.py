"""Summaries are as long as search results show."""

from collections.abc import Iterator

from rolerisk.check.subject import SiteSubject
from rolerisk.problem import Place, Problem, Rule, Severity, problem

SHORTEST, LONGEST = 70, 160
RULE = Rule(
    "summary-length",
    Severity.WARNING,
    f"A summary has {SHORTEST}-{LONGEST} characters.",
    "It is the page's meta description. Search engines cut a longer one and replace a shorter one "
    "with words of their own choice. The numbers are ours.",
)


def check(subject: SiteSubject) -> Iterator[Problem]:
    """Measure the summaries of roles, categories, tools, pages and the site."""
    for place, summary in _summaries(subject):
        length = len(summary)
        if summary and not SHORTEST <= length <= LONGEST:
            much = "short" if length < SHORTEST else "long"
            yield problem(
                RULE,
                place,
                f"the summary has {length} characters: too {much}",
                f"{SHORTEST}-{LONGEST} characters",
            )


def _summaries(subject: SiteSubject) -> Iterator[tuple[Place, str]]:
    tables = subject.site.tables
    yield Place("content/site.yaml", ("summary",)), tables.config.summary
    for role in subject.roles:
        yield role.place.at("summary"), role.summary
    for id_, category in tables.categories.items():
        yield Place("content/categories.yaml", (id_, "summary")), category.summary
    for name, tool in tables.tools.items():
        yield Place("content/tools.yaml", (name, "summary")), tool.summary
    for page in subject.site.pages:
        yield Place(page.place.path, ("summary",)), page.head.summary
