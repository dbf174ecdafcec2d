"""Fences of code: where the project sees them is where Python-Markdown makes code of them."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolerisk.edit.canonical_markdown import canonical_markdown
from rolerisk.text.fences import false_fence, fence_behind, may_have_fence
from rolerisk.text.markdown import to_fragment

LINES = ["```", "~~~", "````", "```py", "~~~ {.py}", "``` ", "``` not one", " ```", "```a```", "", "# a", "<b>*c*", "[^x]"]  # fmt: skip


def code_of(text: str) -> list[str]:
    """The code of each fence, as the project sees it."""
    fence, found = "", list[list[str]]()
    for line in text.split("\n"):
        before, fence = fence, fence_behind(line, fence)
        if fence and not before:
            found.append([])
        elif fence:
            found[-1].append(line)
    return ["\n".join(lines) for lines in found]


@given(st.lists(st.sampled_from(LINES), max_size=9).map("\n".join))
def test_python_markdown_makes_code_of_what_is_taken_for_it(text):
    if not false_fence(text):
        made = re.findall(r"<pre><code>(.*?)</code></pre>", to_fragment(text).html, re.DOTALL)
        assert [html.unescape(code).rstrip("\n") for code in made] == [
            code.rstrip("\n") for code in code_of(text)
        ]


def test_code_is_neither_markup_nor_html_nor_a_citation():
    fragment = to_fragment("Run:\n\n```python\nprint('<b>')\n# [a](b) [^c]\n```\n\nThen look.[^d]")
    code = "<pre><code>print('&lt;b&gt;')\n# [a](b) [^c]\n</code></pre>"
    assert fragment.html == (f'<p>Run:</p>\n{code}\n<p>Then look.<sup data-source="d"></sup></p>')
    assert (fragment.cites, fragment.links, fragment.removed) == (("d",), (), ())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Words.\n\n  ```\ncode\n  ```", "  ```"),
        ("``` with words\ncode\n```", "``` with words"),
        ("```\ncode", "```"),
        ("```\ncode\n````", "```"),
        ("~~~\na\n~~~\n\n~~~ sh\nb", "~~~ sh"),
        ("~~~ `a`\ncode\n~~~", "~~~ `a`"),
    ],
)
def test_what_looks_like_a_fence_and_is_none_is_told(text, line):
    assert may_have_fence(text)
    assert false_fence(text) == line


@pytest.mark.parametrize(
    "text", ["```a``` of code", "Words ``` in a line", "    ```\n    indented code", "```\na\n```"]
)
def test_what_is_code_or_does_not_look_like_a_fence_is_not_told(text):
    assert false_fence(text) == ""


def test_code_is_written_as_it_was():
    text = "## One\n\nWords:\n\n````py\n# a  \n\n\n```\n##  b\n````\n\n## Two\n\nMore.\n"
    assert canonical_markdown(text) == text
