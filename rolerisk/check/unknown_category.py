"""A role's category is one of content/categories.yaml."""

from collections.abc import Iterable, Iterator

from rolerisk.check.subject import RoleSubject
from rolerisk.problem import Problem, Rule, Severity, problem
from rolerisk.text.spelling import did_you_mean, listed

RULE = Rule(
    "unknown-category",
    Severity.ERROR,
    "A role's category is in content/categories.yaml.",
    "The category decides which hub lists the role.",
    firm=True,
)
_PATH = "content/categories.yaml"


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Look the category up by its id."""
    category, known = subject.role.category, subject.tables.categories
    if category in known or not subject.sound("category") or _PATH in subject.tables.partial:
        return
    hint = did_you_mean(category, known) or _known(known)
    yield problem(
        RULE, subject.place.at("category"), f"category {category!r} is not in {_PATH}", hint
    )


def _known(categories: Iterable[str]) -> str:
    names = listed(sorted(categories), 20)
    return f"categories: {names}" if names else "describe it there: no category is yet"
