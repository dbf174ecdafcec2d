"""Problems as a sheet over the last good page."""

from collections.abc import Sequence
from html import escape

from rolerisk.problem import LocatedProblem, Severity
from rolerisk.report import problem_text

_STYLE = (
    "position:fixed;inset:auto 0 0 0;max-height:60vh;overflow:auto;z-index:2147483647;margin:0;"
    "padding:1rem 1.5rem;background:#1d1012;color:#ffe9e6;font:14px/1.5 ui-monospace,monospace;"
    "white-space:pre-wrap;border-top:4px solid #ff6b6b"
)


def problems_overlay(problems: Sequence[LocatedProblem]) -> str:
    """The errors as HTML; empty when there are none (warnings are for the terminal)."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if not errors:
        return ""
    texts = "\n\n".join(problem_text(problem, colours=False) for problem in errors)
    what = f"{len(errors)} problem{'s' * (len(errors) != 1)}: this page is as it was before"
    return sheet(what, texts)


def sheet(heading: str, text: str) -> str:
    """A sheet with a heading and preformatted text."""
    return (
        f'<pre role="alert" id="rolerisk-problems" style="{_STYLE}">'
        f"<b>{escape(heading)}</b>\n\n{escape(text)}</pre>"
    )
