"""Builds that fail, or that must: the site stays as it was, and nothing outside of it is touched."""

import sys
from pathlib import Path

import pytest

from rolerisk.errors import InterruptedWriteError
from tests.sites import role_yaml
from tests.town import CARPENTER, DIVER, MARK, NOTHING, page, rebuild, stats


def everything_below(root: Path) -> dict[str, bytes | None]:
    """Every path below a folder, with the bytes of files."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(root.rglob("*"))
    }


def test_a_problem_in_the_content_leaves_the_site_as_it_was(town):
    town.edit(CARPENTER, "title: Carpenter", "title: Joiner")
    town.edit(DIVER, "exposure: 60-80", "exposure: 60-800")
    before, old_stats = town.files(), stats(town.out)
    report = town.build()
    assert not report.sound
    assert (report.written, report.removed) == (0, 0)
    assert (town.files(), stats(town.out)) == (before, old_stats)


def test_a_template_that_fails_late_leaves_the_site_as_it_was(town):
    town.edit(CARPENTER, "title: Carpenter", "title: Joiner")
    town.write("templates/feeds/llms.txt", "{{ nobody_gives_this }}")
    before, old_stats = everything_below(town.root), stats(town.out)
    with pytest.raises(Exception, match="nobody_gives_this"):
        town.build()
    assert {path for path in everything_below(town.root) if "stage" in path} == set()
    assert stats(town.out) == old_stats
    assert {p: d for p, d in everything_below(town.root).items() if p.startswith("site")} == {
        p: d for p, d in before.items() if p.startswith("site")
    }


def test_a_full_disk_while_rendering_leaves_the_site_as_it_was(town, monkeypatch):
    town.edit("templates/layouts/base.html", "</body>", f"{MARK}</body>")
    old_stats = stats(town.out)
    monkeypatch.setattr("rolerisk.write.put", _failing_after("rolerisk.write.put", 5))
    with pytest.raises(OSError, match="disk full"):
        town.build()
    assert stats(town.out) == old_stats
    assert list(town.root.glob(".*-stage-*")) == []


def test_a_build_that_is_stopped_while_it_publishes_is_repaired_by_the_next(town, monkeypatch):
    town.edit("templates/layouts/base.html", "</body>", f"{MARK}</body>")
    with monkeypatch.context() as patch:
        patch.setattr("os.replace", _failing_after("os.replace", 7))
        with pytest.raises(InterruptedWriteError, match="disk full: part of the site is new"):
            town.build()
    rebuild(town)
    assert town.files() == town.clean_build()


def test_what_a_stopped_build_had_put_into_place_is_known_as_ours(town, monkeypatch):
    """The role that came with it is taken back before the next build: nothing of it stays."""
    before = town.files()
    town.write("content/roles/acrobat.yaml", role_yaml("acrobat", "Acrobat"))
    with monkeypatch.context() as patch:
        patch.setattr("rolerisk.publishing._note", _failing_after("rolerisk.publishing._note", 0))
        with pytest.raises(OSError, match="disk full"):
            town.build()
    assert page("acrobat") in town.files()
    town.remove("content/roles/acrobat.yaml")
    rebuild(town)
    assert town.files() == before
    assert rebuild(town) == NOTHING


def _failing_after(name: str, calls: int):
    """A function that works a few times and then has no room left."""
    module, _, attribute = name.rpartition(".")
    real, left = getattr(sys.modules[module], attribute), [calls]

    def failing(*args: object, **options: object) -> object:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "disk full")
        return real(*args, **options)

    return failing


# ---- what must not be built


@pytest.mark.parametrize(
    "old",
    [
        "/roles/baker",
        "/roles/baker/index.json",
        "/sitemap.xml/",
        "/../../outside/",
        "/old/, to: /about/}\n  - {from: /old",
    ],
)
def test_a_redirect_over_a_file_of_the_site_or_out_of_it_is_a_problem(town, old):
    """Not a crash in the middle of publishing, and never a file outside of the output folder."""
    moved = f"moved:\n  - {{from: {old}, to: /about/}}\n"
    town.edit("content/site.yaml", "features:", f"{moved}features:")
    around = {path.name for path in town.root.parent.iterdir()}
    assert not town.build().sound
    assert {path.name for path in town.root.parent.iterdir()} == around


@pytest.mark.parametrize("stem", ["Our Page", "über", "con", "our.page"])
def test_a_page_s_file_name_is_a_slug(town, stem):
    """It becomes the page's address, and a file on every system."""
    text = town.read("content/pages/about.md").replace("About", "Our own")
    town.write(f"content/pages/{stem}.md", text)
    assert not town.build().sound


@pytest.mark.parametrize("stem", ["roles", "tools", "data"])
def test_a_page_at_an_address_of_the_site_s_own_is_a_problem(town, stem):
    text = town.read("content/pages/about.md").replace("About", "Our own")
    town.write(f"content/pages/{stem}.md", text)
    assert not town.build().sound


@pytest.mark.parametrize("name", ["al-pha", "通义千问"])
def test_a_tool_without_an_address_of_its_own_is_a_problem(town, name):
    """Two names of one slug, and a name without a letter or digit that a slug can have."""
    tools = town.read("content/tools.yaml")
    town.write(
        "content/tools.yaml",
        tools
        + tools.partition("- name: Beta")[0]
        .replace("Alpha", "Al Pha")
        .replace("Al Pha drafts t", "Al drafts t"),
    )
    town.edit("content/tools.yaml", "name: Beta", f"name: {name}")
    for path in ("roles.yaml", CARPENTER, DIVER):
        town.edit(path, "tool: Beta", f"tool: {name}")
        town.edit(path, "tool: Alpha", "tool: Al Pha")
    assert not town.build().sound
