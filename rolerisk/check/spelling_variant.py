"""British or American, one of them throughout."""

import re
from collections.abc import Iterator

from rolerisk.check.subject import Texts
from rolerisk.problem import Problem, Rule, Severity, problem
from rolerisk.text.own_words import own_words
from rolerisk.text.variants import american_words, british_words

RULE = Rule(
    "spelling-variant",
    Severity.WARNING,
    "All texts are spelt the British or the American way, as content/style.yaml says.",
    "`spelling` chooses, `spelling_exceptions` lists words that are meant. The pairs are those of "
    "codespell's dictionary. Words with a capital are taken for names, and names, quotations, code "
    "and addresses are left alone; so are the names of tools and the titles of sources.",
)


def check(subject: Texts) -> Iterator[Problem]:
    """Look the words of all texts up in the dictionary of the other spelling."""
    style = subject.style
    if style.spelling is None:
        return
    where = "British" if style.spelling == "american" else "American"
    other = british_words() if style.spelling == "american" else american_words()
    meant = {word.lower().encode() for word in style.spelling_exceptions}
    for found in sorted((other.keys() & subject.writing.words) - meant):
        word = found.decode()
        pattern = re.compile(rf"(?<![\w’']){word}(?![\w’'])")
        for place, text in subject.writing.texts:
            for match in pattern.finditer(own_words(text)) if word in text else ():
                at = place.within(text, *match.span())
                yield problem(RULE, at, f"{word!r} is {where}", f"write {other[found]}")
