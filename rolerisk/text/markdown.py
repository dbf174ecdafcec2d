"""Markdown → safe HTML, with citations left open, and what the text cites, links to and shows."""

import re

from rolerisk.model.fragment import Fragment
from rolerisk.text.plain_markdown import plain_fragment
from rolerisk.text.silence import without_silences

CITATION = re.compile(r"\[\^([^\]\s]+)\]")
_OPEN_CITATION = re.compile(r'<sup data-source="([^"]*)"></sup>')
_BRACKET = re.compile(r"[\[\]]")
MAX_DEPTH = 20
MAX_PARAGRAPH = 10_000
_MAX_TAGS = 2_000
TOO_DEEP = f"lists, quotes or brackets stand more than {MAX_DEPTH} deep in each other"


def to_fragment(text: str) -> Fragment:
    """Convert Markdown; raw HTML in it is sanitised, and what would take too long is refused."""
    text = without_silences(text)
    refused = _refused(text)
    if refused:
        return Fragment("", refused=refused)
    plain = plain_fragment(text)
    if plain:
        return plain
    from rolerisk.text.python_markdown import convert  # 20 ms of imports

    return convert(text)


def _refused(text: str) -> str:
    """Why a text is not converted: the time it takes grows with the square of all of these."""
    if len(text) > MAX_PARAGRAPH and (longest := max(map(len, text.split("\n\n")))) > MAX_PARAGRAPH:
        return f"a paragraph has {longest:,} characters, more than {MAX_PARAGRAPH:,}"
    if text.count("<") > _MAX_TAGS:
        return f"a text has more than {_MAX_TAGS:,} tags of HTML"
    if text.count("[") > MAX_DEPTH:
        depth = 0
        for bracket in _BRACKET.findall(text):
            depth = max(depth + 1, 1) if bracket == "[" else depth - 1
            if depth > MAX_DEPTH:
                return TOO_DEEP
    return ""


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
