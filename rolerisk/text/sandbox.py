"""The Jinja environment of editors' templates: filters that take only what they are meant for.

A list is never made of a text, nor of another list, so that no loop is longer than a list that the
template is given; a value is shown only when it is a text or a number.
"""

from collections.abc import MutableMapping
from functools import lru_cache
from types import GeneratorType
from typing import Any, cast

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

MAX_LENGTH = 200_000
TESTS = "defined undefined none equalto eq ne lt gt le ge in".split()
TEXT_FILTERS = ("lower", "title", "upper")
_LIST_FILTERS = ("first", "join", "last", "list", "map", "sort", "unique")
FILTERS = sorted(("default", "length", *TEXT_FILTERS, *_LIST_FILTERS))
_GUARD = "a list"  # a filter that nobody can write
_MAY_BE_SHOWN = (str, int, float, Undefined)  # an undefined one says so itself


class _Environment(ImmutableSandboxedEnvironment):
    """Jinja's own, without what it does at length for each template and each key of a record."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """No names but those that are given: Jinja goes through a chain of none of them each time."""
        return {}

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A key of a record or a part of a value, which is nearly all that is asked for."""
        given: dict[str, Any] = obj if type(obj) is dict else getattr(obj, "__dict__", {})
        if attribute in given:
            return given[attribute]
        return super().getattr(obj, attribute)


@lru_cache(maxsize=1)
def environment() -> ImmutableSandboxedEnvironment:
    """The environment: nothing in it but the filters and tests that are listed."""
    made = _Environment(undefined=StrictUndefined, keep_trailing_newline=True, finalize=shown)
    known = made.filters
    made.filters = {name: known[name] for name in FILTERS}
    for name in TEXT_FILTERS:
        made.filters[name] = _of_text(known[name])
    made.filters |= {"join": _join, "length": _length, _GUARD: _list}
    made.tests = {name: made.tests[name] for name in TESTS}
    made.globals.clear()
    return made


def guarded(tree: nodes.Template) -> nodes.Template:
    """The syntax tree with a guard before every loop and every filter that wants a list."""
    for loop in tree.find_all(nodes.For):
        loop.iter = _guard(loop.iter)
    for filtered in list(tree.find_all(nodes.Filter)):
        if filtered.name in _LIST_FILTERS and filtered.node is not None:
            filtered.node = _guard(filtered.node)
    return tree


def shown(value: object) -> object:
    """A value that may be shown. Raises TypeError for lists, records, methods and nothing."""
    if isinstance(value, _MAY_BE_SHOWN):
        return value
    if value is None:
        raise TypeError("there is no value here: use default('…', true), or an if")
    raise TypeError(f"{_kind(value)} cannot be shown, only texts and numbers")


def _guard(node: nodes.Node) -> nodes.Filter:
    return nodes.Filter(cast(nodes.Expr, node), _GUARD, [], [], None, None, lineno=node.lineno)


def _list(value: object) -> list[Any]:
    if isinstance(value, list | tuple | GeneratorType | Undefined):
        return list(value)
    raise TypeError(f"a list is wanted here, not {_kind(value)}")


def _kind(value: object) -> str:
    kinds = {dict: "a record", str: "a text", int: "a number", type(None): "nothing"}
    if isinstance(value, list | tuple | GeneratorType):
        return "a list"
    return kinds.get(type(value), "a part of the program")


def _of_text(real: Any) -> Any:
    return lambda value: real(shown(value))


def _length(value: object) -> int:
    return len(value if isinstance(value, str) else _list(value))


def _join(values: list[object], separator: object = "") -> str:
    between = str(shown(separator))
    texts = [str(shown(value)) for value in values]
    if sum(map(len, texts)) + len(between) * len(texts) > MAX_LENGTH:
        raise ValueError(f"what is joined is longer than {MAX_LENGTH:,} characters")
    return between.join(texts)
