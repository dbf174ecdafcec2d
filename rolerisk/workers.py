"""Work on many items, in several processes of this machine.

Where it is safe, the processes are forks: they share with this one what it has read so far, so that
nothing has to travel to them but the numbers of the items.
"""

import multiprocessing
import sys
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from typing import Any, TypeVar

from rolerisk.signals import be_worker

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")

_work: Callable[[Sequence[Any]], Any] | None = None
_items: Sequence[Any] = ()


def in_workers(
    work: Callable[[Sequence[_Item]], _Made], items: Sequence[_Item], batch: int, jobs: int
) -> Generator[_Made]:
    """What `work` makes of the items, so many at a time, in their order.

    Who closes this generator waits for the workers to end.
    """
    context = multiprocessing.get_context("fork" if _may_fork() else "spawn")
    with ProcessPoolExecutor(
        jobs, mp_context=context, initializer=_begin, initargs=(work, items)
    ) as pool:
        yield from pool.map(_work_on, range(0, len(items), batch), repeat(batch))


def _may_fork() -> bool:
    """A fork has none of this process's other threads, but the locks that they hold."""
    return sys.platform == "linux" and threading.active_count() == 1


def _begin(work: Callable[[Sequence[Any]], Any], items: Sequence[Any]) -> None:
    be_worker()
    global _work, _items
    _work, _items = work, items


def _work_on(start: int, count: int) -> Any:
    assert _work is not None
    return _work(_items[start : start + count])
