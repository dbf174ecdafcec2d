"""Comments that allow what a rule would report: `<!-- check: allow some-rule, another -->`."""

import re

SILENCE = re.compile(r"<!--\s*check:\s*allow\b([^<>]*?)-->")
SILENCES = "check:"  # stands in every file with such a comment
_BEGINNING = "<!--"
_WITH_SPACE = re.compile(
    rf"^[ \t]*{SILENCE.pattern}[ \t]*(?:\n|\Z)"  # a line of its own goes with its line break
    rf"|^[ \t]*{SILENCE.pattern}[ \t]*"
    rf"|[ \t]*{SILENCE.pattern}(?=[ \t]|$)"
    rf"|{SILENCE.pattern}",
    re.MULTILINE,
)


def without_silences(text: str) -> str:
    """The text as it is without these comments: they are for editors and reach no page."""
    return _WITH_SPACE.sub("", text) if _BEGINNING in text else text
