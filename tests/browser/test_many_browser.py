"""A table of all roles that takes several pages is filtered and sorted whole."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import served
from tests.sites import SMALL_SITE, SiteFolder, as_entry, role_yaml

pytestmark = pytest.mark.slow
COUNT = 520  # the page holds 500


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """A site of two pages of roles, in the place of the shipped one."""
    many = "".join(as_entry(role_yaml(f"zoologist-{n}", f"Zoologist {n}")) for n in range(COUNT))
    site = SiteFolder(tmp_path_factory.mktemp("many"), SMALL_SITE)
    site.edit("roles.yaml", "- slug: locksmith", many + "- slug: locksmith")
    assert site.build().sound
    with served(site.out) as url:
        yield url


def test_a_filter_finds_roles_of_other_pages(page):
    page.goto("/roles/")
    rows = page.locator(".all tbody tr")
    expect(rows).to_have_count(500)
    expect(page.get_by_role("status")).to_have_text("500 of 500 roles on this page")
    page.fill("#q", "zoologist")
    expect(rows).to_have_count(COUNT)
    expect(page.get_by_role("status")).to_have_text(f"{COUNT} of {COUNT + 3} roles")
    expect(page.locator(".pager")).to_be_hidden()


def test_a_filter_in_the_address_holds_on_a_later_page(page):
    page.goto("/roles/page-2/?category=Building")
    expect(page.locator(".all tbody tr")).to_have_count(1)
    expect(page.locator(".all tbody tr a").first).to_have_text("Carpenter")


def test_a_sort_covers_all_pages(page):
    page.goto("/roles/page-2/")
    page.click("th[data-sort=title] button")
    rows = page.locator(".all tbody tr")
    expect(rows).to_have_count(COUNT + 3)
    expect(rows.first.locator("a").first).to_have_text("Baker")
