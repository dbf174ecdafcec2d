"""What `serve` shows right after a save is what the build then writes; all else waits for the build."""

import sys

import pytest

from rolerisk import reading
from rolerisk.pipeline import build
from rolerisk.render.renderers import Renderers
from rolerisk.serve import preview as module
from rolerisk.serve.preview import Preview
from tests.remembered import anew
from tests.sites import SMALL_SITE, SiteFolder, as_entry, role_yaml

NARRATIVE = "content/roles/locksmith.md"
PAGE = "roles/locksmith/index.html"


def seen(site: SiteFolder) -> Preview:
    """The preview of a site that has just been built."""
    made = Preview(site.root)
    assert rebuild(site, made).sound
    return made


def rebuild(site: SiteFolder, preview: Preview):
    preview.begin()
    return build(site.settings(), lambda done, total: None, preview.learn)


@pytest.fixture
def preview(site):
    return seen(site)


def test_a_saved_narrative_is_shown_as_the_build_will_write_it(site, preview):
    before = site.files()
    site.edit(NARRATIVE, "Little of it", "Some of it")
    assert preview.save({NARRATIVE}) == 1
    assert preview.pages.keys() == {PAGE} and preview.pages[PAGE] != before[PAGE]
    assert site.files() == before
    shown = dict(preview.pages)
    assert rebuild(site, preview).sound
    assert site.files()[PAGE] == shown[PAGE]
    assert preview.pages == {}


def test_a_saved_record_is_shown_wherever_it_stands_in_the_file(site, preview):
    site.edit("roles.yaml", "exposure: 60-80", "exposure: 61-80", count=1)
    site.write("roles.yaml", "# a line more\n" + site.read("roles.yaml"))
    assert preview.save({"roles.yaml"}) == 1
    ((path, page),) = preview.pages.items()
    assert build(site.settings(), lambda done, total: None).sound
    assert site.files()[path] == page


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("roles.yaml", "title: Baker", "title: Bread Baker"),
        ("roles.yaml", "exposure: 60-80", "exposure: 90-100"),
        ("content/roles/carpenter.yaml", "exposure: 60-80", "exposure: 90-100"),
        ("content/roles/carpenter.yaml", "category: building", "category: crafts"),
    ],
    ids=["a title", "a score", "the score of a role with its own file", "a category"],
)
def test_a_page_shows_the_new_facts_of_its_role_and_the_others_follow(
    site, preview, path, old, new
):
    before = site.files()
    site.edit(path, old, new, count=3)  # a role has three tasks at risk
    assert preview.save({path}) == 1
    ((at, page),) = preview.pages.items()
    assert page != before[at]
    assert site.files() == before
    assert rebuild(site, preview).sound
    after = site.files()
    assert after[at] == page
    assert after["index.html"] != before["index.html"]


def test_saves_add_up_until_the_build(site, preview):
    site.edit(NARRATIVE, "Little of it", "Some of it")
    assert preview.save({NARRATIVE}) == 1
    site.edit("roles.yaml", "Step 1 of baker", "The first of baker")
    assert preview.save({"roles.yaml"}) == 1
    assert b"Some of it" in preview.pages[PAGE] and len(preview.pages) == 2
    site.edit("roles.yaml", "Step 1 of locksmith", "The first of locksmith")
    assert preview.save({"roles.yaml"}) == 1
    assert b"Some of it" in preview.pages[PAGE]
    assert b"The first of locksmith" in preview.pages[PAGE]
    assert b"The first of baker" in preview.pages["roles/baker/index.html"]


def test_a_role_saved_in_both_its_files_is_made_once(site, preview):
    site.edit(NARRATIVE, "Little of it", "Some of it")
    site.edit("roles.yaml", "Step 1 of locksmith", "The first of locksmith")
    assert preview.save({NARRATIVE, "roles.yaml"}) == 1
    assert b"Some of it" in preview.pages[PAGE]
    assert b"The first of locksmith" in preview.pages[PAGE]


@pytest.mark.parametrize("path", [NARRATIVE, "roles.yaml", "content/roles/carpenter.yaml"])
def test_a_save_that_changes_nothing_shows_nothing(site, preview, path):
    site.write(path, site.read(path))
    assert preview.save({path}) == 0
    assert preview.pages == {}


@pytest.mark.parametrize(
    ("path", "old"), [(NARRATIVE, "Little of it"), ("roles.yaml", "Step 1 of locksmith")]
)
def test_what_is_taken_back_is_shown_as_it_was(site, preview, path, old):
    before = site.read(path)
    site.edit(path, old, "Something else")
    assert preview.save({path}) == 1
    site.write(path, before)
    assert preview.save({path}) == 1
    assert preview.pages == {PAGE: site.files()[PAGE]}


def test_what_is_saved_during_a_build_is_still_shown_after_it(site, preview):
    def learn(*read):
        site.edit(NARRATIVE, "Little of it", "Some of it")  # the build has read it by now
        assert preview.save({NARRATIVE}) == 1
        assert preview.save({"content/site.yaml"}) is None
        preview.learn(*read)

    site.edit("content/pages/about.md", "This is", "Here is")
    preview.begin()
    assert build(site.settings(), lambda done, total: None, learn).sound
    assert b"Some of it" not in site.files()[PAGE]
    assert preview.pages.keys() == {PAGE} and b"Some of it" in preview.pages[PAGE]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("roles.yaml", "exposure: 60-80", "exposure: 600"),
        (NARRATIVE, "## Introduction", "# Introduction"),
        ("content/site.yaml", "name:", "language: en-GB\nname:"),
        ("templates/layouts/role.html", "<h1", "<h1 "),
        ("roles.yaml", "slug: baker", "slug: bread-baker"),
        ("content/roles/carpenter.yaml", "slug: carpenter", "slug: baker"),
        ("roles.yaml", "- slug: baker", "- {}\n- slug: baker"),
        ("roles.yaml", "- slug", "  slug"),
    ],
    ids=[
        "a mistake", "a mistake in a narrative", "a table", "a template", "a slug", "another's slug",
        "a role more", "no list",
    ],
)  # fmt: skip
def test_what_is_not_one_sound_role_waits_for_the_build(site, preview, path, old, new):
    site.edit(path, old, new, count=1)
    assert preview.save({path}) is None
    assert preview.pages == {}


def test_a_mistake_corrected_is_shown(site, preview):
    site.edit("roles.yaml", "exposure: 60-80", "exposure: 600", count=1)
    assert preview.save({"roles.yaml"}) is None
    site.edit("roles.yaml", "exposure: 600", "exposure: 61-80", count=1)
    assert preview.save({"roles.yaml"}) == 1


def test_a_file_that_is_new_or_gone_waits_for_the_build(site, preview):
    site.remove(NARRATIVE)
    assert preview.save({NARRATIVE}) is None
    site.write("content/roles/baker.md", "## Introduction\n\nFlour.\n")
    assert preview.save({"content/roles/baker.md"}) is None
    site.remove("roles.yaml")
    assert preview.save({"roles.yaml"}) is None


def test_a_link_is_not_followed_out_of_the_project(site, preview, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "roles.yaml"
    elsewhere.write_text(site.read("roles.yaml").replace("Step 1", "Stolen"), encoding="utf-8")
    site.remove("roles.yaml")
    (site.root / "roles.yaml").symlink_to(elsewhere)
    assert preview.save({"roles.yaml"}) is None


# ---- work, counted


def town(folder, more: int) -> SiteFolder:
    """The small site with so many roles more."""
    site = SiteFolder(folder, SMALL_SITE)
    site.edit("content/site.yaml", "uncited-claim: off", "uncited-claim: off, near-duplicate: off")
    entries = (as_entry(role_yaml(f"smith-{n}", f"Smith {n}")) for n in range(more))
    site.write("roles.yaml", site.read("roles.yaml") + "".join(entries))
    return site


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "old", "new"),
    [(NARRATIVE, "Little of it", "Some of it"), ("roles.yaml", "Step 1 of baker", "The first")],
)
def test_a_save_reads_and_renders_its_own_role_alone(tmp_path, monkeypatch, path, old, new):
    site = town(tmp_path, 10)
    preview = seen(site)
    read, rendered = [], []
    one, render = reading.read_one, Renderers.render
    monkeypatch.setattr(
        module, "read_one", lambda source, tables: read.append(source) or one(source, tables)
    )
    monkeypatch.setattr(
        Renderers, "render", lambda self, output: rendered.append(output) or render(self, output)
    )
    site.edit(path, old, new)
    assert preview.save({path}) == 1
    slug = "locksmith" if path == NARRATIVE else "baker"
    assert [source.text.likely_slug for source in read] == [slug]
    assert [output.path for output in rendered] == [f"roles/{slug}/index.html"]


@pytest.mark.slow
def test_nothing_that_a_narrative_s_save_does_grows_with_the_roles(tmp_path):
    few, many = (town(tmp_path / str(more), more) for more in (8, 30))
    assert _lines(few) == _lines(many)


def _lines(site: SiteFolder) -> int:
    """How many lines run to show the third of three saves, one in a loop as often as it runs."""
    preview, lines = seen(site), 0

    def count(_frame, event, _argument):
        nonlocal lines
        lines += event == "line"
        return count

    for number in range(3):
        site.edit(NARRATIVE, "Little of it", f"Little of it {number}")
        lines, before = 0, sys.gettrace()
        with anew():
            sys.settrace(count)
            try:
                shown = preview.save({NARRATIVE})
            finally:
                sys.settrace(before)
        assert shown == 1
    return lines
