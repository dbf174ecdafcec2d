"""The commonest Markdown, converted without Python-Markdown: plain paragraphs and lists with simple spans.

Python-Markdown takes 0.2-0.3 ms a paragraph and is the largest part of a cold build. Most texts of
an article are paragraphs of letters and commas with a citation, a link or a bold word; for just
these the result is known. Anything else, down to a stray underscore, is left to the real thing. A
property test holds the two equal, byte for byte.
"""

import re
from itertools import pairwise

from rolerisk.model.fragment import Fragment

_WORDS = r"[A-Za-z0-9](?:[A-Za-z0-9 ,'’-]*[A-Za-z0-9,])?"
_PLAIN = (
    r"(?:[A-Za-z0-9À-ÖØ-öø-ɏ ,.;:'\"()%$?/+=#@–—‘’“”…×-]++"
    r"|&(?![#A-Za-z0-9]+;))"
)
_SPAN = re.compile(
    rf"\*\*(?P<strong>{_WORDS})\*\*(?!\*)"
    rf"|\*(?P<em>{_WORDS})\*(?!\*)"
    rf"|\[(?P<text>{_WORDS})\]\((?P<url>https?://[A-Za-z0-9][A-Za-z0-9/.:?=#%-]*)\)"
    r"|\[\^(?P<cite>[A-Za-z0-9-]+)\]"
)
# A line of spans, each followed by plain text, a citation or the end.
_LINE = re.compile(
    rf"(?:{_PLAIN}|(?:{re.sub(r'[?]P<[a-z]+>', '?:', _SPAN.pattern)})(?={_PLAIN}|\[\^|$))++"
)
_BLOCK_MARKUP = re.compile(r"[-+#=]|\d+[.)]|:")
_BLOCKS = re.compile(r"\n{2,}")


def plain_fragment(text: str) -> Fragment | None:
    """The fragment of a text that has nothing but plain paragraphs and lists; None for any other."""
    blocks = _BLOCKS.split(text.strip("\n"))
    if not all(map(_is_plain, blocks)) or any(
        one.startswith("- ") and other.startswith("- ") for one, other in pairwise(blocks)
    ):
        return None
    cites: list[str] = []
    links: list[str] = []

    def html(span: re.Match[str]) -> str:
        kind = span.lastgroup or ""
        if kind == "cite":
            cites.append(span["cite"])
            return f'<sup data-source="{span["cite"]}"></sup>'
        if kind == "url":
            links.append(span["url"])
            return f'<a href="{span["url"]}">{span["text"]}</a>'
        return f"<{kind}>{span[kind]}</{kind}>"

    whole = text.strip("\n").replace("&", "&amp;")
    if "*" in whole or "[" in whole:
        whole = _SPAN.sub(html, whole)
    made = map(_block, _BLOCKS.split(whole) if len(blocks) > 1 else [whole])
    words = len((_CITATION.sub("", text) if "[^" in text else text).split())
    return Fragment("\n".join(made), tuple(cites), tuple(links), words=words)


def _is_plain(block: str) -> bool:
    """Whether a block is a paragraph of plain lines, or a list of them."""
    is_list = block.startswith("- ")
    for whole in block.split("\n"):
        if is_list and not whole.startswith("- "):
            return False
        line = whole[2:] if is_list else whole
        if line[:1].isspace() or line[-1:].isspace() or _BLOCK_MARKUP.match(line):
            return False
        if not _LINE.fullmatch(line):
            return False
    return True


def _block(text: str) -> str:
    if not text.startswith("- "):
        return f"<p>{text}</p>"
    items = "".join(f"<li>{line[2:]}</li>\n" for line in text.split("\n"))
    return f"<ul>\n{items}</ul>"


_CITATION = re.compile(r"\[\^([^\]\s]+)\]")
