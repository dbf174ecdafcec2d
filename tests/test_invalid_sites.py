"""Broken sites: the whole report of each, every line and column; and what must not reach a page.

A folder tests/sites_invalid/<case>/ holds the files in which a case differs from SMALL_SITE, and
    expected.txt   the report, as `python build.py check` prints it to stderr without colours
    remove.txt     files of the small site that the case has not got, one a line
    links.txt      symbolic links, `path target` a line
    options.txt    strict, drafts
UPDATE_GOLDEN=1 rewrites expected.txt of the cases that run. Read the difference before you commit it.
"""

import csv
import json
import os
import re
import shutil
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from build import main
from rolerisk import check, load, report, silence
from rolerisk.parse import rules
from rolerisk.problem import LocatedProblem
from rolerisk.text import template
from tests.sites import SMALL_SITE, TODAY, SiteFolder, role_yaml, split_files

CASES = Path(__file__).parent / "sites_invalid"
CARPENTER = "content/roles/carpenter.yaml"
LOCKSMITH = "content/roles/locksmith.md"
_INSTRUCTIONS = ("expected.txt", "remove.txt", "links.txt", "options.txt")


def _names() -> list[str]:
    return sorted(path.name for path in CASES.iterdir() if path.is_dir())


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


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> SiteFolder:
    return SiteFolder(tmp_path_factory.mktemp("invalid"), SMALL_SITE)


@pytest.fixture
def site(folder) -> SiteFolder:
    """The small site anew. Its templates, which nothing here changes, are copied but once."""
    return _renew(folder)


def _renew(folder: SiteFolder) -> SiteFolder:
    small = split_files(SMALL_SITE)
    for path in (folder.root / "content").rglob("*"):
        known = path.relative_to(folder.root).as_posix() in small
        if not known and (path.is_symlink() or path.is_file()):
            path.unlink()
    for path, text in small.items():
        folder.write(path, text)
    for name in (".cache", "site"):
        shutil.rmtree(folder.root / name, ignore_errors=True)
    return folder


@pytest.mark.parametrize("name", _names())
def test_the_whole_report(site, name):
    expected = CASES / name / "expected.txt"
    options = _put(site, CASES / name)
    if os.environ.get("UPDATE_GOLDEN"):
        text = _report(site.problems(**options))
        expected.write_text(text, encoding="utf-8", newline="\n")
    right = expected.read_bytes().decode()
    if "error" in right.splitlines()[-1]:
        built = site.build(**options)
        assert _report(built.problems) == right
        assert not (built.sound or built.written or site.out.exists())
    else:
        assert _report(site.problems(**options)) == right


@pytest.mark.parametrize(
    "name", ["draft-problems-are-warnings", "errors-in-several-files", "near-duplicate"]
)
def test_problems_are_reported_again_when_the_readings_are_remembered(site, name):
    _put(site, CASES / name)
    assert _report(site.problems()) == _report(site.problems(use_cache=False))
    assert _report(site.problems()) == (CASES / name / "expected.txt").read_text("utf-8")


def test_warnings_do_not_stop_a_build(site):
    _put(site, CASES / "unused")
    built = site.build()
    assert built.problems
    assert built.sound
    assert built.written == len(site.files())


def test_the_small_site_is_sound(site):
    assert site.problems() == ()


def test_every_rule_is_in_a_report():
    known = {rule.id for rule in (*load.RULES, *rules.RULES, *silence.RULES)}
    known |= {module.RULE.id for module in (*check.ROLE_RULES, *check.SITE_RULES)}
    known -= {load.FILE_SIZE.id}  # no such file is kept here: test_load.py makes one
    reports = "".join((CASES / name / "expected.txt").read_text("utf-8") for name in _names())
    assert set(re.findall(r"^[^ ].* \[([a-z-]+)\]$", reports, re.MULTILINE)) == known


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
    site.edit("roles.yaml", "title: Baker", "titlo: Baker")
    site.build()
    assert site.files() == before


@pytest.fixture(scope="module")
def small_files(folder) -> dict[str, bytes]:
    """The output of the small site as it is."""
    _renew(folder)
    assert folder.build().sound
    return folder.files()


@pytest.mark.parametrize(("mark", "end"), [("\ufeff", "\n"), ("\ufeff", "\r\n")])
def test_bom_and_windows_line_ends_change_no_byte(small_files, site, mark, end):
    for path in split_files(SMALL_SITE):
        data = (mark + site.read(path).replace("\n", end)).encode()
        (site.root / path).write_bytes(data)
    assert site.build().problems == ()
    assert site.files() == small_files


def test_a_role_may_be_called_like_a_page(site):
    site.write(
        "content/roles/about.yaml", role_yaml("about", "Bouncer", category="category: building")
    )
    site.build()
    assert {"about/index.html", "roles/about/index.html"} <= site.files().keys()


DANGEROUS = "script style svg iframe base form input".split()


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
    def dangerous(self) -> Counter[str]:
        return Counter(tag for tag, _ in self.elements if tag in DANGEROUS)

    @property
    def graph(self) -> dict[str, list[dict[str, dict[str, str]]]]:
        """The page's structured data, of which there is one piece."""
        (text,) = (text for text in self.scripts if text.startswith('{"@context"'))
        return json.loads(text)


def _pages(files: dict[str, bytes]) -> dict[str, _Page]:
    return {name: _Page(data.decode()) for name, data in files.items() if name.endswith(".html")}


EVIL = """
<script>alert(1)</script>
<img src="/icon-512.png" alt="x" onerror="alert(2)">
<a href="https://example.org/" onclick="alert(4)">a</a>
<svg onload="alert(8)"></svg><iframe src="https://example.org/"></iframe>
<style>body { display: none }</style><base href="https://example.org/">
<form action="https://example.org/"><input name="q"></form>

"""


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(3)",
        "&#106;avascript:alert(5)",
        " jAvAsCrIpT:alert(6)",
        "data:text/html,<script>alert(7)</script>",
    ],
)
def test_a_script_for_an_address_is_an_error_in_raw_html_too(site, href):
    site.edit(CARPENTER, "Because of the sorting", f'<a href="{href}">a</a> Because of', count=1)
    assert "link-scheme" in {problem.rule for problem in site.problems()}
    assert not site.build().sound


@pytest.mark.slow
def test_raw_html_brings_no_script_into_a_page(small_files, site):
    for path, old, indent in (
        (CARPENTER, "Because of the sorting orders.", 6),
        (LOCKSMITH, "They are most", 0),
        ("content/pages/about.md", "This is", 0),
        ("content/tools.yaml", "Alpha drafts. ", 4),
        ("content/categories.yaml", "Hands, tools", 4),
    ):
        evil = "".join(f"{' ' * indent}{line}\n" for line in EVIL.splitlines())
        site.edit(path, old, f"{evil.lstrip(' ')}{' ' * indent}{old}", count=1)
    assert site.build().sound
    before = _pages(small_files)
    for name, page in _pages(site.files()).items():
        assert page.dangerous == before[name].dangerous
        for _, attributes in page.elements:
            assert not any(key.startswith("on") for key in attributes)
            for key in ("href", "src"):
                target = (attributes.get(key) or "").strip().lower()
                assert not target.startswith(("javascript:", "data:text"))


def test_jinja_in_the_text_of_a_role_is_shown_as_written(site):
    jinja = "{{ 7*7 }} {% for x in y %}"
    site.edit(CARPENTER, "keeps the hard part", f"keeps {jinja} the hard part")
    site.edit(CARPENTER, "title: Carpenter", 'title: "{{ 7*7 }} Carpenter"')
    site.edit(LOCKSMITH, "They are most", f"They {jinja} are most")
    assert site.build().sound
    carpenter = site.read("site/roles/carpenter/index.html")
    assert f"keeps {jinja} the hard part" in carpenter
    assert "{{ 7*7 }} Carpenter: 3 tools." in carpenter, "also where a shared text says the title"
    assert f"They {jinja} are most" in site.read("site/roles/locksmith/index.html")


def test_a_formula_is_text_in_the_table_of_all_roles(site):
    titles = {
        "carpenter": "=HYPERLINK(1)",
        "locksmith": "+1+1",
        "baker": "-1+1",
        "about": "@SUM(1)",
    }
    site.write(
        "content/roles/about.yaml", role_yaml("about", "About", category="category: building")
    )
    for slug, title in titles.items():
        path = f"content/roles/{slug}.yaml" if slug in ("carpenter", "about") else "roles.yaml"
        site.edit(path, f"title: {slug.title()}", f'title: "{title}"')
    assert site.build().sound
    rows = csv.DictReader(site.read("site/data/roles.csv").splitlines())
    assert {row["slug"]: row["title"] for row in rows} == {s: f"'{t}" for s, t in titles.items()}


@pytest.mark.slow
def test_markup_in_a_title_breaks_no_page(small_files, site):
    titles = {
        "carpenter": "</script><script>alert(1)</script>",
        "locksmith": "<!--<script>",
        "baker": "]]>&amp;",
    }
    for slug, title in titles.items():
        path = CARPENTER if slug == "carpenter" else "roles.yaml"
        site.edit(path, f"title: {slug.title()}", f"title: '{title}'")
    assert site.build().sound
    pages, before = _pages(site.files()), _pages(small_files)
    assert {name: page.dangerous for name, page in pages.items()} == {
        name: page.dangerous for name, page in before.items()
    }
    for slug, title in titles.items():
        graph = pages[f"roles/{slug}/index.html"].graph
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
    assert site.problems() != ()


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
