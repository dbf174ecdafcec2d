"""Which roles say the same, word for word: every role with the one that it is nearest to.

Compared are the sets of five words in a row of the roles' own texts. The share is containment: how
many of those of the role that has fewer are also in the other. What is found is kept by what the
texts say, so that a role is compared again only when it, or the one it was nearest to, has changed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

from rolerisk.alike.likely import Likely
from rolerisk.model.alike import Compared, Nearest, Pair, Said
from rolerisk.text.shingles import sampled, shingles

_FEWEST = 100  # shingles under which a text is too short to be compared: thin-page has it


def alike(
    said: Sequence[Said],
    row: Callable[[Said], bytes],
    before: Compared,
    floor: float,
) -> tuple[tuple[Pair, ...], Compared]:
    """Every role that shares at least `floor` (0-1) with another, with the nearest such.

    `row` fetches the words of a role; it is asked for those only whose samples are near another
    one's. `before` is what earlier runs found; what all of them now know comes back with the pairs.
    docs/decisions/0007 says what may be missed.
    """
    by_digest = {role.digest: role for role in said}
    comparison = _Comparison(by_digest, row, floor)
    if before.floor == floor:
        comparison.recall(before.nearest)
    comparison.run()
    return tuple(comparison.pairs()), Compared(floor, comparison.nearest)


class _Comparison:
    """All roles by what their texts say, and the nearest of each as far as they are compared."""

    def __init__(
        self, roles: Mapping[str, Said], row: Callable[[Said], bytes], floor: float
    ) -> None:
        self.nearest: dict[str, Nearest] = {}
        self._roles = roles
        self._order = {digest: number for number, digest in enumerate(roles)}
        self._floor = floor
        self._says = lru_cache(maxsize=64)(lambda digest: shingles(row(roles[digest])))

    def recall(self, known: Mapping[str, Nearest]) -> None:
        """Take over what holds: the role is still there, and so is the one it was nearest to."""
        for digest, found in known.items():
            if digest in self._roles and (not found.other or found.other in self._roles):
                self.nearest[digest] = found

    def run(self) -> None:
        """Compare what has not been compared with all that it is likely to be near."""
        fresh = [digest for digest in self._roles if digest not in self.nearest]
        likely = self._known_to(fresh)
        self.nearest |= dict.fromkeys(fresh, Nearest())
        for digest in fresh:
            sample = self._sample(digest)
            for other in likely.near(sample):
                self._compare(digest, other)
            likely.add(digest, sample, len(sample))

    def pairs(self) -> Iterator[Pair]:
        """The pairs, each once: the role that comes later is the one that repeats the other."""
        found = {
            tuple(sorted((digest, near.other), key=self._order.__getitem__)): near.share
            for digest, near in self.nearest.items()
            if near.other
        }
        for first, second in sorted(found):
            yield Pair(first, second, found[first, second])

    def _known_to(self, fresh: Sequence[str]) -> Likely:
        """Those that have been compared, to be found by what the fresh ones will ask for."""
        likely = Likely(self._floor)
        if fresh and self.nearest:
            asked = frozenset[int]().union(*map(self._sample, fresh))
            for digest in self._roles:
                if digest in self.nearest:
                    sample = self._sample(digest)
                    likely.add(digest, asked.intersection(sample), len(sample))
        return likely

    def _sample(self, digest: str) -> Sequence[int]:
        return sampled(self._roles[digest].sample)

    def _compare(self, one: str, two: str) -> None:
        """Compare two roles; remember each as the other's nearest, if nearer than any before."""
        says, others = self._says(one), self._says(two)
        shorter = min(len(says), len(others))
        if shorter < _FEWEST:
            return
        share = len(says & others) / shorter
        if share < self._floor:
            return
        for digest, other in ((one, two), (two, one)):
            before = self.nearest[digest]
            nearer = (-share, self._order[other])
            if not before.other or nearer < (-before.share, self._order[before.other]):
                self.nearest[digest] = Nearest(other, share)
