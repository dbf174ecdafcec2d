"""The .cache folder: manifests of what was written where. Damage or another version is a miss."""

import hashlib
import os
from pathlib import Path

import msgspec

from rolerisk.model.output import Manifest, Parts

VERSION = 1


class _File(msgspec.Struct, frozen=True):
    """A manifest as it is kept: with the version of its format."""

    version: int
    manifest: Manifest


def manifest_path(cache: Path, out: Path) -> Path:
    """Where the manifest of an output folder is kept: one file per folder."""
    name = hashlib.blake2b(str(out.resolve()).encode(), digest_size=8).hexdigest()
    return cache / f"manifest-{name}.msgpack"


def read_manifest(path: Path) -> Manifest:
    """The manifest of an earlier build; empty when there is none that can be read."""
    try:
        file = msgspec.msgpack.decode(path.read_bytes(), type=_File)
    except (OSError, msgspec.DecodeError):
        return Manifest({})
    return file.manifest if file.version == VERSION else Manifest({})


def without_keys(manifest: Manifest) -> Manifest:
    """The manifest of a build without caches: what is ours is still known, nothing is fresh."""
    unknown = Parts("", {}, "")
    return Manifest(
        {p: msgspec.structs.replace(w, parts=unknown) for p, w in manifest.files.items()}
    )


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Keep a manifest, atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.tmp")
    temporary.write_bytes(msgspec.msgpack.encode(_File(VERSION, manifest)))
    os.replace(temporary, path)
