"""The write stage alone: folders it refuses, files it touches, files it leaves."""

import os
import shutil

import pytest

from rolerisk import write
from rolerisk.model.output import Manifest, Parts
from rolerisk.write import OutputFolderError, check_folder, on_disk, put, stage_folder
from tests.sites import role_yaml

PARTS = Parts("", {}, "")


def publish(out, texts: dict[str, str], manifest=None, orphans=()):
    """Put texts into a stage folder and publish them: the manifest, written, removed."""
    with stage_folder(out) as stage:
        rendered = [(put(stage, path, text.encode()), PARTS) for path, text in texts.items()]
        before, disk = manifest or Manifest({}), on_disk(out)
        todo = write.prepare(out, stage, rendered, {}, orphans, before, disk)
        kept, removed = write.publish(out, stage, todo, before, disk)
        return kept, len(todo.coming), removed


@pytest.fixture
def out(tmp_path):
    return tmp_path / "site"


@pytest.mark.parametrize("name", [".", "..", "/", "content", "content/x", "templates", ".git"])
def test_folders_that_hold_the_project_or_its_inputs_are_refused(tmp_path, name):
    (tmp_path / "content").mkdir()
    with pytest.raises(OutputFolderError):
        check_folder(tmp_path / name, tmp_path)


def test_a_file_is_no_output_folder(tmp_path):
    (tmp_path / "site").write_text("x")
    with pytest.raises(OutputFolderError, match="a file, not a folder"):
        check_folder(tmp_path / "site", tmp_path)


def test_a_link_is_no_output_folder(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "real")
    with pytest.raises(OutputFolderError, match="a link"):
        check_folder(tmp_path / "site", tmp_path)


@pytest.mark.parametrize("name", ["site", "public/docs", "../elsewhere"])
def test_a_folder_of_its_own_is_fine(tmp_path, name):
    check_folder(tmp_path / name, tmp_path)


def test_files_are_published_with_their_folders(out):
    _, written, removed = publish(out, {"index.html": "home", "a/b/index.html": "deep"})
    assert (written, removed) == (2, 0)
    assert (out / "a/b/index.html").read_text() == "deep"


def test_the_same_bytes_keep_their_time(out):
    manifest, _, _ = publish(out, {"index.html": "home"})
    before = (out / "index.html").stat()
    _, written, _ = publish(out, {"index.html": "home"}, manifest)
    after = (out / "index.html").stat()
    assert written == 0
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_the_same_bytes_replace_what_was_changed_by_hand(out):
    manifest, _, _ = publish(out, {"index.html": "home"})
    (out / "index.html").write_text("by hand")
    publish(out, {"index.html": "home"}, manifest)
    assert (out / "index.html").read_text() == "home"


def test_an_orphan_goes_with_the_folders_that_it_leaves_empty(out):
    manifest, _, _ = publish(out, {"index.html": "home", "a/b/index.html": "deep"})
    manifest, _, removed = publish(out, {}, manifest, ["a/b/index.html"])
    assert removed == 1
    assert sorted(p.name for p in out.rglob("*")) == ["index.html"]
    assert list(manifest.files) == ["index.html"]


def test_an_orphan_that_was_changed_by_hand_stays(out):
    manifest, _, _ = publish(out, {"a/index.html": "ours"})
    (out / "a/index.html").write_text("theirs now")
    _, _, removed = publish(out, {}, manifest, ["a/index.html"])
    assert removed == 0
    assert (out / "a/index.html").read_text() == "theirs now"


def test_a_folder_with_a_strangers_file_stays(out):
    manifest, _, _ = publish(out, {"a/index.html": "ours"})
    (out / "a/notes.txt").write_text("theirs")
    publish(out, {}, manifest, ["a/index.html"])
    assert [p.name for p in (out / "a").iterdir()] == ["notes.txt"]


def test_the_stage_folder_is_on_the_same_file_system_and_goes_away(out):
    with stage_folder(out) as stage:
        assert stage.parent == out.parent
        assert os.stat(stage).st_dev == os.stat(out.parent).st_dev
    assert not stage.exists()


def test_the_stage_folder_goes_away_after_an_error(out):
    with pytest.raises(KeyboardInterrupt), stage_folder(out) as stage:
        put(stage, "a/b", b"x")
        raise KeyboardInterrupt
    assert list(out.parent.iterdir()) == []


def test_a_file_is_whole_when_the_system_writes_it_in_pieces(out, monkeypatch):
    whole = os.write
    monkeypatch.setattr(os, "write", lambda file, data: whole(file, data[:3]))
    publish(out, {"a/index.html": "a long text", "none": ""})
    assert (out / "a/index.html").read_text() == "a long text"
    assert (out / "none").read_bytes() == b""


def test_a_file_has_the_rights_that_python_gives(out, tmp_path):
    publish(out, {"index.html": "home"})
    (tmp_path / "other").write_text("home")
    assert (out / "index.html").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_what_is_on_disk_is_told_by_paths_with_slashes(out):
    publish(out, {"index.html": "home", "a/b/index.html": "deep"})
    assert sorted(on_disk(out)) == ["a/b/index.html", "index.html"]
    assert on_disk(out)["index.html"].size == 4


def test_a_folder_that_is_not_there_is_empty(out):
    assert on_disk(out) == {}


@pytest.mark.slow
@pytest.mark.parametrize("way", ["folder", "file", "link"])
def test_what_stands_in_the_way_stops_a_build_before_it_touches_anything(site, tmp_path, way):
    site.build()
    site.edit("roles.yaml", "A baker keeps the hard part", "A baker keeps the sourdough")
    page = site.out / "roles/baker"
    shutil.rmtree(page)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    if way == "folder":
        (page / "index.html").mkdir(parents=True)
    elif way == "file":
        page.write_text("mine")
    else:
        page.symlink_to(elsewhere)
    before = site.files()
    with pytest.raises(OutputFolderError):
        site.build()
    assert site.files() == before
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("path", ["index.html", "robots.txt", "roles/baker/index.html"])
def test_a_first_build_replaces_nobody_s_file(site, path):
    (site.out / path).parent.mkdir(parents=True, exist_ok=True)
    (site.out / path).write_text("somebody's own")
    with pytest.raises(OutputFolderError, match=f"{path}: there already, and no build is known"):
        site.build()
    assert site.files() == {path: b"somebody's own"}


def test_a_later_build_replaces_nobody_s_file_either(site):
    site.build()
    (site.out / "roles/zookeeper").mkdir()
    (site.out / "roles/zookeeper/index.html").write_text("somebody's own")
    before = site.files()
    site.write("content/roles/zookeeper.yaml", role_yaml("zookeeper", "Zookeeper"))
    with pytest.raises(OutputFolderError, match=r"roles/zookeeper/index\.html: there already"):
        site.build()
    assert site.files() == before


@pytest.mark.slow
def test_a_lost_manifest_stops_no_build_of_what_our_home_page_stands_before(site):
    site.build()
    shutil.rmtree(site.root / ".cache")
    site.edit("roles.yaml", "A baker keeps the hard part", "A baker keeps the sourdough")
    (site.out / "notes.txt").write_text("somebody's own")
    assert site.build().strangers == ("notes.txt",)
    assert b"sourdough" in site.files()["roles/baker/index.html"]
    assert site.files()["notes.txt"] == b"somebody's own"


def test_the_same_bytes_are_nobody_s_loss(out):
    publish(out, {"a.txt": "same", "b.txt": "same"})
    assert publish(out, {"a.txt": "same", "b.txt": "same"})[1:] == (2, 0)
    with pytest.raises(OutputFolderError, match=r"a\.txt and 1 more: there already"):
        publish(out, {"a.txt": "other", "b.txt": "other"})
