"""`import-onet`: occupations of the O*NET database → drafts of roles."""

import datetime
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from rolerisk.draft.credit import LABELS, ONET, attribution, sources_of
from rolerisk.draft.grouping import Group, grouped
from rolerisk.draft.onet import Occupation, Release
from rolerisk.draft.record import (
    Draft,
    DraftSource,
    DraftTask,
    narrative_text,
    record_text,
)
from rolerisk.draft.scaffold import draft_paths
from rolerisk.draft.titles import plural_of_name, slug_of_title, title_of
from rolerisk.edit.files import write_texts
from rolerisk.load import load
from rolerisk.parse.roles import read_entry
from rolerisk.parse.stage import parse, role_sources, slug_in

_TECHNOLOGIES, _RELATED = 12, 5
_TASK_LENGTH = 70
_CLAUSE = re.compile(r"[,;.]|\s(?:such as|using|including|to ensure|in order)\s")


class Imported(NamedTuple):
    """The files written, and the occupations that got none: there is such a role; it has no tasks."""

    paths: tuple[str, ...]
    there: tuple[str, ...]
    without_tasks: tuple[str, ...]


class _Content(NamedTuple):
    """What the drafts have to fit into: roles by slug and alias, tables, the site's name."""

    roles: dict[str, Mapping[str, Any]]
    categories: tuple[str, ...]
    tools: tuple[str, ...]
    name: str


def import_drafts(
    root: Path,
    release: Release,
    version: str,
    codes: Sequence[str],
    today: datetime.date,
    called: str = "",
) -> Imported:
    """Write a draft for each of these occupations, unless there is one; never overwrites a file.

    `version` is the database's, such as 30.1, or empty; `called` is the title of a single one's
    draft, when that is not to be the occupation's.
    """
    content = _content(root)
    with_tasks = [code for code in codes if release.occupations[code].tasks]
    titles = _titles(release)
    if called:
        titles |= {code: (called, slug_of_title(called)) for code in codes}
    wanted = {code: titles[code] for code in with_tasks}
    new = {code: slug for code, (_, slug) in wanted.items() if _is_free(root, content, slug)}
    slugs = _by_code(content) | {code: [slug] for code, slug in new.items()}
    texts: dict[str, str] = {}
    for code, slug in new.items():
        occupation = release.occupations[code]
        draft = _draft(occupation, titles[code], content, slugs, release, version, today)
        record, narrative = draft_paths(slug)
        texts |= {record: record_text(draft, today), narrative: narrative_text(draft)}
    write_texts(root, texts)
    return Imported(
        tuple(texts),
        tuple(code for code in with_tasks if code not in new),
        tuple(code for code in codes if code not in wanted),
    )


def _content(root: Path) -> _Content:
    sources = load(root)[0]
    tables = parse(sources).tables
    roles: dict[str, Mapping[str, Any]] = {}
    for source in role_sources(sources, {}):
        read = read_entry(source.text)
        for _, value in read.roles if read else ():
            if slug := slug_in(value):
                aliases = value.get("aliases")
                old = aliases if isinstance(aliases, list) else []
                roles |= {name: value for name in [slug, *old] if isinstance(name, str)}
    if tables is None:
        return _Content(roles, (), (), "The publisher")
    return _Content(
        roles, tuple(tables.categories), tuple(tables.tools), tables.config.publisher.name
    )


def _is_free(root: Path, content: _Content, slug: str) -> bool:
    taken = (
        not slug
        or slug in content.roles
        or any((root / path).exists() for path in draft_paths(slug))
    )
    return not taken


def _titles(release: Release) -> dict[str, tuple[str, str]]:
    """Title and slug of every occupation; of two with one slug, the second has its code behind it."""
    found: dict[str, tuple[str, str]] = {}
    met: set[str] = set()
    for code, occupation in release.occupations.items():
        title = title_of(occupation.title)
        slug = slug_of_title(title)
        if slug in met:
            slug = f"{slug_of_title(slug[:48])}-{re.sub(r'[^0-9]+', '-', code)}"
        met.add(slug)
        found[code] = (title, slug)
    return found


def _by_code(content: _Content) -> dict[str, list[str]]:
    """The slugs of the roles that there are, by their occupations' codes."""
    found: dict[str, list[str]] = {}
    for slug, role in content.roles.items():
        if slug == role.get("slug") and isinstance(code := role.get("soc"), str):
            found.setdefault(code, []).append(slug)
    return found


def _draft(
    occupation: Occupation,
    named: tuple[str, str],
    content: _Content,
    slugs: Mapping[str, Sequence[str]],
    release: Release,
    version: str,
    today: datetime.date,
) -> Draft:
    title, slug = named
    sources = sources_of(occupation, slug, version, release.rated, today)
    at_risk, durable = grouped(occupation.tasks)
    met: set[str] = set()
    related, missing = _related(occupation, slugs, release)
    known = [name for name in occupation.technologies if name in content.tools]
    return Draft(
        slug=slug,
        title=title,
        plural=plural_of_name(occupation.title) if title == title_of(occupation.title) else "",
        soc=occupation.code,
        also_called=occupation.also_called,
        category=_category(occupation.code, content),
        categories=content.categories,
        tools=tuple(dict.fromkeys([*known, *content.tools]))[: max(3, min(len(known), 8))],
        tool_notes=_tool_notes(occupation),
        at_risk=tuple(_task(group, "at risk", sources, met) for group in at_risk),
        durable=tuple(_task(group, "durable", sources, met) for group in durable),
        sources=sources,
        related=related,
        related_notes=(f"related occupations without a role: {'; '.join(missing)}",)
        * bool(missing),
        attribution=attribution(version, content.name),
    )


def _task(group: Group, kind: str, sources: Sequence[DraftSource], met: set[str]) -> DraftTask:
    """A group as a task, named after its heaviest until a person names it."""
    cites = tuple(source.id for source in sources if source.id in (ONET, LABELS))
    name = f"TODO task {kind}"
    if group.tasks:
        name = f"TODO name it: {_shortened(group.tasks[0].text)}"
    while name in met:
        name += " (another)"
    met.add(name)
    notes = tuple(
        f"O*NET: {task.text} [people {task.labels[0] or '-'}, GPT-4 {task.labels[1] or '-'}]"
        for task in group.tasks
    )
    return DraftTask(name, group.share, group.exposure, cites if group.tasks else (), notes)


def _shortened(text: str) -> str:
    """The beginning of a task statement: to its first comma or so, 12-70 characters."""
    ends = [end.start() for end in _CLAUSE.finditer(text) if end.start() >= 12]
    first = text[: ends[0]] if ends else text
    if len(first) > _TASK_LENGTH:
        first = first[: _TASK_LENGTH + 1].rpartition(" ")[0]
    return first.strip(" ,;.")


def _tool_notes(occupation: Occupation) -> tuple[str, ...]:
    if not occupation.technologies:
        return ("TODO choose; O*NET names no hot technology here",)
    names = "; ".join(occupation.technologies[:_TECHNOLOGIES])
    return (f"TODO choose; O*NET's hot technologies here: {names}",)


def _related(
    occupation: Occupation, slugs: Mapping[str, Sequence[str]], release: Release
) -> tuple[tuple[str, ...], list[str]]:
    """The nearest occupations that are roles, or about to be, and the names of nearer ones that are not."""
    found: list[str] = []
    missing: list[str] = []
    for code in occupation.related:
        if len(found) >= _RELATED:
            break
        if there := slugs.get(code):
            found += there
        elif code in release.occupations:
            missing.append(release.occupations[code].title)
    return tuple(found[:_RELATED]), missing[:_RELATED]


def _category(code: str, content: _Content) -> str:
    """The category of most roles whose occupations are nearest by their codes."""
    for length in (7, 5, 4, 2):
        near = Counter[str](
            role["category"]
            for role in content.roles.values()
            if str(role.get("soc")).startswith(code[:length])
            and role.get("category") in content.categories
        )
        if near:
            return min(near, key=lambda name: (-near[name], name))
    return content.categories[0] if content.categories else "todo"
