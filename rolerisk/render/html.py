"""Jinja templates → HTML, XML and text."""

import datetime
import re
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from functools import lru_cache
from typing import Any

from jinja2 import (
    BytecodeCache,
    DictLoader,
    Environment,
    StrictUndefined,
    Template,
    select_autoescape,
)
from markupsafe import Markup
from msgspec import Struct

from rolerisk.errors import CommandError
from rolerisk.model.article import TaskShown
from rolerisk.model.context import Shell
from rolerisk.render.code import LeanCode
from rolerisk.render.html_to_markdown import escaped, to_markdown
from rolerisk.text.policy import page_policy

_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_REFERENCE = re.compile(r"""{%[-+]?\s*(?:extends|include|import|from)\s+["']([^"']+)""")


class _Environment(Environment):
    """Jinja's environment, for templates that stay as they are: 20 look-ups a page cost nothing."""

    code_generator_class = LeanCode

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._ready: dict[str, Template] = {}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """A template, loaded when it is asked for the first time."""
        assert isinstance(name, str)
        if name not in self._ready:
            self._ready[name] = super().get_template(name, parent, globals)
        return self._ready[name]

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The same globals for all templates; Jinja's chain of mappings is slow to go through."""
        return self.globals


class Templates:
    """The site's templates, compiled when they are first used."""

    def __init__(self, texts: Mapping[str, str], kept: BytecodeCache | None = None) -> None:
        """`kept` is where their code of earlier runs is."""
        self._texts = texts
        self._named: dict[str, tuple[str, ...]] = {}
        self._environment = environment = _Environment(
            loader=DictLoader(dict(texts)),
            autoescape=select_autoescape(("html", "xml")),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            bytecode_cache=kept,
        )
        environment.globals = {"namespace": environment.globals["namespace"]}
        environment.filters |= {
            "columns": _columns,
            "day": _day,
            "iso_time": _iso_time,
            "markdown": to_markdown,
            "text": escaped,
            "tidy": _tidy,
            "thousands": lambda n: f"{n:,}",
            "year_of": lambda date: date.year,
        }

    def render(self, name: str, context: Struct, json_ld: str) -> bytes:
        """Fill a template with the fields of a context, and `json_ld` for a page that has one."""
        given = {field: getattr(context, field) for field in context.__struct_fields__}
        if isinstance(shell := given.get("shell"), Shell):
            given["content_policy"] = _policy(shell.css, given["head"].styles)
        given["json_ld"] = Markup(json_ld)
        template = self._environment.get_template(name)
        seen = template.new_context(given)
        try:
            return b"".join(map(str.encode, template.root_render_func(seen)))
        except Exception:
            self._environment.handle_exception()  # raises it with the template's lines
        finally:
            seen.vars.clear()  # a macro holds the context that holds it and all of the page

    def prepare(self, name: str) -> None:
        """Compile a template and all that it names."""
        self._environment.get_template(name)
        for other in self._references(name):
            self.prepare(other)

    def closure(self, name: str) -> Iterator[str]:
        """The texts of a template and of every template that it extends, includes or imports.

        Raises CommandError when one of them is missing.
        """
        open_names, seen = [name], set()
        while open_names:
            name = open_names.pop()
            if name in seen:
                continue
            seen.add(name)
            text = self._texts.get(name)
            if text is None:
                raise CommandError(f"templates/{name} is missing: pages are made of it")
            yield f"{name}\0{text}\0"
            open_names += self._references(name)

    def _references(self, name: str) -> tuple[str, ...]:
        """The templates that a template names. Jinja's own search for them parses every template."""
        if name not in self._named:
            self._named[name] = tuple(sorted(set(_REFERENCE.findall(self._texts[name]))))
        return self._named[name]


@lru_cache(maxsize=32)
def _policy(*styles: str) -> Markup:
    """The policy of pages whose one style element holds these styles."""
    return Markup(page_policy("".join(styles)))


def _columns(tasks: Sequence[TaskShown]) -> Iterator[tuple[TaskShown, float, float]]:
    """Tasks as columns side by side: where each begins and how wide it is, in percent of all."""
    left, total = 0.0, sum(task.share for task in tasks)
    for task in tasks:
        width = 100 * task.share / total
        yield task, left, width
        left += width


def _tidy(number: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")


def _day(date: datetime.date) -> str:
    """November 2, 2026: the same in every locale."""
    return f"{_MONTHS[date.month - 1]} {date.day}, {date.year}"


def _iso_time(date: datetime.date) -> str:
    """The start of a day, as feeds and structured data want it: with a time zone."""
    return f"{date.isoformat()}T00:00:00+00:00"
