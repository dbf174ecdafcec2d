"""Narratives are cut at their headings, but not at those in code."""

import pytest

from rolerisk.parse.narrative import parse_narrative

UNCLOSED = "the code fence that opens here is not closed"


def read(*lines: str) -> tuple[list[str], list[tuple[int, str]]]:
    """The headings of a narrative, and its problems with their lines."""
    narrative, problems = parse_narrative("a.md", "\n".join(("## One", *lines, "## Two")))
    told = [(found.place.line, found.message) for found in problems]
    return [section.heading for section in narrative.sections], told


@pytest.mark.parametrize(
    "lines",
    [
        ["```", "## code", "```"],
        ["```yaml", "## code", "```  "],
        ["~~~", "## code", "~~~"],
        ["~~~ {.py}", "```", "## code", "~~~"],
        ["````", "```", "## code", "```", "````"],
        ["```", "## code", "``````", "```"],
        ["```", "## code", "``` not the end", "## code", "```"],
        ["```one line``` of code"],
        ["    ```"],
        ["Words ```"],
    ],
)
def test_fences_as_markdown_has_them(lines):
    assert read(*lines) == (["One", "Two"], [])


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["```"], 2),
        (["Words.", "", "~~~ py", "```"], 4),
        (["````", "```"], 2),
        (["```", "```", "```"], 4),
        (["```", "``` more"], 2),
    ],
)
def test_a_fence_without_an_end_is_a_problem_where_it_opens(lines, number):
    assert read(*lines) == (["One"], [(number, UNCLOSED)])


def test_what_stands_before_a_fence_without_an_end_is_kept():
    narrative, (found,) = parse_narrative("a.md", "## One\n\nWords.\n\n````\n## Two\n")
    assert [section.body for section in narrative.sections] == ["Words."]
    assert found.hint == "close it with a line of ```` alone, or take it out"
