"""The search index: built from role pages only, when they changed, and gone with them."""

import pytest

from rolerisk import search
from rolerisk.explain import explanation

PAGE = """<!doctype html><html lang="en-US"><head><title>{0}</title></head><body>
<h1 data-pagefind-body>{0}</h1></body></html>"""


@pytest.fixture
def searched(site):
    """The small site with its search switched on, built."""
    site.edit("content/site.yaml", "search: false", "search: true")
    assert site.build().sound
    return site


@pytest.fixture
def runs(monkeypatch):
    """How often Pagefind runs."""
    calls = []
    real = search.run_pagefind
    monkeypatch.setattr(search, "run_pagefind", lambda *a: (calls.append(a), real(*a)))
    return calls


def index_files(site) -> dict[str, bytes]:
    return {path: data for path, data in site.files().items() if path.startswith(search.FOLDER)}


@pytest.mark.slow
def test_the_same_pages_give_the_same_bytes(tmp_path):
    for name in ("Baker", "Diver", "Carpenter"):
        page = tmp_path / f"pages/roles/{name}/index.html"
        page.parent.mkdir(parents=True)
        page.write_text(PAGE.format(name), encoding="utf-8")
    found = []
    for number in range(3):
        index = tmp_path / f"index-{number}"
        search.run_pagefind(tmp_path / "pages", index)
        found.append(
            {p.relative_to(index): p.read_bytes() for p in index.rglob("*") if p.is_file()}
        )
    assert found[0] == found[1] == found[2]


def test_the_index_has_what_a_search_asks_for_and_nothing_else(searched):
    names = {path.removeprefix(search.FOLDER) for path in index_files(searched)}
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json"} <= names
    assert sum(name.startswith("fragment/") for name in names) == 3
    assert not [name for name in names if "ui" in name or "highlight" in name]


def test_nothing_changed_nothing_indexed(searched, runs):
    assert searched.build().written == 0
    searched.edit("content/pages/about.md", "This is", "Here is")
    before = index_files(searched)
    assert searched.build().written == 1
    assert runs == []
    assert index_files(searched) == before


@pytest.mark.slow
def test_a_changed_role_is_indexed_again_and_its_old_files_go(searched, runs):
    before = index_files(searched)
    searched.edit("roles.yaml", "title: Baker", "title: Confectioner")
    assert searched.build().sound
    after = index_files(searched)
    assert len(runs) == 1
    assert before.keys() - after.keys()
    assert searched.files() == searched.clean_build()


def test_a_removed_role_leaves_the_index(searched):
    searched.remove("content/roles/carpenter.yaml")
    assert searched.build().sound
    assert sum("/fragment/" in path for path in index_files(searched)) == 2


def test_a_lost_file_of_the_index_is_made_again(searched, runs):
    before = searched.files()
    (searched.out / "pagefind/pagefind.js").unlink()
    assert searched.build().written == 1
    assert searched.files() == before
    assert len(runs) == 1


def test_no_cache_indexes_again_and_writes_nothing(searched, runs):
    assert searched.build(use_cache=False).written == 0
    assert len(runs) == 1
    assert searched.build().written == 0
    assert len(runs) == 1


def test_switched_off_the_index_and_the_field_are_gone(searched, runs):
    searched.edit("content/site.yaml", "search: true", "search: false")
    assert searched.build().sound
    assert index_files(searched) == {}
    assert b"data-search" not in searched.files()["index.html"]
    assert runs == []


@pytest.mark.slow
def test_a_pagefind_setting_from_outside_changes_nothing(searched, monkeypatch):
    monkeypatch.setenv("PAGEFIND_FORCE_LANGUAGE", "de")
    before = searched.files()
    assert searched.build(use_cache=False).sound
    assert searched.files() == before


def test_a_file_of_the_index_is_explained(searched):
    settings = searched.settings()
    assert "Pagefind" in str(explanation("/pagefind/pagefind.js", settings))
    assert explanation("/pagefind/nothing.js", settings) is None
