"""What an edit costs, in work and not in seconds: so many parses, conversions, plans and renders.

A conversion is a text of a role made a fragment: its answer, tools, tasks, steps and sections. A plan
is that of all files of a role, or of a tool.
"""

import gc
from pathlib import Path
from typing import NamedTuple

import pytest

from rolerisk import reading
from rolerisk.assemble import article, pages
from rolerisk.content import check_content
from rolerisk.load import load
from rolerisk.model.output import Family, Output
from rolerisk.parse import roles
from rolerisk.plan import stale
from rolerisk.plan.outputs import outputs
from rolerisk.render.renderers import Renderers
from rolerisk.store.readings import Memory
from rolerisk.surroundings import read_surroundings
from tests.sites import SiteFolder
from tests.town import TOWN


class Work(NamedTuple):
    """How often each was done."""

    parses: int
    conversions: int  # of roles' texts
    plans: int
    renders: int


class Count:
    """Counts the work of builds from the outside, where each stage does it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.parsed: list[object] = []
        self.converted: list[object] = []
        self.of_pages: list[object] = []
        self.planned: list[object] = []
        self.rendered: list[str] = []
        self._watch(patch, reading, "parse_one", self.parsed)
        self._watch(patch, roles, "to_fragment", self.converted)
        self._watch(patch, article, "to_fragment", self.converted)
        self._watch(patch, pages, "to_fragment", self.of_pages)
        self._watch(patch, stale, "made", self.planned)
        render = Renderers.render
        patch.setattr(
            Renderers,
            "render",
            lambda self_, output: self.rendered.append(output.path) or render(self_, output),
        )

    @staticmethod
    def _watch(patch: pytest.MonkeyPatch, module: object, name: str, seen: list[object]) -> None:
        real = getattr(module, name)
        patch.setattr(module, name, lambda given: seen.append(given) or real(given))

    def of(self, town: SiteFolder) -> Work:
        """The work of the next build."""
        for seen in (self.parsed, self.converted, self.of_pages, self.planned, self.rendered):
            seen.clear()
        assert town.build().sound
        plans = sum(isinstance(item, Family) for item in self.planned)
        return Work(len(self.parsed), len(self.converted), plans, len(self.rendered))


@pytest.fixture
def town(tmp_path: Path) -> SiteFolder:
    return SiteFolder(tmp_path, TOWN)


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Count:
    return Count(monkeypatch)


BAKER_TEXTS, LOCKSMITH_TEXTS = 19, 20  # the locksmith's own narrative has a section more


def test_a_first_build_reads_each_role_once(town, count):
    """What it plans of roles is made where it is rendered, and not counted: three tools are."""
    assert count.of(town) == Work(4, 3 * BAKER_TEXTS + LOCKSMITH_TEXTS, 3, len(town.files()))
    assert len(set(count.rendered)) == len(count.rendered)


def test_nothing_changed_is_no_work(town, count):
    count.of(town)
    assert count.of(town) == Work(0, 0, 0, 0)
    assert count.of_pages == []


@pytest.mark.parametrize(
    ("path", "old", "new", "work"),
    [
        ("roles.yaml", "A baker keeps the hard", "A baker keeps a", Work(1, BAKER_TEXTS, 4, 3)),
        ("content/roles/locksmith.md", "Little of", "Some of", Work(1, LOCKSMITH_TEXTS, 4, 3)),
        ("roles.yaml", "exposure: 60-80", "exposure: 20-30", Work(1, LOCKSMITH_TEXTS, 6, 17)),
        ("templates/partials/scale.html", "</svg>", "</svg><!-- -->", Work(0, 0, 4, 4)),
        ("templates/layouts/base.html", "</body>", "<!-- --></body>", Work(0, 0, 7, 19)),
    ],
    ids=["text", "narrative", "score", "partial", "frame"],
)
def test_an_edit_costs_its_own_work(town, count, path, old, new, work):
    """A text: its page, data and Markdown. A score: also neighbours, hub, tools, lists and rankings."""
    count.of(town)
    town.edit(path, old, new, count=1)
    assert count.of(town) == work
    assert count.of_pages == []  # they are converted when they, or the tables, change


def test_a_family_whose_values_change_is_planned_once(town, count):
    """A key of site.yaml that no page of a role shows: planned, found fresh, and noted."""
    count.of(town)
    town.edit("content/site.yaml", "score:\n", "review: {warn_after_days: 99}\nscore:\n", count=1)
    first = count.of(town)
    town.edit("content/roles/locksmith.md", "Little of", "Some of")
    assert (first.plans, count.of(town).plans) == (7, 4)


def test_a_family_has_the_files_that_it_names(town):
    site = check_content(town.settings()).site
    families = [item for item in outputs(site) if isinstance(item, Family)]
    assert len(families) == 7
    for family in families:
        assert family.members == tuple((o.path, o.renderer) for o in family.make())


def test_surroundings_are_kept_as_they_were_read(town):
    """What a later build goes on from is equal to what it would read itself."""
    source = (
        "{id: census, title: Census, publisher: Office, url: 'https://example.org', date: 2024-05}"
    )
    town.write("content/sources.yaml", f"- {source}\n")
    town.build()
    sources, _ = load(town.root)
    kept = Memory(town.root / ".cache", remember=True)
    fresh = read_surroundings(sources, None, Memory(town.root / "nothing", remember=False))
    assert kept.surroundings == fresh
    assert fresh.tables
    assert fresh.pages


def test_other_surroundings_are_read_anew(town, count):
    count.of(town)
    town.edit("content/categories.yaml", "name: ", "name: The ", count=1)
    count.of(town)
    assert len(count.of_pages) == 3


def test_what_is_rendered_leaves_no_cycles(town, monkeypatch):
    """So memory stays where it is while the collector is off (rolerisk/collector.py)."""
    left: dict[str, int] = {}
    render = Renderers.render

    def watched(renderers: Renderers, output: Output) -> bytes:
        data = render(renderers, output)
        if output.renderer not in left:
            gc.collect()
            gc.freeze()  # what is there already is not looked through again
            render(renderers, output)
            left[output.renderer] = gc.collect()
        return data

    monkeypatch.setattr(Renderers, "render", watched)
    try:
        assert town.build().sound
    finally:
        gc.unfreeze()
    assert {"role.html", "role.md", "badge.svg", "roles.html", "hub.html"} <= left.keys()
    assert {renderer: count for renderer, count in left.items() if count} == {}
