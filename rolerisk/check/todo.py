"""What drafts begin with is gone before they are published."""

from collections.abc import Iterator
from typing import Any

import msgspec

from rolerisk.check.subject import RoleSubject
from rolerisk.model.scalars import write_scalar
from rolerisk.problem import Place, Problem, Rule, Severity, problem
from rolerisk.text.todo import TODO, has_todo

RULE = Rule(
    "todo",
    Severity.ERROR,
    "A published role has no TODO left in it.",
    "`new` and `import-onet` write TODO where a person has to write. A draft gets one warning with "
    "their number, also with --strict; in a published role each is an error.",
    lenient=True,
)


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Search the record and its narrative; comments are the editors' own."""
    found = [(place, text) for place, text in _texts(subject) if has_todo(text)]
    if subject.role.status != "draft":
        for place, _ in found:
            yield problem(RULE, place, "a TODO is left", "write it, or set `status: draft`")
    elif found:
        count = sum(len(TODO.findall(text)) for _, text in found)
        message = f"{count} TODO{'s are' if count > 1 else ' is'} left in this draft; the first"
        yield Problem(RULE.id, Severity.WARNING, found[0][0], message)


def _texts(subject: RoleSubject) -> Iterator[tuple[Place, str]]:
    """Every text that may have one; most roles have none, which their record as JSON tells."""
    if b"TODO" in msgspec.json.encode(subject.role, enc_hook=write_scalar):
        record = msgspec.to_builtins(subject.role, enc_hook=write_scalar)
        yield from _values(record, subject.place)
    for section in subject.parsed.sections:
        if "TODO" in section.source:
            yield section.place.at(needle="TODO"), section.source


def _values(value: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if isinstance(value, str):
        yield place.at(needle="TODO"), value
    elif isinstance(value, dict | list | tuple):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _values(inner, place.at(key))
