"""Every listed source is cited, and listed once."""

from collections.abc import Iterator

from rolerisk.check.subject import TEXTS, RoleSubject
from rolerisk.model.content import Source
from rolerisk.problem import Problem, Rule, Severity, problem

RULE = Rule(
    "uncited-source",
    Severity.ERROR,
    "Every source of a role is cited in it, and listed once.",
    "A source that nothing cites proves nothing; a page shows only those that it cites.",
)


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Compare the role's list with what its texts cite."""
    if not subject.sound("sources"):
        return
    whole = subject.sound(*TEXTS)
    cited = {id_ for _, fragment, _ in subject.parsed.texts for id_ in fragment.cites}
    seen: set[str] = set()
    for index, source in enumerate(subject.role.sources):
        id_ = source.id if isinstance(source, Source) else source
        place = subject.place.at("sources", index)
        at = place.at("id") if isinstance(source, Source) else place
        if id_ in seen:
            yield problem(
                RULE, at, f"source {id_!r} is listed twice", "give each source an id of its own"
            )
        elif whole and id_ not in cited:
            yield problem(
                RULE, at, f"source {id_!r} is never cited", f"cite it with [^{id_}], or take it out"
            )
        seen.add(id_)
