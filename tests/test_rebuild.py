"""Rebuilds: an edit writes exactly the files that it changes, and nothing ever differs from a clean build."""

import datetime
import os
import random
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from rolerisk import load, reading, workers
from rolerisk.content import check_content
from rolerisk.errors import InterruptedWriteError
from rolerisk.render import pool
from tests.sites import SMALL_SITE, TODAY, SiteFolder, bytes_below, role_yaml

# Of its four roles only the diver, who names his neighbour, does not show all the others.
TOWN = f"""{SMALL_SITE}-- content/roles/diver.yaml --
{role_yaml("diver", "Diver", related="related: [carpenter]")}"""
ROLES = ("baker", "carpenter", "diver", "locksmith")
LISTS = {
    "index.html",
    "roles/index.html",
    "rankings/most-exposed/index.html",
    "rankings/most-durable/index.html",
}
TOOL_PAGES = {f"tools/{name}/index.html" for name in ("alpha", "beta", "gamma")}
DATA = {"data/roles.json", "data/roles.csv"}
CARPENTER = "content/roles/carpenter.yaml"
DIVER = "content/roles/diver.yaml"


class Changes(NamedTuple):
    """What a build did: how many outputs it rendered, which files it wrote and removed."""

    rendered: int
    written: set[str]
    removed: set[str]


NOTHING = Changes(0, set(), set())


def rebuild(site: SiteFolder, **options: object) -> Changes:
    """Build, and tell what happened from the files themselves; the report must agree."""
    before = _stats(site.out)
    report = site.build(**options)
    assert report.sound, report.problems
    after = _stats(site.out)
    written = {path for path, stat in after.items() if before.get(path) != stat}
    removed = before.keys() - after.keys()
    assert (report.written, report.removed) == (len(written), len(removed))
    return Changes(report.rendered, written, removed)


def _stats(folder: Path) -> dict[str, tuple[int, int]]:
    return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in _stat_below(folder).items()}


def _stat_below(folder: Path) -> dict[str, os.stat_result]:
    return {
        os.path.relpath(path := os.path.join(parent, name), folder): os.stat(path)
        for parent, _, names in os.walk(folder)
        for name in names
    }


def page(slug: str) -> str:
    return f"roles/{slug}/index.html"


def own(slug: str) -> set[str]:
    """A role's page, its data and its text: what quotes the record."""
    return {page(slug), f"roles/{slug}/index.json", f"roles/{slug}/index.md"}


def everything(slug: str) -> set[str]:
    """All files of a role; the badge shows its title and score. This town has no share images."""
    return {*own(slug), f"roles/{slug}/badge.svg"}


def html_pages(site: SiteFolder) -> set[str]:
    """All pages with the site's frame: redirect stubs have none."""
    return {
        path
        for path, data in site.files().items()
        if path.endswith(".html") and b'http-equiv="refresh"' not in data
    }


@pytest.fixture(scope="module")
def built_once(tmp_path_factory) -> tuple[Path, Path]:
    """The town, built: where it stands, and a copy of the whole folder."""
    place = tmp_path_factory.mktemp("rebuild")
    site = SiteFolder(place / "town", TOWN)
    assert site.build().sound
    shutil.copytree(place / "town", place / "copy")
    return place / "town", place / "copy"


@pytest.fixture
def town(built_once) -> SiteFolder:
    """The built town as it was after its first build, in the place where it was built."""
    place, copy = built_once
    _restore(place, copy)
    site = SiteFolder.__new__(SiteFolder)
    site.root = place
    return site


def _restore(place: Path, copy: Path) -> None:
    """Make a folder what its copy is, with the times of its files; most are what they were."""
    was, now = _sizes_and_times(copy), _sizes_and_times(place)
    for path in now.keys() - was.keys():
        (place / path).unlink()
    for path in (path for path, stat in was.items() if now.get(path) != stat):
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(copy / path, place / path)
    for folder in sorted((p for p in place.rglob("*") if p.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _sizes_and_times(folder: Path) -> dict[str, tuple[int, int]]:
    return {path: (stat.st_size, stat.st_mtime_ns) for path, stat in _stat_below(folder).items()}


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


def test_one_edit_after_another_in_one_process(town):
    """As `serve` does it: what is remembered of one role must outlive the edit of another."""
    for _ in range(3):
        town.edit("roles.yaml", "Partly. A baker", "Partly. Partly. A baker")
        assert rebuild(town).written == own("baker")
        town.edit(CARPENTER, "Partly. A carpenter", "Partly. Partly. A carpenter")
        assert rebuild(town).written == own("carpenter")
    _edit_all_pages_and_compare(town)


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


MARK = "<!-- edited -->"


def mark(site: SiteFolder, path: str) -> None:
    """Put a comment before the first element of a template."""
    text = site.read(path)
    marked, count = re.subn(r"^ *<(?=\w)", f"{MARK}\n<", text, count=1, flags=re.MULTILINE)
    assert count, f"no element at the start of a line in {path}"
    site.write(path, marked)


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


# ---- roles come and go


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


def test_a_draft_is_built_when_asked_for_and_goes_again(town):
    town.edit(DIVER, "related:", "status: draft\nrelated:")
    assert rebuild(town).removed == everything("diver")
    assert own("diver") <= rebuild(town, drafts=True).written
    assert rebuild(town).removed == everything("diver")


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


# ---- files that were touched by others


def test_a_deleted_output_is_written_again(town):
    (town.out / page("baker")).unlink()
    assert rebuild(town) == Changes(1, {page("baker")}, set())


def test_a_deleted_folder_is_written_again(town):
    shutil.rmtree(town.out / "roles")
    assert rebuild(town).written == {path for path in town.files() if path.startswith("roles/")}


def test_an_altered_output_is_written_again(town):
    before = town.files()
    (town.out / "feed.xml").write_text("by hand")
    assert rebuild(town) == Changes(1, {"feed.xml"}, set())
    assert town.files() == before


def test_an_altered_output_of_the_same_size_is_written_again(town):
    before = town.files()
    (town.out / "feed.xml").write_bytes(b"x" * len(before["feed.xml"]))
    assert rebuild(town).written == {"feed.xml"}
    assert town.files() == before


def test_a_whole_output_folder_gone_is_written_again(town):
    before = town.files()
    shutil.rmtree(town.out)
    assert rebuild(town).written == set(before)
    assert town.files() == before


STRANGERS = (
    ".gitignore",
    "notes.txt",
    "roles/diver/notes.txt",
    ".well-known/token",
    "old/index.html",
)


def test_foreign_files_are_never_deleted(town):
    for name in STRANGERS:
        town.write(f"site/{name}", "mine")
    town.remove(DIVER)
    rebuild(town)
    rebuild(town, use_cache=False)
    assert {name: town.read(f"site/{name}") for name in STRANGERS} == dict.fromkeys(
        STRANGERS, "mine"
    )


# ---- caches


def test_without_the_cache_folder_all_is_built_anew(town):
    before = town.files()
    shutil.rmtree(town.root / ".cache")
    assert rebuild(town).rendered == len(before)
    assert town.files() == before


def test_no_cache_renders_everything_and_writes_what_differs(town):
    files = town.files()
    assert rebuild(town, use_cache=False) == Changes(len(files), set(), set())


def test_no_cache_still_knows_what_is_ours(town):
    town.remove(DIVER)
    assert rebuild(town, use_cache=False).removed == everything("diver")


def test_a_build_after_no_cache_has_nothing_to_do(town):
    town.edit("roles.yaml", "A baker keeps the hard part", "A baker keeps most of it")
    rebuild(town, use_cache=False)
    assert rebuild(town) == NOTHING


def test_kept_files_of_another_version_are_a_miss(town, monkeypatch):
    before = town.files()
    for name, module in list(sys.modules.items()):
        if name.startswith("rolerisk.store") and hasattr(module, "VERSION"):
            monkeypatch.setattr(module, "VERSION", module.VERSION + 1)
    assert rebuild(town).rendered == len(before)
    assert town.files() == before


def _empty(data: bytes) -> bytes:
    return b""


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def _noise(data: bytes) -> bytes:
    return random.Random(7).randbytes(len(data))


@pytest.mark.parametrize("damage", [_empty, _cut, _noise])
def test_damaged_caches_are_a_miss(town, damage):
    """Every file of .cache is damaged, and an edit of all pages has to get through."""
    for path in _kept(town):
        path.write_bytes(damage(path.read_bytes()))
    _edit_all_pages_and_compare(town)


@pytest.mark.parametrize("which", range(3))
def test_one_damaged_cache_among_sound_ones_is_a_miss(town, which):
    for path in _kept(town)[which : which + 1]:
        path.write_bytes(_noise(path.read_bytes()))
    _edit_all_pages_and_compare(town)


@pytest.mark.parametrize("which", range(3))
def test_one_missing_cache_among_others_is_a_miss(town, which):
    for path in _kept(town)[which : which + 1]:
        path.unlink()
    _edit_all_pages_and_compare(town)


def test_a_check_that_tidies_up_damaged_caches_says_what_it_always_says(town):
    """So many edits that most of what is kept is of no use any more, and the rest is damaged."""
    for roles in (("baker", "carpenter", "diver"), ("carpenter", "diver"), ("diver",)):
        for path in _kept(town):
            if "articles" in path.name:
                path.write_bytes(_noise(path.read_bytes()))
        for role in roles:
            file = "roles.yaml" if role == "baker" else f"content/roles/{role}.yaml"
            town.edit(file, f"Partly. A {role}", f"Partly. Partly. A {role}")
        assert check_content(town.settings()).sound


@pytest.mark.slow
def test_an_edit_reads_its_own_role_only(town, monkeypatch):
    """Also the hundredth edit in one process: nothing that is remembered is overwritten."""
    read, real = [], reading.parse_one
    monkeypatch.setattr(reading, "parse_one", lambda source: read.append(source) or real(source))
    for _ in range(2):
        for file, role in (("roles.yaml", "baker"), (CARPENTER, "carpenter"), (DIVER, "diver")):
            town.edit(file, f"Partly. A {role}", f"Partly. Partly. A {role}")
            town.edit("templates/layouts/base.html", "</body>", f"{MARK}</body>")
            read.clear()
            rebuild(town)
            assert len(read) == 1


@pytest.mark.slow
def test_flipped_bits_are_a_miss(town):
    for seed in range(10, 10 + 5 * EXAMPLES):
        _flip_bits(town, random.Random(seed))
        _edit_all_pages_and_compare(town)


def _edit_all_pages_and_compare(site: SiteFolder) -> None:
    """All articles have to be at hand again for this, and nothing else may change."""
    before, marked = site.files(), f"{MARK}</body>".encode()
    site.edit("templates/layouts/base.html", "</body>", marked.decode())
    rebuild(site)
    assert site.files() == {p: data.replace(b"</body>", marked) for p, data in before.items()}
    assert rebuild(site) == NOTHING


def _flip_bits(site: SiteFolder, dice: random.Random) -> None:
    """One bit in every file of .cache."""
    for path in _kept(site):
        data = bytearray(path.read_bytes())
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        path.write_bytes(data)


def _kept(site: SiteFolder) -> list[Path]:
    found = [path for path in sorted((site.root / ".cache").rglob("*")) if path.is_file()]
    kept = [path for path in found if path.name != "lock"]
    assert kept
    return kept


# ---- failed builds


def everything_below(root: Path) -> dict[str, bytes | None]:
    """Every path below a folder, with the bytes of files."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(root.rglob("*"))
    }


def test_a_problem_in_the_content_leaves_the_site_as_it_was(town):
    town.edit(CARPENTER, "title: Carpenter", "title: Joiner")
    town.edit(DIVER, "exposure: 60-80", "exposure: 60-800")
    before, stats = town.files(), _stats(town.out)
    report = town.build()
    assert not report.sound
    assert (report.written, report.removed) == (0, 0)
    assert (town.files(), _stats(town.out)) == (before, stats)


def test_a_template_that_fails_late_leaves_the_site_as_it_was(town):
    town.edit(CARPENTER, "title: Carpenter", "title: Joiner")
    town.write("templates/feeds/llms.txt", "{{ nobody_gives_this }}")
    before, stats = everything_below(town.root), _stats(town.out)
    with pytest.raises(Exception, match="nobody_gives_this"):
        town.build()
    assert {path for path in everything_below(town.root) if "stage" in path} == set()
    assert _stats(town.out) == stats
    assert {p: d for p, d in everything_below(town.root).items() if p.startswith("site")} == {
        p: d for p, d in before.items() if p.startswith("site")
    }


def test_a_full_disk_while_rendering_leaves_the_site_as_it_was(town, monkeypatch):
    town.edit("templates/layouts/base.html", "</body>", f"{MARK}</body>")
    stats = _stats(town.out)
    monkeypatch.setattr("rolerisk.write.put", _failing_after("rolerisk.write.put", 5))
    with pytest.raises(OSError, match="disk full"):
        town.build()
    assert _stats(town.out) == stats
    assert list(town.root.glob(".*-stage-*")) == []


def test_a_build_that_is_stopped_while_it_publishes_is_repaired_by_the_next(town, monkeypatch):
    town.edit("templates/layouts/base.html", "</body>", f"{MARK}</body>")
    with monkeypatch.context() as patch:
        patch.setattr("os.replace", _failing_after("os.replace", 7))
        with pytest.raises(InterruptedWriteError, match="disk full: part of the site is new"):
            town.build()
    rebuild(town)
    assert town.files() == town.clean_build()


def test_what_a_stopped_build_had_put_into_place_is_known_as_ours(town, monkeypatch):
    """The role that came with it is taken back before the next build: nothing of it stays."""
    before = town.files()
    town.write("content/roles/acrobat.yaml", role_yaml("acrobat", "Acrobat"))
    with monkeypatch.context() as patch:
        patch.setattr("rolerisk.publishing._note", _failing_after("rolerisk.publishing._note", 0))
        with pytest.raises(OSError, match="disk full"):
            town.build()
    assert page("acrobat") in town.files()
    town.remove("content/roles/acrobat.yaml")
    rebuild(town)
    assert town.files() == before
    assert rebuild(town) == NOTHING


def _failing_after(name: str, calls: int):
    """A function that works a few times and then has no room left."""
    module, _, attribute = name.rpartition(".")
    real, left = getattr(sys.modules[module], attribute), [calls]

    def failing(*args: object, **options: object) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "disk full")
        return real(*args, **options)

    return failing


# ---- other addresses, other folders, other workers


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


@pytest.mark.slow
def test_four_workers_give_the_same_bytes_as_one(town, monkeypatch):
    before = town.files()
    monkeypatch.setattr(pool, "FEW", 0)
    monkeypatch.setattr(pool, "_BATCH", 5)
    assert rebuild(town, use_cache=False, jobs=4) == Changes(len(before), set(), set())
    assert town.files() == before
    town.edit("roles.yaml", "A baker keeps the hard part", "A baker keeps most of it")
    assert rebuild(town, jobs=4) == Changes(3, own("baker"), set())


@pytest.mark.slow
def test_workers_that_fetch_the_texts_themselves_give_the_same_bytes(town, monkeypatch):
    before = town.files()
    monkeypatch.setattr(load, "_MOST_HELD", 0)
    monkeypatch.setattr(pool, "FEW", 0)
    monkeypatch.setattr(reading, "FEW", 0)
    assert rebuild(town, use_cache=False, jobs=2) == Changes(len(before), set(), set())
    assert town.files() == before


@pytest.mark.slow
def test_workers_that_are_no_forks_give_the_same_bytes(town, monkeypatch):
    before = town.files()
    monkeypatch.setattr(workers, "_may_fork", lambda: False)
    monkeypatch.setattr(pool, "FEW", 0)
    monkeypatch.setattr(reading, "FEW", 0)
    assert rebuild(town, use_cache=False, jobs=2) == Changes(len(before), set(), set())
    assert town.files() == before


@pytest.mark.slow
@pytest.mark.parametrize("template", ["layouts/role.html", "feeds/llms.txt"])
def test_a_failure_of_a_worker_or_beside_them_is_the_build_s(town, monkeypatch, template):
    """A role's page is rendered by a worker, what lists all roles here."""
    monkeypatch.setattr(pool, "FEW", 0)
    town.write(f"templates/{template}", "{{ nobody_gives_this }}")
    stats = _stats(town.out)
    with pytest.raises(Exception, match="nobody_gives_this"):
        town.build(use_cache=False, jobs=2)
    assert _stats(town.out) == stats


@pytest.mark.parametrize(
    "old",
    [
        "/roles/baker",
        "/roles/baker/index.json",
        "/sitemap.xml/",
        "/../../outside/",
        "/old/, to: /about/}\n  - {from: /old",
    ],
)
def test_a_redirect_over_a_file_of_the_site_or_out_of_it_is_a_problem(town, old):
    """Not a crash in the middle of publishing, and never a file outside of the output folder."""
    moved = f"moved:\n  - {{from: {old}, to: /about/}}\n"
    town.edit("content/site.yaml", "features:", f"{moved}features:")
    around = {path.name for path in town.root.parent.iterdir()}
    assert not town.build().sound
    assert {path.name for path in town.root.parent.iterdir()} == around


@pytest.mark.parametrize("stem", ["Our Page", "über", "con", "our.page"])
def test_a_page_s_file_name_is_a_slug(town, stem):
    """It becomes the page's address, and a file on every system."""
    text = town.read("content/pages/about.md").replace("About", "Our own")
    town.write(f"content/pages/{stem}.md", text)
    assert not town.build().sound


@pytest.mark.parametrize("stem", ["roles", "tools", "data"])
def test_a_page_at_an_address_of_the_site_s_own_is_a_problem(town, stem):
    text = town.read("content/pages/about.md").replace("About", "Our own")
    town.write(f"content/pages/{stem}.md", text)
    assert not town.build().sound


@pytest.mark.parametrize("name", ["al-pha", "通义千问"])
def test_a_tool_without_an_address_of_its_own_is_a_problem(town, name):
    """Two names of one slug, and a name without a letter or digit that a slug can have."""
    tools = town.read("content/tools.yaml")
    town.write(
        "content/tools.yaml",
        tools
        + tools.partition("- name: Beta")[0]
        .replace("Alpha", "Al Pha")
        .replace("Al Pha drafts t", "Al drafts t"),
    )
    town.edit("content/tools.yaml", "name: Beta", f"name: {name}")
    for path in ("roles.yaml", CARPENTER, DIVER):
        town.edit(path, "tool: Beta", f"tool: {name}")
        town.edit(path, "tool: Alpha", "tool: Al Pha")
    assert not town.build().sound


# ---- any sequence of edits


EXAMPLES = int(os.environ.get("ROLERISK_EXAMPLES", "3"))
SLUGS = ("acrobat", "baker", "carpenter", "diver", "engraver")


class Editor:
    """Edits a site of roles in files of their own, one small change at a time."""

    def __init__(self, site: SiteFolder) -> None:
        self.site = site
        self.roles: dict[str, dict[str, str]] = {}
        self.options: dict[str, object] = {}
        site.write("roles.yaml", "[]\n")
        site.remove("content/roles/locksmith.md")
        for slug in SLUGS[1:4]:
            self.add(slug, 0)

    def apply(self, edit: str, slug: str, number: int) -> None:
        getattr(self, edit)(slug if edit == "add" or slug in self.roles else self._any(), number)

    def _any(self) -> str:
        return next(iter(self.roles), "")

    def add(self, slug: str, number: int) -> None:
        self._put(slug, self.roles.get(slug, {"title": slug.title()}))

    def text(self, slug: str, number: int) -> None:
        self._put(slug, answer=f"answer: |\n  In part: {number}.[^SLUG-a]")

    def title(self, slug: str, number: int) -> None:
        self._put(slug, title=f"{slug.title()} {'ABCDEF'[number]}")

    def score(self, slug: str, number: int) -> None:
        tasks = "".join(
            f"\n  - {{task: Task {n}, share: {n}, exposure: {number * 10}-{number * 15}, why: So.}}"
            for n in (5, 10, 15)
        )
        self._put(slug, at_risk=f"at_risk:{tasks}")

    def categorise(self, slug: str, number: int) -> None:
        self._put(slug, category=f"category: {('crafts', 'building')[number % 2]}")

    def hide(self, slug: str, number: int) -> None:
        self._put(slug, status=f"status: {('draft', 'published')[number % 2]}")

    def postpone(self, slug: str, number: int) -> None:
        self._put(slug, published=f"published: 2026-{('11-02', '11-25')[number % 2]}")

    def wait(self, slug: str, number: int) -> None:
        self.options = {"today": TODAY + datetime.timedelta(days=number)}

    def move(self, slug: str, number: int) -> None:
        self.options = {**self.options, "base_url": f"https://x.example{('', '/sub')[number % 2]}"}

    def rename(self, slug: str, number: int) -> None:
        if slug:
            keys = self.roles[slug]
            self.delete(slug, number)
            new = f"{slug[:9]}-{number}"
            self._put(new, {**keys, "title": new.title()})

    def delete(self, slug: str, number: int) -> None:
        if slug:
            del self.roles[slug]
            self.site.remove(f"content/roles/{slug}.yaml")

    def damage(self, slug: str, number: int) -> None:
        paths = sorted(self.site.files())
        if paths:
            (self.site.out / paths[number * len(paths) // 6]).write_text("damaged")

    def lose(self, slug: str, number: int) -> None:
        paths = sorted(self.site.files())
        if paths:
            (self.site.out / paths[number * len(paths) // 6]).unlink()

    def template(self, slug: str, number: int) -> None:
        self.site.write("templates/partials/tasks.html", f"{TASKS}{{# {number} #}}")

    def spoil(self, slug: str, number: int) -> None:
        """Break the content; the next edit of all is to restore it."""
        self.site.write("roles.yaml", "- slug: [\n")

    def _put(self, slug: str, new: dict[str, str] | None = None, **keys: str) -> None:
        if slug:
            self.roles[slug] = {**self.roles.get(slug, {}), **(new or {}), **keys}
            record = role_yaml(slug, **self.roles[slug]).replace("SLUG", slug)
            self.site.write(f"content/roles/{slug}.yaml", record)

    def build(self) -> None:
        """Build; broken content leaves the site alone and is restored."""
        before = self.site.files()
        report = self.site.build(**self.options)
        if not report.sound:
            assert self.site.read("roles.yaml") != "[]\n", report.problems
            assert self.site.files() == before
            self.site.write("roles.yaml", "[]\n")


TASKS = (Path(__file__).parents[1] / "templates/partials/tasks.html").read_text(encoding="utf-8")
KINDS = (
    "add text title score categorise hide postpone wait move rename delete damage lose template spoil"
).split()
EDITS = st.tuples(st.sampled_from(KINDS), st.sampled_from(SLUGS), st.integers(0, 5))


@contextmanager
def edited_site() -> Iterator[Editor]:
    with tempfile.TemporaryDirectory() as folder:
        yield Editor(SiteFolder(Path(folder) / "town", SMALL_SITE))


@pytest.mark.slow
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="ROLERISK_EXAMPLES" not in os.environ,
    phases=set(Phase) - {Phase.explain},
)
@given(st.lists(EDITS, min_size=2, max_size=6))
@example(
    [("rename", "baker", 1), ("spoil", "baker", 0), ("damage", "diver", 3), ("hide", "diver", 0)]
)
@example([("delete", slug, 0) for slug in SLUGS[1:4]] + [("add", "diver", 0)])
def test_incremental_build_equals_clean_build(edits):
    with edited_site() as editor:
        editor.build()
        for edit in edits:
            editor.apply(*edit)
            editor.build()
        editor.build()
        clean = editor.site.root / "clean"
        editor.site.build(**editor.options, out=clean, use_cache=False)
        assert editor.site.files() == bytes_below(clean)
