"""What is stale: compares the outputs to be with what earlier builds wrote. Reads no file."""

from collections.abc import Iterable, Mapping

from rolerisk.model.output import (
    Family,
    Manifest,
    New,
    OnDisk,
    Output,
    Parts,
    Plan,
    Stale,
)
from rolerisk.plan.keys import Keys


def plan(
    planned: Iterable[Output | Family],
    keys: Keys,
    manifest: Manifest,
    on_disk: Mapping[str, OnDisk],
) -> Plan:
    """Decide what to render and what to delete.

    Of families that are as they were, nothing is made, and those that are new are made by who
    renders them; but for families of one file, which takes less to send than what it is made of.
    """
    stale: list[Stale | New] = []
    fresh: list[str] = []
    noted: dict[str, Parts] = {}
    for item in planned:
        family = ""
        if isinstance(item, Family):
            if item.members[1:] and not any(path in manifest.files for path, _ in item.members):
                stale.append(New(item))
                continue
            family = keys.family(item)
            if _is_settled(item, family, manifest, on_disk):
                fresh += [path for path, _ in item.members]
                continue
        for output in made(item):
            parts = keys.parts(output, family)
            why = reason(output, parts, manifest, on_disk.get(output.path))
            if why:
                stale.append(Stale(output, parts, why))
                continue
            fresh.append(output.path)
            if manifest.files[output.path].parts.family != family:
                noted[output.path] = parts
    every = {path for item in stale for path, _ in item.members} | set(fresh)
    orphans = tuple(sorted(manifest.files.keys() - every))
    return Plan(tuple(stale), tuple(fresh), noted, orphans)


def made(item: Output | Family) -> Iterable[Output]:
    """An output, or those of a family."""
    return item.make() if isinstance(item, Family) else (item,)


def unfolded(keys: Keys, item: Stale | New) -> Iterable[tuple[Output, Parts]]:
    """The outputs themselves, with their parts."""
    if isinstance(item, Stale):
        return ((item.output, item.parts),)
    family = keys.family(item.family)
    return ((output, keys.parts(output, family)) for output in item.family.make())


def _is_settled(
    item: Family, digest: str, manifest: Manifest, on_disk: Mapping[str, OnDisk]
) -> bool:
    """Whether all files of a family were made of just this, and are as they were left."""
    for path, _ in item.members:
        before, now = manifest.files.get(path), on_disk.get(path)
        if before is None or before.parts.family != digest or not before.is_untouched(now):
            return False
    return True


def reason(output: Output, parts: Parts, manifest: Manifest, on_disk: OnDisk | None) -> str:
    """Why an output has to be rendered; empty when it is fresh."""
    before = manifest.files.get(output.path)
    if before is None:
        return "it is new"
    if on_disk is None:
        return "the file is gone from the output folder"
    if not before.is_untouched(on_disk):
        return "the file was changed after it was written"
    if before.parts.are_those_of(parts):
        return ""
    if before.parts.kind != parts.kind:
        return "changed: its kind"
    fields = output.context.__struct_fields__
    then, now = before.parts.by_field(fields), parts.by_field(fields)
    changed = [name for name in fields if then[name] != now[name]]
    if before.parts.renderer != parts.renderer:
        changed.insert(0, "its template or the program")
    return f"changed: {', '.join(changed)}"
