"""One build of a project at a time: builds share the caches, and the manifests among them."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_held: dict[Path, int] = {}


@contextmanager
def exclusive(root: Path, waiting: Callable[[str], object] = lambda _: None) -> Iterator[None]:
    """Hold a project's lock; whoever wants it meanwhile waits, and `waiting` is told for whom.

    The operating system gives the lock of a process back when it ends, however it ends: what a
    killed build leaves is a file that nobody holds. Worker processes do not inherit it, as they
    would with flock(). In one process the lock may be taken again by who holds it already.
    """
    path = root.resolve() / ".cache" / "lock"
    if path not in _held:
        file = _acquired(path, waiting)
        _held[path] = 0
    else:
        file = None
    _held[path] += 1
    try:
        yield
    finally:
        _held[path] -= 1
        if file is not None:
            del _held[path]
            os.close(file)  # which gives the lock back


def _acquired(path: Path, waiting: Callable[[str], object]) -> int:
    path.parent.mkdir(parents=True, exist_ok=True)
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            _lock(file, waiting)
            if _is(path, file):  # `clean` may have removed it while we waited
                os.ftruncate(file, 0)
                os.pwrite(file, f"{os.getpid()}\n".encode(), 0)
                return file
        except BaseException:
            os.close(file)
            raise
        os.close(file)


def _lock(file: int, waiting: Callable[[str], object]) -> None:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        waiting(os.pread(file, 20, 0).decode("ascii", "replace").strip())
        fcntl.lockf(file, fcntl.LOCK_EX)


def _is(path: Path, file: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(file))
    except FileNotFoundError:
        return False
