"""One page → its elements, each with its line and column, and its texts."""

from html.parser import HTMLParser

from msgspec import Struct

from rolerisk.problem import LocatedProblem, Rule, located

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_CODE = ("script", "style")
_QUOTED = 300  # characters of a line: styles and structured data have no line breaks


class Element(Struct, frozen=True):
    """An element: its attributes, its place (1-based), and where its texts begin and end."""

    tag: str
    attributes: dict[str, str]
    line: int
    column: int
    begin: int
    end: int


class Spot(Struct, frozen=True):
    """A place in a page that is not in memory any more."""

    line: int
    column: int
    quote: str

    def problem(self, rule: Rule, file: str, message: str, hint: str = "") -> LocatedProblem:
        """What is wrong at this place of a file."""
        return located(rule, file, message, hint, self.line, self.column, self.quote)


class Page(Struct, frozen=True):
    """A page: its file, where that is served, and all that stands in it."""

    path: str
    file: str
    url: str
    data: bytes
    lines: tuple[str, ...]
    elements: tuple[Element, ...]
    tags: dict[str, list[Element]]
    texts: tuple[str, ...]
    codes: tuple[str, ...]

    def all(self, tag: str) -> list[Element]:
        """All elements of a name, in their order."""
        return self.tags.get(tag, [])

    def meta(self, name: str) -> Element | None:
        """The first meta element of a name, whatever attribute gives it."""
        for element in self.all("meta"):
            given = element.attributes
            if name in (given.get("name"), given.get("property"), given.get("http-equiv")):
                return element
        return None

    def said(self, name: str) -> str:
        """The content of a meta element, empty without it."""
        element = self.meta(name)
        return element.attributes.get("content", "") if element else ""

    def links(self, rel: str) -> list[Element]:
        """All link elements of a relation."""
        return [e for e in self.all("link") if rel in e.attributes.get("rel", "").split()]

    def raw(self, element: Element) -> str:
        """The text inside an element; scripts and styles have one only for themselves."""
        texts = self.codes if element.tag in _CODE else self.texts
        return "".join(texts[element.begin : element.end])

    def text(self, element: Element) -> str:
        """The same, with white space made one."""
        return " ".join(self.raw(element).split())

    @property
    def noindex(self) -> bool:
        """Whether search engines are told to leave the page alone."""
        return not {"noindex", "none"}.isdisjoint(self.said("robots").replace(",", " ").split())

    @property
    def stub(self) -> bool:
        """Whether the page is nothing but a way to another one."""
        return self.meta("refresh") is not None

    @property
    def visible(self) -> str:
        """What readers see: the body's text, and what search engines show of the page."""
        shown = [self.text(element) for element in (*self.all("body"), *self.all("title")[:1])]
        return " ".join([*shown, " ".join(self.said("description").split())])

    def spot(self, element: Element) -> Spot:
        """The place of an element."""
        line = self.lines[element.line - 1]
        return Spot(
            element.line, element.column, line[:_QUOTED] if element.column < _QUOTED else ""
        )

    def problem(
        self, rule: Rule, message: str, hint: str = "", element: Element | None = None
    ) -> LocatedProblem:
        """What is wrong with the page, or with one of its elements."""
        spot = self.spot(element) if element else Spot(0, 0, "")
        return spot.problem(rule, self.file, message, hint)


def parse_page(path: str, file: str, url: str, data: bytes) -> Page:
    """Read a page. Whatever it is, it gives elements: browsers are as lenient.

    Raises UnicodeDecodeError when it is no UTF-8.
    """
    source = data.decode("utf-8")
    parser = _Parser()
    parser.feed(source)
    parser.close()
    elements = tuple(parser.frozen())
    tags: dict[str, list[Element]] = {}
    for element in elements:
        tags.setdefault(element.tag, []).append(element)
    lines = tuple(source.split("\n"))
    texts, codes = tuple(parser.texts), tuple(parser.codes)
    return Page(path, file, url, data, lines, elements, tags, texts, codes)


class _Parser(HTMLParser):
    """Collects elements and texts; an end tag also ends what was left open inside."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.codes: list[str] = []
        self._found: list[tuple[str, dict[str, str], int, int, int]] = []
        self._ends: list[int] = []
        self._open: list[int] = []

    def frozen(self) -> list[Element]:
        """All elements; what was never closed ends with the page."""
        self._close(0)
        return [Element(*found, end) for found, end in zip(self._found, self._ends, strict=True)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in reversed(attrs)}  # the first one counts
        line, column = self.getpos()
        at = self._at(tag)
        if tag not in _VOID:
            self._open.append(len(self._found))
        self._found.append((tag, attributes, line, column + 1, at))
        self._ends.append(at)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        for depth in range(len(self._open) - 1, -1, -1):
            if self._found[self._open[depth]][0] == tag:
                self._close(depth)
                return

    def handle_data(self, data: str) -> None:
        inner = self._found[self._open[-1]][0] if self._open else ""
        (self.codes if inner in _CODE else self.texts).append(data)

    def _close(self, depth: int) -> None:
        for index in self._open[depth:]:
            self._ends[index] = self._at(self._found[index][0])
        del self._open[depth:]

    def _at(self, tag: str) -> int:
        return len(self.codes if tag in _CODE else self.texts)
