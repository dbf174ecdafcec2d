"""Puts new texts in the place of files: each is whole at any moment."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_texts(root: Path, texts: Mapping[str, str]) -> None:
    """Write files below the root, each by renaming; links stay links, modes stay as they are."""
    for path, text in texts.items():
        target = (root / path).resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            _copy_mode(target, temporary)
            os.replace(temporary, target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


def _copy_mode(target: Path, temporary: str) -> None:
    """A new file gets the mode that any new file gets; mkstemp's is for the owner alone."""
    if target.exists():
        shutil.copymode(target, temporary)
    else:
        mask = os.umask(0)
        os.umask(mask)
        Path(temporary).chmod(0o666 & ~mask)
