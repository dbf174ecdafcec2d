"""Runs a command and says what it cost: wall and CPU seconds, and the memory of all its processes."""

import os
import statistics
import subprocess
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

_PAUSE = 0.1  # seconds between two looks at the memory
_REST = 20  # and at least so many times what a look took, which of large processes is long


class Cost(NamedTuple):
    """Wall and CPU seconds; the highest sum of memory over all processes, in MB (0: unknown)."""

    wall: float
    cpu: float
    memory: float


def cost_of(command: Sequence[str | Path], folder: Path) -> Cost:
    """Run a command in a folder. Raises CalledProcessError with what it said when it fails."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    before, began = os.times(), time.perf_counter()
    with subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as running:
        peak = [0.0]
        looking = threading.Thread(target=_look, args=(running, peak), daemon=True)
        looking.start()
        said, _ = running.communicate()
    looking.join()
    wall, after = time.perf_counter() - began, os.times()
    if running.returncode:
        print(said.decode()[-3000:])
        raise subprocess.CalledProcessError(running.returncode, command)
    cpu = after.children_user + after.children_system
    return Cost(wall, cpu - before.children_user - before.children_system, peak[0])


def median(costs: Iterable[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(*map(statistics.median, zip(*costs, strict=True)))


def _look(running: subprocess.Popen[bytes], peak: list[float]) -> None:
    while running.poll() is None:
        began = time.perf_counter()
        peak[0] = max(peak[0], sum(map(_proportional, _family(running.pid))) / 1000)
        time.sleep(max(_PAUSE, _REST * (time.perf_counter() - began)))


def _family(pid: int) -> list[int]:
    """A process and all below it."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        children = []
    return [pid, *(one for child in children for one in _family(int(child)))]


def _proportional(pid: int) -> int:
    """A process's memory in kB; what several share counts once among them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
