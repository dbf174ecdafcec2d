"""Sentences that a reader on a phone can hold in mind."""

from collections.abc import Iterator

from rolerisk.check.subject import Texts
from rolerisk.problem import Problem, Rule, Severity, problem
from rolerisk.text.own_words import prose, sentences

RULE = Rule(
    "long-sentence",
    Severity.WARNING,
    "No sentence has more words than content/style.yaml says.",
    "`longest_sentence` is the number. Citations, addresses and code are not counted; a sentence "
    "ends at a full stop, a question mark, an exclamation mark or an item of a list.",
)


def check(subject: Texts) -> Iterator[Problem]:
    """Measure the sentences of every text that could have such a long one."""
    most = subject.style.longest_sentence
    if most is None:
        return
    for place, text in subject.writing():
        if len(text) < 2 * most or max(map(_breaks, text.split(". "))) < most:
            continue
        plain = prose(text)
        for begin, end in sentences(plain):
            words = plain[begin:end].split()
            if len(words) > most:
                start = begin + len(plain[begin:end]) - len(plain[begin:end].lstrip())
                at = place.within(text, start, start + len(words[0]))
                message = f"a sentence of {len(words)} words, {len(words) - most} too many"
                yield problem(RULE, at, message, f"at most {most}: make two of it")


def _breaks(piece: str) -> int:
    """At least as many as its words, but for the first."""
    return piece.count(" ") + piece.count("\n")
