"""Precompressed files: .br and .gz beside the texts, staged like rendered outputs.

Between render and write, behind the search index. A compressed file is made of the bytes of its
text alone, so a text whose bytes are as before is not compressed again.
"""

import gzip
import io
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import brotli

from rolerisk import write
from rolerisk.model.output import Derived, Manifest, OnDisk, Parts, Rendered
from rolerisk.plan.keys import digest
from rolerisk.program import program_digest

BROTLI_QUALITY = 11  # the slowest; paid once for a text
_TEXTS = (
    *(".html", ".css", ".js", ".json", ".webmanifest"),
    *(".xml", ".txt", ".md", ".csv", ".svg"),
)


def compressed(
    rendered: Iterable[Rendered],
    fresh: Iterable[str],
    manifest: Manifest,
    disk: Mapping[str, OnDisk],
    out: Path,
    stage: Path,
    jobs: int,
) -> Derived:
    """Compress every text that is new or changed, in `jobs` threads.

    `rendered` are in `stage`, `fresh` are the paths of those that stay as they are, in `out`.
    """
    new = {item.path: item.digest for item in rendered}
    digests = {path: manifest.files[path].digest for path in fresh} | new
    kept: set[str] = set()
    todo: list[tuple[str, str, Parts]] = []
    for path, of_text in digests.items():
        if not path.endswith(_TEXTS):
            continue
        for suffix in _COMPRESSORS:
            parts = _parts(of_text)
            before = manifest.files.get(path + suffix)
            sound = before and before.is_untouched(disk.get(path + suffix))
            if before and sound and before.parts.are_those_of(parts):
                kept.add(path + suffix)
            else:
                todo.append((path, suffix, parts))

    def make(item: tuple[str, str, Parts]) -> tuple[Rendered, Parts]:
        path, suffix, parts = item
        text = ((stage if path in new else out) / path).read_bytes()
        return write.put(stage, path + suffix, _COMPRESSORS[suffix](text)), parts

    from concurrent.futures import ThreadPoolExecutor  # 5 ms

    with ThreadPoolExecutor(jobs) as pool:  # both libraries let other threads run
        return Derived(tuple(pool.map(make, todo)), frozenset(kept))


def is_compressed(path: str) -> bool:
    """Whether a path of the output folder is that of a precompressed file."""
    return path.endswith(tuple(text + suffix for text in _TEXTS for suffix in _COMPRESSORS))


def _brotli(text: bytes) -> bytes:
    data: bytes = brotli.compress(text, mode=brotli.MODE_TEXT, quality=BROTLI_QUALITY)
    return data


def _gzip(text: bytes) -> bytes:
    """Without a time, a name or the number of the operating system, which gzip.compress() notes."""
    data = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=data, mtime=0) as file:
        file.write(text)
    return data.getvalue()


_COMPRESSORS: Mapping[str, Callable[[bytes], bytes]] = {".br": _brotli, ".gz": _gzip}


def _parts(text: str) -> Parts:
    versions = f"{program_digest()} {brotli.__version__} {zlib.ZLIB_RUNTIME_VERSION}"
    return Parts(digest(versions.encode()), "text", bytes.fromhex(text))
