"""What each kind of scalar looks like, in an editor's words: for messages and hints."""

import datetime
import re
from typing import Annotated, Any, Literal

import msgspec
from msgspec import inspect

from rolerisk.model import scalars
from rolerisk.model.scalars import Exposure
from rolerisk.problem import Place
from rolerisk.text.spelling import did_you_mean, listed

RECORD = "a record of `key: value` lines"
_BY_PATTERN = (
    (
        scalars.Slug,
        "a slug",
        "lower-case letters, digits and single hyphens, at most 60: data-analyst",
    ),
    (scalars.Soc, "an O*NET-SOC code", "two digits, four digits, two digits: 15-1254.00"),
    (scalars.Line, "one line of text", "plain text without line breaks or spaces around it"),
    (
        scalars.Wording,
        "a phrase",
        "words as they stand in a text; … between two of them for up to eight",
    ),
    (scalars.Url, "a web address", "https://… without spaces"),
    (scalars.BaseUrl, "a site's address", "https://www.example.org, without a slash at the end"),
    (scalars.Path, "a path on the site", "it begins with one slash: /about/"),
    (scalars.IndexNowKey, "an IndexNow key", "8-128 letters, digits and hyphens"),
    (scalars.Contact, "a contact", "https://… or mailto:…"),
    (scalars.Language, "a language tag", "such as en-US"),
    (scalars.Color, "a color", "#rrggbb in lower case"),
    (scalars.Email, "an e-mail address", "name@example.org"),
)
_PATTERNS = {
    kind.__metadata__[0].pattern: (noun, hint)  # type: ignore[attr-defined]
    for kind, noun, hint in _BY_PATTERN
}
_LONGEST = 60  # characters of a value in a message; the line is shown below it
_DAY_HINT = "a day as YYYY-MM-DD: 2026-11-02"
_EXPOSURE_HINT = "exposure is 0-100, or a range such as 55-80"


def noun(kind: inspect.Type) -> str:
    """What a scalar's type is called: a whole number, a date, a slug."""
    match kind:
        case inspect.StrType(pattern=pattern) if pattern in _PATTERNS:
            return _PATTERNS[pattern][0]
        case inspect.IntType():
            return "a whole number"
        case inspect.FloatType():
            return "a number"
        case inspect.DateType():
            return "a date"
        case inspect.BoolType():
            return "true or false"
        case inspect.LiteralType():
            return f"one of {listed(map(str, kind.values))}"
        case inspect.CustomType():
            return "an exposure" if kind.cls is Exposure else "a date"
        case _:
            return "text"


def wanted(kind: inspect.Type) -> str:
    """A hint on what belongs into a key that is not there."""
    if isinstance(kind, inspect.VarTupleType):
        return "it is a list"
    if isinstance(kind, inspect.StructType):
        return f"it is a record with {listed(f.encode_name for f in kind.fields)}"
    if is_class(kind, Exposure):
        return _EXPOSURE_HINT
    if isinstance(kind, inspect.DateType):
        return _DAY_HINT
    return f"it is {noun(kind)}"


def explain(value: str, kind: inspect.Type, place: Place, error: str) -> tuple[str, str]:
    """Say what is wrong with a scalar that was refused, and what would be right."""
    name = _name(place)
    shown = shortened(value)
    match kind:
        case inspect.StrType(max_length=most) if most and len(value) > most:
            hint = _PATTERNS[kind.pattern][1] if kind.pattern in _PATTERNS else ""
            return f"{name} has {len(value):,} characters, more than {most:,}", hint
        case inspect.StrType(pattern=pattern) if pattern in _PATTERNS:
            return _text(shown, value, kind, name)
        case inspect.StrType():
            return (f"{name} {shown!r} has not the right form", error)
        case inspect.IntType():
            return _number(shown, kind, name)
        case inspect.DateType():
            real = re.fullmatch(r"\d{4}-\d{2}-\d{2}", value)
            what = "is not a day of the calendar" if real else "is not a date"
            return f"{name} {shown} {what}", _DAY_HINT
        case inspect.LiteralType():
            hint = did_you_mean(value, map(str, kind.values)) or f"it is {noun(kind)}"
            return f"{name} {shown!r} is not known", hint
        case inspect.CustomType():
            hint = _EXPOSURE_HINT if kind.cls is Exposure else "YYYY, YYYY-MM or YYYY-MM-DD"
            return error.replace(repr(value), repr(shown)), hint
        case _:
            return f"{name} {shown!r} is not {noun(kind)}", ""


def shortened(value: str) -> str:
    """A value as messages quote it: of a long one, how it begins."""
    return value if len(value) <= _LONGEST else value[: _LONGEST - 1] + "…"


def slug_slip(slug: str) -> str:
    """What is wrong with a slug that somebody asks for, and what would be right; nothing if it is one."""
    try:
        msgspec.convert(slug, scalars.Slug)
    except msgspec.ValidationError as error:
        kind = bare(inspect.type_info(scalars.Slug))
        return "; ".join(explain(slug, kind, Place("", ("slug",)), str(error)))
    return ""


def explain_type(value: Any, wanted: str, place: Place) -> tuple[str, str]:
    """Say that a value is not what `wanted` says, and how that may have come about."""
    if value is None and place.keys and isinstance(place.keys[-1], int):
        entry = (
            f"entry {place.keys[-1] + 1} of {_name(place)}" if len(place.keys) > 1 else "this entry"
        )
        return f"{entry} is empty", "take its `- ` out, or fill it in"
    got = {dict: "a record", list: "a list", type(None): "nothing"}.get(type(value), "text")
    pasted = wanted == RECORD and isinstance(value, list) and len(value) == 1
    hint = "take out the `- `, and indent the lines below it by two less" if pasted else ""
    return f"{_name(place)} should be {wanted}, not {got}", hint


def _name(place: Place) -> str:
    """What a value is called: by the nearest key around it."""
    return next((str(key) for key in reversed(place.keys) if isinstance(key, str)), "this")


def _text(shown: str, value: str, kind: inspect.StrType, name: str) -> tuple[str, str]:
    what, hint = _PATTERNS[kind.pattern or ""]
    if what == "a slug" and re.fullmatch(scalars.WINDOWS_DEVICES, value):
        return (
            f"{name} {shown!r} is a device name on Windows",
            "choose another: a folder cannot have it",
        )
    return f"{name} {shown!r} is not {what}", hint


def _number(shown: str, kind: inspect.IntType, name: str) -> tuple[str, str]:
    limits = f"{kind.ge}-{kind.le}" if kind.le is not None else f"{kind.ge} or more"
    if not re.fullmatch(r"-?(0|[1-9]\d*)", shown):
        return f"{name} {shown!r} is not a whole number", f"a whole number, {limits}"
    return f"{name} {shown} is not in {limits}", f"a whole number, {limits}"


def bare(kind: inspect.Type) -> inspect.Type:
    """The type below the descriptions that it carries."""
    while isinstance(kind, inspect.Metadata):
        kind = kind.type
    return kind


def is_class(kind: inspect.Type, cls: type) -> bool:
    """Whether a scalar is of one of our own classes."""
    return isinstance(kind, inspect.CustomType) and kind.cls is cls


def as_type(kind: inspect.Type) -> Any:
    """The Python type that an inspected scalar type stands for, to convert one leaf alone."""
    match kind:
        case inspect.StrType():
            meta = msgspec.Meta(
                pattern=kind.pattern, min_length=kind.min_length, max_length=kind.max_length
            )
            return Annotated[str, meta]
        case inspect.IntType():
            return Annotated[int, msgspec.Meta(ge=kind.ge, le=kind.le)]
        case inspect.FloatType():
            return float
        case inspect.DateType():
            return datetime.date
        case inspect.BoolType():
            return bool
        case inspect.LiteralType():
            return Literal[kind.values]
        case inspect.CustomType():
            return kind.cls
        case _:
            raise TypeError(f"no scalar: {kind}")
