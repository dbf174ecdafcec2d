"""Stage 7, write: rendered bytes → the output folder. With load, the only stage that touches disk.

What is rendered is put into a stage folder beside the output folder and renamed into place once
all of it is there, file by file: a build that fails leaves the site as it was, and a server never
sees half a file. Only files that the manifest knows as ours are removed.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from rolerisk.errors import InterruptedWriteError, OutputFolderError
from rolerisk.model.output import Manifest, OnDisk, Parts, Rendered, Written

KEPT = (".gitignore",)  # in the output folder, but the editors' own


def check_folder(out: Path, root: Path) -> None:
    """Refuse output folders whose files a build must never touch. Raises OutputFolderError."""
    if out.is_symlink():
        raise OutputFolderError(f"{out} is a link: give the folder itself")
    if out.exists() and not out.is_dir():
        raise OutputFolderError(f"{out} is a file, not a folder")
    resolved, project = out.resolve(), root.resolve()
    if project.is_relative_to(resolved):
        raise OutputFolderError(
            f"{out} holds the project itself: choose a folder of its own, such as site"
        )
    inputs = (project / name for name in ("content", "templates", "rolerisk", ".git"))
    if any(resolved.is_relative_to(folder) for folder in inputs):
        raise OutputFolderError(f"{out} is inside the project's own folders")


def on_disk(out: Path) -> dict[str, OnDisk]:
    """Size and time of every file of the output folder, by its path below it."""
    found: dict[str, OnDisk] = {}
    for folder, _, names in os.walk(out):
        below = os.path.relpath(folder, out)
        for name in names:
            stat = os.stat(os.path.join(folder, name), follow_symlinks=False)
            path = name if below == "." else f"{below}/{name}"
            found[path] = OnDisk(stat.st_size, stat.st_mtime_ns)
    return found


@contextmanager
def stage_folder(out: Path) -> Iterator[Path]:
    """A folder on the output folder's file system that is gone afterwards, whatever happens."""
    out.parent.mkdir(parents=True, exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=f".{out.name}-stage-", dir=out.parent))
    try:
        yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def sweep(out: Path) -> None:
    """Remove the stage folders of builds that were killed; the caller holds the project's lock."""
    for stage in out.parent.glob(f".{out.name}-stage-*"):
        shutil.rmtree(stage, ignore_errors=True)


def put(stage: Path, path: str, data: bytes) -> Rendered:
    """Put an output's bytes into the stage folder."""
    place = stage / path
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        place.write_bytes(data)
    except OSError as error:  # a full disk names no file
        raise OSError(error.errno, error.strerror, str(place)) from error
    return Rendered(path, hashlib.blake2b(data, digest_size=16).hexdigest(), len(data))


class Prepared(NamedTuple):
    """What is to be done to the output folder: the files that come, those that stay, orphans."""

    coming: dict[str, Written]
    staying: dict[str, Written]
    orphans: tuple[str, ...]


def prepare(
    out: Path,
    stage: Path,
    rendered: Iterable[tuple[Rendered, Parts]],
    orphans: Iterable[str],
    manifest: Manifest,
    disk: Mapping[str, OnDisk],
) -> Prepared:
    """See that everything can be put into place, and make the folders that are missing.

    A file whose bytes are the same as before stays, with its time: that helps rsync and caches.
    Raises OutputFolderError when somebody else's folder or link stands in the way, or when a folder
    may not be written to.
    """
    coming, staying = {}, {}
    for item, parts in rendered:
        before = manifest.files.get(item.path)
        if before and before.digest == item.digest and untouched(before, disk.get(item.path)):
            staying[item.path] = Written(parts, item.digest, before.size, before.mtime)
        else:
            stat = (stage / item.path).stat()  # the same when it has been renamed
            coming[item.path] = Written(parts, item.digest, stat.st_size, stat.st_mtime_ns)
    doomed = tuple(orphans)
    _check_targets(out, coming)
    for folder in sorted({(out / path).parent for path in coming}):
        folder.mkdir(parents=True, exist_ok=True)
    _check_rights(out, {(out / path).parent for path in (*coming, *doomed)})
    return Prepared(coming, staying, doomed)


def publish(
    out: Path, stage: Path, todo: Prepared, manifest: Manifest, disk: Mapping[str, OnDisk]
) -> tuple[Manifest, int]:
    """Rename what comes into place, then remove orphans.

    Returns the new manifest and how many files were removed. Raises InterruptedWriteError when
    something stops it half-way that could not be foreseen.
    """
    files = manifest.files | todo.staying
    try:
        for path, written in todo.coming.items():
            os.replace(stage / path, out / path)
            files[path] = written
        removed = sum(_remove(out, path, files, disk) for path in todo.orphans)
    except OSError as error:
        raise InterruptedWriteError(
            f"{error.filename or out}: {error.strerror}: part of the site is new, part is old, every "
            "file is whole; the next build mends it"
        ) from error
    return Manifest(files), removed


def _check_rights(out: Path, folders: Iterable[Path]) -> None:
    for folder in sorted(folders):
        if folder.is_dir() and not os.access(folder, os.W_OK | os.X_OK):
            raise OutputFolderError(f"{folder} cannot be written to: the site is as it was")


def _check_targets(out: Path, paths: Iterable[str]) -> None:
    """Every path is free, or a file in real folders of the output folder."""
    folders: set[Path] = set()
    for path in paths:
        target = out / path
        if target.is_dir() and not target.is_symlink():
            raise OutputFolderError(f"{target} is a folder where a file of the site belongs")
        folders.update(folder for folder in target.parents if folder.is_relative_to(out))
    for folder in sorted(folders - {out}):
        if folder.is_symlink():
            raise OutputFolderError(
                f"{folder} is a link: a build writes into folders of its own only"
            )
        if folder.exists() and not folder.is_dir():
            raise OutputFolderError(f"{folder} is a file where a folder of the site belongs")


def untouched(before: Written, now: OnDisk | None) -> bool:
    """Whether a file of the output folder is as a build left it."""
    return now is not None and (now.size, now.mtime) == (before.size, before.mtime)


def _remove(out: Path, path: str, files: dict[str, Written], disk: Mapping[str, OnDisk]) -> bool:
    """Remove a file that we wrote and nobody has changed since, and folders that it leaves empty."""
    written = files.pop(path)
    if not untouched(written, disk.get(path)):
        return False
    target = out / path
    target.unlink(missing_ok=True)
    for folder in target.parents:
        if folder == out or any(folder.iterdir()):
            break
        folder.rmdir()
    return True
