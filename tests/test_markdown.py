"""Markdown becomes HTML that is safe whatever the text, with citations counted as they come."""

import json
import re
from html.parser import HTMLParser

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rolerisk.render.html_to_markdown import to_markdown
from rolerisk.text.address import with_base
from rolerisk.text.invisible import INVISIBLE
from rolerisk.text.markdown import open_citation, to_fragment, with_numbers
from rolerisk.text.python_markdown import _ATTRIBUTES, _TAGS, _converter

TOKENS = [
    "<script>", "</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>", "<style>",
    "<a href=", "javascript:alert(1)", "JaVa\tScRiPt:", "&#106;avascript:", "&#x6A;avascript:",
    "data:text/html,<script>", "vbscript:x", "[a](", "![a](", ")", '"', "'", ">", "<", "</p>", "<!--", "<![x[", "<!x",
    "-->", "<![CDATA[", "]]>", "<?php", "?>", "`", "```\n", "*", "_", "\n", "\n\n", "    ", "# ",
    "> ", "- ", "1. ", "| a | b |\n|---|---|\n", "[^a]", "[^a\"b]", "[a]: ", "[a]", "<sup data-source=",
    "\x02", "\x03", "\x02wzxhzdk:0\x03", "\x02klzzwxh:0000\x03", "\x02amp\x03", "\\", "&lt;", "onclick=", "\0",
    "&#1;", "&#x202e;", "&#8203;", "&rlm;", "&Tab;", "&colon;", "<b>", "</b>", "<ul>", "<li>", "[x](", "<blockquote>", '<img src="', "href='",
]  # fmt: skip
texts = st.text(max_size=20) | st.lists(st.sampled_from(TOKENS), max_size=15).map("".join)


class _Tags(HTMLParser):
    """Every element of a piece of HTML, as a browser would find it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {key: value or "" for key, value in attrs}))

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"a processing instruction: {data}")


@pytest.mark.fuzz
@given(texts)
@example("[x](java&#1;script:alert(1))")
@example("<a href='java&#x200b;script:alert(1)'>x</a>")
@example('<a href="/x" onclick="alert(1)" style="color: red">x</a>')
@example('<a href="java\tscript:alert(1)">x</a>')
@example("[x](javascript&#58;alert(1))")
@example("[x](<java\nscript:alert(1)>)")
@example("![x](data:image/svg+xml,<svg/onload=alert(1)>)")
@example("<noscript><p title='</noscript><img src=x onerror=alert(1)>'>")
@example("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>")
def test_no_text_brings_a_script_with_it(text):
    html = to_fragment(text).html
    assert not INVISIBLE.search(html)
    for tag, attributes in _Tags(html).found:
        assert tag in _TAGS
        assert attributes.keys() <= _ATTRIBUTES.get(tag, set())
        for key, value in attributes.items():
            assert not key.startswith("on")
            assert key != "style"
            if key in ("href", "src"):
                scheme = re.match(r"[\x00-\x20]*([a-z][a-z0-9+.-]*)\s*:", value, re.IGNORECASE)
                assert not scheme or scheme[1].lower() in ("http", "https", "mailto")


@pytest.mark.fuzz
@given(st.lists(texts, min_size=1, max_size=3))
@example(["[a]: /x", "[b][a]"])
@example(["[^a] [x](/y)", "![z](/z)", "## h"])
def test_a_text_is_converted_the_same_whatever_came_before_it(several):
    together = [to_fragment(text) for text in several]
    alone = []
    for text in several:
        _converter.cache_clear()
        alone.append(to_fragment(text))
    assert together == alone


@given(st.text(st.characters(categories=["L", "N", "Zs"], max_codepoint=0x2000), min_size=1))
def test_plain_words_stay_as_they_are(words):
    text = " ".join(words.split())
    html = to_fragment(text).html
    assert html == (f"<p>{text}</p>" if text else "")


@pytest.mark.fuzz
@given(texts)
@example('[x](/a\n"b)')
@example("<ul><li><table><tr><td>a\n\n| b")
def test_any_text_has_a_twin_without_invisible_characters(text):
    assert not INVISIBLE.search(to_markdown(to_fragment(text).html, "https://x.example/"))


def test_citations_are_noted_in_their_order():
    fragment = to_fragment("One.[^b] Two.[^a][^b]\n\n- three [^c]")
    assert fragment.cites == ("b", "a", "b", "c")
    assert fragment.words == 4


def test_a_citation_becomes_a_numbered_link_and_an_unknown_one_vanishes():
    html = to_fragment("One.[^b] Two.[^a]").html
    assert with_numbers(html, {"b": 1}) == '<p>One.<sup><a href="#s1">1</a></sup> Two.</p>'


@pytest.mark.parametrize("text", ["`[^a]`", "    [^a]", "\\[^a]"])
def test_code_and_escaped_brackets_cite_nothing(text):
    fragment = to_fragment(text)
    assert fragment.cites == ()
    assert "[^a]" in fragment.html


def test_raw_html_is_no_open_citation_of_another_text():
    html = with_numbers(to_fragment(f"x {open_citation('a')}").html, {})
    assert html == "<p>x </p>"


def test_sources_are_numbered_by_first_citation_on_the_page(site):
    site.edit(
        "content/roles/carpenter.yaml", "hard part.[^carpenter-a]", "hard part.[^carpenter-b]"
    )
    site.edit("content/roles/carpenter.yaml", "sorting orders.", "sorting orders.[^carpenter-a]")
    site.build()
    html = site.read("site/roles/carpenter/index.html")
    cited = re.findall(r'<sup><a href="#s(\d)">\1</a></sup>', html)
    assert cited[:5] == ["1", "1", "1", "1", "2"]
    record = json.loads(site.read("site/roles/carpenter/index.json"))
    assert [(s["number"], s["id"]) for s in record["sources"]] == [
        (1, "carpenter-b"),
        (2, "carpenter-a"),
    ]
    assert record["at_risk"][0]["sources"] == [2]


def test_links_images_and_headings_are_noted():
    fragment = to_fragment(
        "### Two\n\n[a](/b/) ![c](/d.png) <https://example.org/>\n\n#### Three *d*"
    )
    assert fragment.links == ("/b/", "https://example.org/")
    assert fragment.images == (("/d.png", "c"),)
    assert fragment.headings == ((3, "Two"), (4, "Three d"))


def test_links_of_the_site_are_led_below_the_base_path():
    html = to_fragment("[a](/b/) [c](https://d.example/) [e](#f) ![g](/h.png)").html
    assert re.findall(r'(?:href|src)="([^"]*)"', with_base(html, "/site")) == [
        "/site/b/", "https://d.example/", "#f", "/site/h.png",
    ]  # fmt: skip
    assert with_base(html, "") == html


@pytest.mark.parametrize(
    "text", ["*" * 5000, "<" * 1500, "`" * 4999, "[a](b) " * 500, "[^a]" * 500]
)
def test_extreme_texts_are_converted(text):
    assert to_fragment(text).html


TOO_DEEP = "lists, quotes or brackets stand more than 20 deep in each other"


@pytest.mark.parametrize(
    "text",
    [
        "- " * 500 + "x",
        "1. " * 400 + "x",
        "> " * 200 + "x",
        "".join(f"{'    ' * level}- a\n" for level in range(21)),
        "[" * 1000,
        "![" * 1000,
        "<div><blockquote>" * 500,
        "x <b><i>" * 500,
    ],
)
def test_what_is_too_deep_is_refused_and_leaves_no_trace(text):
    fragment = to_fragment(text)
    assert (fragment.html, fragment.refused) == ("", TOO_DEEP)
    assert to_fragment("`one` two").html == "<p><code>one</code> two</p>"


def test_twenty_levels_are_converted():
    text = "".join(f"{'    ' * level}- a\n" for level in range(20))
    assert to_fragment(text).html.count("<ul>") == 20


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a" * 10_001, "a paragraph has 10,001 characters, more than 10,000"),
        ("* " * 5001, "a paragraph has 10,002 characters, more than 10,000"),
        ("<b>\n\n" * 2001, "a text has more than 2,000 tags of HTML"),
    ],
)
def test_what_would_take_too_long_is_refused(text, told):
    assert to_fragment(text).refused == told


def test_a_long_text_of_short_paragraphs_is_converted():
    assert to_fragment("word *by* word\n\n" * 2000).html.count("<p>") == 2000


@pytest.mark.parametrize(
    ("text", "links", "removed"),
    [
        ('<a href="/x/">y</a> [z](/z/)', ("/x/", "/z/"), ()),
        ('<a href="&#106;avascript:x" onclick="y">z</a>', ("javascript:x",), ("onclick=",)),
        ("<script>x</script>\n\n<svg/onload=x>", (), ("<script>", "<svg>")),
        ("[x](java&#1;script:alert(1))", ("javascript:alert(1)",), ("U+0001",)),
        ("`<script>` a < b <!-- <b> -->", (), ()),
        ("<https://x.example/>", ("https://x.example/",), ()),
    ],
)
def test_links_in_raw_html_and_what_is_taken_out_of_it_are_noted(text, links, removed):
    fragment = to_fragment(text)
    assert (fragment.links, fragment.removed) == (links, removed)
