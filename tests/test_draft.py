"""`new`: a draft that passes as it is, tells what to write, and never overwrites anything."""

import pytest

from rolerisk.draft.scaffold import DraftExistsError, scaffold
from rolerisk.edit.fmt import formatted
from rolerisk.load import load
from tests.sites import TODAY


def test_a_new_draft_has_no_problem_but_its_todos_and_is_not_published(site):
    draft = scaffold(site.root, "Zoo Keeper", TODAY)
    assert [(p.rule, p.severity) for p in site.problems(strict=True)] == [("todo", "warning")]
    assert site.build().sound
    assert not (site.out / "roles/zoo-keeper").exists()
    assert draft.paths == ("content/roles/zoo-keeper.yaml", "content/roles/zoo-keeper.md")


def test_it_cannot_be_published_as_it_is(site):
    scaffold(site.root, "Zoo Keeper", TODAY)
    site.edit("content/roles/zoo-keeper.yaml", "status: draft", "status: published")
    wrong = [p for p in site.problems() if p.rule == "todo"]
    assert len(wrong) > 20 and {p.severity for p in wrong} == {"error"}


def test_with_drafts_it_is_a_whole_page(site):
    scaffold(site.root, "Zoo Keeper", TODAY)
    assert site.build(drafts=True).sound
    page = (site.out / "roles/zoo-keeper/index.html").read_text(encoding="utf-8")
    assert "Will AI replace Zoo Keepers?" in page and "TODO" in page


@pytest.mark.parametrize("title", ['Say "when"', "C# \\ .NET Developer", "Café: Owner", "NO"])
def test_any_title_makes_a_sound_draft(site, title):
    scaffold(site.root, title, TODAY)
    assert {p.rule for p in site.problems(drafts=True)} == {"todo"}


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("Locksmith", "there is a role 'locksmith' already"),
        ("Carpenter", "there is a role 'carpenter' already"),
        ("", "makes no slug"),
        ("通訳", "makes no slug"),
        ("x" * 61, "makes no slug"),
        ("CON", "slug 'con' is a device name on Windows"),
    ],
)
def test_a_role_that_exists_or_a_title_without_a_slug_is_refused(site, title, why):
    before = sorted(path for path in site.root.rglob("*"))
    with pytest.raises(DraftExistsError, match=why):
        scaffold(site.root, title, TODAY)
    assert sorted(path for path in site.root.rglob("*")) == before


def test_a_file_that_is_there_is_not_overwritten(site):
    site.write("content/roles/zoo-keeper.md", "## Introduction\n\nMine.\n")
    with pytest.raises(DraftExistsError):
        scaffold(site.root, "Zoo Keeper", TODAY)
    assert "Mine." in site.read("content/roles/zoo-keeper.md")


def test_a_draft_has_the_canonical_form(site):
    scaffold(site.root, 'Say "when"', TODAY)
    for path in ("content/roles/say-when.yaml", "content/roles/say-when.md"):
        assert formatted(load(site.root)[0], [path]) == ({}, ())


def test_drafts_that_nobody_has_written_yet_do_not_repeat_each_other(site):
    for title in ("Zoo Keeper", "Data Analyst", "Beekeeper"):
        scaffold(site.root, title, TODAY)
    assert {p.rule for p in site.problems(drafts=True)} == {"todo"}
