"""content/roles/<slug>.md → sections: known ones by their headings, others of the role's own."""

import re

from rolerisk.model.role import Narrative, NarrativeSection
from rolerisk.parse import rules
from rolerisk.parse.invisible import invisible_in_text
from rolerisk.problem import Place, Problem, problem
from rolerisk.text.fences import fence_behind
from rolerisk.text.silence import without_silences
from rolerisk.text.spelling import nearest

KNOWN = {
    "introduction": "introduction",
    "the current state of ai": "current-state",
    "the score": "score",
    "the path forward": "path-forward",
}
GENERATED = (
    "tasks at risk",
    "what ai can't replace",
    "what to do about it",
    "sources",
    "related roles",
    "frequently asked questions",
)
_NEAR = 0.8  # "The second reader" is not a slip of "The score"
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")


def parse_narrative(path: str, text: str) -> tuple[Narrative, tuple[Problem, ...]]:
    """Split a narrative at its level-two headings; what does not fit becomes problems."""
    sections, problems = _split(path, text)
    problems += invisible_in_text(path, text)
    seen: set[str] = set()
    for section in sections:
        problems += _heading_problems(path, section, seen)
        seen.add(section_id(section.heading))
    return Narrative(path, tuple(sections)), tuple(problems)


def section_id(heading: str) -> str:
    """The id of a section's heading: fixed for a known one, else with x- before its words."""
    known = KNOWN.get(heading.strip().lower())
    return known or "x-" + (re.sub(r"[^\w]+", "-", heading.lower()).strip("-_") or "section")


def _split(path: str, text: str) -> tuple[list[NarrativeSection], list[Problem]]:
    sections: list[NarrativeSection] = []
    problems: list[Problem] = []
    heading, start, body = "", 0, list[str]()
    fence, opened, told = "", 0, 0
    for number, line in enumerate(text.split("\n"), 1):
        before, fence = fence, fence_behind(line, fence)
        if fence and not before:
            opened, told = number, len(body)
        match = None if fence or line[:1] != "#" else _HEADING.match(line)
        if match and len(match[1]) == 2:
            if heading:
                sections.append(_section(heading, start, body))
            heading, start, body = match[2], number, []
            continue
        if match and len(match[1]) == 1:
            problems.append(_level_one(path, number))
        elif not heading and without_silences(line).strip() and not problems:
            problems.append(_before_heading(path, number))
        body.append(line)
    if fence:
        problems.append(_unclosed(path, opened, fence))
        del body[told:]
    if heading:
        sections.append(_section(heading, start, body))
    return sections, problems


def _section(heading: str, line: int, body: list[str]) -> NarrativeSection:
    blank = next((i for i, text in enumerate(body) if text.strip()), 0)
    return NarrativeSection(heading, line, line + 1 + blank, "\n".join(body[blank:]).rstrip())


def _heading_problems(path: str, section: NarrativeSection, seen: set[str]) -> list[Problem]:
    name = section.heading.lower()
    place = Place(path, line=section.line, column=4)
    if section_id(section.heading) in seen:
        return [
            problem(
                rules.NARRATIVE,
                place,
                f"the heading {section.heading!r} stands twice",
                "join the two sections",
            )
        ]
    if name in GENERATED:
        return [
            problem(
                rules.NARRATIVE,
                place,
                f"{section.heading!r} is the name of a section that the record makes",
                "give this section a heading of its own",
            )
        ]
    near = "" if name in KNOWN else nearest(name, KNOWN, _NEAR)
    if near:
        known = near[0].upper() + near[1:].replace(" ai", " AI")
        return [
            problem(
                rules.NEAR_HEADING,
                place,
                f"the heading {section.heading!r} is not {known!r}, so it becomes a section of its own",
                f"did you mean {known}?",
            )
        ]
    return []


def _level_one(path: str, number: int) -> Problem:
    return problem(
        rules.NARRATIVE,
        Place(path, line=number, column=1),
        "a level-one heading: the page has its h1 already",
        "use ## for a section, ### inside one",
    )


def _unclosed(path: str, number: int, fence: str) -> Problem:
    return problem(
        rules.NARRATIVE,
        Place(path, line=number, column=1, needle=fence),
        "the code fence that opens here is not closed",
        f"close it with a line of {fence} alone, or take it out",
    )


def _before_heading(path: str, number: int) -> Problem:
    return problem(
        rules.NARRATIVE,
        Place(path, line=number, column=1),
        "text before the first heading",
        "begin with ## Introduction",
    )
