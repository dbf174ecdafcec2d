"""Work that is done in other processes than this one.

Each in an interpreter of its own: that of the tests may have threads, and then nothing is forked.
"""

import subprocess
import sys
import textwrap

import pytest

from tests.sites import PROJECT

IMPORTS = """
import multiprocessing, os, signal, threading, time
from functools import partial
from pathlib import Path
from rolerisk.errors import CommandError, WorkerKilledError
from rolerisk.workers import working

def squared(number):
    return number * number

def killed(data):
    time.sleep(0.3)  # until the next one's data fill the pipe
    os.kill(os.getpid(), signal.SIGKILL)

def damaged():
    raise CommandError("it is damaged")

def noted(folder, name):
    (folder / f"{name} begins").touch()
    time.sleep(0.5)
    (folder / f"{name} ends").touch()
"""


@pytest.mark.parametrize(
    "code",
    [
        """
        with working(2) as workers:
            assert list(workers.each(squared, range(50))) == [n * n for n in range(50)]
            assert workers.begin(os.getpid)() != os.getpid()
        assert multiprocessing.active_children() == []
        """,
        """
        with working(2) as workers:
            assert list(workers.each(squared, [2])) == [4]
            before = {process.pid for process in multiprocessing.active_children()}
            assert workers.begin(os.getpid)() in before
        """,
        """
        with working(2) as workers:
            pass
        assert "concurrent.futures.process" not in __import__("sys").modules
        """,
        """
        with working(2) as workers:
            made = workers.begin(damaged)
            try:
                made()
            except CommandError as error:
                assert str(error) == "it is damaged"
            else:
                raise AssertionError("nothing was raised")
        """,
        pytest.param(
            """
        folder, began = Path.cwd(), time.monotonic()
        try:
            with working(2) as workers:
                workers.each(partial(noted, folder), "abcdefghijkl")
                while len(list(folder.iterdir())) < 2:
                    time.sleep(0.01)
                raise CommandError("something else is wrong")
        except CommandError:
            assert multiprocessing.active_children() == []
            found = sorted(p.name for p in folder.iterdir())
            assert found[:4] == ["a begins", "a ends", "b begins", "b ends"]
            assert len(found) % 2 == 0
            assert found[-1] < "i"
        """,
            marks=pytest.mark.slow,
        ),
        pytest.param(
            """
        try:
            with working(2) as workers:
                list(workers.each(killed, [bytes(1_000_000)] * 20))
        except WorkerKilledError as error:
            assert "perhaps for want of memory" in str(error)
            assert multiprocessing.active_children() == []
        else:
            raise AssertionError("nobody was told")
        """,
            marks=pytest.mark.slow,
        ),
        pytest.param(
            """
        with working(2) as workers:
            workers.begin(partial(time.sleep, 0.6))
            threading.Timer(0.2, os.kill, (os.getpid(), signal.SIGINT)).start()
            try:
                workers.end()
            except KeyboardInterrupt:
                assert multiprocessing.active_children() == []
            else:
                raise AssertionError("nobody heard it")
        """,
            marks=pytest.mark.slow,
        ),
        """
        if __name__ == "__main__":
            done = threading.Event()
            threading.Thread(target=done.wait).start()
            with working(2) as workers:
                assert workers.begin(os.getpid)() != os.getpid()
            done.set()
        """,
    ],
    ids=[
        "in their order, and no process is left",
        "the same processes do all of it",
        "none is begun for nothing",
        "what it raises is raised",
        "left by an exception, they finish what they are at",
        "killed while much is sent to them, they are not waited for",
        "asked to stop once more while they end, they end",
        "beside a thread here, by processes that are no forks",
    ],
)
def test_work_in_other_processes(code, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(IMPORTS + textwrap.dedent(code), encoding="utf-8")
    (tmp_path / "empty").mkdir()
    ran = subprocess.run(
        [sys.executable, script],
        cwd=tmp_path / "empty",
        env={"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
