"""Paragraphs in which nobody does anything."""

import re
from collections.abc import Iterator
from functools import partial

from rolerisk.check.subject import Texts
from rolerisk.problem import Problem, Rule, Severity, problem
from rolerisk.text.own_words import own_words, paragraphs
from rolerisk.text.spelling import listed

RULE = Rule(
    "passive-pile",
    Severity.WARNING,
    "No paragraph has more passive verbs than content/style.yaml says.",
    "`most_passives` is the number. A form of `be`, perhaps an adverb, and a word that ends in -ed or "
    "is one of the common irregular participles count as a passive; an adjective such as `tired` "
    "counts, too, which is why one or two are never reported. Quotations are left alone.",
)
_ADVERBS = r"(?:not|also|never|now|still|only|often|always|then|already|since|\w+ly)"
_IRREGULAR = (
    "bought|broken|brought|built|caught|chosen|cut|done|drawn|driven|felt|found|given|grown|held|hidden"
    "|hung|kept|known|laid|led|left|lost|made|meant|met|paid|put|read|run|said|seen|sent|set|shown|sold"
    "|spent|spoken|taken|taught|thought|told|torn|understood|won|worn|written"
)
_PASSIVE = re.compile(
    rf"\b(?:is|are|was|were|be|been|being)(?:\s+{_ADVERBS})*\s+(?:[a-z]{{2,}}ed|{_IRREGULAR})\b"
)
_FORMS_OF_BE = ("is ", "are ", "was ", "were ", "be ", "been ", "being ")


def check(subject: Texts) -> Iterator[Problem]:
    """Count the passives of every paragraph that has enough forms of `be`."""
    most = subject.style.most_passives
    if most is None:
        return
    for place, text in subject.writing.having(partial(_may_have_one, most=most)):
        plain = own_words(text)
        for begin, end in paragraphs(plain):
            found = list(_PASSIVE.finditer(plain, begin, end))
            if len(found) > most:
                at = place.within(text, *found[0].span())
                verbs = listed(" ".join(match[0].split()) for match in found)
                message = f"{len(found)} passive verbs in one paragraph: {verbs}"
                yield problem(RULE, at, message, f"at most {most}: say who does it")


def _may_have_one(text: str, most: int) -> bool:
    """Whether more forms of `be` stand in a row without a blank line between them."""
    line = text.replace("\n", " ")
    forms = sorted(start for form in _FORMS_OF_BE for start in _starts(form, line))
    return any(
        "\n\n" not in text[first:last] for first, last in zip(forms, forms[most:], strict=False)
    )


def _starts(form: str, text: str) -> Iterator[int]:
    start = text.find(form)
    while start >= 0:
        if not text[start - 1 : start].isalnum():  # not the end of `this`
            yield start
        start = text.find(form, start + 1)
