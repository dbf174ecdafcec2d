"""Share images, badges and Markdown twins: they fit, they are the same everywhere, nothing is left out."""

import csv
import hashlib
import json
import re
import struct
import subprocess
import sys
from html import unescape
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
import uharfbuzz
from hypothesis import given
from hypothesis import strategies as st

from rolerisk.model.config import Band
from rolerisk.model.drawings import VERSION, BadgeDrawing, CardDrawing, ShareDrawing
from rolerisk.model.output import Output
from rolerisk.render.card import lay_out_card
from rolerisk.render.html import Templates
from rolerisk.render.html_to_markdown import escaped, to_markdown
from rolerisk.render.lettering import font_files, shown
from rolerisk.render.renderers import Renderers
from rolerisk.text.python_markdown import convert
from tests.sites import PROJECT

TEXTS = {
    path.relative_to(PROJECT / "templates").as_posix(): path.read_text(encoding="utf-8")
    for folder in ("drawings", "partials", "layouts", "feeds")
    for path in (PROJECT / "templates" / folder).iterdir()
}
BANDS = (
    Band(id="low", name="Low risk", from_=0),
    Band(id="moderate", name="Moderate risk", from_=25),
    Band(id="high", name="High risk", from_=50),
    Band(id="very-high", name="Very high risk", from_=75),
)
CARD = CardDrawing(
    "Will AI replace Backend Developers?",
    48,
    41,
    55,
    "moderate",
    "Moderate risk",
    "medium",
    BANDS,
    "Test Score",
    "Testsite",
)
SHARE = ShareDrawing("Will AI replace your job?", BANDS, "Test Score", "Testsite")
BADGE = BadgeDrawing("Backend Developers", 48, "moderate", "Moderate risk", "Testsite")


def render(renderer: str, context: msgspec.Struct) -> bytes:
    def nothing(ref: object) -> Any:
        raise AssertionError("a drawing needs no article")

    return Renderers(TEXTS, nothing).render(Output("x", renderer, context))


def card_for(plural: str, **changes: object) -> CardDrawing:
    return msgspec.structs.replace(CARD, question=f"Will AI replace {plural}?", **changes)


def svg_of(card: CardDrawing) -> str:
    return Templates(TEXTS).render("drawings/card.svg", lay_out_card(card), "").decode()


def size_of(png: bytes) -> tuple[int, int]:
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", png[16:24])


# ---- share images


@pytest.mark.parametrize(("renderer", "context"), [("card.png", CARD), ("share.png", SHARE)])
def test_a_share_image_is_1200_by_630_and_always_the_same(renderer, context):
    first, second = render(renderer, context), render(renderer, context)
    assert size_of(first) == (1200, 630)
    assert first == second


@pytest.mark.slow
def test_the_score_and_the_range_are_drawn():
    assert render("card.png", CARD) != render("card.png", msgspec.structs.replace(CARD, score=47))
    assert render("card.png", CARD) != render("card.png", msgspec.structs.replace(CARD, low=40))


def test_a_changed_drawing_has_a_new_version():
    """Who changes the drawing raises VERSION, so that services fetch the new images."""
    digest = hashlib.sha256(svg_of(CARD).encode()).hexdigest()[:16]
    assert (VERSION, digest) == (1, "a2f964b2c8e4d03f")


def _advance(line: str) -> float:
    """A line's width in em by the advance widths alone, in the weight it is drawn in."""
    font = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(font_files()[1])))
    glyphs = [font.get_nominal_glyph(ord(char)) for char in line]
    assert all(glyphs), f"{line!r} has letters that the font lacks"
    return sum(font.get_glyph_h_advance(glyph) for glyph in glyphs) / font.face.upem


def _assert_fits(card: CardDrawing) -> str:
    """All texts are inside the picture and clear of each other; returns the heading."""
    laid_out = lay_out_card(card)
    size, lines = laid_out.heading
    assert len(lines) <= 3
    assert size * (1.08 * (len(lines) - 1) + 0.9) < 392 - 96, "the heading is between the rules"
    rooms = ((laid_out.heading, 1056), (laid_out.band_name, 528), (laid_out.site_name, 540))
    kerning = 48  # pixels by which a line may be wider unkerned, and still be clear of all else
    for fitted, room in rooms:
        assert all(_advance(line) * fitted.size <= room + kerning for line in fitted.lines)
    return " ".join(lines)


def test_every_occupation_s_title_fits_uncut():
    with (PROJECT / "content/occupations.csv").open(encoding="utf-8", newline="") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    longest = sorted(titles, key=len)[-150:]
    assert len(longest[-1]) > 75
    for title in longest:
        card = card_for(title)
        assert _assert_fits(card) == card.question


@given(
    st.text(st.characters(max_codepoint=0x17F, exclude_categories=["C"]), min_size=1, max_size=300)
)
def test_any_title_fits(title):
    _assert_fits(card_for(title, band_name=title, site_name=title))


def test_a_title_too_long_for_three_lines_ends_in_an_ellipsis():
    assert _assert_fits(card_for("Very " * 100 + "Patient People")).endswith("…")
    assert _assert_fits(card_for("W" * 300)).endswith("…")


@pytest.mark.parametrize(
    ("plural", "heading"),
    [
        ("Бухгалтеры", "Will AI replace Бухгалтеры?"),
        ("Λογιστές", "Will AI replace Λογιστές?"),
        ("Cafe\N{COMBINING ACUTE ACCENT} Owners", "Will AI replace Café Owners?"),
        ("Pilots \N{AIRPLANE}\N{VARIATION SELECTOR-16}", "Will AI replace Pilots?"),
        ("数据分析师", "Test Score"),
        ("محاسبون", "Test Score"),
        ("लेखाकार", "Test Score"),
    ],
)
def test_other_scripts_are_drawn_whole_or_not_at_all(plural, heading):
    card = card_for(plural)
    assert _assert_fits(card) == heading
    assert size_of(render("card.png", card)) == (1200, 630)


def test_a_site_in_another_script_still_has_cards():
    names = {"site_name": "工作", "score_name": "风险", "band_name": "低风险", "band": "own"}
    assert size_of(render("card.png", card_for("分析师", **names))) == (1200, 630)
    share = msgspec.structs.replace(SHARE, site_name="工作", question="工作")
    assert size_of(render("share.png", share)) == (1200, 630)


def test_markup_in_a_title_is_text():
    assert "R&amp;D &lt;Leads&gt;?" in svg_of(card_for("R&D <Leads>"))
    ElementTree.fromstring(svg_of(card_for("R&D <Leads>")))


def test_what_the_font_lacks_leaves_no_gap():
    assert shown("Chefs \N{COOKING} and  Bakers \N{CUPCAKE}?") == "Chefs and Bakers?"


def test_the_colours_are_those_of_the_style_sheet():
    css = (PROJECT / "templates/assets/site.css").read_text(encoding="utf-8").partition("@media")[0]
    tokens = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", css))
    drawn = Templates(TEXTS)._environment.get_template("drawings/colours.svg").module
    assert drawn.bands == {band: tokens[band] for band in drawn.bands}
    names = {"paper": "paper", "panel": "card", "ink": "ink", "soft": "soft", "line": "line"}
    assert {name: getattr(drawn, name) for name in names} == {
        name: tokens[token] for name, token in names.items()
    }


@pytest.mark.slow
def test_resvg_is_imported_only_to_draw():
    code = "import sys, rolerisk.pipeline; assert not {'resvg_py', 'uharfbuzz', 'textstat'} & sys.modules.keys()"
    subprocess.run([sys.executable, "-c", code], cwd=PROJECT, check=True)


# ---- badges


def test_a_badge_says_the_score_the_band_and_what_they_are_of():
    root = ElementTree.fromstring(render("badge.svg", BADGE))
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts == ["48", "/100", "AI exposure", "Moderate risk", "Testsite"]
    title = root.find("{http://www.w3.org/2000/svg}title")
    assert title is not None
    assert title.text == (
        "AI exposure of Backend Developers: 48 of 100, Moderate risk, by Testsite"
    )


def test_a_badge_is_well_formed_and_needs_nothing_else():
    odd = msgspec.structs.replace(BADGE, plural="R&D <Leads> \"x\" 'y'", band_name="数据 <&> " * 9)
    svg = render("badge.svg", odd)
    root = ElementTree.fromstring(svg)
    assert root.attrib["role"] == "img"
    assert not re.search(rb"href|url\(|@import|<script", svg)
    squeezed = [e for e in root.iter() if e.get("textLength")]
    assert [e.text for e in squeezed] == [odd.band_name]


def test_the_badge_s_snippet_is_html_shown_as_text():
    class Page(msgspec.Struct):
        shell: Any
        article: Any

    score = SimpleNamespace(value=48, band_name="Moderate risk")
    page = Page(
        SimpleNamespace(base="/sub", base_url="https://x.example/sub"),
        SimpleNamespace(url="/roles/a/", plural='R&D "Leads"', score=score),
    )
    html = Templates(TEXTS).render("partials/badge.html", page, "").decode()
    code = re.search("<code>(.*)</code>", html)
    assert code
    assert unescape(code[1]) == (
        '<a href="https://x.example/sub/roles/a/"><img src="https://x.example/sub/roles/a/badge.svg"'
        ' width="240" height="64" alt="R&amp;D &#34;Leads&#34;: 48/100">'
        "</a>"
    )


# ---- in a site


def _image(site, slug: str) -> str:
    """The share image of a role's page; its structured data must name the same."""
    page = site.files()[f"roles/{slug}/index.html"].decode()
    found = re.search(r'<meta property="og:image" content="([^"]+)">', page)
    graph = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found and graph
    nodes = json.loads(graph[1])["@graph"]
    assert [node["image"] for node in nodes if node["@type"] == "Article"] == [found[1]]
    return found[1]


@pytest.mark.slow
def test_a_role_s_page_shows_its_card_and_the_address_follows_what_is_drawn(site):
    site.edit("content/site.yaml", "cards: false", "cards: true")
    assert site.build().sound
    card, before = site.files()["roles/baker/card.png"], _image(site, "baker")
    assert re.fullmatch(r"https://test\.example\.org/roles/baker/card\.png\?v=[0-9a-f]{10}", before)
    site.edit("roles.yaml", "A baker keeps the hard part", "A baker keeps most of it")
    site.build()
    assert _image(site, "baker") == before
    site.edit("roles.yaml", "title: Baker", "title: Confectioner")
    site.build()
    assert _image(site, "baker") != before
    assert site.files()["roles/baker/card.png"] != card
    assert site.files() == site.clean_build()


def test_without_cards_no_card_is_written_and_pages_share_the_site_s_image(site):
    assert site.build().sound
    written = site.files()
    assert not [path for path in written if path.endswith("card.png")]
    assert _image(site, "baker").startswith("https://test.example.org/share.png?v=")
    assert size_of(written["share.png"]) == (1200, 630)
    assert "roles/baker/badge.svg" in written


def test_index_md_has_every_task_step_and_source(site):
    site.build()
    written = site.files()
    for slug in ("baker", "carpenter", "locksmith"):
        text = written[f"roles/{slug}/index.md"].decode()
        record = json.loads(written[f"roles/{slug}/index.json"])
        assert text.startswith(f"# Will AI replace {record['plural']}?\n")
        for number, task in enumerate(record["at_risk"] + record["durable"], 1):
            low, high = task["exposure"]
            facts = f"{task['share']}% of the week, exposure {low}–{high}"
            assert f"### {number}. {task['task']}\n\n{facts}\n" in text
            assert f"| {number}. {task['task']} | {task['share']}% | {low}–{high} |" in text
        for number, step in enumerate(record["steps"], 1):
            assert f"### {number}. {step['do']}\n" in text
        for source in record["sources"]:
            assert f"{source['number']}. [{source['title']}](<{source['url']}>)." in text
            assert f"[{source['number']}]" in text.partition("## Sources")[0]
        assert f"**Test Score: {record['score']['value']}/100" in text


def test_index_md_has_the_page_s_headings_and_absolute_links(site):
    site.build()
    page = site.files()["roles/locksmith/index.html"].decode()
    text = site.files()["roles/locksmith/index.md"].decode()
    headings = re.findall(r"^## (.*)$", text, re.MULTILINE)
    on_page = [re.sub("<.*?>", "", h).strip() for h in re.findall(r"<h2[^>]*>(.*?)</h2>", page)]
    assert [heading for heading in on_page if heading in headings] == headings
    assert "[the method](https://test.example.org/methodology/)" in text
    assert "\n\n\n" not in text


# ---- HTML to Markdown


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ('<p>So it is.<sup><a href="#s12">12</a></sup></p>', "So it is.[12]"),
        ("<p>10<sup>2</sup> <kbd>x</kbd> <del>y</del></p>", "10<sup>2</sup> `x` ~~y~~"),
        ('<p><a href="/a/" title="t">b</a></p>', '[b](https://x.example/a/ "t")'),
        ('<p><a href="https://e.org/a_(b)">c</a></p>', "[c](<https://e.org/a_(b)>)"),
        ('<p><img src="/a.png" alt="A [b]"></p>', r"![A \[b\]](https://x.example/a.png)"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
        ('<ol start="9"><li><p>a</p><p>b</p></li><li>c</li></ol>', "9. a\n\n   b\n\n10. c"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<pre><code>a\n\n``` b\n</code></pre>", "````\na\n\n``` b\n````"),
        ("<p><code>a`b</code></p>", "``a`b``"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "**a**\n\nb"),
        ("<p>a<br>\nb</p><hr>", "a\\\nb\n\n---"),
        ("loose <b>text</b><p>a</p>", "loose **text**\n\na"),
        (
            "<table><thead><tr><th>a</th><th>b|c</th></tr></thead>"
            "<tbody><tr><td>1</td><td><em>2</em></td></tr></tbody></table>",
            "| a | b\\|c |\n| --- | --- |\n| 1 | *2* |",
        ),
        ("", ""),
    ],
)
def test_html_becomes_markdown(html, markdown):
    assert to_markdown(html, "https://x.example/roles/a/") == markdown


@pytest.mark.parametrize(
    "text",
    "# a|## a|> a|>a|- a|+ a|1. a|12) a|* a|--- a|*a*|_a_|`a`|[a](b)|<b>a</b>|&amp;|a_b|C#|-5%".split(
        "|"
    ),
)
def test_plain_text_stays_plain_text(text):
    html = convert(escaped(text)).html
    assert (
        re.sub("<.*?>", "", html).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        == text
    )
    assert html.startswith("<p>") and html.count("<") == 2


_WORD = st.text(st.sampled_from("ab1*_`[]<>&#.-+!\\"), min_size=1, max_size=6)
_SPAN = st.one_of(
    _WORD.map(lambda w: f"word {_html(w)} word"),
    st.sampled_from(
        ["<strong>b c</strong>", "<em>d</em>", "<code>e</code>", '<a href="https://e.org/f">g</a>']
    ),
)
_BLOCK = st.one_of(
    st.lists(_SPAN, min_size=1, max_size=5).map(lambda spans: f"<p>{' '.join(spans)}</p>"),
    st.lists(_SPAN, min_size=1, max_size=3).map(
        lambda spans: "<ul>\n" + "".join(f"<li>{s}</li>\n" for s in spans) + "</ul>"
    ),
    _SPAN.map(lambda span: f"<h3>{span}</h3>"),
    _SPAN.map(lambda span: f"<blockquote>\n<p>{span}</p>\n</blockquote>"),
)


def _html(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@given(st.lists(_BLOCK, min_size=1, max_size=4).map("\n<p>so</p>\n".join))
def test_markdown_made_of_html_makes_the_same_html(html):
    assert convert(to_markdown(html, "https://x.example/")).html == html
