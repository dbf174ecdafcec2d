"""The lists in a real browser: search, filter, compare, keyboard, no scripts, narrow screens."""

import pytest
from playwright.sync_api import expect

PAGES = (
    "/",
    "/roles/",
    "/compare/?a=electrician&b=copywriter",
    "/rankings/most-exposed/",
    "/tools/",
)
pytestmark = pytest.mark.slow


def test_search_by_slash_with_the_keyboard_alone(page):
    page.goto("/about/")
    assert page.evaluate(
        "performance.getEntriesByType('resource').every(e => !/pagefind|find\\./.test(e.name))"
    )
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open] input:focus")
    page.keyboard.type("electrician")
    page.wait_for_selector("dialog .found a")
    assert page.inner_text("dialog .found li:first-child b") == "Electrician"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.found a')")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    assert not page.is_visible("dialog")
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open] input:focus")
    page.keyboard.press("Enter")
    page.wait_for_url("**/roles/electrician/")


def test_results_say_the_score_and_the_matching_task(page):
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("unit testing")
    page.wait_for_selector("[data-find] .found a")
    first = page.locator("[data-find] .found li").first
    assert "/100" in first.inner_text()
    assert first.inner_text().count("Task: ") == 1
    assert "#t" in first.locator("a").get_attribute("href")


def test_filter_sort_and_the_url(page):
    page.goto("/roles/")
    everything = page.locator(".all tbody tr").count()
    page.fill("#q", "nurse")
    assert page.locator(".all tbody tr").count() == 1
    assert page.url.endswith("?q=nurse")
    page.fill("#q", "")
    page.select_option("#band", "moderate")
    page.click("th[data-sort=score] button")
    scores = [int(text) for text in page.locator(".all td.score").all_inner_texts()]
    assert scores == sorted(scores, reverse=True)
    assert 0 < len(scores) < everything
    assert page.get_attribute("th[data-sort=score]", "aria-sort") == "descending"
    page.reload()
    assert page.url.endswith("?band=moderate&sort=-score")
    assert page.locator(".all tbody tr").count() == len(scores)
    assert page.locator(".treemap.wide a:not(.off)").count() == len(scores)


def test_compare_by_keyboard_and_the_url(page):
    page.goto("/compare/")
    page.focus("#a")
    page.keyboard.type("Electrician")
    page.keyboard.press("Tab")
    page.keyboard.type("Copywriter")
    expect(page.locator(".scores li")).to_have_count(2)
    assert page.url.endswith("?a=electrician&b=copywriter")
    page.select_option("#c", "paralegal")
    expect(page.locator(".columns section")).to_have_count(3)
    page.go_back()
    expect(page.locator(".columns section")).to_have_count(2)


def test_a_comparison_begins_on_a_role_page(page):
    page.goto("/roles/electrician/")
    page.select_option("#b", "plumber")
    page.get_by_role("button", name="Compare").click()
    page.wait_for_url("**/compare/?a=electrician&b=plumber")
    expect(page.locator(".scores li")).to_have_count(2)
    page.goto("/roles/electrician/")
    page.select_option("#b", label="another job")
    page.get_by_role("button", name="Compare").click()
    expect(page.locator(".scores li")).to_have_count(1)
    expect(page.get_by_role("status")).to_have_text("Choose two roles.")


def test_the_search_loads_its_styles_when_it_is_used(page):
    page.goto("/about/")
    asked = (
        "performance.getEntriesByType('resource').filter(e => /find\\..*css/.test(e.name)).length"
    )
    assert page.evaluate(asked) == 0
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open] input:focus")
    assert page.evaluate(asked) == 1
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.search input')).borderWidth")
        == "2px"
    )


def test_an_unknown_role_in_the_url_is_left_out(page):
    page.goto("/compare/?a=electrician&b=no-such-role")
    expect(page.locator(".scores li")).to_have_count(1)
    assert page.inner_text("[role=status]") == "Choose two roles."


@pytest.mark.parametrize("url", PAGES)
@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_horizontal_scroll(page, url, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(url)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts(chromium, address):
    context = chromium.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/roles/")
    assert page.locator(".all tbody tr").count() > 0
    assert not page.is_visible(".filters")
    page.click("[data-search]")
    page.wait_for_url("**/roles/")
    page.goto("/compare/")
    assert page.is_visible("noscript a[href='/roles/']")
    context.close()
