"""Ranks with ties, and Spearman's rank correlation."""

from collections.abc import Sequence
from statistics import StatisticsError, correlation


def ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value, 1 for the highest; values that are equal share their mean rank."""
    order = sorted(range(len(values)), key=lambda index: -values[index])
    found = [0.0] * len(values)
    start = 0
    while start < len(order):
        end = start
        while end < len(order) and values[order[end]] == values[order[start]]:
            end += 1
        for index in order[start:end]:
            found[index] = (start + 1 + end) / 2
        start = end
    return found


def spearman(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Spearman's rho, from -1 to 1; None when there are too few values or all are equal.

    It is Pearson's correlation of the ranks, which also holds where there are ties.
    """
    try:
        return correlation(ranks(first), ranks(second))
    except StatisticsError:
        return None
