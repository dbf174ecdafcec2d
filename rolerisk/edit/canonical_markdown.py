"""Markdown text → the one form in which the project writes it.

Headings as `## Words` between blank lines, one blank line at most, no spaces at the ends of lines
but the two that break one. Code is left alone, and how paragraphs are broken into lines as well.
"""

import re

from rolerisk.edit.canonical_yaml import LostError, canonical_yaml
from rolerisk.parse.narrative import parse_narrative
from rolerisk.text.fences import fence_behind
from rolerisk.text.markdown import to_fragment

_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*(?:[ \t]#+)?[ \t]*$")
_CODE = ("    ", "\t")
_END_SPACES = re.compile(r"[ \t]+(?=\n|</|\Z)")


def canonical_markdown(text: str, page: bool = False) -> str:
    """Rewrite a narrative, a shared text, or a page with its front matter. Raises LostError."""
    head = _FRONT_MATTER.match(text) if page else None
    body = text[head.end() :] if head else text
    rewritten = _body(body)
    if _said(body) != _said(rewritten):
        raise LostError("a text would change", 0, "please report it: the file is as it was")
    return (_head(head[1]) if head else "") + rewritten


def _head(text: str) -> str:
    """Front matter; its first line is the file's second."""
    try:
        return f"---\n{canonical_yaml(text)}---\n"
    except LostError as error:
        message, line, hint = error.args
        raise LostError(message, line + 1, hint) from error


def _body(text: str) -> str:
    lines, fence = list[str](), ""
    source = text.split("\n")
    for index, line in enumerate(source):
        before, fence = fence, fence_behind(line, fence)
        code = bool(before or fence)
        heading = None if code else _HEADING.match(line)
        if code or (line.startswith(_CODE) and line.strip()):
            lines.append(line)
        elif heading:
            lines += [*_blank(lines), f"{heading[1]} {heading[2]}".rstrip(), ""]
        elif line.strip():
            lines.append(_without_spaces(line, source[index + 1 : index + 2]))
        elif (lines and lines[-1]) or _within_code(lines, source[index + 1 :]):
            lines.append("")
    return "\n".join(lines).strip("\n") + "\n"


def _within_code(before: list[str], after: list[str]) -> bool:
    """Whether a blank line is one of several between two lines of indented code."""
    around = [next((line for line in some if line.strip()), "") for some in (before[::-1], after)]
    return all(line.startswith(_CODE) for line in around)


def _blank(lines: list[str]) -> list[str]:
    """The blank line before a heading, where there is none yet."""
    return [""] if lines and lines[-1] else []


def _without_spaces(line: str, after: list[str]) -> str:
    """Two spaces at the end break a line, when another one of the paragraph follows."""
    follows = any(text.strip() and not _HEADING.match(text) for text in after)
    return line.rstrip() + ("  " if line.endswith("  ") and follows else "")


def _said(text: str) -> tuple[object, ...]:
    """All that the project reads in a text: sections, HTML, and the words that HTML leaves out."""
    sections = parse_narrative("", text)[0].sections
    parts = [(section.heading, _html(section.body)) for section in sections]
    return parts, _html(text), text.replace("#", " ").split()


def _html(text: str) -> str:
    """The text as HTML, without spaces that no browser shows: those at the ends of lines."""
    return _END_SPACES.sub("", to_fragment(text).html)
