"""What the parse stage makes of a role: its record, its texts converted, its problems."""

from msgspec import Struct

from rolerisk.model.fragment import Fragment
from rolerisk.model.role import Role
from rolerisk.problem import Place, Problem


class ParsedSection(Struct, frozen=True):
    """A section of a role's narrative; `place` is that of its text."""

    id: str
    heading: str
    fragment: Fragment
    place: Place
    source: str


class ParsedRole(Struct, frozen=True):
    """A role as written; the fragments are in the order of the record's lists."""

    role: Role
    place: Place
    narrative_path: str
    answer: Fragment
    does: tuple[Fragment, ...]
    at_risk: tuple[Fragment, ...]
    durable: tuple[Fragment, ...]
    how: tuple[Fragment, ...]
    sections: tuple[ParsedSection, ...]
    problems: tuple[Problem, ...]
    flawed: frozenset[str]

    def prose(self) -> tuple[tuple[Place, Fragment, str], ...]:
        """Every text with its place and its Markdown, in the order in which the page shows them."""
        role, at = self.role, self.place.at
        by_id = {s.id: (s.place, s.fragment, s.source) for s in self.sections}
        known = ("introduction", "current-state", "score", "path-forward")
        extra = [text for id_, text in by_id.items() if id_ not in known]
        tools = [
            (at("tools", i, "does"), f, t.does)
            for i, (f, t) in enumerate(zip(self.does, role.tools, strict=True))
        ]
        risk = [
            (at("at_risk", i, "why"), f, t.why)
            for i, (f, t) in enumerate(zip(self.at_risk, role.at_risk, strict=True))
        ]
        durable = [
            (at("durable", i, "why"), f, t.why)
            for i, (f, t) in enumerate(zip(self.durable, role.durable, strict=True))
        ]
        steps = [
            (at("steps", i, "how"), f, s.how)
            for i, (f, s) in enumerate(zip(self.how, role.steps, strict=True))
        ]
        ordered = [
            [(at("answer"), self.answer, role.answer)],
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


def _of(
    sections: dict[str, tuple[Place, Fragment, str]], id_: str
) -> list[tuple[Place, Fragment, str]]:
    return [sections[id_]] if id_ in sections else []
