"""Templates for editors: Jinja narrowed, by its syntax tree, to output, choice and repetition.

What is refused cannot be switched on by any value: no calls, no arithmetic, no macros, includes,
assignments or ranges, so that a template ends, stays small, and reads only what it is given.
"""

import math
import re
import traceback
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import Template, TemplateSyntaxError, nodes
from jinja2 import TemplateError as JinjaError
from jinja2.parser import Parser

from rolerisk.text.invisible import INVISIBLE
from rolerisk.text.sandbox import (
    FILTERS,
    MAX_LENGTH,
    TESTS,
    TEXT_FILTERS,
    environment,
    guarded,
    shown,
)

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.Name,
    nodes.Getattr,
    nodes.Const,
    nodes.Filter,
    nodes.Test,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Keyword,
)
_MAX_LOOPS = 2
_MAX_DEPTH = 30
_TOO_DEEP = f"more than {_MAX_DEPTH} levels deep"
_TOO_LARGE = "a number is too large"
_MARKDOWN_MARKUP = re.compile(r"([\\`*_{}\[\]#|])")


class TemplateSlip(NamedTuple):
    """What is not allowed in a template, and on which of its lines (1-based)."""

    line: int
    message: str


class TemplateError(Exception):
    """A template that cannot be rendered with what it is given, e.g. a misspelt variable.

    `source` is the template, `line` the line of it (1-based) that asks for too much.
    """

    def __init__(self, message: str, source: str, line: int) -> None:
        super().__init__(message)
        self.source = source
        self.line = line


def slips(source: str, markdown: bool = True) -> tuple[TemplateSlip, ...]:
    """Everything in a template that editors' templates may not have; empty when it is fine.

    Whether its result is Markdown is asked because it is compiled, for who renders it later.
    """
    try:
        parser = Parser(environment(), source)
        found = tuple(dict.fromkeys(_refused(parser.parse(), loops=0, depth=0)))
        if not found:
            _compiled(source, markdown)
    except TemplateSyntaxError as error:
        return (TemplateSlip(error.lineno, error.message or "not a template"),)
    except RecursionError:
        return (TemplateSlip(parser.stream.current.lineno, _TOO_DEEP),)
    except ValueError:  # Python's own limit, of about 4,300 digits
        return (TemplateSlip(parser.stream.current.lineno, _TOO_LARGE),)
    return found


def render_markdown(source: str, given: Mapping[str, Any]) -> str:
    """Fill a template whose result is Markdown: values are text there, never markup or HTML.

    Raises TemplateError when it needs what it is not given.
    """
    return _render(source, given, markdown=True)


def render_text(source: str, given: Mapping[str, Any]) -> str:
    """Fill a template whose result is plain text. Raises TemplateError."""
    return _render(source, given, markdown=False)


def _render(source: str, given: Mapping[str, Any], markdown: bool) -> str:
    try:
        return _in_bounds(_compiled(source, markdown).generate(given))
    except (JinjaError, TypeError, ValueError) as error:
        raise TemplateError(str(error), source, _line(error)) from error


def _in_bounds(pieces: Iterable[str]) -> str:
    """The pieces of a result together. Raises ValueError as soon as they are too long."""
    text = ""
    for piece in pieces:
        text += piece
        if len(text) > MAX_LENGTH:
            raise ValueError(f"the result is longer than {MAX_LENGTH:,} characters")
    return text


def _line(error: Exception) -> int:
    """The template's line in a traceback, where Jinja puts it in place of its own code's."""
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename in ("<template>", "<unknown>")
    ]
    return lines[-1] or 1 if lines else 1


def _refused(node: nodes.Node, loops: int, depth: int) -> Iterator[TemplateSlip]:
    line = node.lineno
    if depth > _MAX_DEPTH:
        raise TemplateSyntaxError(_TOO_DEEP, line)  # one is enough
    if not isinstance(node, _ALLOWED):
        yield TemplateSlip(
            line, f"{_NAMES.get(type(node).__name__, type(node).__name__)} is not allowed"
        )
        return
    match node:
        case nodes.Filter():
            yield from _refused_filter(node)
        case nodes.Test() if node.name not in TESTS:
            yield TemplateSlip(
                line, f"the test {node.name} is not allowed; there are {', '.join(TESTS)}"
            )
        case nodes.Getattr() if node.attr.startswith("_"):
            yield TemplateSlip(line, f"{node.attr} is not for templates")
        case nodes.Const() if isinstance(node.value, str) and INVISIBLE.search(node.value):
            yield TemplateSlip(line, "a constant has an invisible character in it")
        case nodes.Const() if node.value in (math.inf, -math.inf):
            yield TemplateSlip(line, _TOO_LARGE)
        case nodes.For():
            loops += 1
            yield from _refused_loop(node, loops)
    for child in node.iter_child_nodes():
        yield from _refused(child, loops, depth + 1)


def _refused_filter(node: nodes.Filter) -> Iterator[TemplateSlip]:
    line = node.lineno
    if node.name not in FILTERS:
        yield TemplateSlip(
            line, f"the filter {node.name} is not allowed; there are {', '.join(FILTERS)}"
        )
    if node.dyn_args or node.dyn_kwargs or len({k.key for k in node.kwargs}) < len(node.kwargs):
        yield TemplateSlip(line, f"the arguments of {node.name} are not plain ones")
    if node.name == "map" and not _is_plain_map(node):
        yield TemplateSlip(line, "map takes attribute='name', 'lower', 'title' or 'upper'")


def _is_plain_map(node: nodes.Filter) -> bool:
    """Whether a map makes a list of as many plain values: no lists in lists that could grow."""
    given = [*node.args, *(k.value for k in node.kwargs)]
    if len(given) != 1 or not isinstance(given[0], nodes.Const):
        return False
    if node.args:
        return given[0].value in TEXT_FILTERS
    return node.kwargs[0].key == "attribute" and isinstance(given[0].value, str)


def _refused_loop(node: nodes.For, loops: int) -> Iterator[TemplateSlip]:
    if loops > _MAX_LOOPS or node.recursive:
        yield TemplateSlip(
            node.lineno, f"loops may stand {_MAX_LOOPS} deep, and not call themselves"
        )
    over: nodes.Node | None = node.iter
    while isinstance(over, nodes.Filter):
        over = over.node
    if not isinstance(over, nodes.Name | nodes.Getattr):
        yield TemplateSlip(node.lineno, "a loop runs over a given list")


_NAMES = {
    "Call": "a call",
    "Assign": "an assignment",
    "Macro": "a macro",
    "Include": "an include",
    "Import": "an import",
    "FromImport": "an import",
    "Extends": "extending a template",
    "Block": "a block",
    "Getitem": "an index in brackets",
    "Concat": "joining with ~",
    **dict.fromkeys(
        ("Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow", "Neg", "Pos"), "arithmetic"
    ),
    **dict.fromkeys(("List", "Dict", "Tuple"), "a list of its own"),
}


@lru_cache(maxsize=256)
def _compiled(source: str, markdown: bool) -> Template:
    sandbox = environment()
    if markdown:
        sandbox = sandbox.overlay(finalize=_as_markdown_text)
    return sandbox.from_string(guarded(sandbox.parse(source)))


def _as_markdown_text(value: object) -> object:
    """A value inside Markdown: its stars and brackets are text, its HTML too."""
    value = shown(value)
    if not isinstance(value, str):
        return value
    plain = value.replace("&", "&amp;").replace("<", "&lt;")
    return plain if plain.startswith("https://") else _MARKDOWN_MARKUP.sub(r"\\\1", plain)
