"""A role's page in a real browser: the reader's own week, and the one formula in two languages."""

import random
import re

import pytest
from playwright.sync_api import expect

from rolerisk.score import Weight, score

pytestmark = pytest.mark.slow
ROLE = "/roles/electrician/"


def test_the_script_computes_what_the_build_computes(page):
    page.goto(ROLE)
    module = page.locator("script[src*='/role.']").get_attribute("src")
    dice = random.Random(7)
    weeks = [
        [
            Weight(dice.randrange(91), *sorted((dice.randrange(101), dice.randrange(101))))
            for _ in range(9)
        ]
        for _ in range(500)
    ]
    weeks = [week for week in weeks if sum(task.share for task in week)]
    given = [[task._asdict() for task in week] for week in weeks]
    found = page.evaluate(
        "async ([module, weeks]) => { const { score } = await import(module); return weeks.map(score); }",
        [module, given],
    )
    assert [(f["value"], f["low"], f["high"]) for f in found] == [score(week)[:3] for week in weeks]


def test_every_listed_week_gives_the_listed_score(page, shipped):
    """What the script reads from each role's page, and what stands above it."""
    page.goto(ROLE)
    module = page.locator("script[src*='/role.']").get_attribute("src")
    slugs = sorted(folder.parent.name for folder in shipped.glob("roles/*/index.html"))
    found = page.evaluate(
        """async ([module, slugs]) => {
          const { score } = await import(module);
          const read = async (slug) => {
            const html = await (await fetch(`/roles/${slug}/`)).text();
            const doc = new DOMParser().parseFromString(html, "text/html");
            const tasks = [...doc.querySelectorAll(".sum tbody tr")].map((row) => (
              { share: parseInt(row.cells[1].textContent), low: +row.dataset.low, high: +row.dataset.high }));
            return [slug, score(tasks).value, +doc.querySelector(".number b").textContent];
          };
          return Promise.all(slugs.map(read));
        }""",
        [module, slugs],
    )
    assert [slug for slug, _, _ in found] == slugs
    assert [f"{slug}: {own} for {listed}" for slug, own, listed in found if own != listed] == []


@pytest.mark.parametrize("slug", ["backend-developer", "electrician", "registered-nurse"])
def test_the_own_week_begins_as_the_listed_one(page, slug):
    page.goto(f"/roles/{slug}/")
    page.get_by_role("button", name="Make it your own week").click()
    listed = page.locator(".number b").inner_text()
    expect(page.locator("#own-week output")).to_have_text(f"Your week: {listed}/100")


def test_the_own_week_is_kept_in_the_address_and_comes_back_from_it(page):
    page.goto(ROLE)
    page.get_by_role("button", name="Make it your own week").press("Enter")
    first = page.get_by_role("spinbutton").first
    expect(first).to_be_focused()
    first.fill("60")
    told = page.locator("#own-week output").inner_text()
    assert told != "Your week: 19/100"
    assert re.search(r"#week=60\.\d+", page.url)
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(page.locator("#own-week output")).to_have_text(told)
    page.get_by_role("checkbox").first.uncheck()
    expect(page.get_by_role("spinbutton").first).to_have_value("0")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_a_small_phone(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(ROLE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
