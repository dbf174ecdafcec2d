"""The HTML that the sanitiser lets through → Markdown (GitHub's), with absolute links.

Small because its input is known: well-formed, of few elements, values in double quotes, no `<` but
that of a tag. A library would bring a second HTML parser, and none that was tried escapes both `*`
and a line that begins like a list; html.parser takes five times as long to read such a fragment.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import unescape
from typing import ClassVar
from urllib.parse import urljoin

from rolerisk.render.plain_html import plain_to_markdown

_BLOCKS = frozenset("p h2 h3 h4 h5 h6 hr ul ol li blockquote pre table dl dt dd".split())
_VOID = ("br", "hr", "img")
# A text; or the slash of an end, the name and the attributes of a tag.
_TOKEN = re.compile(r"([^<]+)|<(/?)([a-z][a-z0-9]*)([^>\"]*(?:\"[^\"]*\"[^>\"]*)*)>")
_ATTRIBUTE = re.compile(r"([a-z-]+)=\"([^\"]*)\"")
_MARKS = {
    **dict.fromkeys(("strong", "b"), "**"),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), "*"),
    **dict.fromkeys(("del", "s"), "~~"),
}
_MAY_BE_SPECIAL = re.compile(r"[\\`*\[\]_~<&]")  # most texts have none: 5 times as fast as the next
_SPECIAL = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|<(?=[a-zA-Z/!?])|&(?=[#\w]+;)")
# What begins a quote, a list, a heading or a line under one: the backslash goes where this ends.
_LINE_START = re.compile(
    r"^(?:(?=>|[-+](?:\s|$)|#{1,6}(?:\s|$)|-{2,}|=+\s*$)|\d{1,9}(?=[.)](?:\s|$)))", re.MULTILINE
)
_AROUND_LINE_ENDS = re.compile(r" *\n *")
_ENTITIES = {"<": "&lt;", "&": "&amp;"}


class _Element:
    """An element with its children: elements and texts."""

    def __init__(self, tag: str, attributes: Mapping[str, str]) -> None:
        self.tag, self.attributes = tag, attributes
        self.children: list[_Element | str] = []

    def text(self) -> str:
        """All the text in it."""
        return "".join(c if isinstance(c, str) else c.text() for c in self.children)

    def named(self, *tags: str) -> "Iterator[_Element]":
        """The elements of these names in it, however deep."""
        for child in self.children:
            if isinstance(child, _Element):
                if child.tag in tags:
                    yield child
                yield from child.named(*tags)


def to_markdown(html: str, url: str) -> str:
    """Convert safe HTML, as text.markdown makes it, of a page at `url`; no line end at the end."""
    plain = plain_to_markdown(html)
    return converted(html, url) if plain is None else plain


def converted(html: str, url: str) -> str:
    """Convert safe HTML element by element, whatever it holds."""
    return _Writer(url).blocks(_tree(html).children)


def escaped(text: str) -> str:
    """A plain text as Markdown that shows just this text, also at the start of a line."""
    return _at_line_starts(_span_escaped(text))


def _span_escaped(text: str) -> str:
    if not _MAY_BE_SPECIAL.search(text):
        return text
    return _SPECIAL.sub(lambda found: _ENTITIES.get(found[0], "\\" + found[0]), text)


def _with_single_spaces(text: str) -> str:
    """Every run of white space as one space; four times as fast as a regular expression."""
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    return f"{' ' * text[0].isspace()}{inner}{' ' * text[-1].isspace()}"


def _at_line_starts(text: str) -> str:
    if text[:1].isalpha() and "\n" not in text:
        return text
    return _LINE_START.sub(lambda found: found[0] + "\\", text)


def _tree(html: str) -> _Element:
    """The elements of a fragment in one that has no name."""
    root = _Element("", {})
    opened = [root]
    for text, end, tag, attributes in _TOKEN.findall(html):
        if text:
            opened[-1].children.append(unescape(text) if "&" in text else text)
        elif not end:
            given = {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}
            element = _Element(tag, given)
            opened[-1].children.append(element)
            if tag not in _VOID:
                opened.append(element)
        elif len(opened) > 1:
            opened.pop()
    return root


class _Writer:
    """Writes elements as Markdown; links are resolved against the page's URL."""

    def __init__(self, url: str) -> None:
        self._url = url

    def blocks(self, children: Iterable[_Element | str], gap: str = "\n\n") -> str:
        """The blocks among some children, with a gap; what stands between them is a paragraph."""
        written: list[str] = []
        loose: list[_Element | str] = []
        for child in children:
            if isinstance(child, str) or child.tag not in _BLOCKS:
                loose.append(child)
                continue
            if loose:
                written.append(self._paragraph(loose))
                loose = []
            written.append(self._block(child))
        if loose:
            written.append(self._paragraph(loose))
        return gap.join(filter(None, written))

    def _block(self, element: _Element) -> str:
        write = self._writers.get(element.tag)
        if write:
            return write(self, element)
        if element.tag[0] == "h":
            return f"{'#' * int(element.tag[1])} {self._line(element.children)}"
        return self.blocks(element.children)

    def _paragraph(self, children: Iterable[_Element | str]) -> str:
        text = self._spans(children)
        if "\n" in text:
            text = _AROUND_LINE_ENDS.sub("\n", text)
        return _at_line_starts(text.strip())

    def _line(self, children: Iterable[_Element | str]) -> str:
        """Some spans on one line."""
        return " ".join(self._spans(children).replace("\\\n", " ").split())

    def _spans(self, children: Iterable[_Element | str]) -> str:
        return "".join(
            _with_single_spaces(_span_escaped(child))
            if isinstance(child, str)
            else self._span(child)
            for child in children
        )

    def _span(self, element: _Element) -> str:
        write = self._writers.get(element.tag)
        if write:
            return write(self, element)
        text = self._spans(element.children)
        mark, inner = _MARKS.get(element.tag, ""), text.strip()
        return text.replace(inner, f"{mark}{inner}{mark}", 1) if mark and inner else text

    def _link(self, link: _Element) -> str:
        return f"[{self._spans(link.children)}]({self._target(link, 'href')})"

    def _image(self, image: _Element) -> str:
        alt = _span_escaped(image.attributes.get("alt", ""))
        return f"![{alt}]({self._target(image, 'src')})"

    def _target(self, element: _Element, attribute: str) -> str:
        url = urljoin(self._url, element.attributes.get(attribute, ""))
        if re.search(r"[()\s]", url):
            url = f"<{url}>"
        title = element.attributes.get("title", "")
        return f'{url} "{title.replace(chr(34), "&quot;")}"' if title else url

    def _superscript(self, element: _Element) -> str:
        """A citation is the source's number in brackets; 10² has no Markdown and stays HTML."""
        link = next(element.named("a"), None)
        if link and link.attributes.get("href", "").startswith("#s"):
            return f"[{link.text()}]"
        return f"<sup>{self._spans(element.children)}</sup>"

    def _list(self, list_: _Element) -> str:
        first = int(list_.attributes.get("start") or 1) if list_.tag == "ol" else None
        items = [item for item in list_.children if isinstance(item, _Element)]
        markers = [
            "- " if first is None else f"{number}. " for number, _ in enumerate(items, first or 0)
        ]
        loose = any(next(item.named("p"), None) for item in items)
        gap = "\n\n" if loose else "\n"
        return gap.join(
            _prefixed(self.blocks(item.children, gap), marker, " " * len(marker))
            for item, marker in zip(items, markers, strict=True)
        )

    def _table(self, table: _Element) -> str:
        rows = [
            [self._line(cell.children).replace("|", "\\|") for cell in row.named("th", "td")]
            for row in table.named("tr")
        ]
        lines = [f"| {' | '.join(row)} |" for row in rows]
        return "\n".join([*lines[:1], "|" + " --- |" * len(rows[0]), *lines[1:]]) if rows else ""

    _writers: ClassVar[Mapping[str, Callable[["_Writer", _Element], str]]] = {
        "hr": lambda self, _: "---",
        "pre": lambda self, element: _fenced(element),
        "ul": _list,
        "ol": _list,
        "blockquote": lambda self, quote: _prefixed(self.blocks(quote.children), "> ", "> "),
        "table": _table,
        "dl": lambda self, list_: self.blocks(list_.children),
        "dd": lambda self, term: self.blocks(term.children),
        "dt": lambda self, term: f"**{self._line(term.children)}**",
        "a": _link,
        "img": _image,
        "br": lambda self, _: "\\\n",
        "sup": _superscript,
        "q": lambda self, quote: f"“{self._spans(quote.children)}”",
        **dict.fromkeys(("code", "kbd", "samp"), lambda self, element: _code(element)),
    }


def _code(element: _Element) -> str:
    text = element.text()
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{space}{text}{space}{fence}"


def _fenced(element: _Element) -> str:
    text = element.text().removesuffix("\n")
    fence = "`" * max(3, max(map(len, re.findall("`+", text)), default=0) + 1)
    return f"{fence}\n{text}\n{fence}"


def _prefixed(text: str, first: str, others: str) -> str:
    """A text with something before its first line, and something else before the others."""
    return first + text.replace("\n", f"\n{others}").replace(
        f"\n{others}\n", f"\n{others.rstrip()}\n"
    )
