"""Which roles say the same, word for word: every role with the one that it is nearest to.

Compared are the sets of five words in a row of the roles' own texts. The share is containment: how
many of those of the role that has fewer are also in the other. What is found is kept by what the
texts say, so that a role is compared again only when it, or the one it was nearest to, has changed.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import lru_cache

from rolerisk.model.alike import Compared, Nearest
from rolerisk.model.site import Alike, RoleFacts
from rolerisk.text.shingles import digests

FEW = 50_000  # comparisons to make exactly: some 300 roles with each other, or 5 with 10,000
_FEWEST = 100  # shingles under which a text is too short to be compared: thin-page has it


def alike(
    roles: Sequence[RoleFacts],
    shingles: Callable[[RoleFacts], bytes],
    before: Compared,
    floor: float,
    few: int = FEW,
) -> tuple[tuple[Alike, ...], Compared]:
    """Every role that shares at least `floor` (0-1) with another, with the nearest such.

    `before` is what earlier runs found; what all of them now know comes back with the pairs. More
    than `few` comparisons are made only of roles that MinHash and LSH find likely to be near;
    docs/decisions/0007 says what may be missed.
    """
    by_digest = {role.texts_digest: role for role in roles}
    comparison = _Comparison(by_digest, shingles, floor)
    if before.floor == floor:
        comparison.recall(before.nearest)
    signatures = {d: s for d, s in before.signatures.items() if d in by_digest}
    comparison.run(signatures, few)
    return tuple(comparison.pairs()), Compared(floor, comparison.nearest, signatures)


class _Comparison:
    """All roles by what their texts say, and the nearest of each as far as they are compared."""

    def __init__(
        self,
        roles: Mapping[str, RoleFacts],
        shingles: Callable[[RoleFacts], bytes],
        floor: float,
    ) -> None:
        self.nearest: dict[str, Nearest] = {}
        self._roles = roles
        self._order = {digest: number for number, digest in enumerate(roles)}
        self._floor = floor
        self._shingles = shingles
        self._said = lru_cache(maxsize=512)(lambda digest: frozenset(self._row(digest)))

    def recall(self, known: Mapping[str, Nearest]) -> None:
        """Take over what holds: the role is still there, and so is the one it was nearest to."""
        for digest, found in known.items():
            if digest in self._roles and (not found.other or found.other in self._roles):
                self.nearest[digest] = found

    def run(self, signatures: dict[str, bytes], few: int) -> None:
        """Compare what has not been compared; new signatures are added to those given."""
        fresh = [digest for digest in self._roles if digest not in self.nearest]
        self.nearest |= dict.fromkeys(fresh, Nearest())
        if len(fresh) * (len(self._roles) - (len(fresh) + 1) / 2) <= few:
            self._compare_each(fresh)
        else:
            self._compare_likely(fresh, signatures)

    def pairs(self) -> Iterator[Alike]:
        """The pairs, each once: the role that comes later is the one that repeats the other."""
        found = {
            tuple(sorted((digest, near.other), key=self._order.__getitem__)): near.share
            for digest, near in self.nearest.items()
            if near.other
        }
        for first, second in sorted(found):
            yield Alike(self._roles[first], self._roles[second], found[first, second])

    def _compare_each(self, fresh: Sequence[str]) -> None:
        """Compare the fresh ones with every role, exactly."""
        if not fresh:
            return
        said = {digest: self._said(digest) for digest in fresh}
        for other in self._roles:
            others = said.get(other) or self._row(other)
            for digest, own in said.items():
                if digest == other:
                    break  # the fresh ones behind it meet it when it is their turn
                self._note(digest, other, own, others)

    def _compare_likely(self, fresh: Sequence[str], signatures: dict[str, bytes]) -> None:
        """Compare the fresh ones with those that are likely to be near.

        Only the first of several that are alike is looked for by others: else ten thousand pages
        that are spun from one would be compared each with each.
        """
        from rolerisk.alike.likely import index

        waiting = set(fresh)
        with index() as likely:
            for digest in self._roles:
                if digest not in signatures:
                    signatures[digest] = likely.signature(self._row(digest))
                if digest not in waiting and not self._follows(digest):
                    likely.add(digest, signatures[digest])
            for digest in fresh:
                for other in sorted(likely.near(signatures[digest]), key=self._order.__getitem__):
                    self._note(digest, other, self._said(digest), self._said(other))
                if not self._follows(digest):
                    likely.add(digest, signatures[digest])

    def _follows(self, digest: str) -> bool:
        """Whether a role repeats one that comes before it."""
        other = self.nearest[digest].other
        return bool(other) and self._order[other] < self._order[digest]

    def _row(self, digest: str) -> Sequence[int]:
        return digests(self._shingles(self._roles[digest]))

    def _note(self, one: str, two: str, says: frozenset[int], others: Collection[int]) -> None:
        """Compare two roles; remember each as the other's nearest, if nearer than any before."""
        shorter = min(len(says), len(others))
        if shorter < _FEWEST:
            return
        share = len(says.intersection(others)) / shorter
        if share < self._floor:
            return
        for digest, other in ((one, two), (two, one)):
            before = self.nearest[digest]
            nearer = (-share, self._order[other])
            if not before.other or nearer < (-before.share, self._order[before.other]):
                self.nearest[digest] = Nearest(other, share)
