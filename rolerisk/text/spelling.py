"""Did you mean: the nearest of the words that would have been right."""

import difflib
from collections.abc import Iterable

_LONGEST = 200  # characters of a word that may be a misspelt one


def nearest(word: str, known: Iterable[str], cutoff: float = 0.65) -> str:
    """The known word that is nearest in spelling, or an empty text when none is near.

    `cutoff` is how alike they have to be, from 0 to 1 (difflib's ratio).
    """
    if len(word) > _LONGEST:
        return ""
    names = {name.lower(): name for name in sorted(known)}
    near = difflib.get_close_matches(word.lower(), names, n=1, cutoff=cutoff)
    return names[near[0]] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint with the nearest known word, or an empty text when none is near."""
    near = nearest(word, known)
    return f"did you mean {near}?" if near else ""


def listed(words: Iterable[str], most: int = 12) -> str:
    """Words as a list in a sentence, cut after the first dozen."""
    all_words = list(words)
    shown = ", ".join(all_words[:most])
    return f"{shown} and {len(all_words) - most} more" if len(all_words) > most else shown
