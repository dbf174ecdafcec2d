"""The commonest Markdown, converted without Python-Markdown: plain paragraphs and lists with simple spans.

Python-Markdown takes 0.2-0.3 ms a paragraph and is the largest part of a cold build. Most texts of
an article are paragraphs of letters and commas with a citation, a link or a bold word; for just
these the result is known. Anything else, down to a stray underscore, is left to the real thing. A
property test holds the two equal, byte for byte.
"""

import re

from rolerisk.model.fragment import Fragment

_WORDS = r"[A-Za-z0-9](?:[A-Za-z0-9 ,'’-]*[A-Za-z0-9,])?"
_LETTER = r"[A-Za-z0-9À-ÖØ-öø-ɏ ,.;:'\"()%$?/+=#@–—‘’“”…×-]"
_AND = r"&(?![#A-Za-z0-9]+;)"
_SPAN = re.compile(
    rf"\*\*(?P<strong>{_WORDS})\*\*(?!\*)"
    rf"|\*(?P<em>{_WORDS})\*(?!\*)"
    rf"|\[(?P<text>{_WORDS})\]\((?P<url>https?://[A-Za-z0-9][A-Za-z0-9/.:?=#%-]*)\)"
)
_CITATION = re.compile(r"\[\^([A-Za-z0-9-]+)\]")
_ANY_SPAN = re.sub(r"[?]P<[a-z]+>", "?:", _SPAN.pattern) + r"|\[\^[A-Za-z0-9-]+\]"
# A line of spans, each followed by plain text, a citation or the end; it begins with no markup of
# blocks, and has no space at either end. Groups are not possessive: Python before 3.11.5 fails them.
_LINE = (
    r"(?![ =#:+-]|\d+[.)])"
    rf"(?:{_LETTER}++|{_AND}|(?:{_ANY_SPAN})(?={_LETTER}|{_AND}|\[\^|\n|\Z))+"
    r"(?<! )"
)
_PARAGRAPH = rf"{_LINE}(?:\n{_LINE})*"
_LIST = rf"- {_LINE}(?:\n- {_LINE})*(?!\n\n+- )"  # Python-Markdown makes one of two
_TEXT = re.compile(rf"(?:{_PARAGRAPH}|{_LIST})(?:\n\n+(?:{_PARAGRAPH}|{_LIST}))*")
_BLOCKS = re.compile(r"\n\n+")  # {2,} would be ten times as slow


def plain_fragment(text: str) -> Fragment | None:
    """The fragment of a text that has nothing but plain paragraphs and lists; None for any other."""
    whole = text.strip("\n")
    if not _TEXT.fullmatch(whole):
        return None
    parts = _CITATION.split(whole)  # what is said, and between its pieces what is cited
    words = len("".join(parts[::2]).split())
    links: list[str] = []

    def html(span: re.Match[str]) -> str:
        kind = span.lastgroup or ""
        if kind == "url":
            links.append(span["url"])
            return f'<a href="{span["url"]}">{span["text"]}</a>'
        return f"<{kind}>{span[kind]}</{kind}>"

    whole = whole.replace("&", "&amp;")
    if "*" in whole or "](" in whole:
        whole = _SPAN.sub(html, whole)
    if len(parts) > 1:  # by now all brackets are those of citations
        whole = whole.replace("[^", '<sup data-source="').replace("]", '"></sup>')
    blocks = "\n".join(map(_block, _BLOCKS.split(whole)))
    return Fragment(blocks, tuple(parts[1::2]), tuple(links), words=words)


def _block(text: str) -> str:
    if not text.startswith("- "):
        return f"<p>{text}</p>"
    items = "".join(f"<li>{line[2:]}</li>\n" for line in text.split("\n"))
    return f"<ul>\n{items}</ul>"
