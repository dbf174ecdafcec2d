"""Work on many items, in several processes of this machine.

Where it is safe, the processes are forks: they share with this one what it has read so far, so that
nothing has to travel to them but the numbers of the items.
"""

import multiprocessing
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import repeat
from multiprocessing.connection import Connection
from typing import Any, TypeVar, cast

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


@contextmanager
def beside(work: Callable[[], _Made], jobs: int) -> Iterator[Callable[[], _Made]]:
    """Begin some work in another process, where there is a core for it and it is safe.

    What is given to the block waits for what the work makes or raises; where there is no process for
    it, or that was killed, it does the work itself. Who leaves the block without asking stops it.
    """
    if jobs == 1 or not _may_fork():
        yield work
        return
    context = multiprocessing.get_context("fork")
    result, outlet = context.Pipe(duplex=False)
    process = context.Process(target=_tell, args=(work, outlet), daemon=True)
    process.start()
    outlet.close()
    try:
        yield partial(_told, result, work)
    finally:
        process.terminate()
        process.join()


def _tell(work: Callable[[], Any], outlet: Connection) -> None:
    be_worker()
    try:
        made = True, work()
    except Exception as error:
        made = False, error
    outlet.send(made)


def _told(result: Connection, work: Callable[[], _Made]) -> _Made:
    try:
        sound, made = result.recv()
    except EOFError:
        return work()
    if sound:
        return cast(_Made, made)
    raise made


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
