"""What editors allow: comments that silence a rule in one place, settings that weigh it on the site.

Rules know nothing of it. When all of them have spoken, the comments of the files concerned are
read, and what they cover is left out; a comment that covers nothing is a problem itself.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import NamedTuple

import msgspec

from rolerisk.covered import END, Lines, below, in_markdown, in_text
from rolerisk.model.sources import Sources
from rolerisk.places import Places
from rolerisk.problem import Place, Problem, Rule, Severity, problem
from rolerisk.text.silence import SILENCE
from rolerisk.text.spelling import did_you_mean

UNKNOWN = Rule(
    "unknown-rule",
    Severity.ERROR,
    "A comment that allows a rule, and a key of `rules` in site.yaml, names one that exists.",
    "`<!-- check: allow some-rule, another -->` in a text, `# check: allow some-rule` in YAML. A "
    "misspelt name would silence nothing.",
)
UNUSED = Rule(
    "unused-silence",
    Severity.WARNING,
    "A comment that allows a rule, and a rule that is `off` in site.yaml, silence something.",
    "`<!-- check: allow some-rule -->` covers the paragraph that it stands in; alone between blank "
    "lines, the next paragraph, or the section when that begins with a heading; at the top of a "
    "Markdown file, the file; inside a text of a record, that text. `# check: allow some-rule` on a "
    "line of its own in YAML covers the key or the record below it, at the top of a file of one "
    "record the file, and behind a value that line. What outlives its reason hides the next mistake. "
    "Rules that depend on the day may be silenced ahead of it.",
)
RULES = (UNKNOWN, UNUSED)
_IN_YAML = re.compile(r"#\s*check:\s*allow\b([^#\n]*)$")
_COMMENT = re.compile(r"check:\s*allow\b")
_NAME = re.compile(r"[^\s,]+")


class Rules(NamedTuple):
    """Rules by name; `every` lists all of them, and is asked only where somebody allows one.

    The errors of `firm` ones stand, whatever anyone allows; what `steady` ones report depends on
    the content alone.
    """

    every: Callable[[], frozenset[str]]
    firm: frozenset[str]
    steady: frozenset[str]

    @property
    def known(self) -> frozenset[str]:
        """All rules."""
        return self.every()


class _Silence(NamedTuple):
    """A rule's name in a comment: where that is, and the lines (1-based) in which it is allowed."""

    path: str
    line: int
    column: int
    rule: str
    first: int
    last: int

    def covers(self, rule: str, line: int) -> bool:
        return self.rule == rule and self.first <= line <= self.last

    @property
    def place(self) -> Place:
        return Place(self.path, line=self.line, column=self.column)


class Weights:
    """Makes problems as grave as the site's settings say, and remembers which rules it met."""

    def __init__(self, settings: Mapping[str, str], rules: Rules) -> None:
        self._settings = settings
        self._rules = rules
        self._met = set[str]()

    def __call__(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """The problems with their weights, without those that are off."""
        for found in problems:
            weight = self._settings.get(found.rule)
            if weight is None or _stands(found, self._rules):
                yield found
                continue
            self._met.add(found.rule)
            if weight != "off":
                yield msgspec.structs.replace(found, severity=Severity(weight))

    def idle(self, whole: bool) -> Iterator[Problem]:
        """Settings of rules that do not exist, or that are off and would report nothing.

        When not all content could be read (`whole`), nobody knows yet what they would report.
        """
        for name, weight in self._settings.items():
            place = Place("content/site.yaml", ("rules", name), on_key=True)
            idle = whole and name in self._rules.steady - self._met
            if name not in self._rules.known:
                yield _unknown(place, name, self._rules)
            elif weight == "off" and idle:
                message = f"{name} is off, and would report nothing that may be switched off"
                yield problem(UNUSED, place, message, "take the line out")


class Allowed(NamedTuple):
    """The problems that no comment covers, and what is wrong with the comments."""

    problems: tuple[Problem, ...]
    of_comments: tuple[Problem, ...]


def allowed(
    problems: tuple[Problem, ...], sources: Sources, places: Places, rules: Rules
) -> Allowed:
    """Leave out what comments allow."""
    silences = tuple(_silences(sources, places))
    if not silences:
        return Allowed(problems, ())
    concerned = {(silence.path, silence.rule) for silence in silences}
    kept, used, broken = list[Problem](), set[_Silence](), set[str]()
    for found in problems:
        path = found.place.path
        covering = list[_Silence]()
        if _stands(found, rules):
            broken |= _asked_with(path)
        elif (path, found.rule) in concerned:
            line = places.line(found.place)
            covering = [s for s in silences if s.path == path and s.covers(found.rule, line)]
            used.update(covering)
        if not covering:
            kept.append(found)
    return Allowed(tuple(kept), tuple(_idle(set(silences) - used, broken, rules)))


def _asked_with(path: str) -> set[str]:
    """The files of which nobody can tell what they will need while there are errors in one.

    A narrative's record is in one of two files.
    """
    if path.startswith("content/roles/") and path.endswith(".md"):
        return {path, f"{path[:-3]}.yaml", "roles.yaml"}
    return {path}


def _idle(silences: Iterable[_Silence], broken: Container[str], rules: Rules) -> Iterator[Problem]:
    """What comments say in vain; in a file with errors nobody knows yet what they will cover."""
    for silence in sorted(silences):
        if silence.rule not in rules.known:
            yield _unknown(silence.place, silence.rule, rules)
        elif silence.path not in broken and silence.rule in rules.steady:
            message = f"{silence.rule} has nothing to report here"
            yield problem(UNUSED, silence.place, message, "take it out of the comment")


def any_stands(problems: Iterable[Problem], rules: Rules) -> bool:
    """Whether there is an error that nobody can allow: then not all content was checked."""
    return any(_stands(found, rules) for found in problems)


def _stands(found: Problem, rules: Rules) -> bool:
    return found.severity is Severity.ERROR and found.rule in rules.firm


def _unknown(place: Place, name: str, rules: Rules) -> Problem:
    hint = did_you_mean(name, rules.known) or "docs/rules.md lists them"
    return problem(UNKNOWN, place, f"there is no rule {name!r}", hint)


def _silences(sources: Sources, places: Places) -> Iterator[_Silence]:
    for path, file in sources.files.items():
        if file.allows and not path.startswith("templates/"):
            lines = places.lines(path)
            body = _body(lines) if path.endswith(".md") else END
            for number, line in enumerate(lines, 1):
                if _COMMENT.search(line):
                    yield from _on_line(path, number, body, places)


def _on_line(path: str, number: int, body: int, places: Places) -> Iterator[_Silence]:
    """The silences on a line of a file whose Markdown begins on the line `body`."""
    lines = places.lines(path)
    for match in SILENCE.finditer(lines[number - 1]):
        if number >= body:
            covered: Lines | None = in_markdown(lines, number, body)
        else:
            covered = in_text(places.marks_from(path, number), lines, number)
        yield from _named(path, number, match, covered)
    match_in_yaml = _IN_YAML.search(lines[number - 1]) if number < body else None
    if match_in_yaml:
        covered = below(places.marks_from(path, number), lines, number)
        yield from _named(path, number, match_in_yaml, covered)


def _named(
    path: str, number: int, match: re.Match[str], covered: Lines | None
) -> Iterator[_Silence]:
    first, last = covered or (number, number)
    for name in _NAME.finditer(match.string, *match.span(1)):
        yield _Silence(path, number, name.start() + 1, name[0], first, last)


def _body(lines: list[str]) -> int:
    """The first line (1-based) of a Markdown file behind its front matter."""
    return lines.index("---", 1) + 2 if lines[:1] == ["---"] and "---" in lines[1:] else 1
