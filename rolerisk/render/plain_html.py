"""The commonest HTML, converted to Markdown without building its tree: what plain_markdown makes.

Most texts are paragraphs and lists of plain words with marks, numbers of sources and links to other
sites, in which nothing has to be escaped or resolved. A property test holds the two ways equal.
"""

import re
from collections.abc import Iterable

_WORDS = "[^<]++"  # what else must not be in them is looked for in all of a text at once
_SOURCE = r'<sup><a href="#s\d+">\d+</a></sup>'
_QUERY = r"[A-Za-z0-9/.:=%-]"
_LINK = rf'<a href="https?://[A-Za-z0-9]{_QUERY}*+(?:\?{_QUERY}++)?(?:\#{_QUERY}++)?">(?=\S){_WORDS}</a>'
_SPANS = (
    r"(?=[^\W\d_]|<[aes])(?:" + f"{_WORDS}|{_SOURCE}|{_LINK}"
    rf"|<strong>(?=\S){_WORDS}</strong>|<em>(?=\S){_WORDS}</em>)+"
)
_BLOCK = rf"(?:<p>{_SPANS}</p>|<ul> <li>{_SPANS}</li>(?: <li>{_SPANS}</li>)*</ul>)"
_PLAIN = re.compile(rf"{_BLOCK}(?: {_BLOCK})*")
_ENTITY = re.compile(r"&(?!amp;(?![#\w]*;))")
_BEFORE_NUMBER = re.compile(r'<sup><a href="#s\d+">')
_A = re.compile('<a href="([^"]*)">([^<]*)</a>')
_BLOCKS = (
    *((end, "\n\n") for end in ("</p> ", "</ul> ")),
    ("</li> <li>", "\n- "),
    ("<ul> <li>", "- "),
    *((tag, "") for tag in ("<p>", "</p>", "</li>", "</ul>")),
)
_MARKS = (("<strong>", "**"), ("</strong>", "**"), ("<em>", "*"), ("</em>", "*"))


def plain_to_markdown(html: str) -> str | None:
    """The Markdown of HTML that has nothing but plain paragraphs and lists; None for any other."""
    line = html.replace("\n", " ").replace("</li> </ul>", "</li></ul>")
    if not _PLAIN.fullmatch(line) or not _shows_itself(line):
        return None
    if "<sup" in line:  # no template with groups: Python 3.11 fills those slowly
        line = _BEFORE_NUMBER.sub("[", line).replace("</a></sup>", "]")
    if "<a" in line:
        line = _A.sub(lambda link: f"[{link[2]}]({link[1]})", line)
    if "<ul" in line:
        line = _replaced(line, _BLOCKS)
    else:
        line = line[len("<p>") : -len("</p>")].replace("</p> <p>", "\n\n")
    if "<" in line:
        line = _replaced(line, _MARKS)
    return line.replace("&amp;", "&")


def _shows_itself(text: str) -> bool:
    """Whether every space is a single one, none is at an end, and no character is a mark."""
    return (
        text.isprintable()  # of all spaces just the usual one is
        and "  " not in text
        and " </" not in text
        and not any(map(text.__contains__, "\\`*[]_~"))
        and ("&" not in text or not _ENTITY.search(text))
    )


def _replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    for tag, mark in pairs:
        text = text.replace(tag, mark)
    return text
