"""Writes files that other runs read."""

import os
from pathlib import Path

from rolerisk.signals import uninterrupted


def write_whole(path: Path, *data: bytes) -> None:
    """Write a file that is whole, old or new, at any moment; only a killed process leaves a `.tmp`.

    What is given in several pieces is not put together first.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    with uninterrupted():
        with temporary.open("wb") as file:
            file.writelines(data)
        os.replace(temporary, path)
