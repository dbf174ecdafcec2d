"""A piece of Markdown, converted: its HTML and what the rules and the page need to know of it."""

from msgspec import Struct


class Fragment(Struct, frozen=True):
    """Safe HTML, with the ids it cites in order, its link targets, image texts and heading levels.

    Citations stand in the HTML as empty `<sup data-source="id">`; they get their numbers when the
    whole page is known. `removed` names the elements, attributes and invisible characters that were
    taken out: <script>, onclick=, U+202E (which an entity brought). `refused` says why a text was not converted: then all else is empty.
    """

    html: str
    cites: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    images: tuple[tuple[str, str], ...] = ()
    headings: tuple[tuple[int, str], ...] = ()
    words: int = 0
    removed: tuple[str, ...] = ()
    refused: str = ""
