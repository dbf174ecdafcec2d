"""The end of a build: the output folder changes, and what is in it now is noted."""

from pathlib import Path

import msgspec

from rolerisk import write
from rolerisk.errors import InterruptedWriteError
from rolerisk.model.output import Manifest
from rolerisk.settings import BuildReport, Settings
from rolerisk.signals import uninterrupted
from rolerisk.store.manifest import announce_files, manifest_path, write_manifest
from rolerisk.unchanged import Before, inputs_digest


def publish(
    settings: Settings, before: Before, stage: Path, ready: write.Prepared, done: BuildReport
) -> BuildReport:
    """Change the output folder and note what is in it now, whoever asks to stop meanwhile."""
    sources, _, manifest, disk = before
    path, inputs = manifest_path(settings.root, settings.out), inputs_digest(sources, settings)
    with uninterrupted(last=True):
        if not manifest.inputs:  # it is not all on the disk: some of it was recovered
            write_manifest(path, manifest)
        announce_files(path, ready.coming)
        kept, removed = write.publish(settings.out, stage, ready, manifest, disk)
        strangers = () if manifest.files else disk.keys() - kept.files.keys() - set(write.KEPT)
        done = msgspec.structs.replace(done, removed=removed, strangers=tuple(sorted(strangers)))
        if kept.files != manifest.files or manifest.inputs != inputs:
            _note(path, msgspec.structs.replace(kept, inputs=inputs, report=done))
    return done


def _note(path: Path, manifest: Manifest) -> None:
    """Keep the manifest of what has just been written."""
    try:
        write_manifest(path, manifest)
    except OSError as error:
        raise InterruptedWriteError(
            f"{error.filename or path}: {error.strerror}: the site is new, all of it, but nothing "
            "notes what was written; the next build does"
        ) from error
