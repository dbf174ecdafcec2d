"""What others have measured of a role's occupation, as its page shows it."""

from rolerisk.model.article import Figure
from rolerisk.model.content import Measure
from rolerisk.model.role import Role
from rolerisk.model.site import Tables


def figures_of(role: Role, tables: Tables) -> tuple[Figure, ...]:
    """The published figures of a role's occupation, with the role's own in place of them."""
    occupation = tables.occupations.get(role.soc or "")
    values = {**(occupation.figures if occupation else {}), **role.evidence}
    return tuple(
        _figure(measure, values[id_]) for id_, measure in tables.measures.items() if id_ in values
    )


def _figure(measure: Measure, value: float) -> Figure:
    return Figure(
        measure.id,
        measure.name,
        measure.kind,
        value,
        _text(value, measure.unit),
        measure.measures,
        measure.unit,
        measure.range or "",
        measure.country,
        measure.year,
        measure.source.title,
        measure.source.url,
        measure.licence,
        measure.attribution,
        measure.in_notes or "",
    )


def _text(value: float, unit: str) -> str:
    """A figure as people write it: $92,650, +7.5%, 70,190, 0.353."""
    if unit.startswith(("US dollars", "US$")):
        return f"${value:,.0f}"
    if unit == "percent":
        return f"{value:+.1f}%".replace("-", "\N{MINUS SIGN}")
    return f"{value:,.0f}" if value == int(value) and abs(value) >= 10 else f"{value:g}"
