"""Share images: the texts are fitted here, templates/drawings/ places them, resvg draws them."""

from msgspec import Struct

from rolerisk.model.config import Band
from rolerisk.model.drawings import CardDrawing, ShareDrawing
from rolerisk.render.lettering import Fitted, Step, fit, font_files

_WIDE = 1056  # 1200 less the margins
_HEADING = (
    *(Step(size, 2) for size in (108, 100, 92)),
    *(Step(size, 3) for size in (80, 74, 68, 62, 56, 50, 44)),
)
_LABEL = tuple(Step(size, 1) for size in (54, 48, 42, 36, 30, 24))
_MASTHEAD = (Step(34, 1), Step(28, 1), Step(22, 1))


class CardLaidOut(Struct, frozen=True):
    """A role's card with its texts fitted; a text that the font lacks letters for has no lines."""

    card: CardDrawing
    site_name: Fitted
    score_name: Fitted
    heading: Fitted
    band_name: Fitted


class ShareLaidOut(Struct, frozen=True):
    """The site's share image with its texts fitted; `band_names` are in the order of the bands."""

    card: ShareDrawing
    site_name: Fitted
    score_name: Fitted
    heading: Fitted
    band_names: tuple[Fitted, ...]


def lay_out_card(card: CardDrawing) -> CardLaidOut:
    """Fit the texts of a role's card; without a question the score's name stands in for it."""
    heading = fit(card.question, _WIDE, _HEADING)
    if not heading.lines:
        heading = fit(card.score_name, _WIDE, _HEADING)
    return CardLaidOut(
        card,
        fit(card.site_name, 540, _MASTHEAD),
        fit(card.score_name, 480, _MASTHEAD),
        heading,
        fit(card.band_name, 528, _LABEL),
    )


def lay_out_share(card: ShareDrawing) -> ShareLaidOut:
    """Fit the texts of the site's share image."""
    return ShareLaidOut(
        card,
        fit(card.site_name, 540, _MASTHEAD),
        fit(card.score_name, 480, _MASTHEAD),
        fit(card.question, _WIDE, _HEADING),
        _band_names(card.bands),
    )


def _band_names(bands: tuple[Band, ...]) -> tuple[Fitted, ...]:
    """The bands' names at one size, the largest at which each fits over its stretch of the scale."""
    ends = [*(band.from_ for band in bands[1:]), 100]
    widths = [(end - band.from_) * _WIDE // 100 - 24 for band, end in zip(bands, ends, strict=True)]
    names = [(band.name, width) for band, width in zip(bands, widths, strict=True)]
    size = min(fit(name, width, _LABEL).size for name, width in names)
    return tuple(fit(name, width, (Step(size, 1),)) for name, width in names)


def to_png(svg: bytes) -> bytes:
    """Draw an SVG; no font of the machine takes part, so the bytes are the same everywhere."""
    import resvg_py

    return resvg_py.svg_to_bytes(
        svg_string=svg.decode(), skip_system_fonts=True, font_files=font_files()
    )
