"""The quick way from HTML to Markdown gives what the way through its tree gives, byte for byte."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rolerisk.render.html_to_markdown import converted
from rolerisk.render.plain_html import plain_to_markdown

URL = "https://x.example/roles/a/"
TEXTS = "a|word|Zo\u00eb|a b| |  |\n|, |. |1. |- |+ |# |=|\u00a0|\u2003|\t|\u2019|(|)|!|;|amp;|>|\u00ad|\x1f|*|_|`|[|]|\\|~~||"
ENTITIES = "&amp;|&lt;|&gt;|&quot;|&nbsp;"
TAGS = (
    "</p><p>|</p>\n<p>|</p>\n\n<p>|<strong>b c</strong>|<strong> b</strong>|<em>d</em>|<em>d </em>|<em></em>"
    "|<code>x</code>|<br>|<sup>2</sup>"
    '|<sup><a href="#s1">1</a></sup>|<sup><a href="#s12">12</a></sup>|<a href="/x/">f</a>|<a href="#y">f</a>'
    '|<a href="https://e.org">g h</a>|<a href="https://e.org/a/?b=c#d">g</a>|<a href="https://e.org/?">g</a>'
    '|<a href="https://e.org/#">g</a>|<a href="https://e.org/x;y">g</a>|<a href="http://e.org//x/../y">g</a>'
    '|<a href="https://e.org/a?#b">g</a>|<a href="https://e.org:/">g</a>|<a href="https://e.org/"> g</a>'
)
PIECES = st.sampled_from([*TEXTS.split("|"), "|", *ENTITIES.split("|"), *TAGS.split("|")])
SPANS = st.lists(PIECES, max_size=14).map("".join)
LIST = st.lists(SPANS, min_size=1, max_size=3).map(
    lambda items: "<ul>\n" + "\n".join(f"<li>{item}</li>" for item in items) + "\n</ul>"
)
BLOCKS = SPANS.map("<p>{}</p>".format) | LIST
HTML = st.lists(BLOCKS, min_size=1, max_size=3).map("\n".join)
EXAMPLES = 4 * settings().max_examples  # they are cheap


@pytest.mark.slow
@pytest.mark.fuzz
@settings(max_examples=EXAMPLES)
@given(HTML)
@example("<p>a &amp;lt; b &amp;x;</p>")
@example("<p>a  b</p>")
@example("<p>a\u2003b</p>")
@example("<p>a <strong>b </strong>c</p>")
@example("<p>a > b</p>")
@example(
    "<p>a</p>\n<ul>\n<li>b</li>\n<li>c <em>d</em></li>\n</ul>\n<ul>\n<li>e</li></ul>\n<p>f</p>"
)
@example("<p>a</p>\n<ul>\n<li>b</li><li>c</li>\n</ul><p>f</p>")
@example('<p>A <strong>b</strong>, R&amp;D.<sup><a href="#s1">1</a></sup></p>\n<p>It\nis.</p>')
def test_the_quick_way_gives_what_the_tree_gives(html):
    quick = plain_to_markdown(html)
    if quick is not None:
        assert quick == converted(html, URL)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        (
            "<p>Zo\u00eb drafts it,\nat R&amp;D.</p>\n<p>Second.</p>",
            "Zo\u00eb drafts it, at R&D.\n\nSecond.",
        ),
        (
            '<p><em>So</em>.<sup><a href="#s1">1</a></sup> <a href="https://e.org/a?b=c">g h</a></p>',
            "*So*.[1] [g h](https://e.org/a?b=c)",
        ),
        (
            "<p>Two:</p>\n<ul>\n<li>a <strong>b</strong></li>\n<li>c,\nd</li>\n</ul>\n<p>So.</p>",
            "Two:\n\n- a **b**\n- c, d\n\nSo.",
        ),
    ],
)
def test_what_articles_mostly_say_goes_the_quick_way(html, markdown):
    assert plain_to_markdown(html) == markdown


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<ol>\n<li>a</li>\n</ol>",
        "<ul>\n<li><p>a</p></li>\n</ul>",
        "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>",
        "<ul>\n<li>1. a</li>\n</ul>",
        "<p>1. a</p>",
        "<p>a_b</p>",
        "<p>O*NET</p>",
        '<p><a href="/x/">a</a></p>',
    ],
)
def test_what_has_to_be_escaped_or_resolved_does_not(html):
    assert plain_to_markdown(html) is None
