"""What drafts have where a person still has to write."""

import re

TODO = re.compile(r"\bTODO\b")


def has_todo(text: str) -> bool:
    """Whether a text has a TODO; most have not even its letters, which is seen far sooner."""
    return "TODO" in text and bool(TODO.search(text))
