"""The quick way through Markdown gives what Python-Markdown and the sanitiser give, byte for byte."""

from itertools import islice

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rolerisk.load import load
from rolerisk.parse import roles
from rolerisk.parse.stage import narratives_of, parse_one, role_sources
from rolerisk.text.markdown import to_fragment
from rolerisk.text.plain_markdown import plain_fragment
from rolerisk.text.python_markdown import convert
from tests.sites import PROJECT

WORDS = "a|word|Zoë|a b|R&D|, |. |: |'|\"|1|2.|3) |(|)| |  |\n|\n\n|\n\n\n|\t|—|’|…|\u00a0|%|$|é"
SPANS = "[d, e,](https://e.org/)|**f, g,**|*h,*|[^s-1]|[^x]|[b c](https://e.org/x-1)|**bold word**|*em*|![i](x)|https://e.org"
MARKUP = "*|**|_|`|<b>|>|&|&amp;|&x;|#|# |- |+ |=|==|---|!|[|]|(u)|\\|/|~|^|{|}|;|?|@"
LISTS = [
    "\n- a",
    "\n\n- b\n- c\n\n",
    "\n\n- ",
    "\n- 1. d",
    "\n- - e",
    "\n  f",
    "- g\n\n",
    "\n\n- h\n\n- i",
]
PIECES = st.sampled_from([*"|".join((WORDS, SPANS, MARKUP)).split("|"), "|", "| a | b |", *LISTS])
TEXTS = st.lists(PIECES, max_size=14).map("".join)


@pytest.mark.fuzz
@given(TEXTS)
@example("A **bold** word, an *em* one, a [link](https://e.org/a-b?c=d#e).[^s] End.\n\nSecond.")
@example("*a*b*")
@example("So:\n\n- one [^a]\n- **two**\n\nThen.\n\n- three")
@example("- one\n\n- two")
@example("One\n- two")
@example("- one\ntwo")
@example("**a** **b**")
@example("one\ntwo [^a][^b]")
def test_the_quick_way_gives_what_the_whole_way_gives(text):
    quick = plain_fragment(text)
    if quick is not None:
        assert quick == convert(text)


@pytest.mark.parametrize(
    "text",
    [
        "It drafts. You check, at 5 p.m. on a Friday (50% of it).[^a]",
        "A **bold word,** and *one,* more, with a [link to it](https://example.org/ref/x).",
        "So it is:\n\n- one, [^a]\n- **two**\n\nAnd so on.",
        "One paragraph.\n\nAnother one: “quoted” — and more…",
    ],
)
def test_what_articles_mostly_say_goes_the_quick_way(text):
    assert plain_fragment(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Heading",
        "+ item",
        "1. item",
        "- a\n\n- b",
        "- a\n  b",
        "a_b",
        "a  \nb",
        "<b>",
        "`x`",
        "    code",
    ],
)
def test_what_has_other_markup_does_not(text):
    assert plain_fragment(text) is None


def test_nearly_all_texts_of_the_shipped_roles_take_the_quick_way(monkeypatch):
    """Whatever Python's version: its patterns are not equally good at all that this one asks."""
    texts: list[str] = []
    monkeypatch.setattr(roles, "to_fragment", lambda text: texts.append(text) or to_fragment(text))
    sources, _ = load(PROJECT)
    for source in islice(role_sources(sources, narratives_of(sources)), 20):
        assert parse_one(source)
    whole_way = [text for text in texts if plain_fragment(text) is None]
    assert len(whole_way) < len(texts) / 20
