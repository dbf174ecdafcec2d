"""Files and folders that are not what they should be: what the command says, and what it leaves."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from build import main
from rolerisk.errors import CommandError
from tests.sites import TODAY, SiteFolder

pytestmark = pytest.mark.slow  # hundreds of cases: not between two edits


@pytest.fixture
def build(site, monkeypatch):
    """Runs `build --out …` in the site's folder; returns what it raised, or its exit code."""
    monkeypatch.chdir(site.root)

    def run(out: str) -> str | int:
        result = CliRunner().invoke(main, ["build", "--out", out, "--today", str(TODAY)])
        if isinstance(result.exception, CommandError):
            return str(result.exception)
        return result.exit_code

    return run


def _tree(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    ("out", "message"),
    [
        ("/", "/ holds the project itself: choose a folder of its own, such as site"),
        (".", ". holds the project itself: choose a folder of its own, such as site"),
        ("..", ".. holds the project itself: choose a folder of its own, such as site"),
        ("site/..", "site/.. holds the project itself: choose a folder of its own, such as site"),
        ("content", "content is inside the project's own folders"),
        ("content/roles/../new", "content/roles/../new is inside the project's own folders"),
        ("templates/x", "templates/x is inside the project's own folders"),
        ("roles.yaml", "roles.yaml is a file, not a folder"),
        ("linked", "linked is a link: give the folder itself"),
        ("dangling", "dangling is a link: give the folder itself"),
        ("linked/below", "linked/below is inside the project's own folders"),
    ],
)
def test_a_folder_that_is_not_the_builds_is_refused(site, build, out, message):
    (site.root / "linked").symlink_to("content")
    (site.root / "dangling").symlink_to("nowhere")
    before = _tree(site.root)
    assert build(out) == message
    assert _tree(site.root) == before


def test_the_site_folder_as_a_link_is_refused(site, build, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "mine.txt").write_text("mine")
    site.out.symlink_to(elsewhere)
    assert build("site") == "site is a link: give the folder itself"
    assert _tree(elsewhere) == {"mine.txt": b"mine"}


def test_a_folder_with_foreign_files_is_never_emptied(site, build):
    foreign = {
        "public/notes.txt": "mine",
        "public/roles/baker/notes.txt": "mine too",
        "public/.git/config": "a repository",
        "public/old/index.html": "an older site",
    }
    for path, text in foreign.items():
        site.write(path, text)
    assert build("public") == 0
    site.remove("content/roles/carpenter.yaml")
    assert build("public") == 0
    assert {path: site.read(path) for path in foreign} == foreign


@pytest.mark.parametrize(
    "name",
    [
        "roles.yaml",
        "content/site.yaml",
        "content/occupations.csv",
        "content/roles/carpenter.yaml",
        "content/roles/locksmith.md",
        "content/pages/about.md",
        "content/article/score.md",
        "templates/layouts/role.html",
        "templates/assets/site.css",
    ],
)
def test_a_folder_where_a_file_belongs_is_told(site, name):
    (site.root / name).unlink(missing_ok=True)
    (site.root / name).mkdir()
    assert [(p.path, p.message, p.rule) for p in site.problems()] == [
        (name, "this cannot be read: it is a folder", "unreadable")
    ]


@pytest.mark.parametrize("name", ["index.html", "roles/baker/index.html", "feed.xml"])
def test_a_folder_where_a_file_of_the_site_belongs_is_told(site, build, name):
    site.write(f"site/{name}/mine.txt", "mine")
    assert build("site") == f"site/{name} is a folder where a file of the site belongs"
    assert _tree(site.out) == {f"{name}/mine.txt": b"mine"}


@pytest.mark.parametrize("name", ["roles", "roles/baker", "assets"])
def test_a_file_where_a_folder_of_the_site_belongs_is_told(site, build, name):
    site.write(f"site/{name}", "mine")
    assert build("site") == f"site/{name} is a file where a folder of the site belongs"
    assert _tree(site.out) == {name: b"mine"}


@pytest.mark.parametrize(
    "name", ["content/pages/passwords.md", "content/roles/passwords.yaml", "templates/assets/x.css"]
)
@pytest.mark.parametrize("target", ["/etc/passwd", "/etc", "../../../../../../../etc/passwd"])
def test_a_link_out_of_the_input_is_told(site: SiteFolder, name, target):
    (site.root / name).symlink_to(target)
    assert [(p.path, p.message, p.rule) for p in site.problems()] == [
        (name, "this is a link that leads out of the project", "foreign-link")
    ]


def test_a_missing_template_is_told(site, build):
    site.remove("templates/partials/scale.html")
    assert build("site") == "templates/partials/scale.html is missing: pages are made of it"


@pytest.mark.parametrize("name", ["roles.yaml", "content/roles/baker.md", "content/tools.yaml"])
def test_a_file_of_200_mb_is_told_and_leaves_the_site_as_it_was(site, name):
    site.build()
    before = site.files()
    with open(site.root / name, "ab") as file:
        file.truncate(200_000_000)  # it takes no space on the disk
    built = site.build()
    most = "1,000,000" if name.endswith(".md") else "100,000,000"
    assert [(p.path, p.message, p.rule) for p in built.problems] == [
        (name, f"this file has 200,000,000 bytes, more than {most}", "file-size")
    ]
    assert site.files() == before


def test_a_text_of_50_mb_is_told_where_it_is(site):
    site.edit("content/roles/carpenter.yaml", "title: Carpenter", "title: " + "a" * 50_000_000)
    (problem,) = site.problems()
    assert (problem.path, problem.line, problem.column) == ("content/roles/carpenter.yaml", 2, 8)
    assert problem.message == "title has 50,000,000 characters, more than 1,000"


def test_a_pipe_among_the_input_is_told(site):
    os.mkfifo(site.root / "content/pages/pipe.md")
    (problem,) = site.problems()
    assert problem.message == "this cannot be read: it is no plain file"
