"""What comparing all roles with each other has found so far."""

from typing import NamedTuple

from msgspec import Struct

from rolerisk.model.article import ArticleRef
from rolerisk.model.site import RoleFacts


class Nearest(Struct, frozen=True):
    """The nearest other role, by what its texts say, and the share; empty when none is near."""

    other: str = ""
    share: float = 0.0


class Compared(Struct, frozen=True):
    """The nearest of each role, for one floor (0-1), by `RoleFacts.texts_digest`."""

    floor: float = 0.0
    nearest: dict[str, Nearest] = {}


class Said(Struct, frozen=True, array_like=True):
    """What a role says, as far as it is compared: by digest, by sample, and where to find it whole."""

    digest: str
    sample: bytes
    article: ArticleRef


class Pair(NamedTuple):
    """Two that say the same, by their digests, and the share (0-1)."""

    first: str
    second: str
    share: float


class Alike(Struct, frozen=True):
    """Two roles that say the same: which share (0-1) of the shorter one's words is in both.

    The second is the one that comes later in the files.
    """

    first: RoleFacts
    second: RoleFacts
    share: float
