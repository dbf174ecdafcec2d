"""Bands cover the scores from 0 on, in order."""

from collections.abc import Iterator

from rolerisk.check.subject import SiteSubject
from rolerisk.problem import Place, Problem, Rule, Severity, problem

RULE = Rule(
    "bands",
    Severity.ERROR,
    "The bands of site.yaml ascend, and the first begins at 0.",
    "A band ends where the next one begins, so that every score is in exactly one.",
    firm=True,
)


def check(subject: SiteSubject) -> Iterator[Problem]:
    """Compare each band with the one before it."""
    place = Place("content/site.yaml", ("score", "bands"))
    before = -1
    for index, band in enumerate(subject.site.config.score.bands):
        at = place.at(index, "from")
        if index == 0 and band.from_ != 0:
            yield problem(RULE, at, f"the first band begins at {band.from_}, not at 0")
        elif band.from_ <= before:
            yield problem(
                RULE, at, f"band {band.name!r} begins at {band.from_}, not after {before}"
            )
        before = band.from_
