"""Squarified treemaps: boxes whose areas are given, as square as they get.

After Bruls, Huizing and van Wijk, “Squarified Treemaps”, 2000.
"""

from collections.abc import Sequence
from typing import NamedTuple


class Box(NamedTuple):
    """A rectangle by its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float


def squarify(weights: Sequence[float], box: Box) -> list[Box]:
    """A box for each weight, in their order, that together fill `box`; the largest weight first."""
    scale = box.width * box.height / sum(weights) if weights else 0
    areas = [weight * scale for weight in weights]
    boxes: list[Box] = []
    while areas:
        length = _row_length(areas, min(box.width, box.height))
        row, box = _laid(areas[:length], box)
        boxes += row
        areas = areas[length:]
    return boxes


def _row_length(areas: Sequence[float], side: float) -> int:
    """How many of the areas make the row along this side in which the worst box is least oblong."""
    length = 1
    while length < len(areas) and _worst(areas[: length + 1], side) <= _worst(areas[:length], side):
        length += 1
    return length


def _worst(areas: Sequence[float], side: float) -> float:
    """The greatest ratio of two sides among the boxes of a row."""
    depth = sum(areas) / side
    return max(max(depth * depth / area, area / (depth * depth)) for area in areas)


def _laid(areas: Sequence[float], box: Box) -> tuple[list[Box], Box]:
    """A row of boxes along the shorter side, and what is left of the box."""
    upright = box.width >= box.height
    depth = sum(areas) / (box.height if upright else box.width)
    row, at = [], 0.0
    for area in areas:
        length = area / depth
        if upright:
            row.append(Box(box.x, box.y + at, depth, length))
        else:
            row.append(Box(box.x + at, box.y, length, depth))
        at += length
    if upright:
        return row, Box(box.x + depth, box.y, box.width - depth, box.height)
    return row, Box(box.x, box.y + depth, box.width, box.height - depth)
