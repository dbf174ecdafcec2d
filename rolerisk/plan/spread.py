"""How scores are spread: the histogram, the bands with their counts, a category's median and ends."""

from collections import Counter
from collections.abc import Sequence
from statistics import median

from rolerisk.model.config import Band
from rolerisk.model.lists import BandCount, Bar, CategorySpread, Histogram
from rolerisk.model.site import Hub, RoleFacts

BINS = 20
_POINTS = 100 // BINS  # scores in a bin; the last one has 100 too
_GAP = 0.4  # between two bars, in percent of the width
_HEADROOM = 80  # the highest bar in percent: its number and the median stand above it


def bands(own: Sequence[Band], roles: Sequence[RoleFacts]) -> tuple[BandCount, ...]:
    """The bands with the number of roles in each."""
    ends = [*(band.from_ - 1 for band in own[1:]), 100]
    counts = Counter(role.card.band for role in roles)
    return tuple(
        BandCount(b.id, b.name, b.from_, end, counts[b.id])
        for b, end in zip(own, ends, strict=True)
    )


def histogram(own: Sequence[Band], roles: Sequence[RoleFacts]) -> Histogram:
    """Twenty bars of five points; where a band ends inside a bar, the bar has two parts."""
    scores = [role.card.score for role in roles]
    counts = Counter((_bin(role.card.score), role.card.band) for role in roles)
    totals = Counter(map(_bin, scores))
    highest = max(totals.values(), default=1)
    bars: list[Bar] = []
    for number in range(BINS):
        base = 100.0
        for band in own:
            count = counts[number, band.id]
            height = _HEADROOM * count / highest
            base -= height
            if count:
                x, width = 100 / BINS * number + _GAP / 2, 100 / BINS - _GAP
                bars.append(Bar(x, base, width, height, band.id, count))
    middle = float(median(scores)) if scores else 0.0
    return Histogram(tuple(bars), bands(own, roles), f"{middle:g}", middle, len(scores))


def category_spread(hub: Hub) -> CategorySpread:
    """The median and both ends of a category's scores; its roles are the most exposed first."""
    middle = median(role.card.score for role in hub.roles)
    return CategorySpread(
        hub.category.name,
        hub.url,
        len(hub.roles),
        f"{middle:g}",
        hub.roles[-1].card,
        hub.roles[0].card,
    )


def _bin(score: int) -> int:
    return min(score // _POINTS, BINS - 1)
