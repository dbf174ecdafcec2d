"""How each exposure measure spreads over the occupations of occupations.csv."""

from collections.abc import Iterable, Mapping

from rolerisk.model.content import Measure, Occupation
from rolerisk.model.site import Distribution

BINS = 24
_FEWEST = 10  # under so many figures there is no distribution to speak of


def distributions(
    measures: Iterable[Measure], occupations: Mapping[str, Occupation]
) -> dict[str, Distribution]:
    """The distributions of the exposure measures, by their ids."""
    found = {}
    for measure in measures:
        figures = sorted(
            o.figures[measure.id] for o in occupations.values() if measure.id in o.figures
        )
        if measure.kind == "exposure" and len(figures) >= _FEWEST:
            found[measure.id] = _distribution(measure.id, figures)
    return found


def _distribution(measure: str, figures: list[float]) -> Distribution:
    low, high = 0.0, max(figures) or 1.0
    counts = [0] * BINS
    for figure in figures:
        counts[min(BINS - 1, int(BINS * figure / high))] += 1
    return Distribution(measure, low, high, tuple(counts), tuple(figures))
