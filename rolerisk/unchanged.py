"""Whether there is anything to do at all: the same input, and the output as it was left.

This is asked before any stage but load is even imported: a build of an unchanged site costs what
asking the disk for its files costs.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

import msgspec

from rolerisk import write
from rolerisk.collector import uncollected
from rolerisk.loading import load_changed
from rolerisk.model.output import Manifest, OnDisk
from rolerisk.model.sources import Sources
from rolerisk.problem import Problem
from rolerisk.program import program_digest
from rolerisk.settings import BuildReport, Settings
from rolerisk.store.lock import exclusive
from rolerisk.store.manifest import manifest_path, recovered


class Before(NamedTuple):
    """What a build finds before it begins: its input, and the output folder as it is."""

    sources: Sources
    problems: tuple[Problem, ...]
    manifest: Manifest
    disk: Mapping[str, OnDisk]


@contextmanager
def looking(
    settings: Settings, waiting: Callable[[str], object] = lambda _: None
) -> Iterator[Before]:
    """What a build finds, and nobody else builds meanwhile; `waiting` is told who still does.

    Raises errors.OutputFolderError when the output folder may not be used.
    """
    write.check_folder(settings.out, settings.root)
    with exclusive(settings.root, waiting):
        write.sweep(settings.out)
        yield look(settings)


def look(settings: Settings) -> Before:
    """Read the input, the manifest, and what the output folder holds."""
    with uncollected():
        disk = write.on_disk(settings.out)
        manifest = recovered(manifest_path(settings.root, settings.out), disk)
        loaded = load_changed(settings.root, settings.use_cache)
        return Before(*loaded, manifest, disk)


def unchanged(before: Before, settings: Settings) -> BuildReport | None:
    """The last build's report with nothing written, when a build would change nothing."""
    sources, problems, manifest, disk = before
    if not settings.use_cache or manifest.report is None or problems:
        return None
    if manifest.inputs != inputs_digest(sources, settings):
        return None
    for path, file in manifest.files.items():
        if not file.is_untouched(disk.get(path)):
            return None
    return msgspec.structs.replace(manifest.report, written=0, removed=0, rendered=0, strangers=())


def inputs_digest(sources: Sources, settings: Settings) -> str:
    """The digest of everything that a build depends on; the number of processes is not among it."""
    s = settings
    asked = (s.today, s.base_url, s.drafts, s.preview, s.strict, s.compress)
    state = hashlib.blake2b(repr((program_digest(), asked)).encode(), digest_size=16)
    for file in sources.files.values():
        state.update(f"{file.path}\0{file.digest}\0".encode())
    return state.hexdigest()
