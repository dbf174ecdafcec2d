"""Rebuilds: roles and redirects that come and go, wait for their day, or are drafts; and previews."""

import datetime

import pytest

from tests.sites import TODAY, SiteFolder, role_yaml
from tests.town import (
    CARPENTER,
    DATA,
    DIVER,
    LISTS,
    NOTHING,
    ROLES,
    TOOL_PAGES,
    everything,
    html_pages,
    own,
    page,
    rebuild,
)


def test_a_deleted_role_leaves_nothing_behind(town):
    town.remove(DIVER)
    changes = rebuild(town)
    others = {page(slug) for slug in ROLES if slug != "diver"}
    assert changes.removed == everything("diver")
    assert not (town.out / "roles/diver").exists()
    assert changes.written >= {*LISTS, "categories/crafts/index.html", *TOOL_PAGES, *others, *DATA}
    assert changes.written >= {"feed.xml", "llms.txt", "sitemap.xml"}
    assert not [path for path, data in town.files().items() if b"diver" in data.lower()]


def test_a_category_without_roles_has_no_hub(town):
    town.edit(DIVER, "related: [carpenter]", "related: []")
    town.remove(CARPENTER)
    assert rebuild(town).removed == {*everything("carpenter"), "categories/building/index.html"}
    assert not (town.out / "categories/building").exists()


def test_the_last_role_may_go_too(town):
    for path in ("content/roles/locksmith.md", CARPENTER, DIVER):
        town.remove(path)
    town.write("roles.yaml", "[]\n")
    rebuild(town)
    assert town.files() == town.clean_build()


def test_a_new_role_appears_in_the_lists(town):
    town.write("content/roles/potter.yaml", role_yaml("potter", "Potter"))
    written = rebuild(town).written
    assert written >= own("potter") | LISTS | DATA | {"categories/crafts/index.html", "sitemap.xml"}


@pytest.mark.slow
def test_a_renamed_slug_leaves_a_stub_at_the_old_address(town):
    _rename_carpenter(town)
    changes = rebuild(town)
    assert changes.removed == everything("carpenter") - {page("carpenter")}
    stub = town.files()[page("carpenter")].decode()
    assert '<link rel="canonical" href="https://test.example.org/roles/joiner/">' in stub
    assert "url=https://test.example.org/roles/joiner/" in stub
    assert "noindex" in stub
    assert town.files() == town.clean_build()


def test_with_host_rules_a_renamed_slug_leaves_a_rule(town):
    town.edit("content/site.yaml", "features:", "redirects: rules\nfeatures:")
    _rename_carpenter(town)
    assert rebuild(town).removed == everything("carpenter")
    assert town.files()["_redirects"].decode() == "/roles/carpenter/ /roles/joiner/ 301\n"


def _rename_carpenter(site: SiteFolder) -> None:
    site.edit(CARPENTER, "slug: carpenter", "slug: joiner\naliases: [carpenter]")
    site.edit(DIVER, "related: [carpenter]", "related: [joiner]")
    site.rename(CARPENTER, "content/roles/joiner.yaml")


POTTER = role_yaml(
    "potter", "Potter", published="published: 2026-12-01", reviewed="reviewed: 2026-11-20"
)


def test_a_role_of_the_future_waits_for_its_day(town):
    town.write("content/roles/potter.yaml", POTTER)
    assert rebuild(town) == NOTHING
    report = town.build()
    assert (report.waiting, report.next_day) == (1, datetime.date(2026, 12, 1))
    assert own("potter") <= rebuild(town, today=datetime.date(2026, 12, 1)).written


def test_another_day_alone_changes_nothing(town):
    assert rebuild(town, today=TODAY + datetime.timedelta(days=9)) == NOTHING


@pytest.mark.slow
def test_a_draft_is_built_when_asked_for_and_goes_again(town):
    town.edit(DIVER, "related:", "status: draft\nrelated:")
    assert rebuild(town).removed == everything("diver")
    assert own("diver") <= rebuild(town, drafts=True).written
    assert rebuild(town).removed == everything("diver")


@pytest.mark.slow
def test_a_preview_is_left_alone_by_search_engines(town):
    rebuild(town, preview=True)
    files = town.files()
    assert b"Disallow: /\n" in files["robots.txt"]
    assert b"<loc>" not in files["sitemap.xml"]
    assert all(b'content="noindex"' in files[path] for path in html_pages(town))
    assert b"\n/*\n" in b"\n" + files["_headers"].partition(b"  X-Robots-Tag: noindex\n")[0]
    assert files["_headers"].count(b"X-Robots-Tag: noindex\n") == 1
    rebuild(town)
    assert b"noindex" not in town.files()["_headers"]


@pytest.mark.slow
def test_a_site_at_another_address_than_its_own_is_a_preview(town):
    asked = town_files(town, preview=True)
    elsewhere = "https://preview.example.org"
    assert {
        path: data.replace(elsewhere.encode(), b"https://test.example.org")
        for path, data in town_files(town, base_url=elsewhere).items()
    } == asked
    assert town.build(base_url=elsewhere).preview
    assert not town.build(base_url="https://test.example.org").preview


def test_as_long_as_the_address_is_a_placeholder_the_one_given_is_public(town):
    town.edit(
        "content/site.yaml", "base_url: https://test.example.org", "base_url: https://a.example"
    )
    assert not town.build(base_url="https://pages.example.org/sub").preview
    assert b"pages.example.org/sub/roles/" in town.files()["sitemap.xml"]
    assert town.build(base_url="https://pages.example.org/sub", preview=True).preview


def town_files(site: SiteFolder, **options: object) -> dict[str, bytes]:
    """The files of a build with these options."""
    rebuild(site, **options)
    return site.files()
