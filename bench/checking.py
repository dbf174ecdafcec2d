"""Checks a site of any number of roles with its caches there, after one role was edited on a branch.

python -m bench.checking [ROLES] [--repeat 7] [--folder DIR]     default: 1,000 roles

The least of some runs: of CPU seconds, git's among them, and of wall seconds.
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from bench import corpus
from bench.measure import cost_of

_DAY = ("--today", "2026-11-01")
_CHECKS = {
    "check": ("check", *_DAY),
    "check --changed": ("check", "--changed", "main", *_DAY),
    "for comparison, --help": ("check", "--help"),
}


def main() -> None:
    """Make the project, edit a role, measure each check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("roles", type=int, nargs="?", default=1000)
    parser.add_argument("--repeat", type=int, default=7)
    parser.add_argument("--folder", type=Path, help="where to work, such as /dev/shm")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=asked.folder) as folder:
        site = Path(folder) / "site"
        corpus.write_site(site, asked.roles)
        _branch(site)
        cost_of((sys.executable, "build.py", *_CHECKS["check"]), site)
        for name, words in _CHECKS.items():
            command = (sys.executable, "build.py", *words)
            costs = [cost_of(command, site) for _ in range(asked.repeat)]
            cpu, wall = min(c.cpu for c in costs), min(c.wall for c in costs)
            print(f"{name:<26}{cpu:>6.2f} s CPU {wall:>6.2f} s wall")


def _branch(site: Path) -> None:
    """Commit the project, and edit the first role on a branch."""
    (site / ".gitignore").write_text(".cache/\n__pycache__/\n", "utf-8")
    who = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org", "-c", "gc.auto=0")
    for words in (("init", "-q", "-b", "main"), ("add", "-A"), (*who, "commit", "-q", "-m", "All")):
        subprocess.run(["git", *words], cwd=site, check=True)
    subprocess.run(["git", "switch", "-q", "-c", "edit"], cwd=site, check=True)
    roles = site / "roles.yaml"
    roles.write_text(roles.read_text("utf-8").replace("Partly. ", "Hardly. ", 1), "utf-8")


if __name__ == "__main__":
    main()
