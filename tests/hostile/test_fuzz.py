"""Whatever stands in the input files: a check ends, raises nothing, and has a place for each problem."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rolerisk.content import located, read_earlier
from rolerisk.load import load, read_file
from rolerisk.model.sources import InputFile, Sources
from rolerisk.report import problem_text
from rolerisk.settings import Settings
from rolerisk.text.invisible import INVISIBLE
from tests.sites import PROJECT, SMALL_SITE, TODAY, split_files

SMALL = split_files(SMALL_SITE)
PIECES = [
    "- ", ": ", "{", "}", "[", "]", "\n", "\n  ", "\n- ", "\t", "\0", "'", '"', "|\n", ">\n", "#", " #", "&a ", "*a",
    "<<: ", "!!python/object:os.system ", "---\n", "...\n", "? ", "~", "null", ".nan", "1e999", "12.5", "-1", "999",
    "2026-02-30", "9999-12-31", "0001-01-01", "../../etc/passwd", "con", "javascript:alert(1)", "<script>", "{{",
    "}}", "{%", "%}", "{% for x in role.tools %}", "{% endfor %}", "|join", "|list", "[^", "](", "## ", "# ", "> " * 25,
    "- " * 25, "[" * 25, "\u202e", "\u200b", "\ufeff", "\x1b[2J", "&#1;", "&#x110000;", "é", "𝒳", "😀", "\x85", "\u2028",
    "a" * 2000, ",", ",,", "\r", "|a|b|\n|-|-|\n", "```\n", "draft", "published", "slug: baker\n", "[]", "{}", "''",
]  # fmt: skip


NOWHERE = Path("/nonexistent")  # nothing is read from the disk, nor written to it


@cache
def _templates() -> dict[str, InputFile]:
    files = load(PROJECT)[0].files
    return {path: file for path, file in files.items() if path.startswith("templates/")}


@st.composite
def edits(draw: st.DrawFn) -> dict[str, str | None]:
    """One to three files, each with pieces cut out, doubled or put in; or gone; or something else."""
    names = draw(st.lists(st.sampled_from(sorted(SMALL)), min_size=1, max_size=3, unique=True))
    return {name: draw(_edited(SMALL[name])) for name in names}


@st.composite
def _edited(draw: st.DrawFn, text: str) -> str | None:
    kind = draw(st.integers(0, 11))
    if kind == 0:
        return draw(st.none() | st.text(max_size=40) | st.sampled_from(PIECES))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 40)))
        piece = draw(st.sampled_from(PIECES) | st.just(text[start:end] * 2) | st.text(max_size=5))
        text = text[:start] + piece + text[end:]
    return text


@pytest.mark.slow
@pytest.mark.fuzz
@given(edits())
@example({"content/site.yaml": None})
@example(dict.fromkeys(SMALL))
@example(dict.fromkeys(SMALL, ""))
@example(dict.fromkeys(SMALL, "x"))
@example(dict.fromkeys(SMALL, "[]"))
@example(dict.fromkeys(SMALL, "{}"))
def test_a_check_never_raises_and_has_a_place_for_each_problem(changed):
    files = dict(_templates())
    for path, text in {**SMALL, **changed}.items():
        if text is not None:
            data = text.encode("utf-8", "surrogatepass")
            read = read_file(path, data)
            if isinstance(read, InputFile):
                files[path] = read
    content = read_earlier(Settings(root=NOWHERE, out=NOWHERE, today=TODAY), Sources(files))
    for problem in located(content, strict=False).problems:
        lines = files[problem.path].text.split("\n") if problem.path in files else []
        assert 0 <= problem.line <= len(lines)
        assert problem.column <= 1 or problem.column <= len(lines[problem.line - 1]) + 1
        assert not INVISIBLE.search(problem_text(problem, colours=False).replace("\ufffd", ""))
