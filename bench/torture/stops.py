"""Builds that are stopped by signals at random moments, and builds that run into each other."""

import random
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.torture.edits import Edits
from bench.torture.figure import Figure
from bench.torture.town import build, clean_files, left_behind, start, town
from tests.sites import SiteFolder

_CODES = {signal.SIGINT: 130, signal.SIGTERM: 143}


def stops(times: int, share: float) -> Iterator[Figure]:
    """Stop builds with SIGINT and SIGTERM in turn; then start three at once."""
    dice, turns = random.Random(3), max(2, round(times * share))
    with tempfile.TemporaryDirectory() as folder:
        site = town(Path(folder).resolve() / "town")
        assert build(site).returncode == 0
        edits = Edits(site, 4, "2026-11-01")
        ends: Counter[str] = Counter()
        wrong: list[str] = []
        for turn in range(turns):
            edits.next()
            number = list(_CODES)[turn % 2]
            end, found = _stop(site, number, dice.uniform(0.3, 2))
            ends[end] += 1
            wrong += found
        told = ", ".join(f"{count} {end}" for end, count in sorted(ends.items()))
        yield Figure(
            f"{turns} builds sent SIGINT or SIGTERM: {told}; wrong: {len(wrong)}", len(wrong)
        )
        for what in wrong[:10]:
            yield Figure(f"  {what}")
        yield from _crowds(site, edits, max(1, turns // 5))


def _stop(site: SiteFolder, number: signal.Signals, after: float) -> tuple[str, list[str]]:
    old = site.files()
    process = start(site, "--jobs", "2")
    time.sleep(after)
    process.send_signal(number)
    said = process.communicate()[1].strip()
    code, now = process.returncode, site.files()
    if code == -number:  # Python hears signals neither as it starts nor as it ends
        end = "before Python could listen" if now == old else "as Python ended"
        sound = now == old or now == clean_files(site)
    elif code == 0:
        end, sound = "after their end", now == clean_files(site)
    else:
        is_new = said.endswith("the site is new, all of it")
        end = "after the last file" if is_new else "before the first file"
        sound = code == _CODES[number] and now == (clean_files(site) if is_new else old)
        sound = sound and (is_new or said.endswith("stopped: the site is as it was"))
    found = [] if sound else [f"{number.name}: exit code {code}, {said!r}"]
    found += [f"left behind: {what}" for what in left_behind(site)]
    return end, found


def _crowds(site: SiteFolder, edits: Edits, turns: int) -> Iterator[Figure]:
    waited, wrong = 0, 0
    for _ in range(turns):
        edits.next()
        crowd = [start(site, "--jobs", "2") for _ in range(3)]
        said = [process.communicate()[1] for process in crowd]
        waited += sum("is building this project: waiting for it" in text for text in said)
        wrong += sum(process.returncode != 0 for process in crowd)
        wrong += site.files() != clean_files(site)
    yield Figure(
        f"{turns} times three builds at once: {waited} waited and said so, {wrong} wrong", wrong
    )
