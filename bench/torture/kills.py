"""Builds that are killed at random moments: every file is whole, and the next build mends the rest."""

import random
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.torture.edits import Edits
from bench.torture.figure import Figure
from bench.torture.town import Files, build, clean_files, left_behind, start, town
from tests.server import eventually
from tests.sites import SiteFolder

_RENAMES = 0.02  # seconds that the renames of a build take, about


def kills(times: int, share: float) -> Iterator[Figure]:
    """Edit, kill a build, look at the site, build again and compare with a clean build."""
    dice, turns = random.Random(1), max(1, round(times * share))
    wrong: list[str] = []
    moments: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        site = town(Path(folder).resolve() / "town")
        assert build(site).returncode == 0
        edits = Edits(site, 2, "2026-11-01")
        takes = _seconds(site)
        for turn in range(turns):
            edits.next()
            edits.next()
            renaming = turn % 3 == 2
            after = dice.uniform(0, _RENAMES if renaming else 1.2 * takes)
            found, moment = _kill_and_mend(site, turn % 20 == 19, renaming, after)
            moments[moment] += 1
            wrong += [f"turn {turn}: {what}" for what in found]
    told = ", ".join(f"{count} {moment}" for moment, count in sorted(moments.items()))
    yield Figure(f"{turns} builds killed, a third of them while they renamed files: {told}")
    files = [what for what in wrong if "is neither" in what]
    yield Figure(f"files that were neither old nor new: {len(files)}", len(files))
    rest = len(wrong) - len(files)
    yield Figure(f"next builds that left something or differed from a clean one: {rest}", rest)
    for what in wrong[:10]:
        yield Figure(f"  {what}")


def _seconds(site: SiteFolder) -> float:
    """How long a build of all pages takes."""
    path = "templates/layouts/base.html"
    site.write(path, site.read(path).replace("</body>", "<!-- timed --></body>"))
    began = time.monotonic()
    assert build(site, "--jobs", "2").returncode == 0
    return time.monotonic() - began


def _kill_and_mend(
    site: SiteFolder, compress: bool, renaming: bool, after: float
) -> tuple[list[str], str]:
    """What was wrong, and when the build was killed as far as one can see it.

    It is killed `after` so many seconds: of its own, or since it has begun to rename files.
    """
    options = ("--jobs", "2", *(["--compress"] if compress else []))
    old = site.files()
    process = start(site, *options)
    while renaming and process.poll() is None and not any((site.root / ".cache").glob("*.coming")):
        time.sleep(0.001)
    time.sleep(after)
    process.kill()
    process.communicate()
    between = site.files()
    staged = any(site.root.glob(".*-stage-*"))
    ran = build(site, *options)
    if ran.returncode != 0:
        return [f"the next build failed: {ran.stderr}"], "?"
    new = site.files()
    wrong = [
        f"{path} is neither old nor new"
        for path, data in between.items()
        if data not in (old.get(path), new.get(path))
    ]
    if new != (clean := clean_files(site, compress=compress)):
        differ = sorted(p for p in new.keys() | clean if new.get(p) != clean.get(p))
        wrong.append(f"not as a clean build: {differ[:5]}")
    eventually(lambda: not _processes(site))  # workers hear of it a moment later
    wrong += [f"left behind: {what}" for what in left_behind(site)]
    return wrong, _moment(old, between, new, staged, process.returncode)


def _processes(site: SiteFolder) -> list[str]:
    return [what for what in left_behind(site) if what.startswith("process")]


def _moment(old: Files, between: Files, new: Files, staged: bool, code: int) -> str:
    if code == 0:
        return "after their end"
    if between == new and old != new:
        return "behind the last file"
    if between != old:
        return "between two files"
    return "while rendering" if staged else "before rendering"
