"""Python's collector of cycles, and where it would look in vain."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no cycles meanwhile.

    What is read and planned stays until the end and has none, but the collector goes through all of
    it again and again: a fifth of the time of an edit. Templates do leave cycles when they render.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
