"""Every figure has a source."""

import re
from collections.abc import Iterator

from rolerisk.check.subject import RoleSubject
from rolerisk.problem import Problem, Rule, Severity, problem
from rolerisk.text.markdown import CITATION
from rolerisk.text.own_words import own_words, paragraphs

RULE = Rule(
    "uncited-figure",
    Severity.WARNING,
    "A percentage or an amount of money stands in a paragraph that cites a source.",
    "The paragraph, not the sentence: two sentences on one study need one citation. A paragraph "
    "that speaks of percent `of the week` adds this page's own shares up, and figures in quotations "
    "are somebody else's: both need none.",
)
_SIGNS = ("%", "percent", "per cent", "$", "€", "£", " dollars", " euros")
_FIGURE = re.compile(
    r"[A-Z]{0,3}[$€£]\s?\d[\d.,]*"
    r"|\d[\d.,]*\s?(?:%|percent\b|per cent\b|percentage points?\b)"
    r"|\d[\d.,]*(?:\s(?:thousand|million|billion))?\s(?:dollars|euros)\b"
)
_OWN_SHARES = re.compile(r"\bof\s+(?:the|your|a|an|its|their|this)\s+(?:[a-z]+\s+){0,2}week\b")


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Look at the first figure of every paragraph that cites nothing."""
    for place, fragment, text in subject.parsed.texts:
        if ("[^" in text and "\n" not in text) or not any(sign in text for sign in _SIGNS):
            continue
        at_the_end = len(fragment.cites) > len(CITATION.findall(text))  # a task's `sources`
        for begin, end in paragraphs(text):
            if CITATION.search(text, begin, end) or (at_the_end and end == len(text)):
                continue
            plain = own_words(text)
            figure = _FIGURE.search(plain, begin, end)
            if figure and not _OWN_SHARES.search(plain, begin, end):
                at = place.within(text, *figure.span())
                message = f"nothing in this paragraph is cited for {figure[0].rstrip('.,')}"
                yield problem(RULE, at, message, "[^source-id] behind the figure")
