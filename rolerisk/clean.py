"""Removes what builds have written: known files always, unknown ones only when told to."""

import shutil
from pathlib import Path

from rolerisk.store.manifest import manifest_path, read_manifest
from rolerisk.write import KEPT, check_folder, on_disk

# the manifests of other output folders, and what search engines were told, which cannot be redone
_NOT_OURS = ("manifest-", "announced-")


def strangers(root: Path, out: Path) -> list[str]:
    """Files of the output folder that no build is known to have written, by their paths."""
    manifest = read_manifest(manifest_path(root, out))
    return sorted(on_disk(out).keys() - manifest.files.keys() - set(KEPT))


def clean(root: Path, out: Path, everything: bool) -> int:
    """Remove the written files (with `everything`, all files) and the caches; return how many.

    Raises write.OutputFolderError when the folder is not one that a build may use.
    """
    check_folder(out, root)
    manifest = read_manifest(manifest_path(root, out))
    present = on_disk(out)
    doomed = set(present) - set(KEPT) if everything else manifest.files.keys() & set(present)
    for path in doomed:
        (out / path).unlink()
    for folder in sorted((p for p in out.rglob("*") if p.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    manifest_path(root, out).unlink(missing_ok=True)
    for cache in (root / ".cache").glob("*"):
        if not cache.name.startswith(_NOT_OURS):
            shutil.rmtree(cache) if cache.is_dir() else cache.unlink()
    return len(doomed)
