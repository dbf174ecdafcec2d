"""What the house does not say."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rolerisk.check.subject import Texts
from rolerisk.model.style import Phrase
from rolerisk.problem import Problem, Rule, Severity, problem
from rolerisk.text.own_words import gist, own_words, words_in

RULE = Rule(
    "banned-phrase",
    Severity.WARNING,
    "No text has a phrase that content/style.yaml says to avoid.",
    "`phrases` lists them, each with what to write instead. They are matched as whole words, "
    "ignoring case and line breaks; `#` stands for a digit, and `…` between two words for up to "
    "eight others of the same sentence. Quotations, code and addresses are left alone.",
)
_GAP = r"(?:[^\w.!?]+[\w'’-]+){0,8}?[^\w.!?]+"


class _Ban(NamedTuple):
    """A phrase, the words and a piece of it that a text needs, and what to write instead."""

    phrase: str
    words: frozenset[bytes]
    piece: str
    better: str


def check(subject: Texts) -> Iterator[Problem]:
    """Look at the words of all texts at once, then for a piece of a phrase, then for the phrase."""
    if not subject.style.phrases:
        return
    writing = subject.writing
    words = writing.words
    for ban in [ban for ban in _bans(subject.style.phrases) if ban.words <= words]:
        if ban.piece not in writing.gist:
            continue
        for place, text in writing.texts:
            if ban.piece not in gist(text):
                continue
            for match in _pattern(ban.phrase).finditer(own_words(text)):
                phrase = " ".join(match[0].split())
                at = place.within(text, *match.span())
                yield problem(RULE, at, f"the house does not say {phrase!r}", ban.better)


@lru_cache(maxsize=4)
def _bans(phrases: tuple[Phrase, ...]) -> tuple[_Ban, ...]:
    return tuple(_ban(words, entry.better) for entry in phrases for words in entry.avoid)


def _ban(phrase: str, better: str) -> _Ban:
    return _Ban(phrase, words_in(phrase), max(map(gist, re.split("[#…]", phrase)), key=len), better)


@lru_cache(maxsize=1024)  # few texts have a piece of a phrase: most are never asked for
def _pattern(phrase: str) -> re.Pattern[str]:
    parts = [r"\s+".join(map(_literal, part.split())) for part in phrase.split("…")]
    after = r"(?!\w)" if phrase[-1].isalnum() or phrase[-1] == "#" else ""
    return re.compile(r"(?<!\w)" + _GAP.join(parts) + after, re.IGNORECASE)


def _literal(word: str) -> str:
    """A word as a pattern: either apostrophe, and a digit for each #."""
    return re.sub("['’]", "['’]", re.escape(word).replace(r"\#", r"\d"))
