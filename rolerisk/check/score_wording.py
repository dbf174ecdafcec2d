"""The score is never called a probability."""

import re
from collections.abc import Iterator

from rolerisk.check.subject import RoleSubject
from rolerisk.problem import Problem, Rule, Severity, problem

RULE = Rule(
    "score-wording",
    Severity.ERROR,
    "No text says that a score is a chance or probability of losing a job.",
    "The score says how much of the listed working week today's tools can do under supervision. "
    "Nothing in it knows what an employer will do.",
)
_CLAIM = re.compile(
    r"\d+\s?(?:%|percent|per cent) (?:chance|probability|likelihood|odds)"
    r"|(?:chance|probability|likelihood|odds) (?:of|that) (?:losing|you(?:'|\u2019)?(?:ll| will) lose|your job)"
    r"|(?:chance|probability|likelihood|odds) (?:of|that) (?:being|you(?:'|\u2019)?(?:ll| will) be) (?:replaced|automated|laid off)",
    re.IGNORECASE,
)
# Each claim has one of these, and few texts have any: looking for them in all texts first is 20 times as fast.
_WORDS = ("chance", "probability", "likelihood", "odds")
_DENIAL = re.compile(r"\b(?:not|never|n't|no|isn\u2019t)\b[^.]*$", re.IGNORECASE)


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Search every text, and the summary; a sentence that denies it is fine."""
    everything = subject.writing.whole.lower()
    if not any(word in everything for word in _WORDS):
        return
    place, role = subject.place, subject.role
    texts = [(at, text) for at, _, text in subject.parsed.texts]
    for at, text in [(place.at("summary"), role.summary), *texts]:
        plain = text.lower()
        if not any(word in plain for word in _WORDS):
            continue
        for match in _CLAIM.finditer(text):
            if not _DENIAL.search(text[: match.start()]):
                message = f"{match[0]!r} makes the score a probability"
                hint = "say how much of the week today's tools can do under supervision"
                yield problem(RULE, at.at(needle=match[0]), message, hint)
