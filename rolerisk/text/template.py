"""Templates for editors: Jinja narrowed, by its syntax tree, to output, choice and repetition.

What is refused cannot be switched on by any value: no calls, no arithmetic, no macros, includes,
assignments or ranges, so that a template ends, stays small, and reads only what it is given.
"""

import re
import traceback
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2 import TemplateError as JinjaError
from jinja2.sandbox import ImmutableSandboxedEnvironment

_FILTERS = "default first join last length list lower map sort title upper unique".split()
_TESTS = "defined undefined none equalto eq ne lt gt le ge in".split()
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
_MAX_DEPTH = 2
_MAX_LENGTH = 200_000
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


def slips(source: str) -> tuple[TemplateSlip, ...]:
    """Everything in a template that editors' templates may not have; empty when it is fine."""
    try:
        tree = _environment().parse(source)
    except TemplateSyntaxError as error:
        return (TemplateSlip(error.lineno, error.message or "not a template"),)
    return tuple(dict.fromkeys(_refused(tree, loops=0)))


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
        result = _compiled(source, markdown).render(given)
    except (JinjaError, TypeError, ValueError) as error:
        raise TemplateError(str(error), source, _line(error)) from error
    if len(result) > _MAX_LENGTH:
        message = f"the result is longer than {_MAX_LENGTH:,} characters"
        raise TemplateError(message, source, 1)
    return result


def _line(error: Exception) -> int:
    """The template's line in a traceback, where Jinja puts it in place of its own code's."""
    lines = [
        frame.lineno
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename in ("<template>", "<unknown>")
    ]
    return lines[-1] or 1 if lines else 1


def _refused(node: nodes.Node, loops: int) -> Iterator[TemplateSlip]:
    line = node.lineno
    if not isinstance(node, _ALLOWED):
        yield TemplateSlip(
            line, f"{_NAMES.get(type(node).__name__, type(node).__name__)} is not allowed"
        )
        return
    if isinstance(node, nodes.Filter) and node.name not in _FILTERS:
        yield TemplateSlip(
            line, f"the filter {node.name} is not allowed; there are {', '.join(_FILTERS)}"
        )
    if isinstance(node, nodes.Test) and node.name not in _TESTS:
        yield TemplateSlip(
            line, f"the test {node.name} is not allowed; there are {', '.join(_TESTS)}"
        )
    if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
        yield TemplateSlip(line, f"{node.attr} is not for templates")
    if isinstance(node, nodes.For):
        loops += 1
        if loops > _MAX_DEPTH or node.recursive:
            yield TemplateSlip(line, f"loops may stand {_MAX_DEPTH} deep, and not call themselves")
        if not isinstance(node.iter, nodes.Name | nodes.Getattr | nodes.Filter):
            yield TemplateSlip(line, "a loop runs over a given list")
    for child in node.iter_child_nodes():
        yield from _refused(child, loops)


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
    environment = _environment()
    if markdown:
        environment = environment.overlay(finalize=_as_markdown_text)
    return environment.from_string(source)


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined, keep_trailing_newline=True
    )
    environment.filters = {name: environment.filters[name] for name in _FILTERS}
    environment.tests = {name: environment.tests[name] for name in _TESTS}
    environment.globals.clear()
    return environment


def _as_markdown_text(value: object) -> object:
    """A value inside Markdown: its stars and brackets are text, its HTML too."""
    if not isinstance(value, str):
        return value
    plain = value.replace("&", "&amp;").replace("<", "&lt;")
    return plain if plain.startswith("https://") else _MARKDOWN_MARKUP.sub(r"\\\1", plain)
