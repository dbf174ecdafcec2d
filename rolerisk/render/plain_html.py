"""The commonest HTML, converted to Markdown without building its tree: what plain_markdown makes.

Most texts are paragraphs of plain words with marks, numbers of sources and links to other sites, in
which nothing has to be escaped or resolved. A property test holds the two ways equal.
"""

import re

_OTHER_SPACES = r"\t\n\r\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_WORDS = rf"(?:[^<>&\\`*\[\]_~{_OTHER_SPACES}]++|&amp;(?![#\w]*;))++"
_SOURCE = r'<sup><a href="#s\d+">\d+</a></sup>'
_QUERY = r"[A-Za-z0-9/.:=%-]"
_LINK = rf'<a href="https?://[A-Za-z0-9]{_QUERY}*+(?:\?{_QUERY}++)?(?:\#{_QUERY}++)?">(?=\S){_WORDS}</a>'
_PARAGRAPH = (
    r"<p>(?=[^\W\d_]|<[aes])(?:" + f"{_WORDS}|{_SOURCE}|{_LINK}"
    rf"|<strong>(?=\S){_WORDS}</strong>|<em>(?=\S){_WORDS}</em>)++</p>"
)
_PLAIN = re.compile(rf"{_PARAGRAPH}(?: {_PARAGRAPH})*+")
_BEFORE_NUMBER = re.compile(r'<sup><a href="#s\d+">')
_A = re.compile('<a href="([^"]*)">([^<]*)</a>')
_MARKDOWN = (
    ("</p> <p>", "\n\n"),
    *((tag, "") for tag in ("<p>", "</p>")),
    *((tag, "**") for tag in ("<strong>", "</strong>")),
    *((tag, "*") for tag in ("<em>", "</em>")),
    ("&amp;", "&"),
)


def plain_to_markdown(html: str) -> str | None:
    """The Markdown of HTML that has nothing but plain paragraphs; None for any other."""
    line = html.replace("\n", " ")
    # In plain text every space is a single one, and none is at an end.
    if not _PLAIN.fullmatch(line) or "  " in line or " </" in line:
        return None
    if "<a" in line:  # no template with groups: Python 3.11 fills them slowly
        line = _BEFORE_NUMBER.sub("[", line).replace("</a></sup>", "]")
        line = _A.sub(lambda link: f"[{link[2]}]({link[1]})", line)
    for tag, mark in _MARKDOWN:
        line = line.replace(tag, mark)
    return line
