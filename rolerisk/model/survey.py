"""What the report says of all roles together. Places in drawings are in percent of their size."""

import datetime

from msgspec import Struct

from rolerisk.model.lists import BandCount, Histogram
from rolerisk.model.site import RoleCard


class Standing(Struct, frozen=True):
    """A role by our score and by one measure: 1 is the most exposed, ties share their mean rank.

    `gap` is how many places further up our score has it; `x` and `y` are its dot's. `number` is
    that of the list of those that stand furthest apart, 0 for all others.
    """

    card: RoleCard
    figure: float
    rank: float
    research_rank: float
    gap: float
    x: float
    y: float
    number: int = 0


class Agreement(Struct, frozen=True):
    """How our scores agree with a measure; `rho` is Spearman's, None when there is nothing to rank.

    `standings` begin with those that stand furthest apart. `high` is the end of the scale.
    """

    measure: str
    name: str
    attribution: str
    rho: float | None
    high: float
    standings: tuple[Standing, ...]


class Outlier(Struct, frozen=True):
    """A role that stands far from what all measures of it say together.

    `gap` is the mean over the measures, in places per hundred roles; above 0 our score has the
    role further up than they have it. `figures` are in the order of the agreements.
    """

    card: RoleCard
    gap: float
    figures: tuple[float | None, ...]


class Ease(Struct, frozen=True):
    """A role's Flesch reading ease: about 60 is plain English, under 30 a scholarly paper."""

    card: RoleCard
    ease: float
    words: int


class Month(Struct, frozen=True):
    """A month with the number of reviews that fall due in it; `strength` is from 0 to 1."""

    year: int
    month: int
    due: int
    overdue: bool
    strength: float


class Freshness(Struct, frozen=True):
    """When reviews fall due: year by year, twelve months each; and the roles that come first."""

    warn_after_days: int
    fail_after_days: int
    overdue: int
    failing: int
    years: tuple[tuple[Month, ...], ...]
    first: tuple[tuple[RoleCard, datetime.date, datetime.date], ...]


class Coverage(Struct, frozen=True):
    """A category's roles by band, and how many are drafts or wait; `width` is its bar's."""

    name: str
    count: int
    drafts: int
    waiting: int
    median: str
    bands: tuple[BandCount, ...]
    width: float


class Survey(Struct, frozen=True):
    """All that the report says."""

    site_name: str
    score_name: str
    today: datetime.date
    histogram: Histogram
    agreements: tuple[Agreement, ...]
    outliers: tuple[Outlier, ...]
    ease: tuple[Ease, ...]
    freshness: Freshness
    coverage: tuple[Coverage, ...]
