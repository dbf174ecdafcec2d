"""What every build of a small site does again with the same result, done once in a run of the tests.

A template's code follows from its name and text, a drawing from its SVG, a compressed text from the
text: four fifths of the time of a small build. That they follow from nothing else is asked of builds
that are processes of their own, which remember nothing of this.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import CodeType

import brotli
import pytest
import resvg_py
from jinja2 import Environment

from rolerisk.render.code import LeanCode


@contextmanager
def remembered() -> Iterator[None]:
    """Compile no template, draw no image and compress no text twice."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", _compiled_once(Environment.compile))
        patch.setattr(resvg_py, "svg_to_bytes", _drawn_once(resvg_py.svg_to_bytes))
        patch.setattr(brotli, "compress", functools.lru_cache(maxsize=4096)(brotli.compress))
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
