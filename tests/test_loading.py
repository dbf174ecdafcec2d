"""Input files that are as an earlier run saw them: they are not read again, and any change is seen."""

import os
import time

import pytest
from msgspec.structs import replace

from rolerisk import content, loading
from rolerisk import load as load_stage
from rolerisk.errors import InputChangedError
from rolerisk.loading import load_changed
from rolerisk.store.seen import read_seen, write_seen

NARRATIVE = "content/roles/baker.md"
TEXT = "## Introduction\n\nBread. <!-- check: allow thin-page -->\n"


@pytest.fixture
def later(monkeypatch):
    """What was written before the test's next step was written long ago."""
    now = time.time_ns
    monkeypatch.setattr(loading.time, "time_ns", lambda: now() + 10_000_000_000)


@pytest.fixture
def opened(monkeypatch) -> list[str]:
    """The files that are read, by their names."""
    names, contents = [], load_stage._contents

    def counted(path):
        names.append(path.rpartition("/")[2])
        return contents(path)

    monkeypatch.setattr(load_stage, "_contents", counted)
    return names


@pytest.fixture
def seen(site, later, opened):
    """A site whose files a run has seen; what was read is forgotten."""
    site.write(NARRATIVE, TEXT)
    load_changed(site.root, use_cache=True)
    assert NARRATIVE in read_seen(site.root)
    opened.clear()
    return site


def test_a_text_that_is_as_it_was_seen_is_read_when_somebody_asks(seen, opened):
    sources, problems = load_changed(seen.root, use_cache=True)
    file = sources.files[NARRATIVE]
    assert not {"baker.md", "carpenter.yaml"} & {*opened} and "roles.yaml" in opened
    assert problems == () and file.allows
    assert file.text == TEXT
    assert file.digest == load_stage.load(seen.root)[0].files[NARRATIVE].digest


def _written_again(path):
    path.write_text(TEXT.replace("Bread", "Cakes"))


def _with_its_old_times(path):
    before = path.stat()
    _written_again(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def _replaced(path):
    before, new = path.stat(), path.with_suffix(".new")
    _written_again(new)
    os.utime(new, ns=(before.st_atime_ns, before.st_mtime_ns))
    new.replace(path)


@pytest.mark.parametrize("edit", [_written_again, _with_its_old_times, _replaced])
def test_any_edit_is_seen_even_of_the_same_length(seen, edit):
    edit(seen.root / NARRATIVE)
    assert "Cakes" in load_changed(seen.root, use_cache=True)[0].text(NARRATIVE)


def test_a_file_that_was_just_written_is_not_taken_as_seen(site, opened):
    site.write(NARRATIVE, TEXT)
    load_changed(site.root, use_cache=True)
    assert NARRATIVE not in read_seen(site.root)


def test_without_caches_everything_is_read_and_nothing_is_left(seen, opened):
    (seen.root / ".cache" / "seen.msgpack").unlink()
    load_changed(seen.root, use_cache=False)
    assert "baker.md" in opened
    assert read_seen(seen.root) == {}


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: b"\x00" + data[1:]])
def test_damaged_notes_are_none(seen, opened, damage):
    path = seen.root / ".cache" / "seen.msgpack"
    path.write_bytes(damage(path.read_bytes()))
    load_changed(seen.root, use_cache=True)
    assert "baker.md" in opened


def test_a_file_that_has_gone_is_forgotten(seen):
    seen.remove(NARRATIVE)
    assert NARRATIVE not in load_changed(seen.root, use_cache=True)[0].files
    assert NARRATIVE not in read_seen(seen.root)


@pytest.fixture
def saved_meanwhile(site, later, monkeypatch) -> list[str]:
    """A site of which a text is saved when it is asked for, as long as there are more; it takes all of them."""
    site.write(NARRATIVE, TEXT)
    site.build()
    saves, fetched = list[str](), load_stage._fetched

    def after_a_save(root, name, digest):
        if saves and name == NARRATIVE:
            site.write(name, f"## Introduction\n\n{saves.pop()}\n")
        return fetched(root, name, digest)

    monkeypatch.setattr(load_stage, "_fetched", after_a_save)
    site.edit("content/site.yaml", "name: ", "name: The ", count=1)  # all roles are read again
    return saves


@pytest.mark.slow
def test_a_text_saved_while_the_site_is_built_is_in_it(site, saved_meanwhile):
    saved_meanwhile.append("Cakes.")
    assert site.build().sound
    assert "Cakes." in (site.out / "roles/baker/index.html").read_text()


def test_a_text_saved_while_the_site_is_checked_is_checked(site, saved_meanwhile):
    saved_meanwhile.append("<blink>Cakes</blink>")
    assert "removed-html" in [found.rule for found in site.problems()]


def test_a_text_saved_while_problems_are_located_is_checked(site, saved_meanwhile, monkeypatch):
    located = content.located
    saved_meanwhile.append("<blink>Cakes</blink>")
    monkeypatch.setattr(
        content, "located", lambda found, strict: _asked(found) and located(found, strict)
    )
    assert "removed-html" in [found.rule for found in site.problems()]


def _asked(found):
    """Ask for a text as locating does."""
    return found.sources.text(NARRATIVE)


def test_a_wrong_note_is_dropped_when_it_is_found_out(seen):
    notes = read_seen(seen.root)
    write_seen(seen.root, notes | {NARRATIVE: replace(notes[NARRATIVE], digest="0" * 32)})
    assert seen.build().sound
    assert read_seen(seen.root)[NARRATIVE] == notes[NARRATIVE]


def test_notes_are_of_the_program_that_made_them(seen, opened, monkeypatch):
    monkeypatch.setattr("rolerisk.store.seen.program_digest", lambda: "another")
    load_changed(seen.root, use_cache=True)
    assert "baker.md" in opened


def test_a_text_that_is_saved_again_and_again_ends_the_build(site, saved_meanwhile, monkeypatch):
    monkeypatch.setattr(load_stage, "_MOST_HELD", 0)
    before = site.files()
    saved_meanwhile += ["Cakes.", "Rolls."]
    with pytest.raises(InputChangedError):
        site.build()
    assert site.files() == before


@pytest.mark.slow
def test_builds_that_read_what_changed_equal_clean_ones(site, later, opened):
    site.write(NARRATIVE, TEXT)
    site.write("content/roles/locksmith.md", "## Introduction\n\nKeys.\n")
    site.build()
    for text in ("Bread and butter.", "Bread [and](javascript:x).", "Cakes."):
        site.write(NARRATIVE, f"## Introduction\n\n{text}\n")
        opened.clear()
        report = site.build()
        assert "baker.md" in opened and not {"locksmith.md", "carpenter.yaml"} & {*opened}
        assert report.problems == site.problems(use_cache=False)
        if report.sound:
            assert site.files() == site.clean_build()
    assert site.build().written == 0
