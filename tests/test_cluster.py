"""A build on a cluster: a real scheduler and real workers on loopback give the bytes of any build."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest

from rolerisk.errors import ClusterError
from rolerisk.pipeline import build
from tests.sites import PROJECT


@contextlib.contextmanager
def process(*command: str) -> Iterator[subprocess.Popen]:
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    running = subprocess.Popen(
        [sys.executable, *command], env=environment, stderr=subprocess.PIPE, text=True
    )
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


def scheduler_address(scheduler: subprocess.Popen) -> str:
    for line in scheduler.stderr:
        if "Scheduler at:" in line:
            return line.split()[-1]
    raise AssertionError("no scheduler")


@pytest.fixture
def workers(tmp_path) -> Iterator[tuple[str, list[subprocess.Popen]]]:
    """The address of a scheduler with two workers, and these."""
    start = ["-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0"]
    with process(*start, "--no-dashboard") as scheduler:
        address = scheduler_address(scheduler)
        work = ["-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny"]
        work += ["--no-dashboard", "--local-directory", str(tmp_path)]
        with process(*work) as one, process(*work) as two:
            for worker in (one, two):
                assert any("Registered to" in line for line in worker.stderr)
            yield address, [one, two]


@pytest.mark.slow
def test_a_cluster_gives_the_bytes_of_any_build(site, workers):
    address, _ = workers
    assert site.build(cluster=address).sound
    assert site.files() == site.clean_build()


@pytest.mark.slow
def test_a_worker_killed_in_the_middle_loses_nothing(site, workers, monkeypatch):
    address, (one, _) = workers
    monkeypatch.setattr("rolerisk.cluster._BATCH", 2)
    told = []

    def kill_one_at_the_first_news(done, total):
        told.append((done, total))
        one.send_signal(signal.SIGKILL)

    assert build(site.settings(cluster=address), kill_one_at_the_first_news).sound
    assert one.wait(10) == -signal.SIGKILL and told[0][0] < told[-1][0] == told[-1][1]
    assert site.files() == site.clean_build()


@pytest.mark.slow
def test_a_worker_of_another_version_is_refused(site, workers, monkeypatch):
    address, _ = workers
    monkeypatch.setattr("rolerisk.cluster.program_digest", lambda: "another")
    with pytest.raises(ClusterError, match="another version"):
        site.build(cluster=address)
    assert site.files() == {}


@pytest.mark.slow
def test_without_a_scheduler_the_site_stays_as_it_was(site, monkeypatch):
    monkeypatch.setattr("rolerisk.cluster._SECONDS", 0.5)
    assert site.build().sound
    before = site.files()
    site.edit("content/roles/locksmith.md", "Little of it", "Some of it")
    with pytest.raises(ClusterError, match="no scheduler answers"):
        site.build(cluster="tcp://127.0.0.1:9")
    assert site.files() == before
