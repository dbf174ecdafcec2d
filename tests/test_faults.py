"""Faults around a build: stopped, killed, two at once, input that moves. The site stays whole.

The same with many more turns, and with full and read-only disks: make torture.
"""

import datetime
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from rolerisk import load, write
from rolerisk.signals import Stopped, heed_signals, uninterrupted
from rolerisk.store.lock import exclusive
from rolerisk.store.whole import write_whole
from tests.sites import PROJECT, TODAY
from tests.town import NOTHING, rebuild

BUILD = [sys.executable, str(PROJECT / "build.py"), "build", "--today", str(TODAY)]
EVER = 60  # seconds after which a process that should have ended is a failure


def start(root: Path, *options: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*BUILD, *options], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def held_back(root: Path) -> None:
    """Make a project's builds wait forever where they begin to render: for a file nobody writes."""
    os.mkfifo(root / "hold")
    launcher = f"""
import sys
sys.path.insert(0, {str(PROJECT)!r})
from rolerisk import write
real = write.put
def put(*given):
    print("rendering", flush=True)
    open("hold").read()
    return real(*given)
write.put = put
sys.argv[0] = "build.py"
import build
build.run()
"""
    (root / "build.py").write_text(launcher, encoding="utf-8")


def start_held(root: Path) -> subprocess.Popen[str]:
    """Start a build that is held back; it is rendering when this returns."""
    command = [sys.executable, "build.py", *BUILD[2:]]
    process = subprocess.Popen(
        command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "rendering\n"
    return process


# ---- two builds at once


@pytest.mark.slow
def test_of_two_builds_at_once_one_waits_and_says_so(site):
    held_back(site.root)
    first = start_held(site.root)
    second = start(site.root)
    assert second.stderr
    told = second.stderr.readline()
    assert told == f"process {first.pid} is building this project: waiting for it\n"
    assert second.poll() is None
    first.kill()
    first.communicate(timeout=EVER)
    out, err = second.communicate(timeout=EVER)
    assert (second.returncode, err) == (0, "")
    assert "files: " in out
    assert site.files() == site.clean_build()


def test_a_lock_that_a_killed_build_left_is_no_lock(site):
    site.write(".cache/lock", "4194305\n")
    waited: list[str] = []
    with exclusive(site.root, waited.append):
        assert site.read(".cache/lock") == f"{os.getpid()}\n"
    assert waited == []
    assert site.build().sound


@pytest.mark.slow
def test_a_lock_may_be_taken_again_by_who_holds_it(site):
    with exclusive(site.root), exclusive(site.root):
        pass
    assert try_lock(site.root) == "free"
    with exclusive(site.root):
        with exclusive(site.root):
            pass
        assert try_lock(site.root) == "held"


def try_lock(root: Path) -> str:
    """What another process finds."""
    code = f"""
import sys
sys.path.insert(0, {str(PROJECT)!r})
from pathlib import Path
from rolerisk.store.lock import exclusive
def held(_):
    print("held")
    sys.exit()
with exclusive(Path({str(root)!r}), held):
    print("free")
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return ran.stdout.strip()


def test_a_lock_whose_file_is_cleaned_away_is_taken_anew(site):
    """Who has waited for a file that is gone now must not think that it holds the lock."""
    path = site.root / ".cache/lock"
    with exclusive(site.root):
        path.unlink()
    with exclusive(site.root):
        assert path.exists()
        assert try_lock(site.root) == "held"


# ---- stopped and killed


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["SIGINT", "SIGTERM"]
)
def test_a_build_that_is_stopped_leaves_the_site_as_it_was(site, number, code):
    site.build()
    before = site.files()
    site.edit("roles.yaml", "A baker keeps the hard part", "A baker keeps most of it")
    held_back(site.root)
    process = start_held(site.root)
    process.send_signal(number)
    _, err = process.communicate(timeout=EVER)
    assert (process.returncode, err) == (code, "\nstopped: the site is as it was\n")
    assert site.files() == before
    assert list(site.root.glob(".*-stage-*")) == []


@pytest.mark.slow
def test_what_a_killed_build_leaves_is_swept_away_by_the_next(site):
    site.build()
    before = site.files()
    site.edit("roles.yaml", "A baker keeps the hard part", "A baker keeps most of it")
    held_back(site.root)
    process = start_held(site.root)
    process.kill()
    process.communicate(timeout=EVER)
    assert site.files() == before
    assert len(list(site.root.glob(".*-stage-*"))) == 1
    assert rebuild(site).rendered == 3
    assert site.files() == site.clean_build()
    assert list(site.root.glob(".*-stage-*")) == []


def test_what_a_build_left_that_was_killed_at_its_end_is_swept_away_too(site):
    """When all has been published and noted, the next build finds nothing to do but that."""
    site.build()
    site.write(".site-stage-x1/roles/index.html", "")
    assert (rebuild(site), list(site.root.glob(".*-stage-*"))) == (NOTHING, [])


@pytest.fixture
def heeding():
    """Signals are heard as in a command."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    heed_signals()
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("last", [False, True])
@pytest.mark.usefixtures("heeding")
def test_who_stops_a_build_in_a_block_that_must_not_be_is_heard_at_its_end(last):
    done = []
    with pytest.raises(Stopped) as stopped, uninterrupted(last=last):
        os.kill(os.getpid(), signal.SIGTERM)
        done.append("all of it")
    assert done == ["all of it"]
    assert (stopped.value.number, stopped.value.late) == (signal.SIGTERM, last)


@pytest.mark.usefixtures("heeding")
def test_who_stops_a_build_after_it_has_published_has_come_late(site):
    site.build()
    with pytest.raises(Stopped) as stopped:
        os.kill(os.getpid(), signal.SIGINT)
    assert (stopped.value.number, stopped.value.late) == (signal.SIGINT, True)


@pytest.mark.usefixtures("heeding")
def test_who_stops_a_build_while_its_stage_folder_goes_is_heard_when_it_has_gone(
    tmp_path, monkeypatch
):
    real = shutil.rmtree

    def stopped_half_way(folder, **options):
        os.kill(os.getpid(), signal.SIGTERM)
        real(folder, **options)

    monkeypatch.setattr(shutil, "rmtree", stopped_half_way)
    with pytest.raises(Stopped), write.stage_folder(tmp_path / "site") as stage:
        (stage / "index.html").write_text("half of it")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("heeding")
def test_who_stops_a_build_while_it_keeps_something_finds_it_whole(tmp_path, monkeypatch):
    real = os.replace

    def stopped_half_way(temporary, path):
        os.kill(os.getpid(), signal.SIGTERM)
        real(temporary, path)

    monkeypatch.setattr(os, "replace", stopped_half_way)
    with pytest.raises(Stopped):
        write_whole(tmp_path / "kept.bin", b"all", b" of it")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        "kept.bin": b"all of it"
    }


def test_outside_the_main_thread_there_are_no_signals_to_hold_back():
    done = []

    def work() -> None:
        with uninterrupted():
            done.append("all of it")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert done == ["all of it"]


@pytest.mark.slow
def test_the_workers_of_a_killed_build_end_as_well():
    code = f"""
import os, sys, time
sys.path.insert(0, {str(PROJECT)!r})
from concurrent.futures import ProcessPoolExecutor
from rolerisk.signals import be_worker
if __name__ == "__main__":
    with ProcessPoolExecutor(2, initializer=be_worker) as pool:
        futures = [pool.submit(time.sleep, 0.2) for _ in range(2)]
        print(*pool._processes, flush=True)
        futures += [pool.submit(time.sleep, 600) for _ in range(2)]
        time.sleep(600)
"""
    process = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    workers = [int(word) for word in process.stdout.readline().split()]
    assert len(workers) == 2
    process.kill()
    process.communicate(timeout=EVER)
    deadline = time.monotonic() + EVER
    while any(map(_alive, workers)):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().split(")")[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


# ---- input that moves


def test_an_input_that_vanishes_while_it_is_read_is_a_problem(site, monkeypatch):
    site.build()
    before = site.files()
    real = load._paths
    monkeypatch.setattr(load, "_paths", lambda root: [*real(root), "content/roles/carpenter.yaml"])
    site.remove("content/roles/carpenter.yaml")
    (found,) = [p for p in site.problems() if p.rule == "unreadable"]
    assert found.message == "this cannot be read: No such file or directory"
    assert not site.build().sound
    assert site.files() == before


def written_to(monkeypatch, path: Path, times: int) -> None:
    """Have somebody add to a file whenever it has just been read, so many times."""
    real, left = load._contents, [times]

    def read(place: str) -> tuple[os.stat_result, bytes]:
        found = real(place)
        if Path(place) == path and left[0]:
            left[0] -= 1
            with path.open("a", encoding="utf-8") as file:
                file.write(f"\nOne more line, and {left[0]} to come.\n")
        return found

    monkeypatch.setattr(load, "_contents", read)


def test_a_file_that_is_written_to_while_it_is_read_is_read_again(site, monkeypatch):
    path = site.root / "content/roles/locksmith.md"
    written_to(monkeypatch, path, 1)
    assert site.build().sound
    monkeypatch.undo()
    assert b"One more line" in site.files()["roles/locksmith/index.html"]


def test_a_file_that_something_writes_to_without_an_end_is_a_problem(site, monkeypatch):
    path = site.root / "content/roles/locksmith.md"
    written_to(monkeypatch, path, 100)
    (found,) = site.problems()
    assert found.message == "this file changes while it is read"
    assert found.hint == "wait for what writes it, then build again"


# ---- clocks


@pytest.mark.slow
def test_a_clock_that_was_set_back_changes_nothing(site):
    """Every file of the site, and every input, is from the future now."""
    site.build()
    tomorrow = time.time_ns() + 86_400 * 10**9
    for path in [*site.root.glob("content/**/*"), site.root / "roles.yaml"]:
        os.utime(path, ns=(tomorrow, tomorrow))
    assert rebuild(site) == NOTHING
    site.edit("roles.yaml", "A baker keeps the hard part", "A baker keeps most of it")
    assert rebuild(site).rendered == 3
    for path in site.out.rglob("*"):
        os.utime(path, ns=(tomorrow, tomorrow))
    rebuild(site)
    assert site.files() == site.clean_build()


@pytest.mark.slow
def test_the_day_is_an_input_and_may_go_back(site):
    site.edit("roles.yaml", "published: 2026-11-01", "published: 2026-11-20", count=1)
    built = {}
    for day in (20, 19, 20, 19):
        report = site.build(today=datetime.date(2026, 11, day))
        assert report.sound
        assert built.setdefault(day, site.files()) == site.files()
    assert len(built[20]) > len(built[19])
