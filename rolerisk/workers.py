"""Processes of this machine for the large pieces of a command's work, one behind the other.

What they are to do, and to what, travels to them. So they hold no more than what they are at, and
touch nothing of what this process has read: a page of memory that a fork touches is there twice.
"""

import gc
import pickle
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Any, TypeVar, cast

from rolerisk.collector import uncollected
from rolerisk.signals import be_worker

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class Workers:
    """Up to `jobs` processes, begun with the first piece of work."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def each(self, work: Callable[[_Item], _Made], batches: Iterable[_Item]) -> Generator[_Made]:
        """Begin with what `work` makes of each batch, in their order; who closes this gives up the rest."""
        made = self._begun().map(_do, repeat(pickle.dumps(work)), batches)
        return cast(Generator[_Made], made)

    def begin(self, work: Callable[[], _Made]) -> Callable[[], _Made]:
        """Begin a piece of work; what comes back waits for what it makes or raises."""
        return self._begun().submit(_do, pickle.dumps(work)).result

    def _begun(self) -> "ProcessPoolExecutor":
        if self._pool is None:
            import multiprocessing  # 20 ms, with what is imported below
            from concurrent.futures import ProcessPoolExecutor

            fork = _may_fork()
            context = multiprocessing.get_context("fork" if fork else "spawn")
            self._pool = ProcessPoolExecutor(self.jobs, context, _begin)
            if fork and sys.version_info < (3, 12):
                _leave_reading_to_workers(self._pool)
        return self._pool

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)


@contextmanager
def working(jobs: int) -> Iterator[Workers]:
    """Workers that have ended when the block has, however it is left: they finish what they are at.

    They are not killed. In Python before 3.12 a pool whose processes die while something is sent to
    them waits for ever.
    """
    workers = Workers(jobs)
    try:
        yield workers
    finally:
        workers._end()


def _leave_reading_to_workers(pool: "ProcessPoolExecutor") -> None:
    """Before Python 3.12 a pool that was sending something to workers that die waits for ever.

    It does so because this process could still read it; only the workers ever do.
    """
    pool.submit(int)  # all of them are begun with the first piece of work
    pool._call_queue._reader.close()  # type: ignore[attr-defined]


def _may_fork() -> bool:
    """A fork has none of this process's other threads, but the locks that they hold."""
    return sys.platform == "linux" and threading.active_count() == 1


def _begin() -> None:
    """In a worker: what it shares with the process that made it has no cycles to look for."""
    be_worker()
    gc.freeze()
    gc.enable()


def _do(work: bytes, *given: Any) -> Any:
    with uncollected():
        return _unpacked(work)(*given)


@lru_cache(maxsize=1)
def _unpacked(work: bytes) -> Callable[..., Any]:
    """In a worker: some work, unpacked once for all the batches that come one behind the other."""
    return cast(Callable[..., Any], pickle.loads(work))
