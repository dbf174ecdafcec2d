"""The kinds of edits that builds are measured after, made alike in our site and in Hugo's."""

import shutil
from pathlib import Path
from typing import Any, NamedTuple

from bench import corpus, hugo


class Sites(NamedTuple):
    """The two sites, and their roles as they are now; the edits change them in place."""

    ours: Path
    hugo: Path | None
    roles: list[dict[str, Any]]


def forget(sites: Sites, _: int) -> None:
    """No output and no cache: what a first build finds."""
    for folder in (sites.ours / "site", sites.ours / ".cache"):
        shutil.rmtree(folder, ignore_errors=True)
    nothing(sites, 0)


def nothing(sites: Sites, _: int) -> None:
    """Change nothing. Hugo keeps nothing from build to build; it is spared the old output."""
    if sites.hugo:
        shutil.rmtree(sites.hugo / "public", ignore_errors=True)


def text(sites: Sites, number: int) -> None:
    """Edit the narrative of one role."""
    role = _one(sites, number)
    role["sections"]["The path forward"] += f"\n\nEdited in run {number}."
    place = sites.ours / f"content/roles/{role['slug']}.md"
    place.write_text(corpus.narrative(role), "utf-8")
    _to_hugo(sites)


def score(sites: Sites, number: int) -> None:
    """Change the exposure of one role's tasks: its score, rankings, hubs and neighbours move."""
    role = _one(sites, number)
    for task in role["at_risk"]:
        task["high"] = min(100, task["high"] + 9)
    corpus.write_roles(sites.ours, sites.roles)
    _to_hugo(sites)


def partial(sites: Sites, number: int) -> None:
    """Edit what stands on every page: the frame around it."""
    places = [sites.ours / "templates/layouts/base.html"]
    places += [sites.hugo / "layouts/_default/baseof.html"] if sites.hugo else []
    for place in places:
        before = place.read_text("utf-8")
        place.write_text(before.replace("</footer>", f"<p>Run {number}</p></footer>"), "utf-8")
    nothing(sites, number)


def _one(sites: Sites, number: int) -> dict[str, Any]:
    return sites.roles[(7 + 31 * number) % len(sites.roles)]


def _to_hugo(sites: Sites) -> None:
    if sites.hugo:
        hugo.write_roles(sites.hugo, sites.roles)
    nothing(sites, 0)
