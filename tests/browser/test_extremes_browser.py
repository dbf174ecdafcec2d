"""Roles at the ends of what is allowed fit their page, and axe-core finds nothing in them."""

from collections.abc import Iterator

import pytest

from tests.browser.axe import violations
from tests.browser.conftest import served
from tests.browser.extremes import EXTREMES, LONG_WORD, URLS
from tests.sites import SiteFolder

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """The site of extremes, built and served, in the place of the shipped one."""
    site = SiteFolder(tmp_path_factory.mktemp("extremes"), EXTREMES)
    assert site.build().sound
    with served(site.out) as url:
        yield url


@pytest.mark.parametrize("url", URLS)
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_nothing_is_wider_than_the_screen(page, url, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(url)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("url", URLS)
def test_axe_finds_nothing(page, axe, url):
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(url)
    page.wait_for_load_state("networkidle")
    assert violations(page, axe) == []


def test_the_longest_week_can_be_made_the_readers_own(page):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto("/roles/the-longest/")
    page.get_by_role("button", name="Make it your own week").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize(
    ("words", "title"),
    [("歯科", "歯科衛生士"), ("مسّاح", "مسّاح أراضٍ"), (LONG_WORD[:12], LONG_WORD)],
)
def test_search_finds_other_scripts_and_long_words(page, words, title):
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type(words)
    page.wait_for_selector("[data-find] .found a")
    assert title in page.locator("[data-find] .found li").first.inner_text()
