"""The score: how much of the listed working week today's AI tools can do under supervision.

Everything the score's arithmetic needs, and nothing else: the methodology page is generated from
the constants below, and the script on a role page must give the same integers.
"""

from collections.abc import Iterable
from typing import NamedTuple

from rolerisk.model.config import Band

EXPOSURE_MAX = 100
SHARES_MAX = 100
SHARES_WARN_BELOW = 70
WIDTH_HIGH_CONFIDENCE = 10
WIDTH_MEDIUM_CONFIDENCE = 20


class Weight(NamedTuple):
    """One task's part in the score: share in percent of the week, exposure from low to high (0-100)."""

    share: int
    low: int
    high: int


class Score(NamedTuple):
    """A role's score and range (whole numbers, 0-100) with the sum N/D that it was rounded from."""

    value: int
    low: int
    high: int
    numerator: int
    denominator: int


def score(weights: Iterable[Weight]) -> Score:
    """Compute the score of a role from its tasks, at risk and durable together.

    N = Σ share × (low + high), D = 2 Σ share, score = (2N + D) // (2D): the mean of the exposures,
    weighted by share and rounded half up. The range is the same with low, or high, in both places.
    Raises ValueError when there are no tasks.
    """
    tasks = tuple(weights)
    denominator = 2 * sum(task.share for task in tasks)
    if not denominator:
        raise ValueError("a score needs at least one task with a share")
    numerator = sum(task.share * (task.low + task.high) for task in tasks)
    low = sum(task.share * 2 * task.low for task in tasks)
    high = sum(task.share * 2 * task.high for task in tasks)
    return Score(
        _round_half_up(numerator, denominator),
        _round_half_up(low, denominator),
        _round_half_up(high, denominator),
        numerator,
        denominator,
    )


def tenths(numerator: int, denominator: int) -> str:
    """N/D to one decimal, rounded half up, as the page prints it before rounding to whole.

    47.46 would read 47.5 and seem to round to 48: there a second decimal, cut, keeps the sum true.
    """
    scaled = _round_half_up(10 * numerator, denominator)
    if scaled % 10 == 5 and 10 * numerator < scaled * denominator:
        cut = 100 * numerator // denominator
        return f"{cut // 100}.{cut % 100:02}"
    return f"{scaled // 10}.{scaled % 10}"


def band_of(value: int, bands: tuple[Band, ...]) -> Band:
    """The band a score of 0-100 falls into; bands ascend and the first one starts at 0."""
    return next(band for band in reversed(bands) if value >= band.from_)


def confidence(low: int, high: int) -> str:
    """How sure a score is, by the width of its shown range: high, medium or low."""
    width = high - low
    if width <= WIDTH_HIGH_CONFIDENCE:
        return "high"
    return "medium" if width <= WIDTH_MEDIUM_CONFIDENCE else "low"


def _round_half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)
