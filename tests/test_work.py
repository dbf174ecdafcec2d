"""What an edit costs, in work and not in seconds: so many renders, parses and conversions of Markdown.

A conversion is a text of a role made a fragment: its answer, tools, tasks, steps and sections.
"""

from pathlib import Path
from typing import NamedTuple

import pytest

from rolerisk import reading
from rolerisk.assemble import article, site
from rolerisk.parse import roles
from rolerisk.render.renderers import Renderers
from tests.sites import SiteFolder
from tests.test_rebuild import TOWN


class Work(NamedTuple):
    """How often each was done."""

    parses: int
    conversions: int  # of roles' texts
    renders: int


class Count:
    """Counts the work of builds from the outside, where each stage does it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.parsed: list[object] = []
        self.converted: list[object] = []
        self.of_the_site: list[object] = []
        self.rendered: list[str] = []
        self._watch(patch, reading, "parse_one", self.parsed)
        self._watch(patch, roles, "to_fragment", self.converted)
        self._watch(patch, article, "to_fragment", self.converted)
        self._watch(patch, site, "to_fragment", self.of_the_site)
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
        for seen in (self.parsed, self.converted, self.of_the_site, self.rendered):
            seen.clear()
        assert town.build().sound
        return Work(len(self.parsed), len(self.converted), len(self.rendered))


@pytest.fixture
def town(tmp_path: Path) -> SiteFolder:
    return SiteFolder(tmp_path, TOWN)


@pytest.fixture
def count(monkeypatch: pytest.MonkeyPatch) -> Count:
    return Count(monkeypatch)


BAKER_TEXTS, LOCKSMITH_TEXTS = 19, 20  # the locksmith's own narrative has a section more


def test_a_first_build_reads_each_role_once(town, count):
    assert count.of(town) == Work(4, 3 * BAKER_TEXTS + LOCKSMITH_TEXTS, len(town.files()))
    assert len(set(count.rendered)) == len(count.rendered)


def test_nothing_changed_is_no_work(town, count):
    count.of(town)
    assert count.of(town) == Work(0, 0, 0)
    assert count.of_the_site == []


@pytest.mark.parametrize(
    ("path", "old", "new", "work"),
    [
        ("roles.yaml", "A baker keeps the hard", "A baker keeps a", Work(1, BAKER_TEXTS, 3)),
        ("content/roles/locksmith.md", "Little of", "Some of", Work(1, LOCKSMITH_TEXTS, 3)),
        ("roles.yaml", "exposure: 60-80", "exposure: 20-30", Work(1, LOCKSMITH_TEXTS, 17)),
        ("templates/partials/scale.html", "</svg>", "</svg><!-- -->", Work(0, 0, 4)),
        ("templates/layouts/base.html", "</body>", "<!-- --></body>", Work(0, 0, 19)),
    ],
    ids=["text", "narrative", "score", "partial", "frame"],
)
def test_an_edit_costs_its_own_work(town, count, path, old, new, work):
    """A text: its page, data and Markdown. A score: also neighbours, hub, tools, lists and rankings."""
    count.of(town)
    town.edit(path, old, new, count=1)
    assert count.of(town) == work
    assert len(count.of_the_site) == 13  # tables and pages are converted by every build
