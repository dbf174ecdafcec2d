"""Our scores beside the published measures of exposure."""

from collections.abc import Sequence

import msgspec

from rolerisk.model.content import Measure
from rolerisk.model.site import RoleFacts, Site
from rolerisk.model.survey import Agreement, Outlier, Standing
from rolerisk.survey.ranks import ranks, spearman

NUMBERED = 5  # that are told of each measure
OUTLIERS = 12
_EDGE = 4  # percent of a drawing that its dots keep from its edges


def agreements(site: Site) -> tuple[Agreement, ...]:
    """The agreement with each measure of exposure that any role has a figure of."""
    found = []
    for measure in site.tables.measures.values():
        roles = [role for role in site.roles if measure.id in role.figures]
        if measure.kind == "exposure" and roles:
            found.append(_agreement(measure, roles))
    return tuple(found)


def outliers(site: Site, found: Sequence[Agreement]) -> tuple[Outlier, ...]:
    """The roles that stand furthest from what the measures say together, furthest first."""
    gaps: dict[str, list[float]] = {}
    for agreement in found:
        for standing in agreement.standings:
            share = 100 * standing.gap / len(agreement.standings)
            gaps.setdefault(standing.card.slug, []).append(share)
    means = {slug: sum(values) / len(values) for slug, values in gaps.items()}
    roles = [role for role in site.roles if means.get(role.slug)]
    far = sorted(roles, key=lambda role: (-abs(means[role.slug]), role.slug))[:OUTLIERS]
    return tuple(
        Outlier(
            role.card,
            means[role.slug],
            tuple(role.figures.get(agreement.measure) for agreement in found),
        )
        for role in far
    )


def _agreement(measure: Measure, roles: Sequence[RoleFacts]) -> Agreement:
    scores = [role.card.score for role in roles]
    figures = [role.figures[measure.id] for role in roles]
    high = max(figures) or 1.0
    standings = [
        Standing(
            role.card,
            figure,
            rank,
            research,
            research - rank,
            _within(figure / high),
            _within(1 - role.card.score / 100),
        )
        for role, figure, rank, research in zip(
            roles, figures, ranks(scores), ranks(figures), strict=True
        )
    ]
    standings.sort(key=lambda standing: (-abs(standing.gap), standing.card.slug))
    numbered = [
        msgspec.structs.replace(standing, number=number if number <= NUMBERED else 0)
        for number, standing in enumerate(standings, 1)
    ]
    rho = spearman(scores, figures)
    return Agreement(measure.id, measure.name, measure.attribution, rho, high, tuple(numbered))


def _within(share: float) -> float:
    """A share of the drawing (0-1) as percent that leaves room for a dot at the edges."""
    return _EDGE + (100 - 2 * _EDGE) * max(0.0, min(1.0, share))
