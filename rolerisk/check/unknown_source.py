"""What a role cites exists."""

from collections.abc import Iterator

from rolerisk.check.subject import RoleSubject
from rolerisk.model.content import Source
from rolerisk.problem import Place, Problem, Rule, Severity, problem
from rolerisk.text.spelling import did_you_mean

RULE = Rule(
    "unknown-source",
    Severity.ERROR,
    "A cited source is one of the role's sources, or a measure.",
    "`[^id]` in any text of a role, and `sources` of a task, name a source that the role lists, or "
    "a measure of content/measures.yaml. A text id in the role's list is one of content/sources.yaml.",
    firm=True,
)
_SHARED = "content/sources.yaml"


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Look up the listed ids, then everything that is cited."""
    tables, role = subject.tables, subject.role
    for index, source in enumerate(role.sources):
        if (
            isinstance(source, str)
            and source not in tables.sources
            and _SHARED not in tables.partial
        ):
            hint = did_you_mean(source, tables.sources) or f"write its record here or in {_SHARED}"
            yield problem(
                RULE,
                subject.place.at("sources", index),
                f"source {source!r} is not in {_SHARED}",
                hint,
            )
    if subject.sound("sources") and "content/measures.yaml" not in tables.partial:
        yield from _cited(subject)


def _cited(subject: RoleSubject) -> Iterator[Problem]:
    role = subject.role
    own = {source.id if isinstance(source, Source) else source for source in role.sources}
    known = own | subject.tables.measures.keys()
    for place, fragment, text in subject.parsed.texts:
        if known.issuperset(fragment.cites):
            continue
        for id_ in dict.fromkeys(fragment.cites):
            if id_ in known:
                continue
            hint = did_you_mean(id_, known) or "list it under the role's sources"
            if id_ in subject.tables.sources:
                hint = f"add `- {id_}` to the role's sources"
            needle = f"[^{id_}]"
            at = (
                place.at(needle=needle)
                if needle in text
                else _task_source(subject, place.keys, id_)
            )
            yield problem(RULE, at, f"{id_!r} is cited but not a source of this role", hint)


def _task_source(subject: RoleSubject, keys: tuple[str | int, ...], id_: str) -> Place:
    kind, index = str(keys[-3]), int(keys[-2])
    sources = getattr(subject.role, kind)[index].sources
    return subject.place.at(kind, index, "sources", sources.index(id_))
