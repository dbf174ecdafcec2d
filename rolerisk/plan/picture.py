"""The picture of all roles: a treemap, area by US employment, grouped by category."""

from collections import Counter
from collections.abc import Mapping, Sequence

from rolerisk.model.content import Measure
from rolerisk.model.lists import Picture, Tile, TileGroup, Treemap
from rolerisk.model.site import RoleCard, RoleFacts, Site
from rolerisk.plan.treemap import Box, squarify

MOST = 500  # roles in the picture; more would be dots
_WIDE, _TALL = (1000, 600), (400, 640)
_LETTER, _LINE, _EDGE, _LABEL = 7.9, 16, 8, 20  # sizes of the lettering, in the picture's units
_SCORE = 34  # the room that a score takes below the title


def employment(measures: Mapping[str, Measure]) -> Measure | None:
    """The newest published number of jobs in the United States."""
    counts = [m for m in measures.values() if m.kind == "labour" and m.unit == "jobs"]
    return max((m for m in counts if m.country == "US"), key=lambda m: m.year, default=None)


def jobs_of(role: RoleFacts, measure: Measure | None) -> int | None:
    """The number of jobs of the role's occupation, where it is known."""
    figure = role.figures.get(measure.id) if measure else None
    return int(figure) if figure else None


def picture(site: Site) -> Picture | None:
    """The picture of all roles, or of the largest; None when there is no role."""
    measure = employment(site.tables.measures)
    weights = _weights(site.roles, measure)
    shown = sorted(site.roles, key=lambda role: (-weights[role.slug], role.slug))[:MOST]
    if not shown:
        return None
    jobs = {role.slug: jobs_of(role, measure) for role in shown}
    names = {hub.category.id: hub.category.name for hub in site.hubs}
    groups: dict[str, list[RoleFacts]] = {}
    for role in shown:
        groups.setdefault(names[role.category], []).append(role)
    return Picture(
        _treemap(groups, weights, jobs, _WIDE),
        _treemap(groups, weights, jobs, _TALL),
        len(shown),
        sum(jobs[role.slug] is None for role in shown),
        sum(_shared(site.roles)[_occupation(role)] > 1 for role in shown if jobs[role.slug]),
        measure.attribution if measure else "",
    )


def _occupation(role: RoleFacts) -> str:
    """The six digits that employment is counted by; O*NET's two more only divide them."""
    return role.soc.partition(".")[0]


def _shared(roles: Sequence[RoleFacts]) -> Counter[str]:
    return Counter(_occupation(role) for role in roles)


def _weights(roles: Sequence[RoleFacts], measure: Measure | None) -> dict[str, float]:
    """The areas: roles of one occupation share its jobs evenly; unknown is as small as the smallest."""
    sharing = _shared(roles)
    known = {
        role.slug: jobs / sharing[_occupation(role)]
        for role in roles
        if (jobs := jobs_of(role, measure))
    }
    smallest = min(known.values(), default=1.0)
    return {role.slug: known.get(role.slug, smallest) for role in roles}


def _treemap(
    groups: Mapping[str, Sequence[RoleFacts]],
    weights: Mapping[str, float],
    jobs: Mapping[str, int | None],
    size: tuple[int, int],
) -> Treemap:
    totals = {name: sum(weights[r.slug] for r in roles) for name, roles in groups.items()}
    order = sorted(groups, key=lambda name: (-totals[name], name))
    boxes = squarify([totals[name] for name in order], Box(0, 0, *size))
    drawn = [
        _group(name, groups[name], weights, jobs, box)
        for name, box in zip(order, boxes, strict=True)
    ]
    return Treemap(*size, tuple(drawn))


def _group(
    name: str,
    roles: Sequence[RoleFacts],
    weights: Mapping[str, float],
    jobs: Mapping[str, int | None],
    box: Box,
) -> TileGroup:
    boxes = squarify([weights[role.slug] for role in roles], box)
    first = boxes[0]  # the label stands in it, and would run across its border
    label = name if _fits(name, first.width) and first.height > 2 * _LABEL else ""
    tiles = tuple(
        _tile(role.card, jobs[role.slug], tile, _LABEL if label and tile.y <= box.y + 1 else 0)
        for role, tile in zip(roles, boxes, strict=True)
    )
    return TileGroup(*box, label, tiles)


def _tile(card: RoleCard, jobs: int | None, box: Box, top: float) -> Tile:
    room = int((box.height - top - _EDGE) // _LINE)
    lines = _wrapped(card.title, box.width)
    if len(lines) > room:
        lines = ()
    scored = bool(lines) and box.height - top - len(lines) * _LINE >= _SCORE
    return Tile(card, jobs, *box, top, lines, scored)


def _fits(text: str, width: float) -> bool:
    return len(text) * _LETTER + 2 * _EDGE <= width


def _wrapped(title: str, width: float) -> tuple[str, ...]:
    """The title in lines that fit the width; none when one of its words is too long."""
    lines: list[str] = []
    for word in title.split():
        if lines and _fits(f"{lines[-1]} {word}", width):
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines) if all(_fits(line, width) for line in lines) else ()
