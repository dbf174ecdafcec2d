"""Sources and tools are linked to by https."""

from collections.abc import Iterator

from rolerisk.check.subject import Texts
from rolerisk.problem import Problem, Rule, Severity, problem

RULE = Rule(
    "insecure-address",
    Severity.WARNING,
    "The address of a source, a tool or a measure begins with https.",
    "A page that is sent in the clear can be another one when it arrives. Nearly every publisher "
    "serves https: try the address with it. Publisher, title and date of a source are required by "
    "the schema.",
)


def check(subject: Texts) -> Iterator[Problem]:
    """Look at the addresses of all records."""
    for place, url in subject.records():
        if url.startswith("http://"):
            message = f"{url} is not https"
            yield problem(RULE, place, message, f"https://{url.removeprefix('http://')}")
