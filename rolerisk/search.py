"""The search index: finished role pages in, Pagefind's files out, staged like rendered outputs.

Between render and write. Pagefind reads the elements that carry data-pagefind-body, which only
role pages have. The same pages give the same bytes, so the key of the index is theirs.
"""

import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path

from rolerisk import write
from rolerisk.model.output import Derived, Manifest, OnDisk, Parts, Rendered
from rolerisk.plan.keys import digest
from rolerisk.program import program_digest

FOLDER = "pagefind/"
# What a search asks for; Pagefind's own user interfaces stay out.
_WANTED = (
    "pagefind.js",
    "pagefind-worker.js",
    "pagefind-entry.json",
    "pagefind.*.pf_meta",
    "wasm.*.pagefind",
    "index/*.pf_index",
    "fragment/*.pf_fragment",
)


def search_index(
    pages: Iterable[str],
    rendered: Iterable[Rendered],
    manifest: Manifest,
    disk: Mapping[str, OnDisk],
    out: Path,
    stage: Path,
) -> Derived:
    """Index these pages when one of them changed: new ones are in `stage`, the others in `out`."""
    fresh = {path: file.digest for path, file in manifest.files.items()}
    new = {item.path: item.digest for item in rendered}
    digests = {path: new.get(path) or fresh[path] for path in sorted(pages)}
    parts = _parts(digests)
    before = {path: f for path, f in manifest.files.items() if path.startswith(FOLDER)}
    sound = all(file.is_untouched(disk.get(path)) for path, file in before.items())
    if before and sound and all(file.parts.are_those_of(parts) for file in before.values()):
        return Derived(kept=frozenset(before))
    if not digests:
        return Derived()
    with write.stage_folder(out) as folder:
        for path in digests:
            _copy((stage if path in new else out) / path, folder / "pages" / path)
        run_pagefind(folder / "pages", folder / "index")
        files = _wanted(folder / "index")
        items = [write.put(stage, FOLDER + name, data) for name, data in files.items()]
    return Derived(tuple((item, parts) for item in items))


def run_pagefind(pages: Path, index: Path) -> None:
    """Index a folder of pages into another folder; no settings from outside reach Pagefind."""
    from pagefind_bin import get_executable  # type: ignore[import-untyped]

    command = [get_executable(), "--site", pages.resolve(), "--output-path", index.resolve()]
    clean = {key: value for key, value in os.environ.items() if not key.startswith("PAGEFIND_")}
    subprocess.run([*command, "--silent"], cwd=pages, env=clean, check=True)


def _parts(pages: Mapping[str, str]) -> Parts:
    from importlib.metadata import version  # 10 ms

    program = digest(f"{program_digest()} {version('pagefind-bin')}".encode())
    of_pages = digest(repr(sorted(pages.items())).encode())
    return Parts(program, "pages", bytes.fromhex(of_pages))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _wanted(index: Path) -> dict[str, bytes]:
    found = sorted(path for pattern in _WANTED for path in index.glob(pattern))
    return {path.relative_to(index).as_posix(): path.read_bytes() for path in found}
