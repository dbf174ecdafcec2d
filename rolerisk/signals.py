"""What happens when somebody stops a command: with Ctrl+C, or the system with SIGTERM."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import connection, parent_process
from types import FrameType


class Stopped(KeyboardInterrupt):
    """Somebody asked to stop; `number` is the signal's, `late` whether all was done by then."""

    def __init__(self, number: int, late: bool = False) -> None:
        super().__init__(number)
        self.number = number
        self.late = late


def heed_signals() -> None:
    """Let SIGTERM stop a command as Ctrl+C does, so that it tidies up as well."""
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)


def _stop(number: int, _frame: FrameType | None) -> None:
    raise Stopped(number)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Do all of a block, whoever asks to stop meanwhile; raise Stopped at its end.

    Only the main thread hears signals, so in others there is nothing to hold back.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda n, _: heard.append(n)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if heard:
        raise Stopped(heard[0], late=True)


def be_worker() -> None:
    """Leave signals to the process that this one works for, and end when that one does.

    Ctrl+C reaches all processes of a terminal; whoever is killed outright tells its workers nothing.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
