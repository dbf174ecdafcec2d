"""Markdown → safe HTML by Python-Markdown and nh3, whatever it holds.

Most texts take the quicker way of plain_markdown.py, and so most builds do without these imports.
"""

import re
import threading
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from rolerisk.model.fragment import Fragment
from rolerisk.text.invisible import INVISIBLE
from rolerisk.text.markdown import CITATION, MAX_DEPTH, TOO_DEEP
from rolerisk.text.raw_html import HAS_TAG, RawHtml

_TAGS = set(
    "a abbr b blockquote br cite code dd del dfn dl dt em h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p"
    " pre q s samp small strong sub sup table tbody td th thead tr u ul var".split()
)
_ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "sup": {"data-source"},
    "th": {"scope"},
}
# Tags but those of elements that are empty, or stand right in each other never.
_NESTING = re.compile(r"<(/?)(?!br|hr|img|p>|li>|d[dt]>|t[dhr]|tbody)[a-z]")
_LANGUAGE = re.compile(r'<code class="language-[^"]*">')  # of a fence; nothing here colours code
_SCHEMES = {"http", "https", "mailto"}


def convert(text: str) -> Fragment:
    """Convert Markdown with Python-Markdown, whatever it holds."""
    converter = _converter(threading.get_ident())
    finds = converter.finds
    finds.clear()
    try:
        raw = _LANGUAGE.sub("<code>", converter.reset().convert(text))
    except RecursionError:
        _converter.cache_clear()  # this one is as the error left it
        return Fragment("", refused=TOO_DEEP)
    html = _sanitised(raw)
    if _is_deep(html):
        return Fragment("", refused=TOO_DEEP)
    hidden = set(INVISIBLE.findall(html))
    if hidden:
        html = _sanitised(INVISIBLE.sub("", html))  # again: java&#1;script: is javascript: now
    entities = [f"U+{ord(character):04X}" for character in sorted(hidden - set(text))]
    written = RawHtml(raw, _TAGS, _ATTRIBUTES) if HAS_TAG.search(text) else None
    return Fragment(
        html,
        tuple(finds.cites),
        tuple(written.links if written else finds.links),
        tuple(written.images if written else finds.images),
        tuple(finds.headings),
        len(CITATION.sub("", text).split()),
        removed=(*(written.removed if written else ()), *entities),
    )


def _sanitised(html: str) -> str:
    return nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None)


def _is_deep(html: str) -> bool:
    """Whether lists, quotes or other elements stand deeper in each other than anybody follows."""
    depth = 0
    for end in _NESTING.findall(html):
        depth += -1 if end else 1
        if depth > MAX_DEPTH:
            return True
    return False


class _Finds:
    """What one conversion has met on its way."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self.cites: list[str] = []
        self.links: list[str] = []
        self.images: list[tuple[str, str]] = []
        self.headings: list[tuple[int, str]] = []


class _Citation(InlineProcessor):
    """`[^id]` becomes an open citation."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[Element, int, int]:
        self.md.finds.cites.append(m[1])  # type: ignore[attr-defined]
        element = Element("sup")
        element.set("data-source", m[1])
        return element, m.start(0), m.end(0)


class _Collector(Treeprocessor):
    """Notes links, images and headings; changes nothing."""

    def run(self, root: Element) -> None:
        finds = self.md.finds  # type: ignore[attr-defined]
        for element in root.iter():
            if element.tag == "a":
                finds.links.append(element.get("href", ""))
            elif element.tag == "img":
                finds.images.append((element.get("src", ""), element.get("alt", "")))
            elif len(element.tag) == 2 and element.tag[0] == "h" and element.tag[1].isdigit():
                finds.headings.append((int(element.tag[1]), "".join(element.itertext())))


class _Converter(Markdown):
    """Python-Markdown with our citations, and with a memory of what it met."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.finds = _Finds()
        self.inlinePatterns.register(_Citation(CITATION.pattern, self), "citation", 175)
        self.treeprocessors.register(_Collector(self), "collector", 5)


@cache
def _converter(_thread: int) -> _Converter:
    """One for each thread: it notes what it meets, and `serve` reads while it builds."""
    # By their classes: for names, Python-Markdown searches all packages that are installed.
    extensions = [FencedCodeExtension(), SaneListExtension(), TableExtension()]
    return _Converter(extensions=extensions, output_format="html")
