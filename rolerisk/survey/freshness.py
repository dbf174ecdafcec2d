"""When the roles' reviews fall due."""

import datetime
from collections import Counter
from collections.abc import Sequence

from rolerisk.model.config import Review
from rolerisk.model.site import RoleFacts
from rolerisk.model.survey import Freshness, Month

FIRST = 12  # roles that are told, those that fall due first


def freshness(roles: Sequence[RoleFacts], limits: Review, today: datetime.date) -> Freshness:
    """The days on which reviews fall due, month by month, and how many are overdue today."""
    due = {role.slug: _after(role.reviewed, limits.warn_after_days) for role in roles}
    fails = {role.slug: _after(role.reviewed, limits.fail_after_days) for role in roles}
    first = sorted(roles, key=lambda role: (due[role.slug], role.slug))[:FIRST]
    return Freshness(
        limits.warn_after_days,
        limits.fail_after_days,
        sum(day < today for day in due.values()),
        sum(day < today for day in fails.values()),
        _years(list(due.values()), today),
        tuple((role.card, due[role.slug], fails[role.slug]) for role in first),
    )


def _years(days: Sequence[datetime.date], today: datetime.date) -> tuple[tuple[Month, ...], ...]:
    """The years in which something falls due; a month is overdue when it is over."""
    counts = Counter((day.year, day.month) for day in days)
    most = max(counts.values(), default=1)
    return tuple(
        tuple(
            Month(
                year,
                month,
                counts[year, month],
                bool(counts[year, month]) and (year, month) < (today.year, today.month),
                counts[year, month] / most,
            )
            for month in range(1, 13)
        )
        for year in sorted({year for year, _ in counts})
    )


def _after(day: datetime.date, days: int) -> datetime.date:
    """A day so much later, or the calendar's last."""
    return day + datetime.timedelta(min(days, (datetime.date.max - day).days))
