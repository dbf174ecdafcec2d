"""Stage 7, write: rendered bytes → the output folder. With load, the only stage that touches disk.

What is rendered is put into a stage folder beside the output folder and renamed into place once
all of it is there, file by file: a build that fails leaves the site as it was, and a server never
sees half a file. Only files that the manifest knows as ours are replaced or removed.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from rolerisk.errors import InterruptedWriteError, OutputFolderError
from rolerisk.model.output import Manifest, OnDisk, Parts, Rendered, Written
from rolerisk.signals import uninterrupted

_NEW, _MODE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666
KEPT = (".gitignore",)  # in the output folder, but the editors' own
_HOME, _MARK = "index.html", b'<meta name="generator" content="rolerisk">'


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
    return dict(_files(str(out), "")) if out.exists() else {}


def _files(folder: str, below: str) -> Iterator[tuple[str, OnDisk]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir():
                stat = entry.stat(follow_symlinks=False)
                yield below + entry.name, OnDisk(stat.st_size, stat.st_mtime_ns)
            elif not entry.is_symlink():
                yield from _files(entry.path, f"{below}{entry.name}/")


@contextmanager
def stage_folder(out: Path) -> Iterator[Path]:
    """A folder on the output folder's file system that is gone afterwards, whatever happens."""
    out.parent.mkdir(parents=True, exist_ok=True)
    stage = None
    try:
        with uninterrupted():
            stage = Path(tempfile.mkdtemp(prefix=f".{out.name}-stage-", dir=out.parent))
        yield stage
    finally:
        if stage:
            with uninterrupted():
                shutil.rmtree(stage, ignore_errors=True)


def sweep(out: Path) -> None:
    """Remove the stage folders of builds that were killed; the caller holds the project's lock."""
    for stage in out.parent.glob(f".{out.name}-stage-*"):
        shutil.rmtree(stage, ignore_errors=True)


def put(stage: Path, path: str, data: bytes) -> Rendered:
    """Put an output's bytes into the stage folder."""
    place = f"{stage}/{path}"
    try:
        _write(place, data)
    except OSError as error:  # a full disk names no file
        raise OSError(error.errno, error.strerror, place) from error
    return Rendered(path, _digest(data), len(data), os.stat(place).st_mtime_ns)


def _write(place: str, data: bytes) -> None:
    try:  # what Path.write_bytes does, in two thirds of the time
        file = os.open(place, _NEW, _MODE)
    except FileNotFoundError:  # mostly the folder is there: that is not asked for every file
        os.makedirs(os.path.dirname(place), exist_ok=True)
        file = os.open(place, _NEW, _MODE)
    try:
        while data:  # what a short write has left
            data = data[os.write(file, data) :]
    finally:
        os.close(file)


class Prepared(NamedTuple):
    """What is to be done to the output folder: the files that come, those that stay, orphans."""

    coming: dict[str, Written]
    staying: dict[str, Written]
    orphans: tuple[str, ...]


def prepare(
    out: Path,
    stage: Path,
    rendered: Iterable[tuple[Rendered, Parts]],
    noted: Mapping[str, Parts],
    orphans: Iterable[str],
    manifest: Manifest,
    disk: Mapping[str, OnDisk],
) -> Prepared:
    """See that everything can be put into place, and make the folders that are missing.

    A file whose bytes are the same as before stays, with its time: that helps rsync and caches.
    `noted` are new parts of files that stay unrendered.
    Raises OutputFolderError when somebody else's file, folder or link stands in the way, or when a
    folder may not be written to.
    """
    coming = {}
    staying = {p: msgspec.structs.replace(manifest.files[p], parts=new) for p, new in noted.items()}
    for item, parts in rendered:
        before = manifest.files.get(item.path)
        if before and before.digest == item.digest and before.is_untouched(disk.get(item.path)):
            staying[item.path] = Written(parts, item.digest, before.size, before.mtime)
        else:
            coming[item.path] = Written(parts, item.digest, item.size, item.mtime)
    doomed = tuple(orphans)
    _check_targets(out, coming)
    _check_strangers(out, coming, manifest, disk)
    for folder in sorted(_folders(out, coming)):
        os.makedirs(folder, exist_ok=True)
    _check_rights(_folders(out, (*coming, *doomed)))
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
            os.replace(f"{stage}/{path}", f"{out}/{path}")
            files[path] = written
        removed = sum(_remove(out, path, files, disk) for path in todo.orphans)
    except OSError as error:
        raise InterruptedWriteError(
            f"{error.filename or out}: {error.strerror}: part of the site is new, part is old, every "
            "file is whole; the next build mends it"
        ) from error
    return Manifest(files), removed


def _folders(out: Path, paths: Iterable[str]) -> set[str]:
    """The folders that files of the output folder are in."""
    return {f"{out}/{path.rpartition('/')[0]}".removesuffix("/") for path in paths}


def _check_rights(folders: Iterable[str]) -> None:
    for folder in sorted(folders):
        if os.path.isdir(folder) and not os.access(folder, os.W_OK | os.X_OK):
            raise OutputFolderError(f"{folder} cannot be written to: the site is as it was")


def _check_targets(out: Path, paths: Iterable[str]) -> None:
    """Every path is free, or a file in real folders of the output folder."""
    there = _real_folders(out, {path.rpartition("/")[0] for path in paths})
    for path in paths:
        target = f"{out}/{path}"
        in_the_way = path.rpartition("/")[0] in there and os.path.isdir(target)
        if in_the_way and not os.path.islink(target):
            raise OutputFolderError(f"{target} is a folder where a file of the site belongs")


def _check_strangers(
    out: Path, coming: Mapping[str, Written], manifest: Manifest, disk: Mapping[str, OnDisk]
) -> None:
    """No file is replaced that no build is known to have written, but by its own bytes.

    Where nothing is known any more, the mark on the home page says that the folder is ours.
    """
    unknown = [path for path in coming if path in disk and path not in manifest.files]
    if not unknown or (not manifest.files and _MARK in _bytes(out / _HOME)):
        return
    theirs = [p for p in unknown if _digest(_bytes(out / p)) != coming[p].digest]
    if theirs:
        others = f" and {len(theirs) - 1:,} more" if theirs[1:] else ""
        raise OutputFolderError(
            f"{out / min(theirs)}{others}: there already, and no build is known to have written it: "
            "move it away, or choose another folder with --out; the folder is as it was"
        )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _real_folders(out: Path, folders: set[str]) -> set[str]:
    """Which of these folders are there; raises OutputFolderError when something else is."""
    every = {""}
    while folders - every:
        every |= folders
        folders = {folder.rpartition("/")[0] for folder in folders}
    there: set[str] = set()
    for folder in sorted(every):
        place = f"{out}/{folder}" if folder else str(out)
        if folder and folder.rpartition("/")[0] not in there:
            continue
        if folder and os.path.islink(place):
            raise OutputFolderError(
                f"{place} is a link: a build writes into folders of its own only"
            )
        if os.path.isdir(place):
            there.add(folder)
        elif os.path.lexists(place):
            raise OutputFolderError(f"{place} is a file where a folder of the site belongs")
    return there


def _remove(out: Path, path: str, files: dict[str, Written], disk: Mapping[str, OnDisk]) -> bool:
    """Remove a file that we wrote and nobody has changed since, and folders that it leaves empty."""
    written = files.pop(path)
    if not written.is_untouched(disk.get(path)):
        return False
    target = out / path
    target.unlink(missing_ok=True)
    for folder in target.parents:
        if folder == out or any(folder.iterdir()):
            break
        folder.rmdir()
    return True
