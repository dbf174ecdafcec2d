"""Neighbours: those an editor named, else the nearest by tools, category and task words."""

import pytest
from msgspec.structs import replace

from rolerisk.assemble import related
from rolerisk.assemble.related import MOST, find_neighbours, related_roles
from rolerisk.content import check_content
from rolerisk.model.neighbours import Neighbours
from tests.sites import SiteFolder, role_yaml


def add(site: SiteFolder, slug: str, **keys: str) -> None:
    site.write(f"content/roles/{slug}.yaml", role_yaml(slug, slug.title(), **keys))


def neighbours(site: SiteFolder, slug: str) -> list[str]:
    checked = check_content(site.settings())
    return [item.card.slug for item in checked.site.related[slug]]


def test_all_of_a_small_site_are_neighbours_of_each_other(site):
    assert neighbours(site, "baker") == ["locksmith", "carpenter"]


def test_the_same_category_comes_before_another(site):
    add(site, "plumber", category="category: building")
    assert neighbours(site, "carpenter")[0] == "plumber"


def test_equals_come_in_the_order_of_the_alphabet(site):
    add(site, "zookeeper")
    add(site, "acrobat")
    assert neighbours(site, "baker") == ["acrobat", "locksmith", "zookeeper", "carpenter"]


def test_there_are_at_most_five(site):
    for slug in ("acrobat", "diver", "potter", "roofer", "tailor"):
        add(site, slug)
    assert len(neighbours(site, "baker")) == MOST == 5


def test_what_an_editor_names_is_taken_as_it_stands(site):
    add(site, "diver", related="related: [locksmith, carpenter]")
    assert neighbours(site, "diver") == ["locksmith", "carpenter"]


def test_nobody_is_its_own_neighbour(site):
    add(site, "diver", related="related: [diver, baker]")
    assert neighbours(site, "diver") == ["baker"]


def test_an_empty_list_means_none(site):
    add(site, "diver", related="related: []")
    assert neighbours(site, "diver") == []


def test_a_named_draft_is_left_out(site):
    add(site, "diver", related="related: [potter, baker]")
    add(site, "potter", status="status: draft")
    assert neighbours(site, "diver") == ["baker"]


def test_drafts_are_nobodys_neighbours(site):
    add(site, "potter", status="status: draft")
    assert "potter" not in neighbours(site, "baker")


def test_what_everybody_shares_leaves_nobody_alone(site):
    """Sixty roles with the same tools and words: these say nothing, the category still does."""
    baker = next(r for r in check_content(site.settings()).site.roles if r.slug == "baker")
    many = tuple(replace(baker, card=replace(baker.card, slug=f"baker-{n:02}")) for n in range(60))
    found_of = related_roles(many, find_neighbours(many, Neighbours()))
    assert {len(found) for found in found_of.values()} == {MOST}
    assert all(slug not in {r.card.slug for r in found} for slug, found in found_of.items())


def test_roles_say_what_they_have_in_common(site):
    checked = check_content(site.settings())
    nearest = checked.site.related["baker"][0]
    assert nearest.shared_tools == ("Alpha", "Beta", "Gamma")
    assert "Sorting orders" in nearest.shared_tasks


@pytest.mark.slow
def test_neighbours_are_found_again_only_when_what_they_share_changes(site, monkeypatch):
    asked = []
    find = related._Index.nearest
    monkeypatch.setattr(related._Index, "nearest", lambda *args: asked.append(1) or find(*args))
    site.build()
    assert len(asked) == 3
    site.edit("roles.yaml", "exposure: 60-80", "exposure: 60-90")
    site.edit("content/roles/locksmith.md", "one more lock", "two more locks")
    site.build()
    assert len(asked) == 3
    for old, new in (
        ("task: Sorting orders", "task: Counting orders"),
        ("title: Baker", "title: Confectioner"),
        ("category: crafts", "category: building"),
        ("  slug: baker\n", "  slug: baker\n  related: [carpenter]\n"),
    ):
        asked.clear()
        site.edit("roles.yaml", old.strip(" "), new.strip(" "), count=1)
        site.build()
        assert asked
    assert site.files() == site.clean_build()
