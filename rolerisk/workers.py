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
from rolerisk.errors import WorkerKilledError
from rolerisk.signals import be_worker, uninterrupted

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_KILLED = (
    "a process that shared the work was killed, perhaps for want of memory: "
    "try again; build --jobs 1 takes less of it"
)
_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


class Workers:
    """Up to `jobs` processes, begun with the first piece of work."""

    def __init__(self, jobs: int) -> None:
        self.jobs = jobs
        self._pool: ProcessPoolExecutor | None = None

    def pay(self, count: int, least: int) -> bool:
        """Whether so many pieces of work are worth the processes: fewer than `least` are not."""
        return self.jobs > 1 and count >= least

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

    def end(self) -> None:
        """Wait for what is being done, whoever asks to stop once more meanwhile, and give up the rest.

        A pool whose end is broken off waits for ever when Python ends.
        """
        if self._pool is not None:
            with uninterrupted():
                self._pool.shutdown(cancel_futures=True)


@contextmanager
def working(jobs: int) -> Iterator[Workers]:
    """Workers that have ended when the block has, however it is left: they finish what they are at.

    Raises errors.WorkerKilledError when one of them was killed, as the system does for want of memory.
    """
    workers = Workers(jobs)
    try:
        yield workers
    except Exception as error:
        from concurrent.futures import BrokenExecutor

        if isinstance(error, BrokenExecutor):
            raise WorkerKilledError(_KILLED) from error
        raise
    finally:
        workers.end()


def _leave_reading_to_workers(pool: "ProcessPoolExecutor") -> None:
    """In early releases of Python 3.11 a pool waits for ever for what it was sending when workers die.

    It does so because this process could still read it; only the workers ever do. 3.11.2 needs this,
    3.11.7 does it itself.
    """
    pool.submit(int)  # all of them are begun with the first piece of work
    pool._call_queue._reader.close()  # type: ignore[attr-defined]


def _may_fork() -> bool:
    """A fork has none of this process's other threads, but the locks that they hold."""
    return sys.platform == "linux" and threading.active_count() == 1


def _begin() -> None:
    """In a worker: look for cycles between two pieces of work, whatever the process that made it does."""
    be_worker()
    gc.enable()


def _do(work: bytes, *given: Any) -> Any:
    with uncollected():
        return _unpacked(work)(*given)


@lru_cache(maxsize=1)
def _unpacked(work: bytes) -> Callable[..., Any]:
    """In a worker: some work, unpacked once for all the batches that come one behind the other."""
    return cast(Callable[..., Any], pickle.loads(work))
