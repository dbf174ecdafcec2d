"""The report as text, for the terminal."""

from collections.abc import Iterable, Iterator, Sequence
from string import ascii_uppercase

from rolerisk.model.survey import Agreement, Outlier, Survey

_HARDEST = 5


def report_lines(survey: Survey) -> Iterator[str]:
    """The report, line by line."""
    spread, fresh = survey.histogram, survey.freshness
    keyed = list(zip(ascii_uppercase, survey.agreements, strict=False))
    yield f"{_roles(spread.count)}, {survey.today}"
    yield from _head("Agreement with published measures of exposure (Spearman's rank correlation)")
    yield from _table(
        ("measure", "roles", "rho"),
        ((f"{key} {a.name}", str(len(a.standings)), rho_text(a)) for key, a in keyed),
    )
    yield from _head("Furthest from what they say together, in places per hundred roles")
    yield from _table(
        ("role", "score", "gap", *(key for key, _ in keyed)),
        map(_outlier, survey.outliers),
    )
    for key, agreement in keyed:
        yield from _head(f"Furthest from {key} {agreement.name}")
        yield from _furthest(agreement)
    yield from _head("Scores")
    yield from _table(
        ("band", "from", "to", "roles"),
        ((b.name, str(b.low), str(b.high), str(b.count)) for b in spread.bands),
    )
    yield from _head("Hardest to read (Flesch reading ease; 60 is plain English)")
    yield from _table(
        ("role", "ease", "words"),
        ((e.card.title, f"{e.ease:.0f}", f"{e.words:,}") for e in survey.ease[:_HARDEST]),
    )
    yield from _head(
        f"Reviews: {fresh.overdue} overdue after {fresh.warn_after_days} days, "
        f"{fresh.failing} failing after {fresh.fail_after_days}"
    )
    yield from _table(
        ("next", "due", "fails"),
        ((card.title, str(due), str(fails)) for card, due, fails in fresh.first[:_HARDEST]),
    )
    yield from _head("Coverage")
    yield from _table(
        ("category", "roles", "median", "drafts", "waiting"),
        (
            (c.name, str(c.count), c.median or "-", str(c.drafts), str(c.waiting))
            for c in survey.coverage
        ),
    )


def rho_text(agreement: Agreement) -> str:
    """Spearman's rho with two decimals."""
    return "-" if agreement.rho is None else f"{agreement.rho:+.2f}"


def _outlier(outlier: Outlier) -> tuple[str, ...]:
    figures = ("-" if figure is None else f"{figure:g}" for figure in outlier.figures)
    return (outlier.card.title, str(outlier.card.score), f"{outlier.gap:+.0f}", *figures)


def _furthest(agreement: Agreement) -> Iterator[str]:
    total = len(agreement.standings)
    return _table(
        ("role", "score", "place", "figure", "place"),
        (
            (
                s.card.title,
                str(s.card.score),
                f"{s.rank:g} of {total}",
                f"{s.figure:g}",
                f"{s.research_rank:g}",
            )
            for s in agreement.standings
            if s.number
        ),
    )


def _roles(count: int) -> str:
    return f"{count:,} role{'s' * (count != 1)}"


def _head(title: str) -> Iterator[str]:
    yield from ("", title)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A table: the first column to the left, the others to the right."""
    lines = [head, *rows]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for first, *others in lines:
        cells = [cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True)]
        yield "  " + "  ".join([first.ljust(widths[0]), *cells])
    if len(lines) == 1:
        yield "  none"
