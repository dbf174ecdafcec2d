"""Why a file of the site is as it is: what it is made of, and why it would be rendered."""

from collections.abc import Sequence

from rolerisk.model.output import Parts
from rolerisk.pipeline import derived_parts, planned_output
from rolerisk.settings import Settings


def explanation(path: str, settings: Settings) -> str | None:
    """Explain the output at a path below the output folder, or at a URL; None when there is none.

    Raises UnsoundError when the content has errors.
    """
    wanted = path.removeprefix(f"{settings.out}/").lstrip("/")
    candidates = {wanted, f"{wanted.rstrip('/')}/index.html".lstrip("/")}
    found = planned_output(settings, candidates)
    if found is None:
        return _derived(wanted, settings)
    output, parts, reason = found
    lines = [
        f"{output.path}",
        f"  renderer  {output.renderer}  {parts.renderer[:12]}",
        *_part_lines(parts, output.context.__struct_fields__),
        f"  stale: {reason}" if reason else "  fresh: nothing that it depends on has changed",
    ]
    return "\n".join(lines)


def _derived(path: str, settings: Settings) -> str | None:
    """A file that is made of others: it has no renderer."""
    parts = derived_parts(settings, path)
    if parts is None:
        return None
    program, when = "compression", "when its text changes"
    if parts.kind == "pages":
        program, when = "Pagefind", "with the whole index when a role's page changes"
    lines = [
        path,
        f"  program   {program}  {parts.renderer[:12]}",
        *_part_lines(parts, (parts.kind,)),
        f"  made again {when}",
    ]
    return "\n".join(lines)


def _part_lines(parts: Parts, names: Sequence[str]) -> list[str]:
    width = max(map(len, names), default=0)
    return [f"  context   {name:<{width}}  {d[:12]}" for name, d in parts.by_field(names).items()]
