"""Builds the shipped site a few times and prints what it cost, in CPU seconds of the process.

python -m bench [--repeat 5]
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INPUTS = ("build.py", "roles.yaml", "content", "templates", "rolerisk")


def main() -> None:
    """Measure a cold build, a build with nothing changed, and a bare interpreter, turn by turn."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    figures: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        site = _copy(Path(folder))
        for _ in range(repeat):
            shutil.rmtree(site / "site", ignore_errors=True)
            shutil.rmtree(site / ".cache", ignore_errors=True)
            for name, command in (
                ("interpreter start", ["-c", "pass"]),
                ("build.py --help", ["build.py", "--help"]),
                ("cold build", ["build.py"]),
                ("nothing changed", ["build.py"]),
                ("check", ["build.py", "check"]),
            ):
                figures.setdefault(name, []).append(_run(command, site))
    print(f"{'':<20}{'CPU s':>8}{'wall s':>8}   median of {repeat}")
    for name, runs in figures.items():
        cpu, wall = (statistics.median(run[i] for run in runs) for i in (0, 1))
        print(f"{name:<20}{cpu:>8.2f}{wall:>8.2f}")


def _copy(folder: Path) -> Path:
    for name in INPUTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, folder / name)
    _run(["build.py"], folder)  # byte code is compiled once, outside the figures
    return folder


def _run(command: list[str], folder: Path) -> tuple[float, float]:
    """CPU and wall seconds of one Python process."""
    before, began = os.times(), time.perf_counter()
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    wall, after = time.perf_counter() - began, os.times()
    cpu = after.children_user + after.children_system
    return cpu - before.children_user - before.children_system, wall


if __name__ == "__main__":
    main()
