"""Sentences that a reader on a phone can hold in mind."""

from collections.abc import Iterator
from functools import partial
from itertools import repeat

from rolerisk.check.subject import Texts
from rolerisk.problem import Problem, Rule, Severity, problem
from rolerisk.text.markdown import CITATION
from rolerisk.text.own_words import prose, sentences

RULE = Rule(
    "long-sentence",
    Severity.WARNING,
    "No sentence has more words than content/style.yaml says.",
    "`longest_sentence` is the number. Citations, addresses and code are not counted; a sentence "
    "ends at a full stop, a question mark, an exclamation mark or an item of a list.",
)
_HIDING = ("`", "~~~", "<", "{")


def check(subject: Texts) -> Iterator[Problem]:
    """Measure the sentences of every text that could have such a long one."""
    most = subject.style.longest_sentence
    if most is None:
        return
    for place, text in subject.writing.having(partial(_may_have_one, most=most)):
        plain = prose(text)
        for begin, end in sentences(plain):
            words = plain[begin:end].split()
            if len(words) > most:
                start = begin + len(plain[begin:end]) - len(plain[begin:end].lstrip())
                at = place.within(text, start, start + len(words[0]))
                message = f"a sentence of {len(words)} words, {len(words) - most} too many"
                yield problem(RULE, at, message, f"at most {most}: make two of it")


def _may_have_one(text: str, most: int) -> bool:
    """Whether a sentence may be so long, by the blanks between full stops and blank lines.

    Markup is no word, but may part one in two, as a link does from the comma behind it.
    """
    if not _hides_stops(text):
        text = CITATION.sub(" ", text).replace("](", " (").replace("\n\n", ". ")
    pieces = text.replace("\n", "_ ").split(". ")
    return max(map(str.count, pieces, repeat(" "))) >= most


def _hides_stops(text: str) -> bool:
    """Whether there is markup that may have full stops in it, or bare addresses before them."""
    return any(sign in text for sign in _HIDING) or text.count("://") > text.count("](http")
