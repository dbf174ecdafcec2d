"""`rename`: the slug everywhere it stands, nothing else; the old address leads on."""

import pytest

from rolerisk.edit.changes import EditError, apply, refuse_unreadable
from rolerisk.edit.rename import rename
from rolerisk.load import load
from rolerisk.settings import UnsoundError
from tests.sites import role_yaml

LINKED = """\
# first
slug: plumber # its address
title: Plumber
category: building
"""
REST = role_yaml("plumber", "Plumber").partition("category: crafts\n")[2]


@pytest.fixture
def linked(site):
    """The small site, with a plumber to whom everything refers that can."""
    site.write("content/roles/plumber.yaml", LINKED + REST)
    site.write("content/roles/plumber.md", "## Introduction\n\nSee [tasks](#tasks-at-risk).\n")
    site.edit(
        "content/roles/carpenter.yaml",
        "title: Carpenter",
        "title: Carpenter\nrelated:\n  - plumber  # neighbors\n  - baker",
    )
    site.edit("roles.yaml", "  title: Baker", "  title: Baker\n  related: [locksmith, plumber]")
    site.edit(
        "content/roles/locksmith.md",
        "Little of it",
        "[A](/roles/plumber/) [b](../plumber/#score 'x') [c](https://x.example/roles/plumber/)\n[d]. plumber /roles/plumbers/ Little\n\n[d]: /roles/plumber/#steps\n\nof it",
    )
    site.edit(
        "content/pages/about.md",
        "[all roles](/roles/)",
        "[one](../roles/plumber/?a=b) and [all roles](/roles/)",
    )
    site.edit("content/tools.yaml", "Beta drafts. It", "Beta [drafts](/roles/plumber/). It")
    site.write(
        "content/site.yaml",
        site.read("content/site.yaml") + "moved: [{from: /old/, to: /roles/plumber/}]\n",
    )
    assert site.problems() == ()
    return site


def renamed(site, old, new):
    changes = rename(site.root, load(site.root)[0], old, new)
    apply(site.root, changes)
    return changes


@pytest.mark.slow
def test_after_it_everything_leads_to_the_new_page(linked):
    assert linked.build().sound
    before = {path: linked.read(path) for path in ("content/roles/locksmith.md", "roles.yaml")}
    changes = renamed(linked, "plumber", "pipe-fitter")
    assert linked.problems() == ()
    assert linked.build().sound
    assert "/roles/pipe-fitter/" in (linked.out / "roles/plumber/index.html").read_text()
    assert (linked.out / "roles/pipe-fitter/index.html").exists()
    assert set(changes.removed) == {"content/roles/plumber.yaml", "content/roles/plumber.md"}
    assert set(changes.texts) == {
        "content/roles/pipe-fitter.yaml", "content/roles/pipe-fitter.md", "content/roles/carpenter.yaml",
        "roles.yaml", "content/roles/locksmith.md", "content/pages/about.md", "content/tools.yaml",
        "content/site.yaml",
    }  # fmt: skip
    now = linked.read("content/roles/locksmith.md")
    kept = ("https://x.example/roles/plumber/", ". plumber /roles/plumbers/")
    assert all(text in now for text in kept)
    assert now.replace("/pipe-fitter/", "/plumber/") == before["content/roles/locksmith.md"]
    assert linked.read("roles.yaml").replace("pipe-fitter", "plumber") == before["roles.yaml"]
    assert "  - pipe-fitter  # neighbors\n" in linked.read("content/roles/carpenter.yaml")


def test_the_record_changes_in_two_lines(linked):
    renamed(linked, "plumber", "pipe-fitter")
    expected = "# first\nslug: pipe-fitter # its address\naliases: [plumber]\ntitle: Plumber\n"
    assert linked.read("content/roles/pipe-fitter.yaml").startswith(expected)


def test_there_and_back_leaves_no_loop(linked):
    renamed(linked, "plumber", "pipe-fitter")
    renamed(linked, "pipe-fitter", "plumber")
    assert "aliases: [pipe-fitter]\n" in linked.read("content/roles/plumber.yaml")
    assert linked.problems() == ()


@pytest.mark.parametrize(
    ("aliases", "after"),
    [
        ("aliases: [fixer]", "aliases: [fixer, carpenter]"),
        ("aliases: [fixer, ]  # old", "aliases: [fixer, carpenter, ]  # old"),
        ("aliases:\n  - fixer # old\nnoun: x", "aliases:\n  - fixer # old\n  - carpenter\nnoun: x"),
        ("aliases:\n- fixer", "aliases:\n- fixer\n- carpenter"),
        ("aliases: []", "aliases: [carpenter]"),
        ("aliases:\nnoun: x", "aliases: [carpenter]\nnoun: x"),
    ],
)
def test_the_alias_joins_those_that_there_are(site, aliases, after):
    site.edit("content/roles/carpenter.yaml", "title: Carpenter", f"title: Carpenter\n{aliases}")
    renamed(site, "carpenter", "joiner")
    assert f"title: Carpenter\n{after}\n" in site.read("content/roles/joiner.yaml")
    assert site.problems() == ()


def test_a_role_in_roles_yaml_and_one_in_braces(site):
    renamed(site, "baker", "pastry-cook")
    assert "- slug: pastry-cook\n  aliases: [baker]\n  title: Baker\n" in site.read("roles.yaml")
    site.write("content/roles/x.yaml", "{slug: x, title: X}\n")
    renamed(site, "x", "y")
    assert site.read("content/roles/y.yaml") == "{slug: y, aliases: [x], title: X}\n"


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("carpenter", "baker", "already"),
        ("carpenter", "carpenter", "already"),
        ("carpenter", "Joiner", "not a slug"),
        ("carpenter", "con", "a device name on Windows"),
        ("carpentre", "joiner", "did you mean carpenter"),
        ("fixer", "joiner", "it is an alias of baker"),
        ("carpenter", "gone-one", "moved"),
        ("carpenter", "fixer", "alias of the role 'baker'"),
        ("locksmith", "taken", "exists already"),
    ],
)
def test_what_would_overwrite_or_lead_nowhere_is_refused(site, old, new, why):
    site.edit("roles.yaml", "  title: Baker", "  title: Baker\n  aliases: [fixer]")
    site.write("content/site.yaml", site.read("content/site.yaml") + "gone: [/roles/gone-one/]\n")
    site.write("content/roles/taken.md", "## Introduction\n")
    with pytest.raises(EditError, match=why):
        rename(site.root, load(site.root)[0], old, new)


def test_content_that_cannot_be_read_is_refused(site):
    site.write("content/categories.yaml", "- id: [crafts\n")
    (site.root / "content/pages/bad.md").write_bytes(b"\xff")
    with pytest.raises(UnsoundError) as caught:
        refuse_unreadable(*load(site.root))
    assert {p.path for p in caught.value.args[0]} == {
        "content/categories.yaml",
        "content/pages/bad.md",
    }
