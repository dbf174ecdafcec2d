"""Everything around the roles: site.yaml, the tables of content/, occupations.csv, the pages."""

import csv
import hashlib
import io
import math
import re
from collections.abc import Iterable
from typing import Any, NamedTuple, TypeVar

import msgspec

from rolerisk.model.config import Config
from rolerisk.model.content import Category, Measure, Occupation, PageHead, Source, Tool
from rolerisk.model.site import Tables
from rolerisk.model.sources import InputFile, Sources
from rolerisk.parse import rules, yaml
from rolerisk.parse.convert import convert
from rolerisk.parse.invisible import invisible_characters
from rolerisk.problem import Place, Problem, problem
from rolerisk.text import template

SITE, OCCUPATIONS = "content/site.yaml", "content/occupations.csv"
CATEGORIES, TOOLS = "content/categories.yaml", "content/tools.yaml"
SOURCES, MEASURES = "content/sources.yaml", "content/measures.yaml"
_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_Record = TypeVar("_Record", bound=msgspec.Struct)


class ParsedPage(NamedTuple):
    """A page of content/pages/: its front matter, its template text and the line that begins on."""

    path: str
    head: PageHead
    body: str
    body_line: int


def parse_config(sources: Sources) -> tuple[Config | None, tuple[Problem, ...]]:
    """Read site.yaml; None when it is missing or not a record at all."""
    text = sources.text(SITE)
    if text is None:
        missing = problem(
            rules.MISSING_KEY,
            Place(SITE),
            f"{SITE} is missing",
            "every site needs one; see docs/reference.md",
        )
        return None, (missing,)
    document = yaml.read(text)
    problems = list(_slips(SITE, document))
    if document.broken:
        return None, tuple(problems)
    config, wrong, flawed = convert(document.value, Config, Place(SITE))
    problems += [*wrong, *invisible_characters(document.value, Place(SITE))]
    problems += _pattern_problems(config) if "titles" not in flawed else ()
    return (None if flawed else config), tuple(problems)


def parse_tables(sources: Sources, config: Config) -> tuple[Tables, tuple[Problem, ...]]:
    """Read all tables. Records by id or name; of two with the same one, the first (a rule tells)."""
    problems: list[Problem] = []
    partial: set[str] = set()

    def records(path: str, kind: type[_Record]) -> tuple[_Record, ...]:
        read, found, whole = _read_records(sources, path, kind)
        problems.extend(found)
        if not whole:
            partial.add(path)
        return read

    categories = records(CATEGORIES, Category)
    tools = records(TOOLS, Tool)
    shared = records(SOURCES, Source)
    measures = records(MEASURES, Measure)
    for path, ids in (
        (CATEGORIES, [c.id for c in categories]),
        (TOOLS, [t.name for t in tools]),
        (SOURCES, [s.id for s in shared]),
        (MEASURES, [m.id for m in measures]),
    ):
        problems += _repeated(path, ids)
    occupations, found = _parse_occupations(sources, {m.id for m in measures}, MEASURES in partial)
    problems += found
    narrative, found = _shared_narrative(sources)
    tables = Tables(
        config,
        _by_name((c.id, c) for c in categories),
        _by_name((t.name, t) for t in tools),
        _by_name((s.id, s) for s in shared),
        _by_name((m.id, m) for m in measures),
        occupations,
        narrative,
        frozenset(partial),
        _digest(sources, config),
    )
    return tables, (*problems, *found)


def parse_pages(sources: Sources) -> tuple[tuple[ParsedPage, ...], tuple[Problem, ...]]:
    """Read the front matter of every page and check that its body is a template editors may use."""
    pages, problems = list[ParsedPage](), list[Problem]()
    for file in sources.below("content/pages", ".md"):
        match = _FRONT_MATTER.match(file.text)
        if not match:
            place = Place(file.path, line=1, column=1)
            problems.append(
                problem(
                    rules.FRONT_MATTER,
                    place,
                    "no front matter",
                    "begin with ---, title, summary, updated, ---",
                )
            )
            continue
        document = yaml.read(match[1])
        problems += _slips(file.path, document, line=1)
        if document.broken:
            continue
        head, wrong, _ = convert(document.value, PageHead, Place(file.path))
        body_line = file.text.count("\n", 0, match.end()) + 1
        body = file.text[match.end() :]
        problems += [*wrong, *_template_problems(file.path, body, body_line)]
        pages.append(ParsedPage(file.path, head, body, body_line))
    return tuple(pages), tuple(problems)


def _read_records(
    sources: Sources, path: str, kind: type[_Record]
) -> tuple[tuple[_Record, ...], list[Problem], bool]:
    """The records of a file, its problems, and whether the file could be read whole."""
    text = sources.text(path)
    if text is None:
        return (), [], True
    document = yaml.read(text)
    problems = list(_slips(path, document))
    if document.broken:
        return (), problems, False
    if document.value is None:
        return (), problems, True
    if not isinstance(document.value, list):
        place = Place(path, line=1, column=1)
        wrong = problem(
            rules.WRONG_TYPE, place, f"{path} should be a list of records", "begin each with `- `"
        )
        return (), [*problems, wrong], False
    read = [convert(value, kind, Place(path, (i,))) for i, value in enumerate(document.value)]
    for converted in read:
        problems += converted.problems
    problems += invisible_characters(document.value, Place(path))
    sound = not any({"id", "name"} & converted.flawed for converted in read)
    return tuple(converted.record for converted in read), problems, sound


def _by_name(records: Iterable[tuple[str, _Record]]) -> dict[str, _Record]:
    """Records by their names, in the order written; the first of two with the same name."""
    found: dict[str, _Record] = {}
    for name, record in records:
        found.setdefault(name, record)
    return found


def _repeated(path: str, ids: list[str]) -> list[Problem]:
    key = "name" if path == TOOLS else "id"
    first: dict[str, int] = {}
    problems = []
    for index, id_ in enumerate(ids):
        if id_ and first.setdefault(id_, index) != index:
            place = Place(path, (index, key))
            problems.append(
                problem(
                    rules.DUPLICATE_KEY,
                    place,
                    f"{key} {id_!r} stands twice in this file",
                    "keep one of the two records",
                )
            )
    return problems


def _parse_occupations(
    sources: Sources, measures: set[str], lenient: bool
) -> tuple[dict[str, Occupation], list[Problem]]:
    """Read occupations.csv by SOC code; `lenient` when not all measures are known."""
    text = sources.text(OCCUPATIONS)
    if text is None:
        return {}, []
    rows = list(csv.reader(io.StringIO(text)))
    header = rows[0] if rows else []
    problems = []
    if header[:2] != ["soc", "title"]:
        problems.append(_csv_problem(1, "the header should begin with soc,title", ""))
    for column in () if lenient else header[2:]:
        if column not in measures:
            problems.append(
                _csv_problem(
                    1,
                    f"column {column!r} is not a measure",
                    f"measures: {', '.join(sorted(measures))}",
                )
            )
    occupations: dict[str, Occupation] = {}
    for number, row in enumerate(rows[1:], 2):
        if len(row) != len(header):
            problems.append(
                _csv_problem(number, f"{len(row)} cells under {len(header)} columns", "")
            )
            continue
        figures, wrong = _figures(number, dict(zip(header[2:], row[2:], strict=True)))
        problems += wrong
        if row[0] in occupations:
            problems.append(_csv_problem(number, f"{row[0]} stands twice", "one row a code"))
        occupations[row[0]] = Occupation(row[0], row[1], figures)
    return occupations, problems


def _figures(number: int, cells: dict[str, str]) -> tuple[dict[str, float], list[Problem]]:
    figures, problems = {}, []
    for measure, cell in cells.items():
        try:
            figure = float(cell) if cell.strip() else None
        except ValueError:
            figure = math.nan
        if figure is not None and not math.isfinite(figure):
            problems.append(
                _csv_problem(
                    number,
                    f"{measure} {cell!r} is not a number",
                    "leave the cell empty when nobody has the figure",
                )
            )
        elif figure is not None:
            figures[measure] = figure
    return figures, problems


def _csv_problem(line: int, message: str, hint: str) -> Problem:
    return problem(rules.OCCUPATIONS, Place(OCCUPATIONS, line=line, column=1), message, hint)


def _shared_narrative(sources: Sources) -> tuple[dict[str, str], list[Problem]]:
    texts, problems = {}, list[Problem]()
    for stem in ("introduction", "current-state", "score", "path-forward"):
        path = f"content/article/{stem}.md"
        text = sources.text(path)
        if text is None:
            problems.append(
                problem(
                    rules.MISSING_KEY,
                    Place(path),
                    f"{path} is missing",
                    "it is what a role without a narrative says",
                )
            )
            text = ""
        problems += _template_problems(path, text, 1)
        texts[stem] = text
    return texts, problems


def _pattern_problems(config: Config) -> list[Problem]:
    return [
        problem(rules.TEMPLATE_SYNTAX, Place(SITE, ("titles", i)), slip.message)
        for i, pattern in enumerate(config.titles)
        for slip in template.slips(pattern)
    ]


def _template_problems(path: str, text: str, first_line: int) -> list[Problem]:
    return [
        problem(
            rules.TEMPLATE_SYNTAX,
            Place(path, line=first_line + slip.line - 1, column=1),
            slip.message,
        )
        for slip in template.slips(text)
    ]


def _slips(path: str, document: Any, line: int = 0) -> list[Problem]:
    return [
        problem(s.rule, Place(path, line=line + s.line + 1, column=s.column + 1), s.message, s.hint)
        for s in document.slips
    ]


def _digest(sources: Sources, config: Config) -> str:
    """One digest of all that a role's reading may depend on besides its own texts."""
    inputs: list[InputFile] = [
        file
        for path, file in sources.files.items()
        if path in (CATEGORIES, TOOLS, SOURCES, MEASURES, OCCUPATIONS)
        or path.startswith("content/article/")
    ]
    parts = [f"{file.path} {file.digest}" for file in inputs] + [repr(config)]
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()
