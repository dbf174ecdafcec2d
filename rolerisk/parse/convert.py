"""Plain values → typed records, by the schema.

The whole record is converted at once by msgspec, which is fast but stops at the first error. Only
when that fails is the record walked, leaf by leaf: every problem is reported with its place, and
what is wrong is filled with a blank, so that the rules that look at the rest can still run.
"""

import datetime
import math
import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple, TypeVar

import msgspec
from msgspec import inspect

from rolerisk.model.scalars import Exposure, PartialDate, read_scalar
from rolerisk.parse import forms, rules
from rolerisk.parse.invisible import texts_of
from rolerisk.parse.yaml import REFUSED
from rolerisk.problem import Place, Problem, Rule, problem
from rolerisk.text.spelling import listed, nearest

_Record = TypeVar("_Record", bound=msgspec.Struct)

_BLANKS: dict[type, Any] = {
    inspect.StrType: "",
    inspect.IntType: 0,
    inspect.FloatType: 0.0,
    inspect.BoolType: False,
    inspect.DateType: datetime.date(2000, 1, 1),
    inspect.DictType: {},
    inspect.VarTupleType: (),
}
# Numbers that msgspec takes for whole ones, though a whole number has digits only: 15.0, 1e1.
# They are looked for in all texts at once: each begins with \0, which is found at once.
_NOT_DIGITS = re.compile(r"\0-?\d+(?=[.eE])(?:\.\d+)?(?:[eE][+-]?\d+)?(?:\0|$)")
_DIGITS = re.compile(r"-?\d+")


class Converted(NamedTuple):
    """A record, its problems, and the keys of it that were wrong and are blank or partly so."""

    record: Any
    problems: tuple[Problem, ...]
    flawed: frozenset[str]


def convert(value: Any, kind: type[_Record], place: Place) -> Converted:
    """Make a record of a plain value; always returns one, whatever the value."""
    try:
        record = msgspec.convert(value, kind, strict=False, dec_hook=read_scalar)
        if not _NOT_DIGITS.search("\0".join(["", *texts_of(value)])):
            return Converted(record, (), frozenset())
    except msgspec.ValidationError:
        pass
    walk = _Walk(depth=len(place.keys))
    record = walk.value(value, _type_info(kind), place)
    return Converted(record, tuple(walk.problems), frozenset(walk.flawed))


_type_info = cache(inspect.type_info)  # which looks at all that is below a type, each time


class _Walk:
    """One pass over a value and its type, collecting problems.

    `depth` is the number of keys that lead to the record; the next one is a key of it. What was
    refused has a problem already: it is flawed, and nothing more is said of it.
    """

    def __init__(self, depth: int) -> None:
        self.problems: list[Problem] = []
        self.flawed: set[str] = set()
        self.depth = depth

    def value(self, value: Any, kind: inspect.Type, place: Place) -> Any:
        """The value as its type wants it, or a blank with a problem reported."""
        kind = forms.bare(kind)
        if value is REFUSED:
            self._spoil(place)
        match kind:
            case inspect.StructType():
                return self._struct(value, kind, place)
            case inspect.VarTupleType():
                return self._list(value, kind, place)
            case inspect.UnionType():
                return self._union(value, kind, place)
            case inspect.DictType():
                return self._figures(value, kind, place)
            case _:
                return self._scalar(value, kind, place)

    def _struct(self, value: Any, kind: inspect.StructType, place: Place) -> Any:
        quiet = not isinstance(value, dict) or REFUSED in value
        if not isinstance(value, dict):
            self._wrong_type(value, forms.RECORD, place)
            value = {}
        known = {field.encode_name: field for field in kind.fields}
        meant = self._unknown_keys(value, known, place)
        fields = {
            f.name: self._field(f, value, place, quiet or f.encode_name in meant)
            for f in kind.fields
        }
        return kind.cls(**fields)

    def _unknown_keys(self, value: dict[Any, Any], known: Iterable[str], place: Place) -> set[str]:
        """Report the keys that the schema has not got; the ones that were meant are not missing."""
        meant = set()
        for key in (key for key in value if key not in known and key is not REFUSED):
            near = nearest(key, known)
            meant.add(near)
            hint = f"did you mean {near}?" if near else f"known keys: {listed(known, 30)}"
            at = place.at(key, on_key=True)
            self._report(rules.UNKNOWN_KEY, at, f"unknown key {forms.shortened(key)!r}", hint)
        return meant

    def _field(self, field: inspect.Field, value: dict[Any, Any], place: Place, quiet: bool) -> Any:
        given = value.get(field.encode_name)
        if given is not None:
            return self.value(given, field.type, place.at(field.encode_name))
        if not field.required:
            if field.default is not msgspec.NODEFAULT:
                return field.default
            return field.default_factory()
        self._spoil(place.at(field.encode_name))
        if not quiet:
            at = place.at(field.encode_name) if field.encode_name in value else place
            what = "has no value" if field.encode_name in value else "is missing"
            self._report(
                rules.MISSING_KEY,
                at,
                f"{field.encode_name} {what}",
                forms.wanted(forms.bare(field.type)),
            )
        return _blank(field.type)

    def _list(self, value: Any, kind: inspect.VarTupleType, place: Place) -> Any:
        if not isinstance(value, list):
            self._wrong_type(value, "a list of `- ` entries", place)
            return ()
        least, most = kind.min_length or 0, kind.max_length
        if len(value) < least or (most is not None and len(value) > most):
            asked = (
                f"exactly {least}"
                if least == most
                else f"{least}-{most}"
                if most
                else f"at least {least}"
            )
            name = place.keys[-1] if place.keys else "the list"
            self._report(
                rules.COUNT,
                place.at(on_key=True),
                f"{name} has {len(value)} entries, not {asked}",
                "",
            )
        return tuple(self.value(v, kind.item_type, place.at(i)) for i, v in enumerate(value))

    def _union(self, value: Any, kind: inspect.UnionType, place: Place) -> Any:
        if value is None:
            return None
        options = [forms.bare(t) for t in kind.types if not isinstance(t, inspect.NoneType)]
        if len(options) > 1:
            wanted = inspect.StructType if isinstance(value, dict) else inspect.StrType
            options = [t for t in options if isinstance(t, wanted)] or options
        return self.value(value, options[0], place)

    def _figures(self, value: Any, kind: inspect.DictType, place: Place) -> Any:
        if not isinstance(value, dict):
            self._wrong_type(value, forms.RECORD, place)
            return {}
        return {
            key: self.value(item, kind.value_type, place.at(key))
            for key, item in value.items()
            if key is not REFUSED
        }

    def _scalar(self, value: Any, kind: inspect.Type, place: Place) -> Any:
        if not isinstance(value, str):
            self._wrong_type(value, forms.noun(kind), place)
            return _blank(kind)
        try:
            if isinstance(kind, inspect.IntType) and not _DIGITS.fullmatch(value):
                raise msgspec.ValidationError
            read = msgspec.convert(value, forms.as_type(kind), strict=False, dec_hook=read_scalar)
            if not isinstance(read, float) or math.isfinite(read):
                return read
            message, hint = f"{forms.shortened(value)} is not a figure", "a number such as 0.93"
        except msgspec.ValidationError as error:
            message, hint = forms.explain(value, kind, place, str(error))
        rule = rules.EXPOSURE if forms.is_class(kind, Exposure) else rules.BAD_VALUE
        self._report(rule, place, message, hint)
        return _blank(kind)

    def _wrong_type(self, value: Any, wanted: str, place: Place) -> None:
        if value is REFUSED:
            return
        self._report(rules.WRONG_TYPE, place, *forms.explain_type(value, wanted, place))

    def _report(self, rule: Rule, place: Place, message: str, hint: str) -> None:
        self._spoil(place)
        self.problems.append(problem(rule, place, message, hint))

    def _spoil(self, place: Place) -> None:
        """Note the key of the record that a place is in."""
        self.flawed.update(map(str, place.keys[self.depth : self.depth + 1]))


def _blank(kind: inspect.Type) -> Any:
    """A value that stands where the editor's own was wrong; the rules leave its key alone."""
    kind = forms.bare(kind)
    if isinstance(kind, inspect.StructType):
        fields = {f.name: _blank(f.type) for f in kind.fields if f.required}
        return kind.cls(**fields)
    if isinstance(kind, inspect.UnionType):
        return None if kind.includes_none else _blank(kind.types[0])
    if isinstance(kind, inspect.LiteralType):
        return kind.values[0]
    if forms.is_class(kind, Exposure):
        return Exposure("0")
    if forms.is_class(kind, PartialDate):
        return PartialDate("2000")
    return _BLANKS[type(kind)]
