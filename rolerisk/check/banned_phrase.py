"""What the house does not say."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rolerisk.check.subject import Texts
from rolerisk.model.style import Phrase
from rolerisk.problem import Place, Problem, Rule, Severity, problem
from rolerisk.text.own_words import own_words, words_in

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
    """A phrase: the words that a text needs to have it, how to find it, what to write instead."""

    words: frozenset[bytes]
    pattern: re.Pattern[str]
    better: str


def check(subject: Texts) -> Iterator[Problem]:
    """Search the texts that have all words of a phrase: few have, and words are quickly compared."""
    by_word = _by_longest_word(subject.style.phrases)
    if not by_word:
        return
    for place, text in subject.writing():
        words = words_in(text)
        for word in sorted(by_word.keys() & words):
            for ban in by_word[word]:
                if ban.words <= words:
                    yield from _found(ban, place, text)


def _found(ban: _Ban, place: Place, text: str) -> Iterator[Problem]:
    for match in ban.pattern.finditer(own_words(text)):
        phrase = " ".join(match[0].split())
        at = place.within(text, *match.span())
        yield problem(RULE, at, f"the house does not say {phrase!r}", ban.better)


@lru_cache(maxsize=4)
def _by_longest_word(phrases: tuple[Phrase, ...]) -> dict[bytes, list[_Ban]]:
    """The phrases, compiled, by the word of each that is likely to be the rarest."""
    found: dict[bytes, list[_Ban]] = {}
    for entry in phrases:
        for phrase in entry.avoid:
            ban = _ban(phrase, entry.better)
            found.setdefault(max(sorted(ban.words), key=len), []).append(ban)
    return found


def _ban(phrase: str, better: str) -> _Ban:
    parts = [r"\s+".join(map(_literal, part.split())) for part in phrase.split("…")]
    after = r"(?!\w)" if phrase[-1].isalnum() or phrase[-1] == "#" else ""
    pattern = re.compile(r"(?<!\w)" + _GAP.join(parts) + after, re.IGNORECASE)
    return _Ban(words_in(phrase), pattern, better)


def _literal(word: str) -> str:
    """A word as a pattern: either apostrophe, and a digit for each #."""
    return re.sub("['’]", "['’]", re.escape(word).replace(r"\#", r"\d"))
