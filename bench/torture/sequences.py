"""The tests of random edits and of damaged caches, with many more turns than in the suite."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.torture.figure import Figure

_ROOT = Path(__file__).resolve().parents[2]
_AT_ONCE = 250
_FLIPS = 5  # of each example that test_flipped_bits_are_a_miss is asked for


def sequences(times: int, share: float) -> Iterator[Figure]:
    """Random sequences of two to six edits, with a build behind each: incremental equals clean."""
    turns = max(1, round(times * share))
    for seed, first in enumerate(range(0, turns, _AT_ONCE), 1):
        asked = min(_AT_ONCE, turns - first)
        ran = _pytest(
            "test_incremental_build_equals_clean_build", asked, f"--hypothesis-seed={seed}"
        )
        found = re.search(r"(\d+) passing, 0 failing", ran.stdout)
        passed = int(found[1]) if found else 0
        wrong = int(ran.returncode != 0 or passed < asked)
        yield Figure(
            f"{passed:,} random edit sequences (seed {seed}): incremental equals clean", wrong
        )
        if wrong:
            yield Figure(ran.stdout[-2000:])


def caches(times: int, share: float) -> Iterator[Figure]:
    """One flipped bit in every file of the cache; cut, empty, noise, missing, of another version."""
    examples = max(1, round(times * share / _FLIPS))
    ran = _pytest("flipped_bits or damaged_cache or missing_cache or another_version", examples)
    passed = re.search(r"(\d+) passed", ran.stdout)
    wrong = int(ran.returncode != 0)
    count = passed[1] if passed else 0
    yield Figure(
        f"{examples * _FLIPS} caches with flipped bits, and cut, empty, noise, missing, another "
        f"version: all misses ({count} tests)",
        wrong,
    )
    if wrong:
        yield Figure(ran.stdout[-2000:])


def _pytest(words: str, examples: int, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "--hypothesis-show-statistics"]
    return subprocess.run(
        [*command, "tests/test_rebuild.py", "-k", words, *options],
        cwd=_ROOT,
        env={**os.environ, "ROLERISK_EXAMPLES": str(examples)},
        capture_output=True,
        text=True,
        check=False,
    )
