"""What shall be a block of code becomes one."""

from collections.abc import Iterator

from rolerisk.check.subject import Texts
from rolerisk.problem import Problem, Rule, Severity, problem
from rolerisk.text.fences import false_fence, fence_behind, may_have_fence

RULE = Rule(
    "code-fence",
    Severity.ERROR,
    "A fence of code stands at the beginning of its line, with a language at most, and is closed.",
    "Otherwise the code is read as text: its lines run together, and its signs become headings, "
    "emphasis and elements of HTML. The end is the same fence, alone on its line.",
)


def check(subject: Texts) -> Iterator[Problem]:
    """Look at every text that has three backticks or tildes."""
    for place, text in subject.writing.having(may_have_fence):
        if line := false_fence(text):
            message, hint = _told(line)
            yield problem(RULE, place.at(needle=line.strip()), message, hint)


def _told(line: str) -> tuple[str, str]:
    if fence := fence_behind(line, ""):
        return (
            "the code fence that opens here is not closed",
            f"close it with a line of {fence} alone, or take it out",
        )
    if line.startswith(" "):
        return (
            "a code fence that is indented is read as text",
            "move it, and its code, to the beginning of the lines",
        )
    return (
        "a code fence with more than the name of a language is read as text",
        "name the language alone, or none",
    )
