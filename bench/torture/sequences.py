"""The tests of random edits and of damaged caches, with many more turns than in the suite."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.torture.figure import Figure

_ROOT = Path(__file__).resolve().parents[2]
_FLIPS = 5  # of each example that test_flipped_bits_are_a_miss is asked for


def sequences(times: int, share: float) -> Iterator[Figure]:
    """Random sequences of two to six edits, with a build behind each: incremental equals clean."""
    turns = max(1, round(times * share))
    ran = _pytest("test_incremental_build_equals_clean_build", turns)
    found = re.search(r"(\d+) passing, 0 failing", ran.stdout)
    passed = int(found[1]) if found else 0
    wrong = int(ran.returncode != 0 or passed < turns)
    yield Figure(f"{passed:,} random edit sequences: incremental equals clean", wrong)
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


def _pytest(words: str, examples: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "--hypothesis-show-statistics"]
    return subprocess.run(
        [*command, "tests/test_rebuild.py", "-k", words],
        cwd=_ROOT,
        env={**os.environ, "ROLERISK_EXAMPLES": str(examples)},
        capture_output=True,
        text=True,
        check=False,
    )
