"""What every build of a small site does again with the same result, done once in a run of the tests.

A template's code follows from its name and text, a drawing from its SVG, a compressed text, what a
YAML text says, whether an editors' template is refused and the HTML of Markdown from the text, an
audited page from its bytes: most of the time of a small build. That they follow from nothing else is
asked of builds that are processes of their own, which remember nothing of this.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType, ModuleType

import brotli
import msgspec
import pytest
import resvg_py
from jinja2 import Environment

from rolerisk.audit import check as audit
from rolerisk.audit.page import Page
from rolerisk.parse import yaml
from rolerisk.render.code import LeanCode
from rolerisk.text import markdown, python_markdown, template


@contextmanager
def remembered() -> Iterator[None]:
    """Compile, draw, compress, read and convert nothing twice."""
    with pytest.MonkeyPatch.context() as patch:
        for holder, name, _, once in _ONCE:
            patch.setattr(holder, name, once)
        yield


@contextmanager
def anew() -> Iterator[None]:
    """Do all of it as often as it is asked for, as outside of the tests: for who counts the work."""
    with pytest.MonkeyPatch.context() as patch:
        for holder, name, real, _ in _ONCE:
            patch.setattr(holder, name, real)
        yield


def _compiled_once(compiled: Callable[..., CodeType]) -> Callable[..., CodeType]:
    known: dict[tuple[object, ...], CodeType] = {}

    def compiled_once(environment: Environment, source: object, *names: object) -> CodeType:
        if environment.code_generator_class is not LeanCode:  # editors' templates, syntax trees
            return compiled(environment, source, *names)
        if (source, *names) not in known:
            known[source, *names] = compiled(environment, source, *names)
        return known[source, *names]

    return compiled_once


def _drawn_once(drawn: Callable[..., bytes]) -> Callable[..., bytes]:
    known = functools.lru_cache(maxsize=256)(
        lambda fonts, **how: drawn(font_files=list(fonts), **how)
    )
    return lambda font_files, **how: known(tuple(font_files), **how)


def _page_parsed_once(parsed: Callable[..., Page]) -> Callable[..., Page]:
    """A page, whichever folder it is in; its file is the one thing that the bytes do not say."""
    known = functools.lru_cache(maxsize=4096)(
        lambda path, url, data: parsed(path, "", url, data),
    )
    return lambda path, file, url, data: msgspec.structs.replace(known(path, url, data), file=file)


_Once = Callable[[Callable[..., object]], Callable[..., object]]
_once: _Once = functools.lru_cache(maxsize=16384)
_FOLLOWS: tuple[tuple[type | ModuleType, str, _Once], ...] = (
    (Environment, "compile", _compiled_once),
    (resvg_py, "svg_to_bytes", _drawn_once),
    (brotli, "compress", _once),
    (yaml, "read", _once),
    (yaml, "marks", _once),
    (template, "slips", _once),
    (markdown, "plain_fragment", _once),
    (python_markdown, "convert", _once),
    (audit, "parse_page", _page_parsed_once),
)
_ONCE = [
    (holder, name, getattr(holder, name), once(getattr(holder, name)))
    for holder, name, once in _FOLLOWS
]
