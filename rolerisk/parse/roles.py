"""roles.yaml and content/roles/: one text per role, each read by itself.

roles.yaml is cut at its top-level `- ` lines, so that a role can be read, cached and located
without the others. Where that is not how the file is written, the whole file is read instead.
"""

import re
from functools import lru_cache
from typing import Any, NamedTuple

from rolerisk.model.fragment import Fragment
from rolerisk.model.parsed import NARRATIVE, ParsedRole, ParsedSection, with_texts
from rolerisk.model.role import Role, Task
from rolerisk.model.sources import InputFile
from rolerisk.parse import rules, yaml
from rolerisk.parse.convert import convert
from rolerisk.parse.invisible import invisible_characters
from rolerisk.parse.narrative import parse_narrative, section_id
from rolerisk.parse.slips import located
from rolerisk.problem import Place, Problem, Severity, problem
from rolerisk.text.markdown import open_citation, to_fragment
from rolerisk.text.role_slug import likely_slug

ROLES_FILE = "roles.yaml"
_ENTRY = re.compile(r"\n-(?=\s|\Z)")  # ten times as fast as ^ with MULTILINE
_NOT_ONLY_COMMENTS = re.compile(r"^(?!\s*(#|$))", re.MULTILINE)


class RoleText(NamedTuple):
    """One role as written: its place, the 0-based line its text begins on, and its text or its file."""

    place: Place
    line: int
    written: str | InputFile

    @property
    def text(self) -> str:
        """The text."""
        return self.written if isinstance(self.written, str) else self.written.text

    @property
    def likely_slug(self) -> str:
        """The slug, guessed without reading the YAML; whoever reads it has to compare."""
        written = self.written
        return likely_slug(written) if isinstance(written, str) else written.slug


class Read(NamedTuple):
    """The plain values of a file's roles, and the problems of reading them."""

    roles: tuple[tuple[Place, Any], ...]
    problems: tuple[Problem, ...]
    broken: bool


@lru_cache(maxsize=2)  # today's and, where a change is looked at, that of where it began
def cut(path: str, text: str) -> tuple[RoleText, ...]:
    """Cut roles.yaml into its entries; without any when it is not written as such a list."""
    starts = [match.start() for match in _ENTRY.finditer("\n" + text)]
    if not starts or _NOT_ONLY_COMMENTS.search(text[: starts[0]].rstrip()):
        return ()
    texts, line = [], text.count("\n", 0, starts[0])
    for index, (start, end) in enumerate(zip(starts, [*starts[1:], len(text)], strict=True)):
        texts.append(RoleText(Place(path, (index,)), line, text[start:end]))
        line += text.count("\n", start, end)
    return tuple(texts)


def read_entry(entry: RoleText) -> Read | None:
    """Read one entry of roles.yaml, or a role's own file; None when it cannot be read by itself."""
    if not entry.place.keys:
        read = read_whole(entry.place.path, entry.text)
        return None if read.broken else read
    document = yaml.read(entry.text)
    value = document.value
    if document.broken or not isinstance(value, list) or len(value) != 1:
        return None
    problems = located(entry.place.path, entry.line, document.slips)
    return Read(((entry.place, value[0]),), problems, broken=False)


def read_whole(path: str, text: str) -> Read:
    """Read a file of roles at once: a list of records, or the one record of a role's own file."""
    document = yaml.read(text)
    problems = located(path, 0, document.slips)
    if document.broken:
        return _read_around_the_break(path, text, problems)
    value, place = document.value, Place(path)
    if path != ROLES_FILE:
        return Read(((place, value),), problems, broken=False)
    if value is None or value == []:
        return Read((), problems, broken=False)
    if not isinstance(value, list):
        wrong = problem(
            rules.WRONG_TYPE,
            Place(path, line=1, column=1),
            "roles.yaml should be a list of roles",
            "begin each role with `- slug:`",
        )
        return Read((), (*problems, wrong), broken=True)
    return Read(tuple((place.at(i), v) for i, v in enumerate(value)), problems, broken=False)


def _read_around_the_break(path: str, text: str, problems: tuple[Problem, ...]) -> Read:
    """One entry is broken: report that one, where it breaks, and read the others."""
    roles: list[tuple[Place, Any]] = []
    slips: list[Problem] = []
    for entry in cut(path, text) if path == ROLES_FILE else ():
        read = read_entry(entry)
        if read:
            roles += read.roles
            slips += read.problems
        elif not any(p.rule == rules.SYNTAX.id for p in slips):
            slips += located(path, entry.line, yaml.read(entry.text).slips)
    return Read(tuple(roles), tuple(slips) or problems, broken=True)


def parse_role(place: Place, value: Any, narrative: InputFile | None) -> ParsedRole:
    """Type a role's record, convert its texts and those of its narrative."""
    role, problems, flawed = convert(value, Role, place)
    told, sections = list(problems), list[ParsedSection]()
    told += invisible_characters(value, place)
    if narrative and narrative.unread:
        flawed |= {NARRATIVE}
    elif narrative:
        written, slips = parse_narrative(narrative.path, narrative.text)
        told += slips
        if any(slip.severity is Severity.ERROR for slip in slips):
            flawed |= {NARRATIVE}
        for section in written.sections:
            at = Place(narrative.path, line=section.body_line, column=1)
            sections.append(
                ParsedSection(
                    section_id(section.heading),
                    section.heading,
                    to_fragment(section.body),
                    at,
                    section.body,
                )
            )
    parsed = ParsedRole(
        role,
        place,
        to_fragment(role.answer),
        tuple(to_fragment(tool.does) for tool in role.tools),
        tuple(_why(task) for task in role.at_risk),
        tuple(_why(task) for task in role.durable),
        tuple(to_fragment(step.how) for step in role.steps),
        tuple(sections),
        tuple(told),
        flawed,
    )
    return with_texts(parsed)


def _why(task: Task) -> Fragment:
    """A task's reason; its `sources` are cited at the end of the text."""
    fragment = to_fragment(task.why)
    extra = [source for source in task.sources if source not in fragment.cites]
    if not extra:
        return fragment
    html = fragment.html.rstrip()
    marks = "".join(map(open_citation, extra))
    cited = html[: -len("</p>")] + marks + "</p>" if html.endswith("</p>") else html + marks
    return Fragment(cited, (*fragment.cites, *extra), *_rest(fragment))


def _rest(fragment: Fragment) -> tuple[Any, ...]:
    return fragment.links, fragment.images, fragment.headings, fragment.words
