"""Which roles are near which by their work, as it was found once and is kept."""

from msgspec import Struct


class Neighbour(Struct, frozen=True, array_like=True):
    """A neighbour of a role, and which of its tasks (from 0, those at risk first) are alike."""

    slug: str
    tasks: tuple[int, ...]


class Neighbours(Struct, frozen=True):
    """The neighbours of each role by its slug, and the digest of all that they were found by."""

    found_by: str = ""
    of: dict[str, tuple[Neighbour, ...]] = {}
