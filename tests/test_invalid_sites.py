"""Broken sites: the whole report of each, every line and column; and what must not reach a page.

A folder tests/sites_invalid/<case>/ holds the files in which a case differs from SMALL_SITE, and
    expected.txt   the report, as `python build.py check` prints it to stderr without colours
    remove.txt     files of the small site that the case has not got, one a line
    links.txt      symbolic links, `path target` a line
    options.txt    strict, drafts
UPDATE_GOLDEN=1 rewrites expected.txt of the cases that run, but not of the KNOWN_BUGS: there it
says what is right, not what is. Read the difference before you commit it.
"""

import csv
import json
import os
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from build import main
from rolerisk import check, load, report
from rolerisk.parse import rules
from rolerisk.problem import LocatedProblem
from rolerisk.text import template
from tests.sites import SMALL_SITE, TODAY, SiteFolder, role_yaml, split_files

CASES = Path(__file__).parent / "sites_invalid"
CARPENTER = "content/roles/carpenter.yaml"
LOCKSMITH = "content/roles/locksmith.md"
_INSTRUCTIONS = ("expected.txt", "remove.txt", "links.txt", "options.txt")

KNOWN_BUGS: dict[str, str] = {}


def _names() -> list[str]:
    return sorted(path.name for path in CASES.iterdir() if path.is_dir())


def _marked() -> list[object]:
    return [
        pytest.param(name, marks=pytest.mark.xfail(strict=True, reason=KNOWN_BUGS[name]))
        if name in KNOWN_BUGS
        else name
        for name in _names()
    ]


def _lines(case: Path, name: str) -> list[str]:
    path = case / name
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def _put(site: SiteFolder, case: Path) -> dict[str, bool]:
    """Make the small site that of a case; returns the options to check it with."""
    for path in case.rglob("*"):
        name = path.relative_to(case).as_posix()
        if path.is_file() and name not in _INSTRUCTIONS:
            (site.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, site.root / name)
    for name in _lines(case, "remove.txt"):
        site.remove(name)
    for line in _lines(case, "links.txt"):
        name, target = line.split()
        (site.root / name).symlink_to(target)
    return dict.fromkeys(_lines(case, "options.txt"), True)


def _report(problems: tuple[LocatedProblem, ...]) -> str:
    lines = [*map(report.problem_text, problems), report.count_text(problems)]
    return click.unstyle("\n".join(lines)) + "\n"


@pytest.mark.parametrize("name", _marked())
def test_the_whole_report(site, name):
    case = CASES / name
    options = _put(site, case)
    built = site.build(**options)
    told = _report(built.problems)
    if os.environ.get("UPDATE_GOLDEN") and name not in KNOWN_BUGS:
        (case / "expected.txt").write_text(told, encoding="utf-8", newline="\n")
    assert told == (case / "expected.txt").read_bytes().decode()
    assert built.sound == site.out.exists(), "errors write nothing, warnings do not stop"
    assert _report(site.problems(**options)) == told, "the same again, when readings are remembered"


def test_the_small_site_is_sound(site):
    assert site.problems() == ()


def test_every_rule_is_in_a_report():
    known = {rule.id for rule in (*load.RULES, *rules.RULES)}
    known |= {module.RULE.id for module in (*check.ROLE_RULES, *check.SITE_RULES)}
    reports = "".join((CASES / name / "expected.txt").read_text("utf-8") for name in _names())
    assert set(re.findall(r"^\S.* \[([a-z-]+)\]$", reports, re.MULTILINE)) == known


def test_the_command_prints_the_same_report(site, monkeypatch):
    case = CASES / "errors-in-several-files"
    _put(site, case)
    monkeypatch.chdir(site.root)
    result = CliRunner().invoke(main, ["check", "--today", str(TODAY)])
    assert result.exit_code == 1
    assert result.stdout == ""
    assert click.unstyle(result.stderr) == (case / "expected.txt").read_text("utf-8")


def test_an_error_leaves_the_site_as_it_was(site):
    site.build()
    before = site.files()
    site.edit(CARPENTER, "title: Carpenter", "title: Joiner")
    site.edit("roles.yaml", "title: Baker", "titel: Baker")
    site.build()
    assert site.files() == before


@pytest.mark.parametrize("change", ["\ufeff{}", "{}\r\n", "\ufeff{}\r\n"])
def test_bom_and_windows_line_ends_change_no_byte(site, change):
    plain = site.clean_build()
    for path in split_files(SMALL_SITE):
        text = site.read(path)
        ends = "\r\n" if "\r\n" in change else "\n"
        mark = change.partition("{}")[0]
        (site.root / path).write_bytes((mark + text.replace("\n", ends)).encode())
    assert site.clean_build() == plain


def test_a_role_may_be_called_like_a_page(site):
    site.write(
        "content/roles/about.yaml", role_yaml("about", "Bouncer", category="category: building")
    )
    site.build()
    assert {"about/index.html", "roles/about/index.html"} <= site.files().keys()


class _Page(HTMLParser):
    """The elements of a page, and the texts of its script elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.elements and self.elements[-1][0] == "script":
            self.scripts.append(data)

    @property
    def graph(self) -> dict[str, object]:
        found = [a for tag, a in self.elements if a.get("type") == "application/ld+json"]
        assert len(found) == 1
        return json.loads(next(text for text in self.scripts if text.startswith('{"@context"')))


EVIL = """<script>alert(1)</script>
<img src="/icon-512.png" alt="x" onerror="alert(2)">
<a href="javascript:alert(3)" onclick="alert(4)">a</a>
<a href="&#106;avascript:alert(5)">b</a>
<a href=" jAvAsCrIpT:alert(6)">c</a>
<a href="data:text/html,<script>alert(7)</script>">d</a>
<svg onload="alert(8)"></svg><iframe src="https://example.org/"></iframe>
<style>body { display: none }</style><base href="https://example.org/">
<form action="https://example.org/"><input name="q"></form>
"""


@pytest.mark.parametrize(
    "path", [CARPENTER, LOCKSMITH, "content/pages/about.md", "content/tools.yaml"]
)
def test_raw_html_brings_no_script_into_a_page(site, path):
    old, indent = {
        CARPENTER: ("Because of the sorting orders.", "\n      "),
        LOCKSMITH: ("They are most", "\n"),
        "content/pages/about.md": ("This is", "\n"),
        "content/tools.yaml": ("Alpha drafts. ", "\n    "),
    }[path]
    clean = {name: _Page(data.decode()) for name, data in _built_pages(site).items()}
    site.edit(path, old, indent.join(["", *EVIL.splitlines(), "", old]), count=1)
    for name, data in _built_pages(site).items():
        page = _Page(data.decode())
        assert len(page.scripts) == len(clean[name].scripts)
        known = {tag for tag, _ in clean[name].elements} | {"img"}
        assert {tag for tag, _ in page.elements} <= known
        for _, attributes in page.elements:
            assert not any(key.startswith("on") for key in attributes)
            for key in ("href", "src"):
                target = (attributes.get(key) or "").strip().lower()
                assert not target.startswith(("javascript:", "data:text"))


def _built_pages(site: SiteFolder) -> dict[str, bytes]:
    built = site.build()
    assert built.sound
    return {name: data for name, data in site.files().items() if name.endswith(".html")}


@pytest.mark.parametrize("path", [CARPENTER, LOCKSMITH])
def test_jinja_in_the_text_of_a_role_is_shown_as_written(site, path):
    old = {CARPENTER: "keeps the hard part", LOCKSMITH: "They are most"}[path]
    site.edit(path, old, f"{old} {{{{ 7*7 }}}} {{% for x in y %}}", count=1)
    site.build()
    name = Path(path).stem
    html = site.read(f"site/roles/{name}/index.html")
    assert "{{ 7*7 }} {% for x in y %}" in html
    assert "49" not in html.partition("{{")[0][-200:]


def test_a_title_that_looks_like_jinja_is_text_in_the_shared_narrative(site):
    site.edit(CARPENTER, "title: Carpenter", 'title: "{{ 7*7 }} Carpenter"')
    site.build()
    html = site.read("site/roles/carpenter/index.html")
    assert "{{ 7*7 }} Carpenter: 3 tools." in html


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+1+1", "-1+1", "@SUM(1)"])
def test_a_formula_is_text_in_the_table_of_all_roles(site, title):
    site.edit(CARPENTER, "title: Carpenter", f'title: "{title}"')
    site.build()
    rows = list(csv.DictReader(site.read("site/data/roles.csv").splitlines()))
    assert [row["title"] for row in rows if row["slug"] == "carpenter"] == [f"'{title}"]


@pytest.mark.parametrize(
    "title", ["</script><script>alert(1)</script>", "<!--<script>", "]]>&amp;"]
)
def test_markup_in_a_title_breaks_no_page(site, title):
    pages = {name: len(_Page(data.decode()).elements) for name, data in _built_pages(site).items()}
    site.edit(CARPENTER, "title: Carpenter", f"title: '{title}'")
    built = _built_pages(site)
    assert {name: len(_Page(data.decode()).elements) for name, data in built.items()} == pages
    graph = _Page(built["roles/carpenter/index.html"].decode()).graph
    assert title in {node.get("about", {}).get("name") for node in graph["@graph"]}


def _called(name: str) -> dict[str, str]:
    """The small site's files with another name for the tool Beta."""
    return {
        path: text.replace("name: Beta", f"name: {name}").replace("tool: Beta", f"tool: {name}")
        for path, text in split_files(SMALL_SITE).items()
        if "Beta" in text
    }


def _moved(*addresses: str) -> dict[str, str]:
    entries = ", ".join(f"{{from: {address}, to: /methodology/}}" for address in addresses)
    text = split_files(SMALL_SITE)["content/site.yaml"]
    return {"content/site.yaml": f"{text}moved: [{entries}]\n"}


ABOUT_PAGE = split_files(SMALL_SITE)["content/pages/about.md"]
TWO_AT_ONE_ADDRESS = {
    "a page over a list": {"content/pages/roles.md": ABOUT_PAGE},
    "two pages that differ by case": {"content/pages/About.md": ABOUT_PAGE},
    "two tools that differ by a sign": _called("Alpha!"),
    "a tool without a letter for its address": _called("文心"),
    "a redirect that lacks the slash of a page": _moved("/about"),
    "a redirect over a page's file": _moved("/index.html"),
    "two redirects from one address": _moved("/old/", "/old/"),
}


@pytest.mark.parametrize("files", TWO_AT_ONE_ADDRESS.values(), ids=TWO_AT_ONE_ADDRESS)
def test_two_pages_at_one_address_are_a_problem(site, files):
    for path, text in files.items():
        site.write(path, text)
    assert not site.build().sound


def test_a_link_may_have_a_query(site):
    site.edit("content/pages/about.md", "(/roles/)", "(/roles/?category=crafts)")
    assert site.problems() == ()


def test_an_unclosed_quote_in_a_large_csv_is_a_problem(site):
    site.write("content/occupations.csv", 'soc,title\n47-2031.00,"Carpenters\n' + "x,y\n" * 40_000)
    assert [p.path for p in site.problems()] == ["content/occupations.csv"]


@pytest.mark.parametrize(
    "path", ["content/article/score.md", "content/pages/about.md", "content/site.yaml"]
)
def test_a_refused_template_is_never_filled(site, monkeypatch, path):
    filled = []
    for name in ("render_markdown", "render_text"):
        monkeypatch.setattr(template, name, lambda source, given: filled.append(source) or "")
    site.edit(path, "{{ ", "{{ 'x' * 3 }}{{ ", count=1)
    assert [p.rule for p in site.problems()] == ["template"]
    assert not any("* 3" in source for source in filled)
