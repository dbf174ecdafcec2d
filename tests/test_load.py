"""Load: each input file once, as text or bytes, from inside the project, with its digest."""

import os
from pathlib import Path

import pytest

from rolerisk import load as load_stage
from rolerisk.errors import InputChangedError
from rolerisk.load import load


@pytest.fixture
def project(tmp_path):
    """A project's root; beside it, in `elsewhere`, a file that is none of its business."""
    root = tmp_path / "project"
    for folder in (
        root / "content" / "roles",
        root / "templates" / "assets",
        tmp_path / "elsewhere",
    ):
        folder.mkdir(parents=True)
    (tmp_path / "elsewhere" / "secret.md").write_text("a secret")
    (root / "roles.yaml").write_text("[]")
    return root


def told(project) -> list[tuple[str, str]]:
    return [(p.rule, p.place.path) for p in load(project)[1]]


def test_files_come_in_the_order_of_their_paths(project):
    for path in ("content/b.md", "content/a.md", "content/roles/c.md", "templates/d.html"):
        (project / path).write_text(path)
    sources, problems = load(project)
    assert list(sources.files) == [
        "roles.yaml", "content/a.md", "content/b.md", "content/roles/c.md", "templates/d.html",
    ]  # fmt: skip
    assert sources.text("content/a.md") == "content/a.md"
    assert not problems


def test_a_project_without_any_files_is_empty(tmp_path):
    sources, problems = load(tmp_path)
    assert (sources.files, problems) == ({}, ())


def test_hidden_files_are_none(project):
    (project / "content" / ".DS_Store").write_bytes(b"\xff")
    assert list(load(project)[0].files) == ["roles.yaml"]


@pytest.mark.parametrize("data", [b"\xef\xbb\xbfa\nb\n", b"a\r\nb\r\n", b"a\rb\r"])
def test_bom_and_line_ends_make_no_difference_to_the_text(project, data):
    (project / "content" / "a.md").write_bytes(data)
    assert load(project)[0].text("content/a.md") == "a\nb\n"


def test_the_digest_is_that_of_the_bytes(project):
    path = project / "content" / "a.md"
    digests = []
    for data in (b"a\n", b"a\r\n", b"a\n"):
        path.write_bytes(data)
        digests.append(load(project)[0].files["content/a.md"].digest)
    assert digests[0] == digests[2] != digests[1]


def test_images_and_fonts_are_bytes(project):
    (project / "templates" / "assets" / "share.png").write_bytes(b"\x89PNG\xff")
    file = load(project)[0].files["templates/assets/share.png"]
    assert (file.data, file.text) == (b"\x89PNG\xff", "")


@pytest.mark.parametrize("name", ["photo.jpeg", "photo.PNG", "photo.gif", "photo.avif"])
def test_other_images_are_bytes_too(project, name):
    (project / "templates" / "assets" / name).write_bytes(b"\xff\xd8")
    assert told(project) == []


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [(b"\xe9", 1, 1), (b"ab\ncd\xe9", 2, 3), (b"a\r\n\r\n\xe9", 3, 1)],
)
def test_a_byte_that_is_not_utf_8_is_shown_where_it_is(project, data, line, column):
    (project / "content" / "a.md").write_bytes(data)
    (problem,) = load(project)[1]
    assert (problem.rule, problem.place.line, problem.place.column) == ("encoding", line, column)
    assert problem.message == "byte 0xE9 is not UTF-8"


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [("é".encode() + b"\xe9", 1, 2), (b"\xef\xbb\xbfab\xe9", 1, 3), (b"a\rb\xe9", 2, 2)],
    ids=["behind an accent", "behind a BOM", "behind an old line end"],
)
def test_columns_are_characters(project, data, line, column):
    (project / "content" / "a.md").write_bytes(data)
    (problem,) = load(project)[1]
    assert (problem.place.line, problem.place.column) == (line, column)
    assert problem.message == "byte 0xE9 is not UTF-8"


def test_a_link_out_of_the_project_is_not_followed(project):
    (project / "content" / "a.md").symlink_to("../../elsewhere/secret.md")
    sources, problems = load(project)
    assert "a secret" not in {file.text for file in sources.files.values()}
    assert [p.rule for p in problems] == ["foreign-link"]


def test_a_link_inside_the_project_is_followed(project):
    (project / "content" / "b.md").write_text("b")
    (project / "content" / "a.md").symlink_to("b.md")
    assert load(project)[0].text("content/a.md") == "b"


def test_a_link_to_nothing_is_told(project):
    (project / "content" / "a.md").symlink_to("gone.md")
    assert told(project) == [("unreadable", "content/a.md")]


def test_a_folder_that_leads_out_of_the_project_is_not_followed(project):
    (project / "content" / "roles").rmdir()
    (project / "content").rmdir()
    (project / "content").symlink_to("../elsewhere")
    sources, problems = load(project)
    assert "a secret" not in {file.text for file in sources.files.values()}
    assert [p.rule for p in problems] == ["foreign-link"]


@pytest.mark.parametrize("target", ["../../elsewhere", "roles"])
def test_a_linked_folder_is_not_passed_over_in_silence(project, target):
    (project / "content" / "roles" / "baker.md").write_text("bread")
    (project / "content" / "pages").symlink_to(target)
    assert told(project) or load(project)[0].text("content/pages/baker.md") == "bread"


def test_a_link_to_itself_is_told(project):
    (project / "content" / "a.md").symlink_to("a.md")
    assert told(project) == [("unreadable", "content/a.md")]


def test_a_roles_file_that_leads_nowhere_is_told(project):
    (project / "roles.yaml").unlink()
    (project / "roles.yaml").symlink_to("gone.yaml")
    assert told(project) == [("unreadable", "roles.yaml")]


def test_a_folder_where_a_file_belongs_is_told(project):
    (project / "roles.yaml").unlink()
    (project / "roles.yaml").mkdir()
    (problem,) = load(project)[1]
    assert (problem.rule, problem.message) == (
        "unreadable",
        "this cannot be read: it is a folder",
    )


def test_a_pipe_is_told_and_not_waited_for(project):
    os.mkfifo(project / "content" / "a.md")
    assert told(project) == [("unreadable", "content/a.md")]


@pytest.mark.parametrize(
    ("name", "size", "most"),
    [
        ("roles.yaml", 200_000_000, "100,000,000"),
        ("content/occupations.csv", 100_000_001, "100,000,000"),
        ("content/a.md", 1_000_001, "1,000,000"),
    ],
)
def test_a_file_without_measure_is_told_and_not_read(project, name, size, most, monkeypatch):
    (project / "roles.yaml").unlink()
    with open(project / name, "wb") as file:
        file.truncate(size)  # it takes no space on the disk
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"{path} was read"))
    (problem,) = load(project)[1]
    assert problem.rule == "file-size"
    assert problem.message == f"this file has {size:,} bytes, more than {most}"


def test_texts_of_roles_beyond_so_many_are_fetched_when_asked(site, monkeypatch):
    site.write("content/roles/baker.md", "## Introduction\n\nBread.\r\n")
    held, _ = load(site.root)
    monkeypatch.setattr(load_stage, "_MOST_HELD", 0)
    left, problems = load(site.root)
    assert problems == ()
    assert {path: file.text for path, file in left.files.items()} == {
        path: file.text for path, file in held.files.items()
    }
    site.write("content/roles/baker.md", "## Introduction\n\nCake.\n")
    with pytest.raises(InputChangedError, match=r"^content/roles/baker\.md was changed while"):
        assert left.text("content/roles/baker.md")
    assert left.text("roles.yaml") == held.text("roles.yaml")


@pytest.mark.slow
def test_a_site_whose_texts_are_not_held_is_built_to_the_same_bytes(site, monkeypatch):
    site.write(
        "content/roles/baker.md", "## Introduction\n\nBread. <!-- check: allow thin-page -->\n"
    )
    site.build()
    before, told = site.files(), site.problems()
    monkeypatch.setattr(load_stage, "_MOST_HELD", 0)
    assert site.problems(use_cache=False) == told
    site.build(use_cache=False)
    assert site.files() == before
