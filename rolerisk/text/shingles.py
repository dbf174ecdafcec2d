"""Texts as words and shingles: what pages are compared by, word for word."""

import re
import sys
import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import compress, count
from operator import add, or_
from typing import NamedTuple

SIZE = 5  # words in a shingle
_SAMPLED = 8  # one shingle in so many is in a sample
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Each alternative begins with a sign of its own: the search is three times as fast for it.
_MARKUP = re.compile(r"\[\^[^\]\s]+\]|\]\([^)\s]*\)|<[^<>]*>")
_END = 0  # of a text, among the digests of words
_LOWEST = 0 if sys.byteorder == "little" else 3  # of a digest's four bytes
_LOW_BITS = bytes(byte % _SAMPLED for byte in range(256))
_MOST = SIZE * (_SAMPLED - 1)  # that the lowest bits of a shingle's words can sum to
_ENDS = bytes([_MOST + 1]) + bytes(255)  # an end is the one digest without a bit
_IN_SAMPLE = bytes(byte <= _MOST and byte % _SAMPLED == 0 for byte in range(256))
_SMALL = bytes(
    ord(chr(byte).lower()) if byte < 128 and chr(byte).isalnum() else ord(" ")
    for byte in range(256)
)


class Word(NamedTuple):
    """A word in small letters, and where it stands in its text."""

    word: str
    start: int
    end: int


def words(text: str) -> list[Word]:
    """The words of a Markdown text, without citations, the targets of links and tags."""
    plain = _MARKUP.sub(lambda match: " " * len(match[0]), text)
    return [Word(_small(m[0]), m.start(), m.end()) for m in _WORD.finditer(plain)]


def row(texts: Iterable[str]) -> bytes:
    """The words of texts in their order, 4 bytes each: what shingles are made of."""
    digests = array("I")
    for text in texts:
        digests.extend(map(_digest_of.__getitem__, _words(text)))
        digests.append(_END)
    return digests.tobytes()


def shingles(kept: bytes) -> frozenset[tuple[int, ...]]:
    """Every five words in a row of a row that was kept, none of them twice."""
    found: set[tuple[int, ...]] = set()
    for text in _texts(kept):
        found.update(zip(*(text[start:] for start in range(SIZE)), strict=False))
    return frozenset(found)


def sample(kept: bytes) -> bytes:
    """One in eight of the shingles: the same ones of every page; see `sampled`.

    They are told apart by the sum of their words' digests only, and that sum is made of those alone
    that are in the sample.
    """
    digests = memoryview(kept).cast("I").tolist()
    starts = compress(count(), _begin_sampled(kept))
    found = {sum(digests[start : start + SIZE]) // _SAMPLED for start in starts}
    return array("I", sorted(found)).tobytes()


def sampled(kept: bytes) -> Sequence[int]:
    """A sample that was kept, as whole numbers of 32 bits, ascending."""
    return memoryview(kept).cast("I")


def _begin_sampled(kept: bytes) -> bytes:
    """For each word of a row a byte: 1 where the five from it on are a shingle of the sample.

    The sum of five digests is divisible by eight when that of their lowest bits is. These are
    added for all words at once, as digits of long numbers that never carry: the digit of an end is
    more than those of five words together, and those of five ends fit into a byte.
    """
    columns = [int.from_bytes(kept[at::4], "little") for at in range(4)]
    length = len(kept) // 4
    ends = reduce(or_, columns).to_bytes(length, "little").translate(_ENDS)
    lowest = kept[_LOWEST::4].translate(_LOW_BITS)
    digits = int.from_bytes(ends, "little") + int.from_bytes(lowest, "little")
    sums = reduce(add, (digits >> 8 * at for at in range(SIZE)))
    return sums.to_bytes(length, "little").translate(_IN_SAMPLE)


def _texts(kept: bytes) -> Iterator[list[int]]:
    digests, start = memoryview(kept).cast("I").tolist(), 0
    while start < len(digests):
        end = digests.index(_END, start)
        yield digests[start:end]
        start = end + 1


def _words(text: str) -> list[bytes]:
    """The words alone, apostrophes left out; plain texts in one go, letter by letter."""
    plain = _MARKUP.sub(" ", text) if "]" in text or "<" in text else text
    plain = plain.replace("’", "'")
    if plain.isascii():
        return plain.encode().translate(_SMALL, b"'").split()
    return [_small(word).replace("'", "").encode() for word in _WORD.findall(plain)]


class _Digests(dict[bytes, int]):
    """The digests of words, each made once: texts say the same words again and again."""

    def __missing__(self, word: bytes) -> int:
        if len(self) > 100_000:
            self.clear()
        self[word] = digest = zlib.crc32(word) or 1
        return digest


_digest_of = _Digests()


def _small(word: str) -> str:
    return word.casefold().replace("’", "'")
