"""What is stale: compares the outputs to be with what earlier builds wrote. Reads no file."""

from collections.abc import Iterable, Mapping

from rolerisk.model.output import Manifest, OnDisk, Output, Parts, Plan, Stale
from rolerisk.plan.keys import Keys


def plan(
    outputs: Iterable[Output], keys: Keys, manifest: Manifest, on_disk: Mapping[str, OnDisk]
) -> Plan:
    """Decide what to render and what to delete."""
    stale: list[Stale] = []
    fresh: list[str] = []
    for output in outputs:
        parts = keys.parts(output)
        why = reason(output.path, parts, manifest, on_disk.get(output.path))
        if why:
            stale.append(Stale(output, parts, why))
        else:
            fresh.append(output.path)
    planned = {item.output.path for item in stale} | set(fresh)
    return Plan(tuple(stale), tuple(fresh), tuple(sorted(manifest.files.keys() - planned)))


def reason(path: str, parts: Parts, manifest: Manifest, on_disk: OnDisk | None) -> str:
    """Why an output has to be rendered; empty when it is fresh."""
    before = manifest.files.get(path)
    if before is None:
        return "it is new"
    if on_disk is None:
        return "the file is gone from the output folder"
    if (on_disk.size, on_disk.mtime) != (before.size, before.mtime):
        return "the file was changed after it was written"
    if before.parts.key == parts.key:
        return ""
    changed = [name for name, d in parts.digests.items() if before.parts.digests.get(name) != d]
    if before.parts.renderer != parts.renderer:
        changed.insert(0, "its template or the program")
    return f"changed: {', '.join(changed) or 'its kind'}"
