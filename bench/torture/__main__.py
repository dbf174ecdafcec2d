"""Runs all parts, or those that are named, and prints their figures; its exit code is 1 if one is wrong.

python -m bench.torture [load in-place kills stops disks sequences caches] [--share 0.1]
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

from bench.torture import disks, kills, load, sequences, stops
from bench.torture.figure import Figure

PARTS: dict[str, Callable[[float], Iterator[Figure]]] = {
    "load": partial(load.pushes, 50),
    "in-place": partial(load.builds_in_place, 50),
    "kills": partial(kills.kills, 200),
    "stops": partial(stops.stops, 50),
    "disks": disks.disks,
    "sequences": partial(sequences.sequences, 1000),
    "caches": partial(sequences.caches, 200),
}


def main() -> None:
    """Run the parts one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--share", type=float, default=1.0, help="a part of the turns, such as 0.1")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - PARTS.keys():
        parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    wrong = 0
    for name in asked.parts or PARTS:
        began = time.monotonic()
        for figure in PARTS[name](asked.share):
            mark = f"  WRONG: {figure.wrong}" if figure.wrong else ""
            print(f"{name:<10} {figure.text}{mark}", flush=True)
            wrong += figure.wrong
        print(f"{name:<10} ({time.monotonic() - began:.0f} s)", flush=True)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
