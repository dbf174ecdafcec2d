"""Removes what builds have written: known files always, unknown ones only when told to."""

import shutil
from pathlib import Path

from rolerisk.store.lock import exclusive
from rolerisk.store.manifest import forget_manifest, manifest_path, recovered
from rolerisk.write import KEPT, check_folder, on_disk

# the manifests of other output folders, and what search engines were told, which cannot be redone
_NOT_OURS = ("manifest-", "announced-")


def strangers(root: Path, out: Path) -> list[str]:
    """Files of the output folder that no build is known to have written, by their paths."""
    present = on_disk(out)
    manifest = recovered(manifest_path(root, out), present)
    return sorted(present.keys() - manifest.files.keys() - set(KEPT))


def clean(root: Path, out: Path, everything: bool) -> int:
    """Remove the written files (with `everything`, all files) and the caches; return how many.

    Raises write.OutputFolderError when the folder is not one that a build may use.
    """
    check_folder(out, root)
    with exclusive(root):
        return _clean(root, out, everything)


def _clean(root: Path, out: Path, everything: bool) -> int:
    present = on_disk(out)
    manifest = recovered(manifest_path(root, out), present)
    doomed = set(present) - set(KEPT) if everything else manifest.files.keys() & set(present)
    for path in doomed:
        (out / path).unlink()
    for folder in sorted((p for p in out.rglob("*") if p.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
    forget_manifest(manifest_path(root, out))
    for cache in (root / ".cache").glob("*"):
        if not cache.name.startswith(_NOT_OURS):
            shutil.rmtree(cache) if cache.is_dir() else cache.unlink()
    return len(doomed)
