"""What happens when somebody stops a command: with Ctrl+C, or the system with SIGTERM."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Stopped(KeyboardInterrupt):
    """Somebody asked to stop; `number` is the signal's, `late` whether all was done by then."""

    def __init__(self, number: int, late: bool = False) -> None:
        super().__init__(number)
        self.number = number
        self.late = late


_NUMBERS = (signal.SIGINT, signal.SIGTERM)


def heed_signals() -> None:
    """Let SIGTERM stop a command as Ctrl+C does, so that it tidies up as well."""
    for number in _NUMBERS:
        signal.signal(number, _stop)


def _stop(number: int, _frame: FrameType | None) -> None:
    raise Stopped(number)


def _stop_late(number: int, _frame: FrameType | None) -> None:
    raise Stopped(number, late=True)


@contextmanager
def uninterrupted(*, last: bool = False) -> Iterator[None]:
    """Do all of a block, whoever asks to stop meanwhile; they are heard at its end.

    With `last` the block does what the command is for: who asks from then on has asked late. Only
    the main thread hears signals, so in others there is nothing to hold back.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    before = {number: signal.signal(number, lambda n, _: heard.append(n)) for number in _NUMBERS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, _stop_late if last and handler is _stop else handler)
    if heard:
        signal.raise_signal(heard[0])


def be_worker() -> None:
    """Leave signals to the process that this one works for, and end when that one does.

    Ctrl+C reaches all processes of a terminal; whoever is killed outright tells its workers nothing.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import connection, parent_process  # 20 ms, that only workers need

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)
