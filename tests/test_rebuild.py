"""Rebuilds: an edit writes exactly the files that it changes."""

import os
import re
from pathlib import Path

import pytest

from tests.sites import SiteFolder, bytes_below
from tests.town import (
    CARPENTER,
    DATA,
    LISTS,
    MARK,
    NOTHING,
    ROLES,
    TOOL_PAGES,
    TOWN,
    Changes,
    edit_all_pages_and_compare,
    everything,
    html_pages,
    mark,
    own,
    page,
    rebuild,
)

# ---- what an edit writes


def test_nothing_changed(town):
    before = town.files()
    assert rebuild(town) == NOTHING
    assert town.files() == before


def test_a_role_s_text(town):
    town.edit("roles.yaml", "A baker keeps the hard part", "A baker keeps most of it")
    assert rebuild(town) == Changes(3, own("baker"), set())


def test_a_narrative_is_no_part_of_the_data(town):
    before = town.files()["roles/locksmith/index.json"]
    town.edit("content/roles/locksmith.md", "Learn one more lock", "Learn two more locks")
    assert rebuild(town).written == {page("locksmith"), "roles/locksmith/index.md"}
    assert town.files()["roles/locksmith/index.json"] == before


def test_a_role_s_title(town):
    town.edit("roles.yaml", "title: Baker", "title: Confectioner")
    assert rebuild(town).written == {
        *everything("baker"),
        *LISTS,
        "categories/crafts/index.html",
        *TOOL_PAGES,
        page("locksmith"),
        page("carpenter"),
        "compare/index.html",
        "feed.xml",
        "llms.txt",
        *DATA,
    }


def test_a_role_s_score(town):
    town.edit(CARPENTER, "exposure: 60-80", "exposure: 90-100")
    assert rebuild(town).written == {
        *everything("carpenter"),
        *LISTS,
        "categories/building/index.html",
        *TOOL_PAGES,
        page("baker"),
        page("diver"),
        page("locksmith"),
        "llms.txt",
        *DATA,
    }


def test_an_exposure_that_leaves_the_score_as_it_is(town):
    town.edit(CARPENTER, "exposure: 60-80", "exposure: 61-80", count=1)
    assert rebuild(town).written == {*own("carpenter"), *TOOL_PAGES, "data/roles.json"}


def test_a_score_is_not_shown_by_a_role_that_names_others(town):
    town.edit("roles.yaml", "exposure: 60-80", "exposure: 90-100", count=3)
    assert page("diver") not in rebuild(town).written


def test_a_role_s_summary(town):
    town.edit(CARPENTER, "What of the work", "How much of the work")
    assert rebuild(town).written == {
        page("carpenter"),
        "roles/carpenter/index.json",
        "feed.xml",
        "llms.txt",
        "data/roles.json",
    }


@pytest.mark.slow
def test_a_share_image_is_drawn_anew_only_for_what_it_shows(town):
    town.edit("content/site.yaml", "cards: false", "cards: true")
    assert {f"roles/{slug}/card.png" for slug in ROLES} <= rebuild(town).written
    town.edit("roles.yaml", "A baker keeps the hard part", "A baker keeps most of it")
    assert rebuild(town).written == own("baker")
    town.edit(CARPENTER, "exposure: 60-80", "exposure: 90-100")
    cards = {path for path in rebuild(town).written if path.endswith(".png")}
    assert cards == {"roles/carpenter/card.png"}


@pytest.mark.slow
def test_the_search_index_follows_the_articles(town):
    town.edit("content/site.yaml", "search: false", "search: true")
    index = {path for path in rebuild(town).written if path.startswith("pagefind/")}
    assert {"pagefind/pagefind.js", "pagefind/pagefind-entry.json"} <= index
    assert rebuild(town) == NOTHING
    town.edit("content/pages/about.md", "This is", "Here is")
    assert rebuild(town) == Changes(1, {"about/index.html"}, set())
    town.edit("roles.yaml", "Because of the sorting orders", "Because of the sourdough")
    assert {path for path in rebuild(town).written if "pagefind" in path} > {
        "pagefind/pagefind-entry.json"
    }
    (town.out / "pagefind/pagefind.js").unlink()
    rebuild(town)
    assert town.files() == town.clean_build()


def test_a_role_s_date(town):
    town.edit(CARPENTER, "published: 2026-11-01", "published: 2026-11-01\nupdated: 2026-11-20")
    assert rebuild(town).written >= {*own("carpenter"), "feed.xml", "sitemap.xml", *DATA}
    assert "2026-11-20" in town.files()["sitemap.xml"].decode()


@pytest.mark.slow
def test_one_edit_after_another_in_one_process(town):
    """As `serve` does it: what is remembered of one role must outlive the edit of another."""
    for _ in range(3):
        town.edit("roles.yaml", "Partly. A baker", "Partly. Partly. A baker")
        assert rebuild(town).written == own("baker")
        town.edit(CARPENTER, "Partly. A carpenter", "Partly. Partly. A carpenter")
        assert rebuild(town).written == own("carpenter")
    edit_all_pages_and_compare(town)


def test_the_order_of_the_roles_in_their_file_does_not_matter(town):
    baker, locksmith = (part for part in town.read("roles.yaml").split("- slug: ") if part)
    town.write("roles.yaml", f"- slug: {locksmith}- slug: {baker}")
    assert rebuild(town) == NOTHING


def test_a_role_may_move_to_a_file_of_its_own(town):
    first, _, second = town.read("roles.yaml").partition("- slug: baker")
    record = re.sub("^  ", "", f"slug: baker{second}", flags=re.MULTILINE)
    town.write("roles.yaml", first)
    town.write("content/roles/baker.yaml", record)
    assert rebuild(town) == NOTHING


def test_a_category_s_name(town):
    town.edit("content/categories.yaml", "name: Building", "name: Construction")
    assert rebuild(town).written == {
        page("carpenter"),
        "index.html",
        "roles/index.html",
        "categories/building/index.html",
        "rankings/most-exposed/index.html",
        "rankings/most-durable/index.html",
        "llms.txt",
    }


def test_a_tool_s_text(town):
    town.edit("content/tools.yaml", "Beta drafts. It", "Beta writes. It")
    assert rebuild(town).written == {"tools/beta/index.html"}


def test_a_page_s_text(town):
    town.edit("content/pages/about.md", "This is", "Here is")
    assert rebuild(town) == Changes(1, {"about/index.html"}, set())


def test_a_shared_narrative_reaches_the_roles_that_have_none(town):
    town.edit("content/article/introduction.md", "tools.", "tools in use.")
    assert rebuild(town).written == {
        path
        for slug in ROLES
        if slug != "locksmith"
        for path in (page(slug), f"roles/{slug}/index.md")
    }


def test_a_file_that_nothing_reads(town):
    town.write("content/notes.txt", "to do")
    town.write("README.md", "hello")
    assert rebuild(town) == NOTHING


def test_files_saved_again_without_a_change(town):
    for path in (*town.root.glob("content/**/*.*"), town.root / "roles.yaml"):
        os.utime(path)
    assert rebuild(town) == NOTHING


# ---- templates and assets


@pytest.mark.parametrize(
    "name", sorted(os.listdir(Path(__file__).parents[1] / "templates/partials"))
)
def test_a_partial_reaches_its_users_only(town, name):
    mark(town, f"templates/partials/{name}")
    written = rebuild(town).written
    assert written == {path for path, data in town.files().items() if b"-- edited --" in data}


def test_the_partial_of_role_pages_renders_role_pages_only(town):
    mark(town, "templates/partials/tasks.html")
    assert rebuild(town) == Changes(len(ROLES), {page(slug) for slug in ROLES}, set())


def test_the_base_layout_reaches_all_pages_and_nothing_else(town):
    town.edit("templates/layouts/base.html", "</body>", f"{MARK}</body>")
    pages = html_pages(town)
    assert rebuild(town) == Changes(len(pages), pages, set())


def test_the_style_sheet_reaches_all_pages_and_the_policy_that_names_it(town):
    town.write("templates/assets/site.css", town.read("templates/assets/site.css") + "p{top:0}")
    written = {path for path in rebuild(town).written if not path.startswith("assets/")}
    assert written == html_pages(town) | {"_headers"}


def test_a_template_s_comment_is_rendered_but_not_written(town):
    town.write("templates/layouts/text.html", town.read("templates/layouts/text.html") + "{# x #}")
    changes = rebuild(town)
    assert changes.rendered > 0
    assert changes.written == set()
    assert rebuild(town) == NOTHING


# ---- other addresses, other folders


@pytest.mark.slow
def test_another_base_url(town):
    rebuild(town, base_url="https://other.example/sub")
    files = town.files()
    assert not [path for path, data in files.items() if b"https://test.example.org/roles/" in data]
    assert rebuild(town, base_url="https://other.example/sub") == NOTHING
    rebuild(town)
    assert town.files() == town.clean_build()


def test_two_folders_are_built_side_by_side(town):
    other = town.root / "preview"
    town.build(out=other)
    assert rebuild(town) == NOTHING
    town.edit("roles.yaml", "A baker keeps the hard part", "A baker keeps most of it")
    assert rebuild(town).written == own("baker")
    town.build(out=other)
    assert bytes_below(other) == town.files()


def test_two_checkouts_give_the_same_bytes(town, tmp_path):
    elsewhere = SiteFolder(tmp_path / "another place", TOWN)
    elsewhere.build()
    assert elsewhere.files() == town.files()
