"""Texts as words and shingles: what pages are compared by, word for word."""

import re
import zlib
from array import array
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import NamedTuple

SIZE = 5  # words in a shingle
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MARKUP = re.compile(r"\[\^[^\]\s]+\]|(?<=\])\([^)\s]*\)|<[^<>]*>")


class Word(NamedTuple):
    """A word in small letters, and where it stands in its text."""

    word: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a Markdown text, without citations, the targets of links and tags."""
    plain = _MARKUP.sub(lambda match: " " * len(match[0]), text)
    return [Word(_small(m[0]), m.start(), m.end()) for m in _WORD.finditer(plain)]


def shingles(texts: Iterable[str]) -> bytes:
    """The digests of every five words in a row, none of them twice; see `digests`."""
    found: set[int] = set()
    for text in texts:
        found.update(_digests(_words(text)))
    return array("I", sorted(found)).tobytes()


def digests(kept: bytes) -> Sequence[int]:
    """Shingles that were kept, as whole numbers of 32 bits, ascending.

    Of two pages of 1,500 words, two different shingles have one digest once in 2,000 pairs.
    """
    return memoryview(kept).cast("I")


def _words(text: str) -> list[str]:
    """The words alone; where no letter is folded into several, all are made small at once."""
    plain = _MARKUP.sub(" ", text) if "]" in text or "<" in text else text
    plain = plain.replace("’", "'")
    if plain.isascii():
        return _WORD.findall(plain.lower())
    return [_small(word) for word in _WORD.findall(plain)]


def _digests(row: Sequence[str]) -> list[int]:
    """The digests of all shingles of a row of words, which is written and encoded only once."""
    line = " ".join(row)
    encoded = line.encode()
    lengths = map(len, row) if line.isascii() else (len(word.encode()) for word in row)
    starts = list(accumulate((length + 1 for length in lengths), initial=0))
    crc = zlib.crc32
    return [crc(encoded[a : b - 1]) for a, b in zip(starts, starts[SIZE:], strict=False)]


def _small(word: str) -> str:
    return word.casefold().replace("’", "'")
