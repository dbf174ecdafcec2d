"""`serve` in a real browser: pages follow saves, mistakes lie over them until they are corrected."""

import itertools
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Error, Page, expect

from tests.sites import PROJECT, SMALL_SITE, SiteFolder

pytestmark = pytest.mark.slow
NARRATIVE = "content/roles/locksmith.md"
BUILT = ".cache/serve/roles/locksmith/index.html"
PATIENCE = 60_000  # ms
TABLE = "| A | B |\n| --- | --- |\n| 1 | 2 |"
EDITS = (  # one behind the other: each kind of change that the script knows
    (NARRATIVE, "Little of it", "Some of it"),
    (NARRATIVE, "reaches the van.", "reaches the van.\n\nOne more.\n\nAnd *another* one."),
    (NARRATIVE, "One more.\n\n", "- a list\n- of two\n\n"),
    (NARRATIVE, "- of two", "- of three\n- of four"),
    (NARRATIVE, "## Night calls", "## Calls at night"),
    (NARRATIVE, "See [the method](/methodology/)", "See [the roles](/roles/)"),
    (NARRATIVE, "\n## Calls at night\n\nThey are most of the money. See", "\nSee"),
    ("roles.yaml", "Partly. A locksmith", "In part. A locksmith"),
    (NARRATIVE, "| 1 | 2 |", "| 1 | 3 |"),
    (NARRATIVE, "Learn one", f"{TABLE}\n\nLearn one"),
    ("roles.yaml", "exposure: 60-80", "exposure: 75-95"),
    ("templates/assets/site.css", "body {", "body { --other: 1;"),
    ("content/site.yaml", "name: Tester", "name: Another"),
)

EDITED = (
    "roles.yaml",
    "content/site.yaml",
    "templates/assets/site.css",
    "templates/layouts/role.html",
    NARRATIVE,
)
NUMBERS = itertools.count(1)


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> SiteFolder:
    site = SiteFolder(tmp_path_factory.mktemp("served"), SMALL_SITE)
    site.write(NARRATIVE, f"{site.read(NARRATIVE)}\n{TABLE}\n\nTest 0.\n")
    return site


@pytest.fixture(scope="module")
def texts(site) -> dict[str, str]:
    """The files that tests edit, before they did."""
    return {path: site.read(path) for path in EDITED}


@pytest.fixture(scope="module")
def url(site) -> Iterator[str]:
    """The address of the site, served by a process of its own."""
    command = [sys.executable, str(PROJECT / "build.py"), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=site.root, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield next(line.split()[1] for line in server.stdout if line.startswith("serving "))
        server.terminate()


@pytest.fixture
def page(chromium, site, texts, url) -> Iterator[Page]:
    """The locksmith's page, which will follow saves, and knows whether it has been loaded since.

    Before each test the site is made what it was, and built: the number tells one build from all
    those before it.
    """
    number = f"Test {next(NUMBERS)}."
    for path, text in texts.items():
        site.write(path, text.replace("Test 0.", number))
    eventually(lambda: number in site.read(BUILT))
    page = opened(chromium.new_context().new_page(), url)
    page.evaluate("window.mark = 1")
    yield page
    page.context.close()


def eventually(happened: Callable[[], object]) -> None:
    """Wait for something that happens soon."""
    until = time.monotonic() + PATIENCE / 1000
    while not happened():
        assert time.monotonic() < until, "it did not happen"
        time.sleep(0.05)


def opened(page: Page, url: str) -> Page:
    """A page that follows saves: it has asked what it was served as, and taken that script out."""
    page.goto(f"{url}roles/locksmith/")
    page.wait_for_function("!document.querySelector('script[data-page]')")
    return page


def same_page(page: Page) -> bool:
    """Whether it has followed in place: one that was loaded anew would have lost its mark."""
    return page.evaluate("window.mark === 1")


def as_loaded(page: Page) -> None:
    """Wait until a page is what a browser that loads it now is shown."""
    fresh = page.context.new_page()
    fresh.route("**/livereload.js", lambda route: route.abort())  # it does not follow

    def alike() -> bool:
        fresh.goto(page.url)
        try:
            return html(page) == html(fresh)
        except Error:  # the page is just being loaded
            return False

    eventually(alike)
    fresh.close()


def html(page: Page) -> str:
    """All of a page as it is now, but for the scripts that make it follow."""
    return page.evaluate(
        """() => {
            const page = document.documentElement.cloneNode(true)
            const scripts = page.querySelectorAll("script[data-page], script[src='/livereload.js']")
            scripts.forEach(script => script.remove())
            return page.outerHTML
        }"""
    )


def test_a_save_is_shown_without_anybody_asking(site, page):
    site.edit(NARRATIVE, "A door", "A gate")
    expect(page.locator("main")).to_contain_text("A gate", timeout=PATIENCE)


def test_what_a_reader_has_made_of_the_page_stays(site, page):
    page.get_by_role("button", name="Make it your own week").click()
    field = page.locator("#sum input[type=number]").first
    field.fill("77")
    site.edit(NARRATIVE, "Learn one more lock", "Learn a lock a year")
    expect(page.locator("main")).to_contain_text("Learn a lock a year", timeout=PATIENCE)
    assert same_page(page)
    expect(field).to_have_value("77")
    own = page.locator("#own-week output")
    before = own.text_content()
    field.fill("5")
    expect(own).not_to_have_text(before)  # its scripts still listen


@pytest.mark.parametrize(
    ("script", "path", "old", "new"),
    [
        ("", "content/site.yaml", "name: Testsite", "name: Another"),
        ("", "templates/layouts/role.html", "<h1", "<form></form><h1"),
        ("text.data = 'Mine'", NARRATIVE, "Little of it", "Some of it"),
        ("text.after('Mine')", NARRATIVE, "Little of it", "Some of it"),
        ("link.href = '#mine'", NARRATIVE, "](/methodology/)", "](/roles/)"),
        ("link.text = 'Mine'", NARRATIVE, "\n## Night calls\n\nThey are most of the money. ", ""),
        ("link.replaceWith('Mine')", NARRATIVE, "](/methodology/)", "](/roles/)"),
    ],
)
def test_what_scripts_know_or_have_changed_is_loaded_anew(site, page, script, path, old, new):
    texts = "const [p] = document.querySelectorAll('#current-state p'), text = p.firstChild"
    page.evaluate(
        f"""() => {{ {texts}, link = document.querySelector('#x-night-calls a'); {script} }}"""
    )
    site.edit(path, old, new)
    page.wait_for_function("!window.mark", timeout=PATIENCE)
    as_loaded(page)
    assert "Mine" not in html(page)


def test_a_list_that_scripts_sort_is_loaded_anew(site, page, url):
    page.goto(f"{url}roles/")
    page.wait_for_function("!document.querySelector('script[data-page]')")
    page.evaluate("window.mark = 1")
    row = page.locator(".all tbody tr", has_text="Locksmith")
    before = row.text_content()
    site.edit("roles.yaml", "exposure: 60-80", "exposure: 75-95")
    page.wait_for_function("!window.mark", timeout=PATIENCE)
    expect(row).not_to_have_text(before, timeout=PATIENCE)


def test_the_reader_s_own_week_begins_with_the_score_that_is_shown(site, page):
    before = page.locator("#score .formula strong").text_content()
    site.edit("roles.yaml", "exposure: 60-80", "exposure: 75-95")
    expect(page.locator("#score .formula strong")).not_to_have_text(before, timeout=PATIENCE)
    assert same_page(page)
    score = page.locator("#score .formula strong").text_content()
    page.get_by_role("button", name="Make it your own week").click()
    expect(page.locator("#own-week output")).to_have_text(f"Your week: {score}/100")


def test_each_change_is_made_in_place_as_it_would_be_loaded(site, page):
    for path, old, new in EDITS:
        site.edit(path, old, new)
        as_loaded(page)
        assert same_page(page), new


def test_mistakes_lie_over_the_page_until_they_are_corrected(site, page):
    sheet = page.locator("#rolerisk-problems")
    site.edit("roles.yaml", "exposure: 60-80", "exposure: 600", count=1)
    expect(sheet).to_contain_text("exposure 600 is above 100", timeout=PATIENCE)
    site.edit("roles.yaml", "exposure: 600", "exposure: 60-80")
    expect(sheet).to_have_count(0, timeout=PATIENCE)
    site.edit(NARRATIVE, "## Introduction", "# Introduction")
    expect(sheet).to_contain_text(re.compile("level-one heading"), timeout=PATIENCE)
    site.edit(NARRATIVE, "# Introduction", "## Introduction")
    expect(sheet).to_have_count(0, timeout=PATIENCE)
    assert same_page(page)


def test_a_page_that_missed_a_save_is_loaded_as_soon_as_it_listens(site, page, url):
    late = page.context.new_page()

    def save_first(route) -> None:
        if "at dawn" not in site.read(NARRATIVE):
            site.edit(NARRATIVE, "at night", "at dawn")
            eventually(lambda: "at dawn" in site.read(BUILT))
        route.continue_()

    late.route("**/livereload.js", save_first)
    late.goto(f"{url}roles/locksmith/")
    expect(late.locator("main")).to_contain_text("at dawn", timeout=PATIENCE)


def test_a_page_follows_what_was_saved_while_it_was_cut_off(site, page):
    page.evaluate("LiveReload.connector.disconnect()")
    site.edit(NARRATIVE, "has your name", "knows your name")
    eventually(lambda: "knows your name" in site.read(BUILT))
    page.evaluate("LiveReload.connector.connect()")
    expect(page.locator("main")).to_contain_text("knows your name", timeout=PATIENCE)
    assert same_page(page)
