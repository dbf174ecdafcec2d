"""Page titles fit a line of a search result."""

from collections.abc import Iterator

from rolerisk.check.subject import SiteSubject
from rolerisk.problem import Problem, Rule, Severity, problem

LONGEST = 65
RULE = Rule(
    "title-length",
    Severity.WARNING,
    f"A role page's title has at most {LONGEST} characters.",
    "The first of the patterns in site.yaml that fits is used; when none fits, the last one is, "
    "and search engines cut it. Give the role a shorter `plural`, or the site a shorter pattern.",
)


def check(subject: SiteSubject) -> Iterator[Problem]:
    """Measure the titles that the patterns gave."""
    for role in subject.roles:
        length = len(role.page_title)
        if length > LONGEST:
            message = f"the page's title has {length} characters: {role.page_title}"
            yield problem(RULE, role.place.at("title"), message, f"at most {LONGEST}")
