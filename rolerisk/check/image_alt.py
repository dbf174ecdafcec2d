"""Images have a text alternative."""

from collections.abc import Iterator

from rolerisk.check.subject import Texts
from rolerisk.problem import Problem, Rule, Severity, problem

RULE = Rule(
    "image-alt",
    Severity.ERROR,
    "An image in a text has a text alternative.",
    "Write what the image shows between the brackets: `![what it shows](/path.png)`.",
)


def check(subject: Texts) -> Iterator[Problem]:
    """Look at every image of every text."""
    for place, fragment, text in subject.prose():
        if not fragment.images:
            continue
        places = place.of_each((source for source, _ in fragment.images), text)
        for (source, alternative), at in zip(fragment.images, places, strict=True):
            if not alternative.strip():
                message = f"the image {source} has no text alternative"
                yield problem(RULE, at, message, "![what it shows](…)")
