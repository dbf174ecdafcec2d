"""What a part of the torture gives back."""

from typing import NamedTuple


class Figure(NamedTuple):
    """A sentence with its figure; `wrong` counts what should not have happened."""

    text: str
    wrong: int = 0
