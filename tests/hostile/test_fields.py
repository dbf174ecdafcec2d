"""Script, markup, Jinja, formulas and invisible characters in every text field of the model."""

import csv
import io
import json
import re
from collections import Counter
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from rolerisk.content import located, read_earlier
from rolerisk.load import load, read_file
from rolerisk.model.sources import Sources
from rolerisk.problem import Severity
from rolerisk.text.invisible import INVISIBLE
from tests.hostile.filled import Keys, filled_site, text_fields
from tests.sites import SMALL_SITE, SiteFolder

pytestmark = pytest.mark.slow  # hundreds of cases: not between two edits
LINE = (
    """<script>alert(1)</script><img src=x onerror=alert(2)>]]>&lt;"' </script><!--<script> """
    """[a](javascript:alert(3)) ![b](data:text/html,x) {{ 7*7 }} {% for x in y %} \\ | ` # *"""
)
PROSE = """<script>alert(1)</script> <b onclick="alert(2)" style="x:y">b</b> <svg onload=alert(3)></svg>
<img src="/icon-512.png" alt="a" onerror="alert(4)"> <iframe src="https://example.org"></iframe>
<style>p { color: red }</style> <!-- <b> --> ]]> {{ 7*7 }} {% for x in y %} a < b &amp; c
"""
JINJA_SHOWN = "{{ 7*7 }} {% for x in y %}"


def _marker(keys: Keys) -> str:
    return "m" + "-".join(map(str, keys)).replace("_", "-")


def _evil(keys: Keys, kind: str) -> str:
    if kind == "form":
        return ""
    if kind == "line":
        return f"{_marker(keys)} {LINE}"
    template = keys == ("page",)  # where Jinja is for editors; how it is refused is tested as such
    return f"{_marker(keys)} {PROSE.replace(JINJA_SHOWN, '') if template else PROSE}"


def _plain(keys: Keys, kind: str) -> str:
    return "" if kind == "form" else f"{_marker(keys)} plain words"


class _Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.texts.append((self.elements[-1][0] if self.elements else "", data))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> SiteFolder:
    return SiteFolder(tmp_path_factory.mktemp("fields"), SMALL_SITE)


def _built(folder: SiteFolder, write) -> dict[str, bytes]:
    for path in (folder.root / "content").rglob("*.*"):
        path.unlink()
    for path, text in filled_site(write).items():
        folder.write(path, text)
    built = folder.build(use_cache=False)
    errors = [p for p in built.problems if p.severity is Severity.ERROR]
    assert errors == []
    return folder.files()


@pytest.fixture(scope="module")
def evil(folder) -> dict[str, bytes]:
    return _built(folder, _evil)


@pytest.fixture(scope="module")
def pages(evil) -> dict[str, _Page]:
    return {name: _Page(data.decode()) for name, data in evil.items() if name.endswith(".html")}


def test_no_page_has_an_element_more(folder, pages):
    dangerous = set("script style iframe object embed base form input meta link template".split())
    plain = _built(folder, _plain)
    expected = Counter(
        tag
        for name, data in plain.items()
        if name.endswith(".html")
        for tag, _ in _Page(data.decode()).elements
        if tag in dangerous
    )
    found = Counter(tag for page in pages.values() for tag, _ in page.elements if tag in dangerous)
    assert found == expected


def test_no_attribute_runs_anything(pages):
    for name, page in pages.items():
        for tag, attributes in page.elements:
            assert not [key for key in attributes if key.startswith("on")], (name, tag)
            for key in ("href", "src", "action", "formaction", "srcset", "xlink:href"):
                scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", attributes.get(key, ""), re.I)
                assert not scheme or scheme[1].lower() in ("https", "http", "mailto"), (name, tag)


def test_every_shown_field_is_shown_as_written(evil, pages):
    everything = "\n".join(data.decode("utf-8", "replace") for data in evil.values())
    missing = [
        keys for path, keys in text_fields("line", "prose") if f"{_marker(keys)} " not in everything
    ]
    assert missing == []  # a field that is nowhere would make the tests around this one hollow
    shown = "".join(text for page in pages.values() for _, text in page.texts)
    assert shown.count(JINJA_SHOWN) > 100


def test_structured_data_holds_the_titles_as_written(evil, pages):
    for name, page in pages.items():
        graphs = [text for tag, text in page.texts if tag == "script" and "@context" in text]
        assert all(json.loads(text) for text in graphs), name
        assert len(graphs) <= 1
    (graph,) = (
        text
        for tag, text in pages["roles/roles-0-slug/index.html"].texts
        if tag == "script" and "@context" in text
    )
    assert any(f"mroles-0-title {LINE}" in text for text in _texts(json.loads(graph)))


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for item in items for text in _texts(item)]


def test_what_is_not_html_can_be_read(evil):
    for name, data in evil.items():
        text = data.decode("utf-8", "replace")
        if name.endswith((".xml", ".svg")):
            root = ElementTree.fromstring(text)
            names = {element.tag.rpartition("}")[2] for element in root.iter()}
            assert not names & {"script", "foreignObject", "a"} or name.endswith("feed.xml")
        elif name.endswith((".json", ".webmanifest")):
            assert json.loads(text) is not None
        elif name.endswith(".csv"):
            rows = list(csv.reader(io.StringIO(text)))
            assert len({len(row) for row in rows}) == 1
        if not name.endswith((".png", ".ico", ".woff2")):
            assert not INVISIBLE.search(text.replace("\r\n", "\n")), name


def test_the_markdown_twins_hold_no_html_of_the_texts(evil):
    twins = {name: data.decode() for name, data in evil.items() if name.endswith("index.md")}
    assert twins
    for text in twins.values():
        assert not re.search(r"(?<!\\)<(script|img|svg|iframe|style|b\b)", text)
        assert not re.search(r"(?<!\\)\]\((javascript|data):", text)


# One field after the other, each with what no text may hold: told at its place.


def _told(folder, templates: Sources, keys: Keys, text: str) -> list[tuple[str, str, str]]:
    """The errors of the plain site with one text changed: file, rule, and the text pointed at."""
    files = dict(templates.files)
    for path, content in filled_site(
        lambda k, kind: text if k == keys else _plain(k, kind)
    ).items():
        files[path] = read_file(path, content.encode())
    content = read_earlier(folder.settings(), Sources(files))
    return [
        (p.path, p.rule, p.quote[p.column - 1 :])
        for p in located(content, strict=False).problems
        if p.severity is Severity.ERROR
    ]


@pytest.fixture(scope="module")
def templates(folder) -> Sources:
    files = load(folder.root)[0].files
    return Sources({path: file for path, file in files.items() if path.startswith("templates/")})


@pytest.mark.parametrize(("path", "keys"), text_fields("line", "prose"), ids=str)
def test_an_invisible_character_is_told(folder, templates, path, keys):
    told = _told(folder, templates, keys, f"{_marker(keys)} one\u202etwo, plain words")
    assert {rule for _, rule, _ in told} == {"control-character"}
    assert path in {file for file, _, _ in told}
    assert all(pointed.startswith("\ufffdtwo") for _, _, pointed in told)


@pytest.mark.parametrize(("path", "keys"), text_fields("line"), ids=str)
def test_a_line_is_one_line(folder, templates, path, keys):
    told = _told(folder, templates, keys, "two\nlines")
    assert (path, "bad-value") in [where[:2] for where in told]


@pytest.mark.parametrize(
    "link",
    [
        "[x](javascript:alert(1))",
        "![x](data:text/html,x)",
        '<a href="&#106;avascript:alert(1)">x</a>',
        "[x](java&#1;script:alert(1))",
        "[x]\n\n[x]: vbscript:x",
    ],
)
@pytest.mark.parametrize(("path", "keys"), text_fields("prose"), ids=str)
def test_a_link_to_a_script_is_told(folder, templates, path, keys, link):
    (told,) = _told(folder, templates, keys, f"{_marker(keys)} plain words {link}")
    assert told[:2] == (path, "link-scheme")


@pytest.mark.parametrize("link", ["javascript:alert(1)", "data:text/html,x", "//evil.example\\"])
@pytest.mark.parametrize(("path", "keys"), text_fields("url", "path", "contact"), ids=str)
def test_an_address_that_is_a_script_is_told(folder, templates, path, keys, link):
    told = _told(folder, templates, keys, link)
    assert [where[:2] for where in told] == [(path, "bad-value")]
    assert told[0][2].startswith(json.dumps(link))
