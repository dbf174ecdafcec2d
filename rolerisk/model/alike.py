"""What comparing all roles with each other has found so far."""

from msgspec import Struct

from rolerisk.model.site import RoleFacts


class Nearest(Struct, frozen=True):
    """The nearest other role, by what its texts say, and the share; empty when none is near."""

    other: str = ""
    share: float = 0.0


class Compared(Struct, frozen=True):
    """The nearest of each role, for one floor (0-1), by `RoleFacts.texts_digest`."""

    floor: float = 0.0
    nearest: dict[str, Nearest] = {}


class Alike(Struct, frozen=True):
    """Two roles that say the same: which share (0-1) of the shorter one's words is in both.

    The second is the one that comes later in the files.
    """

    first: RoleFacts
    second: RoleFacts
    share: float
