"""Where a role's published figures stand among those of all occupations."""

from bisect import bisect_left
from collections.abc import Mapping

from rolerisk.model.context import Standing
from rolerisk.model.site import Distribution, RoleFacts


def standings(distributions: Mapping[str, Distribution], role: RoleFacts) -> tuple[Standing, ...]:
    """One standing for each of the role's figures that has a distribution."""
    return tuple(
        _standing(found, role.figures[measure])
        for measure, found in distributions.items()
        if measure in role.figures
    )


def _standing(found: Distribution, figure: float) -> Standing:
    fullest = max(found.counts)
    return Standing(
        found.measure,
        f"{found.low:g}",
        f"{found.high:g}",
        tuple(round(100 * count / fullest) for count in found.counts),
        round(100 * min(figure, found.high) / found.high),
        bisect_left(found.figures, figure),
        len(found.figures),
    )
