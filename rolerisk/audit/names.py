"""Titles and descriptions: every page has one, and no two pages the same."""

from collections.abc import Iterator, Sequence

from rolerisk.audit.digest import Digest
from rolerisk.audit.folder import Folder
from rolerisk.problem import LocatedProblem, Rule, Severity, located

TITLE = Rule(
    "site-title",
    Severity.ERROR,
    "Every built page has a title of its own.",
    "Search engines tell pages apart by their titles, and readers their tabs. Pages that only lead "
    "on to another one are not compared. Checked by check --site.",
)
DESCRIPTION = Rule(
    "site-description",
    Severity.ERROR,
    "Every built page has a meta description of its own.",
    "Search engines show it below the title; where two pages say the same, they make up their own. "
    "Checked by check --site.",
)


def check_all(digests: Sequence[Digest], _: Folder) -> Iterator[LocatedProblem]:
    """What has none, or one that an earlier page has."""
    pages = [digest for digest in digests if digest.leads_to is None]
    for rule, name in ((TITLE, "title"), (DESCRIPTION, "description")):
        first: dict[str, str] = {}
        for page in pages:
            said = getattr(page, name)
            if said is None or not said.text:
                yield located(rule, page.file, f"the page has no {name}")
            elif said.text in first:
                message = f"the same {name} as {first[said.text]}: {said.text}"
                yield said.spot.problem(rule, page.file, message)
            else:
                first[said.text] = page.file
