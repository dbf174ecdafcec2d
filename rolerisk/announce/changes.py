"""What there is to announce: a comparison of two lists of digests. Reads and writes nothing."""

from collections.abc import Iterator, Mapping

from msgspec import Struct

BATCH = 10_000  # addresses in one request, the protocol's limit


class Changes(Struct, frozen=True):
    """Addresses that are new, that say something else than announced, and that are gone."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]

    @property
    def urls(self) -> tuple[str, ...]:
        """All of them, in the order in which they are sent."""
        return self.added + self.changed + self.removed


def changes(now: Mapping[str, str], before: Mapping[str, str]) -> Changes:
    """Compare the digests by address with those that were announced."""
    return Changes(
        tuple(url for url in now if url not in before),
        tuple(url for url, digest in now.items() if before.get(url, digest) != digest),
        tuple(url for url in before if url not in now),
    )


def batches(urls: tuple[str, ...], size: int = BATCH) -> Iterator[tuple[str, ...]]:
    """Cut a list into requests of at most `size` addresses."""
    for start in range(0, len(urls), size):
        yield urls[start : start + size]
