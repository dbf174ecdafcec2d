"""What the parse stage makes of a role: its record, its texts converted, its problems; and of a page."""

from typing import NamedTuple

import msgspec
from msgspec import Struct

from rolerisk.model.content import PageHead
from rolerisk.model.fragment import Fragment
from rolerisk.model.role import Role
from rolerisk.problem import Place, Problem

Prose = tuple[Place, Fragment, str]  # a text: where it begins, converted, as written
NARRATIVE = "narrative"  # stands in `flawed` beside the keys of the record


class ParsedPage(NamedTuple):
    """A page of content/pages/: its front matter, its template text and the line that begins on."""

    path: str
    head: PageHead
    body: str
    body_line: int


class ParsedSection(Struct, frozen=True):
    """A section of a role's narrative; `place` is that of its text."""

    id: str
    heading: str
    fragment: Fragment
    place: Place
    source: str


class ParsedRole(Struct, frozen=True):
    """A role as written; the fragments are in the order of the record's lists.

    `texts` are all of them in the order in which the page shows them. `flawed` are the keys of the
    record that could not be read, or not all of it, and NARRATIVE when that is true of the narrative.
    """

    role: Role
    place: Place
    answer: Fragment
    does: tuple[Fragment, ...]
    at_risk: tuple[Fragment, ...]
    durable: tuple[Fragment, ...]
    how: tuple[Fragment, ...]
    sections: tuple[ParsedSection, ...]
    problems: tuple[Problem, ...]
    flawed: frozenset[str]
    texts: tuple[Prose, ...] = ()


def with_texts(parsed: ParsedRole) -> ParsedRole:
    """The role with every text of it in one list: once, for all the rules that go through them."""
    return msgspec.structs.replace(parsed, texts=_texts(parsed))


def _texts(parsed: ParsedRole) -> tuple[Prose, ...]:
    role, at = parsed.role, parsed.place.at
    by_id = {s.id: (s.place, s.fragment, s.source) for s in parsed.sections}
    known = ("introduction", "current-state", "score", "path-forward")
    extra = [text for id_, text in by_id.items() if id_ not in known]
    tools = [
        (at("tools", i, "does"), f, t.does)
        for i, (f, t) in enumerate(zip(parsed.does, role.tools, strict=True))
    ]
    risk = [
        (at("at_risk", i, "why"), f, t.why)
        for i, (f, t) in enumerate(zip(parsed.at_risk, role.at_risk, strict=True))
    ]
    durable = [
        (at("durable", i, "why"), f, t.why)
        for i, (f, t) in enumerate(zip(parsed.durable, role.durable, strict=True))
    ]
    steps = [
        (at("steps", i, "how"), f, s.how)
        for i, (f, s) in enumerate(zip(parsed.how, role.steps, strict=True))
    ]
    ordered = [
        [(at("answer"), parsed.answer, role.answer)],
        _of(by_id, "introduction"),
        _of(by_id, "current-state"),
        tools,
        risk,
        durable,
        _of(by_id, "score"),
        steps,
        extra,
        _of(by_id, "path-forward"),
    ]
    return tuple(text for part in ordered for text in part)


def _of(sections: dict[str, Prose], id_: str) -> list[Prose]:
    return [sections[id_]] if id_ in sections else []
