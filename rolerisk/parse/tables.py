"""Everything around the roles that is a table: site.yaml and the lists of content/*.yaml."""

import hashlib
from collections.abc import Iterable
from typing import Any, TypeVar

import msgspec

from rolerisk.model.config import Band, Config, ScoreSettings
from rolerisk.model.content import Category, Measure, Source, Tool
from rolerisk.model.site import Tables
from rolerisk.model.sources import InputFile, Sources
from rolerisk.model.style import Style
from rolerisk.parse import rules, yaml
from rolerisk.parse.convert import convert
from rolerisk.parse.invisible import invisible_characters
from rolerisk.parse.occupations import OCCUPATIONS, parse_occupations
from rolerisk.parse.slips import located
from rolerisk.parse.templates import SITE, parse_shared_narrative, pattern_problems
from rolerisk.problem import Place, Problem, problem

CATEGORIES, TOOLS = "content/categories.yaml", "content/tools.yaml"
SOURCES, MEASURES = "content/sources.yaml", "content/measures.yaml"
STYLE = "content/style.yaml"
_Record = TypeVar("_Record", bound=msgspec.Struct)

# Settings that the other stages go on with when site.yaml's own are wrong.
_STAND_INS: dict[str, Any] = {
    field.name: field.default
    for field in msgspec.structs.fields(Config)
    if field.default is not msgspec.NODEFAULT
} | {
    "titles": ("{{ role.title }}",),
    "score": ScoreSettings(
        name="Score",
        version=1,
        bands=(Band(id="low", name="Low", from_=0), Band(id="high", name="High", from_=50)),
    ),
}


def parse_config(sources: Sources) -> tuple[Config | None, tuple[Problem, ...]]:
    """Read site.yaml; None when it is missing, unreadable or no record.

    Where there are problems, stand-ins take the place of what is wrong.
    """
    if SITE in sources.unread:
        return None, ()
    if sources.text(SITE) is None:
        missing = problem(
            rules.MISSING_KEY,
            Place(SITE),
            f"{SITE} is missing",
            "every site needs one; see docs/reference.md",
        )
        return None, (missing,)
    config, problems, flawed = _read_record(sources, SITE, Config)
    if config is None:
        return None, tuple(problems)
    if "titles" not in flawed and (refused := list(pattern_problems(config.titles))):
        problems += refused
        flawed |= {"titles"}
    stand_ins = {key: value for key, value in _STAND_INS.items() if key in flawed}
    return msgspec.structs.replace(config, **stand_ins), tuple(problems)


def parse_tables(
    sources: Sources, config: Config, whole: bool = True
) -> tuple[Tables, tuple[Problem, ...]]:
    """Read all tables; `whole` is false when stand-ins are among the settings.

    Records are by id or name; of two with the same one, the first is taken (a rule tells).
    """
    problems: list[Problem] = []
    partial: set[str] = set() if whole else {SITE}

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
    for path, names in (
        (CATEGORIES, [c.id for c in categories]),
        (TOOLS, [t.name for t in tools]),
        (SOURCES, [s.id for s in shared]),
        (MEASURES, [m.id for m in measures]),
    ):
        problems += _repeated(path, names)
    occupations, found = parse_occupations(sources, {m.id for m in measures}, MEASURES in partial)
    problems += found
    narrative, found = parse_shared_narrative(sources)
    problems += found
    style, found = _parse_style(sources)
    tables = Tables(
        config,
        _by_name((c.id, c) for c in categories),
        _by_name((t.name, t) for t in tools),
        _by_name((s.id, s) for s in shared),
        _by_name((m.id, m) for m in measures),
        occupations,
        narrative,
        frozenset(partial),
        style,
        _digest(sources, config, partial),
    )
    return tables, (*problems, *found)


def _parse_style(sources: Sources) -> tuple[Style, list[Problem]]:
    """The house style; what is wrong in it is not checked, and neither is anything without it."""
    if sources.text(STYLE) is None:
        return Style(), []
    style, problems, flawed = _read_record(sources, STYLE, Style)
    defaults = {field.name: field.default for field in msgspec.structs.fields(Style)}
    unread = {key: defaults[key] for key in flawed & defaults.keys()}
    return msgspec.structs.replace(style or Style(), **unread), problems


def _read_record(
    sources: Sources, path: str, kind: type[_Record]
) -> tuple[_Record | None, list[Problem], frozenset[str]]:
    """The one record of a file, its problems and its flawed keys; None when there is no record."""
    document = yaml.read(sources.text(path) or "")
    problems = list(located(path, 0, document.slips))
    if document.broken:
        return None, problems, frozenset()
    record, wrong, flawed = convert(document.value, kind, Place(path))
    problems += [*wrong, *invisible_characters(document.value, Place(path))]
    return record if isinstance(document.value, dict) else None, problems, flawed


def _read_records(
    sources: Sources, path: str, kind: type[_Record]
) -> tuple[tuple[_Record, ...], list[Problem], bool]:
    """The records of a file, its problems, and whether the file could be read whole."""
    text = sources.text(path)
    if text is None:
        return (), [], path not in sources.unread
    document = yaml.read(text)
    problems = list(located(path, 0, document.slips))
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


def _digest(sources: Sources, config: Config, partial: Iterable[str]) -> str:
    """One digest of all that a role's reading may depend on besides its own texts."""
    inputs: list[InputFile] = [
        file
        for path, file in sources.files.items()
        if path in (CATEGORIES, TOOLS, SOURCES, MEASURES, OCCUPATIONS, STYLE)
        or path.startswith("content/article/")
    ]
    parts = [f"{file.path} {file.digest}" for file in inputs] + [repr(config), *sorted(partial)]
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()
