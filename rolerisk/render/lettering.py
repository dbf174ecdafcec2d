"""Texts in the pictures' font: what of them it has, how wide they are, where their lines break.

Widths are in em: at a font size of 40, a text of width 10 takes 400 pixels. They are measured by
HarfBuzz, which also places the glyphs when the picture is drawn.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, NamedTuple

_WIDEST = "Semibold"  # texts are measured in the widest weight that is drawn
_ELLIPSIS = "…"


class Step(NamedTuple):
    """A font size in pixels, and how many lines of it there is room for."""

    size: int
    lines: int


class Fitted(NamedTuple):
    """A text in lines, at the font size in pixels at which they fit."""

    size: int
    lines: tuple[str, ...]


@cache
def font_files() -> list[str]:
    """The paths of the font's files: Source Serif Pro, with Latin, Greek and Cyrillic."""
    folder = files("font_source_serif_pro") / "files"
    return [str(folder / f"SourceSerifPro-{weight}.ttf") for weight in ("Regular", _WIDEST)]


def fit(text: str, width: int, steps: Sequence[Step]) -> Fitted:
    """Set a text as large as fits into a width in pixels; at the last of the steps it is cut."""
    text = shown(text)
    for size, most in steps:
        lines = _evenly_broken(text, width / size)
        if len(lines) <= most and _widest(lines) <= width / size:
            return Fitted(size, lines)
    size, most = steps[-1]
    lines = _broken(text, width / size)
    kept = (*lines[: most - 1], " ".join(lines[most - 1 :]))
    return Fitted(size, tuple(_cut(line, width / size) for line in kept if line))


def shown(text: str) -> str:
    """What the font has of a text; nothing at all if it lacks a letter, for a torn word is worse."""
    text = " ".join(unicodedata.normalize("NFC", text).split())
    missing = {char for char in text if not _font().get_nominal_glyph(ord(char))}
    if any(char.isalnum() or unicodedata.combining(char) for char in missing):
        return ""
    kept = ""
    for char in text:
        kept = kept.rstrip() if char in missing else kept + char
    return kept.strip()


@lru_cache(maxsize=4096)
def width_of(text: str) -> float:
    """How wide a text is, in em, with its kerning."""
    import uharfbuzz  # type: ignore[import-untyped]

    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(_font(), buffer)
    advances = sum(position.x_advance for position in buffer.glyph_positions)
    return float(advances / _font().face.upem)


@cache
def _font() -> Any:
    import uharfbuzz

    path = next(path for path in font_files() if _WIDEST in path)
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)))


def _widest(lines: Sequence[str]) -> float:
    return max(map(width_of, lines), default=0)


def _broken(text: str, width: float) -> tuple[str, ...]:
    """Fill line after line; a word that is wider than a line gets one of its own."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def _evenly_broken(text: str, width: float) -> tuple[str, ...]:
    """As many lines as `_broken` makes, the widest of them as narrow as it gets."""
    lines = _broken(text, width)
    while True:
        narrower = _broken(text, _widest(lines) - 0.01)
        if len(narrower) > len(lines) or _widest(narrower) >= _widest(lines):
            return lines
        lines = narrower


def _cut(line: str, width: float) -> str:
    """The beginning of a line that fits, with an ellipsis where it was cut."""
    if width_of(line) <= width:
        return line
    fits = (n for n in range(len(line) - 1, 0, -1) if width_of(line[:n] + _ELLIPSIS) <= width)
    return line[: next(fits, 0)].rstrip() + _ELLIPSIS
