"""The kinds of single values that editors write: each with the form it must have and what it means.

A scalar arrives as text, whatever YAML would guess; the type here decides. `Meta` patterns are
both the check and the JSON Schema; classes are for what a pattern cannot say.
"""

import datetime
import re
from typing import Annotated, Any, Self

from msgspec import Meta

WINDOWS_DEVICES = "(con|prn|aux|nul|com[0-9]|lpt[0-9])"
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_END = r"$(?!\n)"  # $ alone would let a line break stand behind the value
_EXPOSURE = re.compile(r"(\d{1,3})(?:-(\d{1,3}))?")

Slug = Annotated[
    str, Meta(pattern=rf"^(?!{WINDOWS_DEVICES}$)[a-z0-9]+(-[a-z0-9]+)*" + _END, max_length=60)
]
Soc = Annotated[str, Meta(pattern=r"^\d{2}-\d{4}\.\d{2}" + _END)]
Line = Annotated[str, Meta(pattern=r"^\S(.*\S)?" + _END, max_length=1000)]
Prose = Annotated[str, Meta(min_length=1, max_length=100_000)]
Wording = Annotated[
    str, Meta(pattern=r"^(?!…)(?=.*[A-Za-z])\S(.*\S)?(?<!…)" + _END)
]  # has a word to look for
Url = Annotated[str, Meta(pattern=r"^https?://[^\s<>\"'`\\]+" + _END, max_length=2000)]
BaseUrl = Annotated[str, Meta(pattern=r"^https://[^\s/?#<>\"'`\\]+(/[^\s/?#<>\"'`\\]+)*" + _END)]
Path = Annotated[str, Meta(pattern=r"^/(?!/|(.*/)?\.\.?(/|$))[^\s<>\"'`\\]*" + _END)]
Email = Annotated[str, Meta(pattern=r"^[^\s@]+@[^\s@]+\.[^\s@]+" + _END)]
IndexNowKey = Annotated[str, Meta(pattern=r"^[A-Za-z0-9-]{8,128}" + _END)]
Contact = Annotated[str, Meta(pattern=r"^(https://|mailto:)\S+" + _END)]
Language = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*" + _END)]
Color = Annotated[str, Meta(pattern=r"^#[0-9a-f]{6}" + _END)]
Share = Annotated[int, Meta(ge=1, le=90)]
Percent = Annotated[int, Meta(ge=0, le=100)]
Count = Annotated[int, Meta(ge=0)]
Days = Annotated[int, Meta(ge=1)]
Positive = Annotated[int, Meta(ge=1)]
Figure = Annotated[float, Meta(ge=-1e300, le=1e300)]  # which inf and nan are not


class Exposure(str):
    """How much of a task today's tools can do under supervision: `70` or `70-90`, within 0-100.

    `low` and `high` are the lowest and the highest exposure that is thought likely, 0-100.
    """

    low: int
    high: int

    def __new__(cls, text: str) -> Self:
        """Read one number or a range. Raises ValueError, with words for the editor."""
        match = _EXPOSURE.fullmatch(text.strip())
        if not match:
            raise ValueError(f"{text!r} is not an exposure")
        low, high = int(match[1]), int(match[2] or match[1])
        if max(low, high) > 100:
            raise ValueError(f"exposure {text} is above 100")
        if low > high:
            raise ValueError(f"exposure {text} runs backwards")
        made = super().__new__(cls, match[0])
        made.low, made.high = low, high
        return made


class PartialDate(str):
    """A publication's date, as exact as it is known: YYYY, YYYY-MM or YYYY-MM-DD."""

    def __new__(cls, text: str) -> Self:
        """Read a date that exists in the calendar. Raises ValueError on anything else."""
        match = _PARTIAL_DATE.fullmatch(text.strip())
        if not match:
            raise ValueError(f"{text!r} is not a date")
        try:
            datetime.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
        except ValueError:
            raise ValueError(f"{text!r} is not a day of the calendar") from None
        return super().__new__(cls, match[0])


def read_scalar(kind: type, value: Any) -> Any:
    """Read a scalar of one of our own classes (msgspec's `dec_hook`). Raises ValueError."""
    if kind in (Exposure, PartialDate):
        if isinstance(value, str):
            return kind(value)
        raise ValueError("not one value")
    raise NotImplementedError(f"no way to read {kind.__name__}")


def write_scalar(value: Any) -> Any:
    """Write a scalar of one of our own classes for msgpack and JSON (msgspec's `enc_hook`)."""
    if isinstance(value, Exposure | PartialDate):
        return str(value)
    raise NotImplementedError(f"no way to write {type(value).__name__}")
