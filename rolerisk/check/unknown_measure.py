"""Evidence overrides name measures that exist."""

from collections.abc import Iterable, Iterator

from rolerisk.check.subject import RoleSubject
from rolerisk.problem import Problem, Rule, Severity, problem
from rolerisk.text.spelling import did_you_mean, listed

RULE = Rule(
    "unknown-measure",
    Severity.ERROR,
    "A key of a role's evidence is a measure of content/measures.yaml.",
    "The figure replaces that of occupations.csv on this role's page.",
    firm=True,
)


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Look every key of `evidence` up."""
    known = subject.tables.measures
    if "content/measures.yaml" in subject.tables.partial:
        return
    for id_ in subject.role.evidence:
        if id_ not in known:
            hint = did_you_mean(id_, known) or _known(known)
            place = subject.place.at("evidence", id_, on_key=True)
            yield problem(RULE, place, f"measure {id_!r} is not in content/measures.yaml", hint)


def _known(measures: Iterable[str]) -> str:
    names = listed(measures)
    return f"measures: {names}" if names else "describe it there: no measure is yet"
