"""`split` and `join`: the site stays the same, byte for byte; comments move with their roles."""

import shutil

import pytest

from rolerisk.edit.changes import EditError, apply
from rolerisk.edit.split import join, split
from rolerisk.load import load
from tests.sites import PROJECT, TODAY, SiteFolder, as_entry, role_yaml

COMMENTED = f"""\
# yaml-language-server: $schema=./roles.schema.json
# All of them.

# about the locksmith
{as_entry(role_yaml("locksmith", "Locksmith"))}  # at the end of the locksmith

# between

# about the baker
# in two lines
{as_entry(role_yaml("baker", "Baker")).replace("- slug: baker", "-   # odd" + chr(10) + "  slug: baker  # behind")}# last
"""


@pytest.fixture
def commented(site):
    site.write("roles.yaml", COMMENTED)
    assert site.build().problems == ()
    return site


def do_split(site, *slugs):
    apply(site.root, changes := split(site.root, load(site.root)[0], slugs))
    return changes


def do_join(site, *slugs):
    apply(site.root, changes := join(load(site.root)[0], slugs))
    return changes


@pytest.mark.slow
def test_the_site_stays_as_it_is_there_and_back(commented):
    before = commented.files()
    do_split(commented)
    assert commented.build().problems == () and commented.files() == before
    assert commented.clean_build() == before
    assert set(do_join(commented).removed) == {
        f"content/roles/{slug}.yaml" for slug in ("baker", "carpenter", "locksmith")
    }
    assert commented.build().problems == () and commented.files() == before
    assert commented.clean_build() == before


def test_comments_move_with_their_roles(commented):
    do_split(commented)
    head = "# yaml-language-server: $schema=../../schemas/role.schema.json\n"
    locksmith = commented.read("content/roles/locksmith.yaml")
    assert locksmith.startswith(f"{head}# about the locksmith\nslug: locksmith\ntitle:")
    assert locksmith.endswith("# at the end of the locksmith\n\n# between\n")
    baker = commented.read("content/roles/baker.yaml")
    assert baker.startswith(
        f"{head}# about the baker\n# in two lines\n# odd\nslug: baker  # behind\ntitle:"
    )
    assert baker.endswith("# last\n")
    assert commented.read("roles.yaml") == (
        "# yaml-language-server: $schema=./roles.schema.json\n# All of them.\n\n[]\n"
    )


def test_single_roles_move_and_the_others_stay_as_they_are_written(commented):
    do_split(commented, "locksmith")
    rest = COMMENTED.partition("# about the baker")[2]
    assert commented.read("roles.yaml").endswith(f"# All of them.\n\n# about the baker{rest}")
    own = commented.read("content/roles/locksmith.yaml")
    do_join(commented, "locksmith")
    assert not (commented.root / "content/roles/locksmith.yaml").exists()
    assert (commented.root / "content/roles/carpenter.yaml").exists()
    do_split(commented, "locksmith")
    assert commented.read("content/roles/locksmith.yaml") == own


def test_without_roles_yaml_join_begins_one(site):
    do_split(site)
    site.remove("roles.yaml")
    do_join(site)
    assert site.read("roles.yaml").startswith(
        "# yaml-language-server: $schema=./roles.schema.json\n- "
    )
    assert site.problems() == ()


def test_nothing_to_do_is_no_change(site):
    do_split(site)
    assert split(site.root, load(site.root)[0]).texts == {}
    do_join(site)
    assert join(load(site.root)[0]).texts == {}


def refused(site, do, *slugs):
    before = {p: p.read_bytes() for p in site.root.rglob("*") if p.is_file()}
    with pytest.raises(EditError) as caught:
        do(site, *slugs)
    assert {p: p.read_bytes() for p in site.root.rglob("*") if p.is_file()} == before
    return str(caught.value)


def test_a_file_in_the_way_is_not_overwritten(site):
    site.write("content/roles/baker.yaml", "slug: other\n")
    assert "content/roles/baker.yaml exists" in refused(site, do_split)


def test_a_role_in_both_places_is_refused(site):
    site.write("content/roles/x.yaml", role_yaml("baker", "Baker"))
    assert "has that role already" in refused(site, do_join, "baker")


@pytest.mark.parametrize("do", [do_split, do_join])
def test_an_unknown_role_is_refused_with_a_hint(site, do):
    known = "bakre" if do is do_split else "carpentre"
    assert "did you mean" in refused(site, do, known)


def test_roles_written_another_way_are_refused(site):
    site.write("roles.yaml", "[{slug: a}, {slug: b}]\n")
    assert "not written as a list" in refused(site, do_split)
    assert "not written as a list" in refused(site, do_join)


@pytest.mark.slow
def test_the_shipped_site_stays_as_it_is(tmp_path):
    site = SiteFolder(tmp_path, "")
    shutil.copytree(PROJECT / "content", site.root / "content")
    shutil.copyfile(PROJECT / "roles.yaml", site.root / "roles.yaml")
    site.edit("content/site.yaml", "cards: true", "cards: false")
    site.edit("content/site.yaml", "search: true", "search: false")
    options = {"today": TODAY.replace(year=2027), "jobs": 2}
    site.build(**options)
    before = site.files()
    do_split(site)
    site.build(**options, use_cache=False)
    assert site.files() == before and len(before) > 300
