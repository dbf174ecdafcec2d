"""Whether there is anything to do at all: the same input, and the output as it was left.

This is asked before any stage but load is even imported: a build of an unchanged site costs what
reading its files costs.
"""

import hashlib

import msgspec

from rolerisk import write
from rolerisk.load import load
from rolerisk.model.sources import Sources
from rolerisk.program import program_digest
from rolerisk.settings import BuildReport, Settings
from rolerisk.store.manifest import manifest_path, read_manifest


def unchanged(settings: Settings) -> BuildReport | None:
    """The last build's report with nothing written, when a build would change nothing."""
    if not settings.use_cache:
        return None
    manifest = read_manifest(manifest_path(settings.root, settings.out))
    if manifest.report is None:
        return None
    sources, problems = load(settings.root)
    if problems or manifest.inputs != inputs_digest(sources, settings):
        return None
    disk = write.on_disk(settings.out)
    for path, file in manifest.files.items():
        now = disk.get(path)
        if now is None or (now.size, now.mtime) != (file.size, file.mtime):
            return None
    return msgspec.structs.replace(manifest.report, written=0, removed=0, rendered=0, strangers=())


def inputs_digest(sources: Sources, settings: Settings) -> str:
    """The digest of everything that a build depends on; the number of processes is not among it."""
    asked = (settings.today, settings.base_url, settings.drafts, settings.preview, settings.strict)
    state = hashlib.blake2b(repr((program_digest(), asked)).encode(), digest_size=16)
    for file in sources.files.values():
        state.update(f"{file.path}\0{file.digest}\0".encode())
    return state.hexdigest()
