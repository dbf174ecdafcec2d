"""What `serve` shows right after a save is what the build then writes; all else waits for the build."""

import pytest

from rolerisk.pipeline import build
from rolerisk.serve.preview import Preview

NARRATIVE = "content/roles/locksmith.md"
PAGE = "roles/locksmith/index.html"


@pytest.fixture
def preview(site):
    seen = Preview(site.root)
    assert build(site.settings(), lambda done, total: None, seen.learn).sound
    return seen


def test_a_saved_narrative_is_shown_as_the_build_will_write_it(site, preview):
    before = site.files()
    site.edit(NARRATIVE, "Little of it", "Some of it")
    assert preview.save({NARRATIVE})
    assert preview.pages.keys() == {PAGE} and preview.pages[PAGE] != before[PAGE]
    assert site.files() == before
    shown = dict(preview.pages)
    assert build(site.settings(), lambda done, total: None, preview.learn).sound
    assert site.files()[PAGE] == shown[PAGE]
    assert preview.pages == {}


def test_a_saved_record_is_shown_wherever_it_stands_in_the_file(site, preview):
    site.edit("roles.yaml", "exposure: 60-80", "exposure: 61-80", count=1)
    site.write("roles.yaml", "# a line more\n" + site.read("roles.yaml"))
    assert preview.save({"roles.yaml"})
    ((path, page),) = preview.pages.items()
    assert build(site.settings(), lambda done, total: None).sound
    assert site.files()[path] == page


def test_saves_add_up_until_the_build(site, preview):
    site.edit(NARRATIVE, "Little of it", "Some of it")
    assert preview.save({NARRATIVE})
    site.edit("roles.yaml", "Step 1 of baker", "The first of baker")
    assert preview.save({"roles.yaml"})
    assert b"Some of it" in preview.pages[PAGE] and len(preview.pages) == 2


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("roles.yaml", "exposure: 60-80", "exposure: 600"),
        ("content/site.yaml", "name:", "language: en-GB\nname:"),
        ("templates/layouts/role.html", "<h1", "<h1 "),
    ],
    ids=["a mistake", "a table", "a template"],
)
def test_what_is_not_one_sound_role_waits_for_the_build(site, preview, path, old, new):
    site.edit(path, old, new, count=1)
    assert not preview.save({path})
    assert preview.pages == {}


def test_a_file_that_is_new_or_gone_waits_for_the_build(site, preview):
    site.remove(NARRATIVE)
    assert not preview.save({NARRATIVE})
    site.write("content/roles/baker.md", "## Introduction\n\nFlour.\n")
    assert not preview.save({"content/roles/baker.md"})
