"""Fences of code in Markdown, where Python-Markdown's extension fenced_code sees them.

They stand at the beginning of their lines, and end with the same fence alone.
"""

import re

_MARKS = ("```", "~~~")
_OPENING = re.compile(
    r"(`{3,}|~{3,}) *(?:\{[^\n]*\}|(?:\.?[\w#.+-]* *)?(?:hl_lines=(?:'.*?'|\".*?\") *)?)"
)
_LIKE_ONE = re.compile(r" {0,3}(?:`{3,}(?!.*`)|~{3,})")


def fence_behind(line: str, fence: str) -> str:
    """The fence that is open behind a line, when `fence` is the one before it; empty for none."""
    if fence:
        return "" if line.rstrip(" ") == fence else fence
    opening = _OPENING.fullmatch(line) if line.startswith(_MARKS) else None
    return opening[1] if opening else ""


def may_have_fence(text: str) -> bool:
    """Whether a text has what all fences have."""
    return any(mark in text for mark in _MARKS)


def false_fence(text: str) -> str:
    """The first line that looks like a fence of code and is none, or is not closed; empty for none."""
    fence = opening = ""
    for line in text.split("\n"):
        before, fence = fence, fence_behind(line, fence)
        if fence and not before:
            opening = line
        elif not before and _LIKE_ONE.match(line):
            return line
    return opening if fence else ""
