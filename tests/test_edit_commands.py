"""`fmt`, `rename`, `split`, `join` as commands: exit codes, what they say, and that refusals write nothing."""

import pytest
from click.testing import CliRunner

import build


@pytest.fixture
def run(site, monkeypatch):
    """Run a command in the site's folder."""
    monkeypatch.chdir(site.root)

    def command(*words):
        return CliRunner().invoke(build.main, words, catch_exceptions=False)

    return command


def contents(site):
    return {p: p.read_bytes() for p in sorted(site.root.rglob("*")) if p.is_file()}


@pytest.mark.slow
def test_fmt_says_what_it_wrote_and_then_has_nothing_to_do(run, site):
    run("fmt")
    site.edit("content/tools.yaml", "- name: Alpha", "-  name:  Alpha")
    site.edit("content/tools.yaml", "  maker: Alpha", "   maker: Alpha")
    for line in ("url", "kind", "summary", "about", "updated"):
        site.edit("content/tools.yaml", f"  {line}:", f"   {line}:", count=1)
    before = contents(site)
    checked = run("fmt", "--check")
    assert (checked.exit_code, checked.stdout) == (1, "would rewrite content/tools.yaml\n")
    assert contents(site) == before
    ran = run("fmt")
    assert (ran.exit_code, ran.stdout) == (0, "wrote content/tools.yaml\n")
    ran = run("fmt", "--check")
    assert (ran.exit_code, ran.stdout) == (0, "every file has its canonical form\n")


@pytest.mark.slow
def test_fmt_names_what_it_leaves_alone_and_writes_the_rest(run, site):
    run("fmt")
    broken, commented = "a: [b\n", "a: {b: 1, # why\n  c: 2}\n"
    site.write("content/roles/x.yaml", broken)
    site.write("content/roles/y.yaml", commented)
    site.write("content/roles/locksmith.md", "## Introduction\nWords.")
    ran = run("fmt")
    assert ran.exit_code == 1 and ran.stdout == "wrote content/roles/locksmith.md\n"
    assert "content/roles/x.yaml:1:4: the bracket that opens here" in ran.stderr
    assert "content/roles/y.yaml:1:1: left as it is: the comment '# why'" in ran.stderr
    assert site.read("content/roles/x.yaml") == broken
    assert site.read("content/roles/y.yaml") == commented


def test_fmt_of_single_files_leaves_the_others_alone(run, site):
    site.write("content/roles/locksmith.md", "## Introduction\nWords.")
    site.write("content/pages/about.md", site.read("content/pages/about.md") + "\n\n\n")
    ran = run("fmt", "./content/roles/locksmith.md")
    assert (ran.exit_code, ran.stdout) == (0, "wrote content/roles/locksmith.md\n")
    assert run("fmt", "content/nothing.yaml").exit_code == 2
    assert run("fmt", "templates/assets/site.css").exit_code == 2


def test_rename_split_and_join_say_what_they_wrote(run, site):
    ran = run("rename", "carpenter", "joiner")
    assert ran.stdout == "wrote content/roles/joiner.yaml\nremoved content/roles/carpenter.yaml\n"
    ran = run("split", "baker")
    assert ran.stdout == "wrote content/roles/baker.yaml\nwrote roles.yaml\n"
    ran = run("join", "baker", "joiner")
    assert ran.stdout == (
        "wrote roles.yaml\nremoved content/roles/baker.yaml\nremoved content/roles/joiner.yaml\n"
    )
    assert run("join").stdout == "no role has a file of its own: nothing to join\n"
    assert site.problems() == ()


@pytest.mark.parametrize("words", [("rename", "carpenter", "joiner"), ("split",), ("join",)])
def test_content_that_cannot_be_read_is_told_and_nothing_is_written(run, site, words):
    site.write("content/categories.yaml", "- id: [crafts\n")
    before = contents(site)
    ran = run(*words)
    assert ran.exit_code == 1 and "content/categories.yaml:1:7: the bracket" in ran.stderr
    assert contents(site) == before
