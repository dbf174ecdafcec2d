"""Who may be near whom, among thousands: an index of samples of the pages' shingles.

Of two pages of which the shorter has n sampled shingles, and which share the part c of them, c·n
are expected to be in both samples, give or take the square root of that. Who has three times the
root less than a pair at the floor is not looked at. docs/decisions/0007 says how few that misses.
"""

import math
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import chain

_FIRST = 8  # pages with a shingle that are found by it: what more pages say tells little of a pair
_MOST = 8  # of the likely pages are told, those that seem nearest


class Likely:
    """Pages in the order in which they are added, by the shingles of their samples."""

    def __init__(self, floor: float) -> None:
        self._floor = floor
        self._pages: list[str] = []
        self._sizes: list[int] = []
        self._enough: list[float] = []
        self._least = math.inf
        self._by_shingle: dict[int, list[int]] = {}

    def add(self, page: str, sample: Collection[int], of: int) -> None:
        """Let a page be found by these shingles, some or all of the `of` in its sample."""
        number = len(self._pages)
        self._pages.append(page)
        self._sizes.append(of)
        self._enough.append(self._enough_of(of))
        self._least = min(self._least, self._enough[number])
        for shingle in sample:
            pages = self._by_shingle.setdefault(shingle, [])
            if len(pages) < _FIRST:
                pages.append(number)

    def near(self, sample: Sequence[int]) -> list[str]:
        """The pages added so far that are likely to be near one with this sample, in their order."""
        met = [self._by_shingle.get(shingle, ()) for shingle in sample]
        own, enough = self._enough_of(len(sample)), self._enough
        least = min(own, self._least)  # asked first: it is at hand, and hardly a page has as many
        shares = {
            number: shared / min(self._sizes[number], len(sample))
            for number, shared in Counter(chain.from_iterable(met)).items()
            if shared >= least and (shared >= own or shared >= enough[number])  # the shorter one's
        }
        nearest = sorted(shares, key=lambda number: (-shares[number], number))[:_MOST]
        return [self._pages[number] for number in sorted(nearest)]

    def _enough_of(self, shorter: int) -> float:
        expected = self._floor * shorter
        return expected - 3 * math.sqrt(expected)
