"""Images have a text alternative."""

from collections.abc import Iterator

from rolerisk.check.subject import RoleSubject
from rolerisk.problem import Problem, Rule, Severity, problem

RULE = Rule(
    "image-alt",
    Severity.ERROR,
    "An image in a text has a text alternative.",
    "Write what the image shows between the brackets: `![what it shows](/path.png)`.",
)


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Look at every image of every text."""
    for place, fragment, _ in subject.parsed.prose():
        for source, alternative in fragment.images:
            if not alternative.strip():
                message = f"the image {source} has no text alternative"
                yield problem(RULE, place.at(needle=source), message, "![what it shows](…)")
