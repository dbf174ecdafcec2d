"""What two pages say in the same words, and where each of them says it."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rolerisk.text.shingles import SIZE, Word, words


class Stretch(NamedTuple):
    """A stretch of one of several texts: which text, and from where to where in it."""

    text: int
    start: int
    end: int


class Passage(NamedTuple):
    """A number of words in a row that stand in both pages."""

    words: int
    first: Stretch
    second: Stretch


def longest_passages(first: Sequence[str], second: Sequence[str], most: int) -> tuple[Passage, ...]:
    """The longest passages in common, the longest first; of at least five words."""
    found = _passages([words(text) for text in first], [words(text) for text in second])
    return tuple(sorted(found, key=lambda passage: (-passage.words, passage.second)))[:most]


def _passages(first: list[list[Word]], second: list[list[Word]]) -> Iterator[Passage]:
    """Go through the second page's texts; what was found already is stepped over."""
    places: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for number, row in enumerate(first):
        for at in range(len(row) - SIZE + 1):
            places.setdefault(_shingle(row, at), []).append((number, at))
    for number, row in enumerate(second):
        at = 0
        while at <= len(row) - SIZE:
            matches = [
                (_length(first[other], there, row, at), other, there)
                for other, there in places.get(_shingle(row, at), ())
            ]
            length, other, there = max(matches, default=(0, 0, 0))
            if length:
                of_first = _stretch(other, first[other], there, length)
                yield Passage(length, of_first, _stretch(number, row, at, length))
            at += length or 1


def _shingle(row: list[Word], at: int) -> tuple[str, ...]:
    return tuple(word.word for word in row[at : at + SIZE])


def _length(first: list[Word], there: int, second: list[Word], at: int) -> int:
    """How many words are the same from here on."""
    length = 0
    for one, two in zip(first[there:], second[at:], strict=False):
        if one.word != two.word:
            break
        length += 1
    return length


def _stretch(text: int, row: list[Word], at: int, length: int) -> Stretch:
    return Stretch(text, row[at].start, row[at + length - 1].end)
