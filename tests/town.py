"""A town of four roles, built, edited and built again: what a build did, told from the files themselves."""

import os
import re
import shutil
from pathlib import Path
from typing import NamedTuple

from tests.sites import SMALL_SITE, SiteFolder, role_yaml

# Of its four roles only the diver, who names his neighbour, does not show all the others.
TOWN = f"""{SMALL_SITE}-- content/roles/diver.yaml --
{role_yaml("diver", "Diver", related="related: [carpenter]")}"""
ROLES = ("baker", "carpenter", "diver", "locksmith")
LISTS = {
    "index.html",
    "roles/index.html",
    "rankings/most-exposed/index.html",
    "rankings/most-durable/index.html",
}
TOOL_PAGES = {f"tools/{name}/index.html" for name in ("alpha", "beta", "gamma")}
DATA = {"data/roles.json", "data/roles.csv"}
CARPENTER = "content/roles/carpenter.yaml"
DIVER = "content/roles/diver.yaml"
MARK = "<!-- edited -->"
EXAMPLES = int(os.environ.get("ROLERISK_EXAMPLES", "3"))  # of edits, and of damaged caches


class Changes(NamedTuple):
    """What a build did: how many outputs it rendered, which files it wrote and removed."""

    rendered: int
    written: set[str]
    removed: set[str]


NOTHING = Changes(0, set(), set())


def rebuild(site: SiteFolder, **options: object) -> Changes:
    """Build, and tell what happened from the files themselves; the report must agree."""
    before = stats(site.out)
    report = site.build(**options)
    assert report.sound, report.problems
    after = stats(site.out)
    written = {path for path, stat in after.items() if before.get(path) != stat}
    removed = before.keys() - after.keys()
    assert (report.written, report.removed) == (len(written), len(removed))
    return Changes(report.rendered, written, removed)


def stats(folder: Path) -> dict[str, tuple[int, int]]:
    return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in _stat_below(folder).items()}


def _stat_below(folder: Path) -> dict[str, os.stat_result]:
    return {
        os.path.relpath(path := os.path.join(parent, name), folder): os.stat(path)
        for parent, _, names in os.walk(folder)
        for name in names
    }


def page(slug: str) -> str:
    return f"roles/{slug}/index.html"


def own(slug: str) -> set[str]:
    """A role's page, its data and its text: what quotes the record."""
    return {page(slug), f"roles/{slug}/index.json", f"roles/{slug}/index.md"}


def everything(slug: str) -> set[str]:
    """All files of a role; the badge shows its title and score. This town has no share images."""
    return {*own(slug), f"roles/{slug}/badge.svg"}


def html_pages(site: SiteFolder) -> set[str]:
    """All pages with the site's frame: redirect stubs have none."""
    return {
        path
        for path, data in site.files().items()
        if path.endswith(".html") and b'http-equiv="refresh"' not in data
    }


def restore(place: Path, copy: Path) -> None:
    """Make a folder what its copy is, with the times of its files; most are what they were."""
    was, now = _sizes_and_times(copy), _sizes_and_times(place)
    for path in now.keys() - was.keys():
        (place / path).unlink()
    for path in (path for path, stat in was.items() if now.get(path) != stat):
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(copy / path, place / path)
    for folder in sorted((p for p in place.rglob("*") if p.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _sizes_and_times(folder: Path) -> dict[str, tuple[int, int]]:
    return {path: (stat.st_size, stat.st_mtime_ns) for path, stat in _stat_below(folder).items()}


def mark(site: SiteFolder, path: str) -> None:
    """Put a comment before the first element of a template."""
    text = site.read(path)
    marked, count = re.subn(r"^ *<(?=\w)", f"{MARK}\n<", text, count=1, flags=re.MULTILINE)
    assert count, f"no element at the start of a line in {path}"
    site.write(path, marked)


def edit_all_pages_and_compare(site: SiteFolder) -> None:
    """All articles have to be at hand again for this, and nothing else may change."""
    before, marked = site.files(), f"{MARK}</body>".encode()
    site.edit("templates/layouts/base.html", "</body>", marked.decode())
    rebuild(site)
    assert site.files() == {p: data.replace(b"</body>", marked) for p, data in before.items()}
    assert rebuild(site) == NOTHING
