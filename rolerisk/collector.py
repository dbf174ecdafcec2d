"""Python's collector of cycles, and where it would look in vain."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no cycles meanwhile.

    What is read and planned stays until the end and has none, but the collector goes through all of
    it again and again: a fifth of the time of an edit.
    """
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        _collect(before)


@contextmanager
def collected() -> Iterator[None]:
    """Look for cycles meanwhile, but only among what is new: templates of others may leave some."""
    before = gc.isenabled()
    gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        gc.unfreeze()
        _collect(before)


def _collect(on: bool) -> None:
    if on:
        gc.enable()
    else:
        gc.disable()
