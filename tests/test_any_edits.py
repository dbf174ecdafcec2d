"""Any sequence of edits, and any workers: nothing ever differs from a clean build."""

import datetime
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from rolerisk import load, reading, workers
from rolerisk.render import pool
from tests.sites import SMALL_SITE, TODAY, SiteFolder, bytes_below, role_yaml
from tests.town import EXAMPLES, Changes, own, rebuild, stats

SLUGS = ("acrobat", "baker", "carpenter", "diver", "engraver")


class Editor:
    """Edits a site of roles in files of their own, one small change at a time."""

    def __init__(self, site: SiteFolder) -> None:
        self.site = site
        self.roles: dict[str, dict[str, str]] = {}
        self.options: dict[str, object] = {}
        site.write("roles.yaml", "[]\n")
        site.remove("content/roles/locksmith.md")
        for slug in SLUGS[1:4]:
            self.add(slug, 0)

    def apply(self, edit: str, slug: str, number: int) -> None:
        getattr(self, edit)(slug if edit == "add" or slug in self.roles else self._any(), number)

    def _any(self) -> str:
        return next(iter(self.roles), "")

    def add(self, slug: str, number: int) -> None:
        self._put(slug, self.roles.get(slug, {"title": slug.title()}))

    def text(self, slug: str, number: int) -> None:
        self._put(slug, answer=f"answer: |\n  In part: {number}.[^SLUG-a]")

    def title(self, slug: str, number: int) -> None:
        self._put(slug, title=f"{slug.title()} {'ABCDEF'[number]}")

    def score(self, slug: str, number: int) -> None:
        tasks = "".join(
            f"\n  - {{task: Task {n}, share: {n}, exposure: {number * 10}-{number * 15}, why: So.}}"
            for n in (5, 10, 15)
        )
        self._put(slug, at_risk=f"at_risk:{tasks}")

    def categorise(self, slug: str, number: int) -> None:
        self._put(slug, category=f"category: {('crafts', 'building')[number % 2]}")

    def hide(self, slug: str, number: int) -> None:
        self._put(slug, status=f"status: {('draft', 'published')[number % 2]}")

    def postpone(self, slug: str, number: int) -> None:
        self._put(slug, published=f"published: 2026-{('11-02', '11-25')[number % 2]}")

    def wait(self, slug: str, number: int) -> None:
        self.options = {"today": TODAY + datetime.timedelta(days=number)}

    def move(self, slug: str, number: int) -> None:
        self.options = {**self.options, "base_url": f"https://x.example{('', '/sub')[number % 2]}"}

    def rename(self, slug: str, number: int) -> None:
        if slug:
            keys = self.roles[slug]
            self.delete(slug, number)
            new = f"{slug[:9]}-{number}"
            self._put(new, {**keys, "title": new.title()})

    def delete(self, slug: str, number: int) -> None:
        if slug:
            del self.roles[slug]
            self.site.remove(f"content/roles/{slug}.yaml")

    def damage(self, slug: str, number: int) -> None:
        paths = sorted(self.site.files())
        if paths:
            (self.site.out / paths[number * len(paths) // 6]).write_text("damaged")

    def lose(self, slug: str, number: int) -> None:
        paths = sorted(self.site.files())
        if paths:
            (self.site.out / paths[number * len(paths) // 6]).unlink()

    def template(self, slug: str, number: int) -> None:
        self.site.write("templates/partials/tasks.html", f"{TASKS}{{# {number} #}}")

    def spoil(self, slug: str, number: int) -> None:
        """Break the content; the next edit of all is to restore it."""
        self.site.write("roles.yaml", "- slug: [\n")

    def _put(self, slug: str, new: dict[str, str] | None = None, **keys: str) -> None:
        if slug:
            self.roles[slug] = {**self.roles.get(slug, {}), **(new or {}), **keys}
            record = role_yaml(slug, **self.roles[slug]).replace("SLUG", slug)
            self.site.write(f"content/roles/{slug}.yaml", record)

    def build(self) -> None:
        """Build; broken content leaves the site alone and is restored."""
        before = self.site.files()
        report = self.site.build(**self.options)
        if not report.sound:
            assert self.site.read("roles.yaml") != "[]\n", report.problems
            assert self.site.files() == before
            self.site.write("roles.yaml", "[]\n")


TASKS = (Path(__file__).parents[1] / "templates/partials/tasks.html").read_text(encoding="utf-8")
KINDS = (
    "add text title score categorise hide postpone wait move rename delete damage lose template spoil"
).split()
EDITS = st.tuples(st.sampled_from(KINDS), st.sampled_from(SLUGS), st.integers(0, 5))


@contextmanager
def edited_site() -> Iterator[Editor]:
    with tempfile.TemporaryDirectory() as folder:
        yield Editor(SiteFolder(Path(folder) / "town", SMALL_SITE))


@pytest.mark.slow
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="ROLERISK_EXAMPLES" not in os.environ,
    phases=set(Phase) - {Phase.explain},
)
@given(st.lists(EDITS, min_size=2, max_size=6))
@example(
    [("rename", "baker", 1), ("spoil", "baker", 0), ("damage", "diver", 3), ("hide", "diver", 0)]
)
@example([("delete", slug, 0) for slug in SLUGS[1:4]] + [("add", "diver", 0)])
def test_incremental_build_equals_clean_build(edits):
    with edited_site() as editor:
        editor.build()
        for edit in edits:
            editor.apply(*edit)
            editor.build()
        editor.build()
        clean = editor.site.root / "clean"
        editor.site.build(**editor.options, out=clean, use_cache=False)
        assert editor.site.files() == bytes_below(clean)


# ---- workers


@pytest.mark.slow
def test_four_workers_give_the_same_bytes_as_one(town, monkeypatch):
    before = town.files()
    monkeypatch.setattr(pool, "FEW", 0)
    monkeypatch.setattr(pool, "_BATCH", 5)
    assert rebuild(town, use_cache=False, jobs=4) == Changes(len(before), set(), set())
    assert town.files() == before
    town.edit("roles.yaml", "A baker keeps the hard part", "A baker keeps most of it")
    assert rebuild(town, jobs=4) == Changes(3, own("baker"), set())


@pytest.mark.slow
def test_workers_that_fetch_the_texts_themselves_give_the_same_bytes(town, monkeypatch):
    before = town.files()
    monkeypatch.setattr(load, "_MOST_HELD", 0)
    monkeypatch.setattr(pool, "FEW", 0)
    monkeypatch.setattr(reading, "FEW", 0)
    assert rebuild(town, use_cache=False, jobs=2) == Changes(len(before), set(), set())
    assert town.files() == before


@pytest.mark.slow
def test_workers_that_are_no_forks_give_the_same_bytes(town, monkeypatch):
    before = town.files()
    monkeypatch.setattr(workers, "_may_fork", lambda: False)
    monkeypatch.setattr(pool, "FEW", 0)
    monkeypatch.setattr(reading, "FEW", 0)
    assert rebuild(town, use_cache=False, jobs=2) == Changes(len(before), set(), set())
    assert town.files() == before


@pytest.mark.slow
@pytest.mark.parametrize("template", ["layouts/role.html", "feeds/llms.txt"])
def test_a_failure_of_a_worker_or_beside_them_is_the_build_s(town, monkeypatch, template):
    """A role's page is rendered by a worker, what lists all roles here."""
    monkeypatch.setattr(pool, "FEW", 0)
    town.write(f"templates/{template}", "{{ nobody_gives_this }}")
    old_stats = stats(town.out)
    with pytest.raises(Exception, match="nobody_gives_this"):
        town.build(use_cache=False, jobs=2)
    assert stats(town.out) == old_stats
