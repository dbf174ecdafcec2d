"""What builds have written into an output folder, and what the last one was made of."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from rolerisk.model.output import Manifest, OnDisk, Parts, Written
from rolerisk.model.scalars import read_scalar, write_scalar
from rolerisk.store.whole import write_whole

VERSION = 4
_Kept = TypeVar("_Kept", bound=msgspec.Struct)


def manifest_path(root: Path, out: Path) -> Path:
    """Where the manifest of an output folder is kept: one file per folder."""
    name = hashlib.blake2b(str(out.resolve()).encode(), digest_size=8).hexdigest()
    return root / ".cache" / f"manifest-{name}.msgpack"


def read_manifest(path: Path) -> Manifest:
    """The manifest of an earlier build; empty when there is none that can be read."""
    return read_kept(path, Manifest, VERSION) or Manifest({})


def recovered(path: Path, disk: Mapping[str, OnDisk]) -> Manifest:
    """The manifest, with what a build that was killed while it published had put into place."""
    manifest, coming = read_manifest(path), read_manifest(_journal(path)).files
    arrived = {p: w for p, w in coming.items() if disk.get(p) == OnDisk(w.size, w.mtime)}
    return Manifest(manifest.files | arrived) if coming else manifest


def without_keys(manifest: Manifest) -> Manifest:
    """The manifest of a build without caches: what is ours is still known, nothing is fresh."""
    unknown = Parts("", "", b"")
    return Manifest(
        {p: msgspec.structs.replace(w, parts=unknown) for p, w in manifest.files.items()}
    )


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Keep a manifest, atomically; what was to come has come."""
    write_kept(path, manifest, VERSION)
    _journal(path).unlink(missing_ok=True)


def announce_files(path: Path, coming: Mapping[str, Written]) -> None:
    """Note the files that are about to be put into place: they are ours, whatever happens now."""
    if coming:
        write_kept(_journal(path), Manifest(dict(coming)), VERSION)


def forget_manifest(path: Path) -> None:
    """Drop a manifest: nothing of its output folder is known as ours any more."""
    path.unlink(missing_ok=True)
    _journal(path).unlink(missing_ok=True)


def _journal(path: Path) -> Path:
    return path.with_suffix(".coming")


def read_kept(path: Path, kind: type[_Kept], version: int) -> _Kept | None:
    """A value that was kept; None when the file is missing, damaged or of another version."""
    try:
        data = memoryview(path.read_bytes())  # of which a slice is no copy
        if data[:_HEAD] != _head(data[_HEAD:], version):
            return None
        return msgspec.msgpack.decode(data[_HEAD:], type=kind, dec_hook=read_scalar)
    except (OSError, msgspec.MsgspecError, ValueError):
        return None


def write_kept(path: Path, value: msgspec.Struct, version: int) -> None:
    """Keep a value with its version and digest; the file is whole at any moment."""
    body = msgspec.msgpack.encode(value, enc_hook=write_scalar)
    for left in path.parent.glob(f"{path.stem}.*.tmp"):  # by a process that was killed
        left.unlink(missing_ok=True)
    write_whole(path, _head(body, version), body)


def _head(body: bytes | memoryview, version: int) -> bytes:
    return bytes([version]) + hashlib.blake2b(body, digest_size=16).digest()


_HEAD = len(_head(b"", VERSION))
