"""Rebuilds: what was lost, damaged or altered is made again, and what is not ours stays."""

import random
import shutil
import sys
from pathlib import Path

import pytest

from rolerisk import reading
from rolerisk.content import check_content
from tests.sites import SiteFolder
from tests.town import (
    CARPENTER,
    DIVER,
    EXAMPLES,
    MARK,
    NOTHING,
    Changes,
    edit_all_pages_and_compare,
    everything,
    page,
    rebuild,
)

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


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize("damage", [_empty, _cut, _noise])
def test_damaged_caches_are_a_miss(town, damage):
    """Every file of .cache is damaged, and an edit of all pages has to get through."""
    for path in _kept(town):
        path.write_bytes(damage(path.read_bytes()))
    edit_all_pages_and_compare(town)


@pytest.mark.slow
@pytest.mark.parametrize("which", range(3))
def test_one_damaged_cache_among_sound_ones_is_a_miss(town, which):
    for path in _kept(town)[which : which + 1]:
        path.write_bytes(_noise(path.read_bytes()))
    edit_all_pages_and_compare(town)


@pytest.mark.slow
@pytest.mark.parametrize("which", range(3))
def test_one_missing_cache_among_others_is_a_miss(town, which):
    for path in _kept(town)[which : which + 1]:
        path.unlink()
    edit_all_pages_and_compare(town)


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
        edit_all_pages_and_compare(town)


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
