"""The parse stage as a whole: Sources → everything typed, and the problems of all files."""

from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from rolerisk.model.parsed import ParsedRole
from rolerisk.model.site import Tables
from rolerisk.model.sources import Sources
from rolerisk.parse import roles as role_files
from rolerisk.parse import rules
from rolerisk.parse.tables import ParsedPage, parse_config, parse_pages, parse_tables
from rolerisk.problem import Place, Problem, problem
from rolerisk.text.spelling import did_you_mean


class Parsed(Struct, frozen=True):
    """All content, typed; `whole` is false when a file of roles could not be read whole."""

    tables: Tables | None
    pages: tuple[ParsedPage, ...]
    roles: tuple[ParsedRole, ...]
    problems: tuple[Problem, ...]
    whole: bool


def parse(sources: Sources, base_url: str | None = None) -> Parsed:
    """Parse every file; `base_url` replaces that of site.yaml. Without site.yaml, no tables."""
    config, problems = parse_config(sources)
    if config is None:
        return Parsed(None, (), (), problems, whole=False)
    if base_url:
        config = msgspec.structs.replace(config, base_url=base_url)
    tables, found = parse_tables(sources, config)
    pages, of_pages = parse_pages(sources)
    roles, of_roles, whole = _parse_roles(sources)
    return Parsed(tables, pages, roles, (*problems, *found, *of_pages, *of_roles), whole)


def _parse_roles(sources: Sources) -> tuple[tuple[ParsedRole, ...], tuple[Problem, ...], bool]:
    """All roles, and whether every file of roles could be read."""
    narratives = {f.path.rpartition("/")[2][:-3]: f for f in sources.below("content/roles", ".md")}
    problems, parsed, whole = list[Problem](), list[ParsedRole](), True
    for read in _reads(sources):
        problems += read.problems
        whole &= not read.broken
        for place, value in read.roles:
            narrative = narratives.get(_slug(value))
            given = (narrative.path, narrative.text) if narrative else None
            parsed.append(role_files.parse_role(place, value, given))
    if whole and not any("slug" in role.flawed for role in parsed):
        slugs = {role.role.slug for role in parsed}
        problems += [
            _no_role(narratives[s].path, s, slugs) for s in sorted(narratives.keys() - slugs)
        ]
    return tuple(parsed), tuple(problems), whole


def _reads(sources: Sources) -> Iterator[role_files.Read]:
    """The files of roles, roles.yaml entry by entry where it can be cut."""
    path = role_files.ROLES_FILE
    text = sources.text(path)
    if text is not None:
        reads = [role_files.read_entry(entry) for entry in role_files.cut(path, text)]
        if reads and all(reads):
            yield from (read for read in reads if read)
        else:
            yield role_files.read_whole(path, text)
    for file in sources.below("content/roles", ".yaml"):
        yield role_files.read_whole(file.path, file.text)


def _slug(value: Any) -> str:
    slug = value.get("slug") if isinstance(value, dict) else None
    return slug if isinstance(slug, str) else ""


def _no_role(path: str, slug: str, slugs: set[str]) -> Problem:
    place = Place(path, line=1, column=1)
    hint = did_you_mean(slug, slugs) or "name the file after the slug of its role"
    return problem(rules.NARRATIVE, place, f"there is no role {slug!r} for this narrative", hint)
