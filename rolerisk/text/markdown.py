"""Markdown → safe HTML, with citations left open, and what the text cites, links to and shows."""

import re
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from rolerisk.model.fragment import Fragment
from rolerisk.text.plain_markdown import plain_fragment
from rolerisk.text.silence import without_silences

CITATION = re.compile(r"\[\^([^\]\s]+)\]")
_OPEN_CITATION = re.compile(r'<sup data-source="([^"]*)"></sup>')
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
_SCHEMES = {"http", "https", "mailto"}


def to_fragment(text: str) -> Fragment:
    """Convert Markdown of any length; raw HTML in it is sanitised."""
    text = without_silences(text)
    return plain_fragment(text) or convert(text)


def convert(text: str) -> Fragment:
    """Convert Markdown with Python-Markdown, whatever it holds."""
    converter = _converter()
    finds = converter.finds
    finds.clear()
    html = nh3.clean(
        converter.reset().convert(text),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel=None,
    )
    return Fragment(
        html,
        tuple(finds.cites),
        tuple(finds.links),
        tuple(finds.images),
        tuple(finds.headings),
        len(CITATION.sub("", text).split()),
    )


def with_numbers(html: str, numbers: dict[str, int]) -> str:
    """Fill in the citations' numbers; one that leads nowhere vanishes (a rule reports it)."""
    if "<sup " not in html:
        return html
    return _OPEN_CITATION.sub(lambda match: _reference(numbers.get(match[1])), html)


def open_citation(source_id: str) -> str:
    """A citation without its number yet, as `with_numbers` expects it."""
    return f'<sup data-source="{source_id}"></sup>'


def _reference(number: int | None) -> str:
    return "" if number is None else f'<sup><a href="#s{number}">{number}</a></sup>'


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
def _converter() -> _Converter:
    return _Converter(extensions=["tables", "sane_lists"], output_format="html")
