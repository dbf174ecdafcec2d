"""The parse stage as a whole: Sources → tables, pages, and the texts of the roles, cut apart."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from rolerisk.model.parsed import ParsedPage, ParsedRole
from rolerisk.model.site import Tables
from rolerisk.model.sources import InputFile, Sources
from rolerisk.parse import roles as role_files
from rolerisk.parse import rules
from rolerisk.parse.roles import RoleText
from rolerisk.parse.tables import parse_config, parse_tables
from rolerisk.parse.templates import parse_pages
from rolerisk.parse.unread_files import unread_files
from rolerisk.problem import Place, Problem, problem
from rolerisk.text.address import is_real
from rolerisk.text.spelling import did_you_mean

_ROLES = "content/roles"


class Parsed(Struct, frozen=True):
    """All content but the roles, typed; without a usable site.yaml there are no tables.

    `elsewhere` means that the site is built for another address than its public one.
    """

    tables: Tables | None
    pages: tuple[ParsedPage, ...]
    problems: tuple[Problem, ...]
    elsewhere: bool = False


class RoleSource(NamedTuple):
    """A role's text and its likely narrative, which depend on no other role."""

    text: RoleText
    narrative: InputFile | None


def parse(sources: Sources, base_url: str | None = None) -> Parsed:
    """Parse everything around the roles; `base_url` replaces that of site.yaml.

    The public address is site.yaml's; as long as that is a placeholder, it is the one given here.
    """
    config, problems = parse_config(sources)
    unread = tuple(unread_files(sources))
    if config is None:
        return Parsed(None, (), (*problems, *unread))
    elsewhere = base_url not in (None, config.base_url) and is_real(config.base_url)
    if base_url:
        config = msgspec.structs.replace(config, base_url=base_url)
    tables, found = parse_tables(sources, config, whole=not problems)
    pages, of_pages = parse_pages(sources)
    return Parsed(tables, pages, (*problems, *unread, *found, *of_pages), elsewhere)


def role_sources(sources: Sources, narratives: dict[str, InputFile]) -> Iterator[RoleSource]:
    """The roles' texts, none of them read yet. A file that cannot be cut gives one text."""
    path = role_files.ROLES_FILE
    text = sources.text(path)
    if text is not None:
        for entry in role_files.cut(path, text) or (RoleText(Place(path), 0, text),):
            yield RoleSource(entry, narratives.get(entry.likely_slug))
    for file in sources.below(_ROLES, ".yaml"):
        own = RoleText(Place(file.path), 0, file)
        yield RoleSource(own, narratives.get(own.likely_slug))


def narratives_of(sources: Sources) -> dict[str, InputFile]:
    """The narrative files by the slugs of their roles, those that could not be read included."""
    unread = Sources({path: InputFile(path, "", unread=True) for path in sources.unread})
    files = (*unread.below(_ROLES, ".md"), *sources.below(_ROLES, ".md"))
    return {file.path.rpartition("/")[2][:-3]: file for file in files}


def parse_one(source: RoleSource) -> ParsedRole | None:
    """Parse a role by itself; None when its text, or its slug, is not what it looked like."""
    entry = source.text._replace(written=source.text.text)  # fetched once
    read = role_files.read_entry(entry)
    if read is None or len(read.roles) != 1:
        return None
    ((place, value),) = read.roles
    if slug_in(value) != entry.likely_slug:
        return None
    parsed = role_files.parse_role(place, value, source.narrative)
    return msgspec.structs.replace(parsed, problems=read.problems + parsed.problems)


def parse_file(
    path: str, text: str, narratives: dict[str, InputFile]
) -> tuple[list[ParsedRole], tuple[Problem, ...], bool]:
    """Parse a file of roles as a whole: the roles, its own problems, whether it could be read."""
    read = role_files.read_whole(path, text)
    parsed = [
        role_files.parse_role(place, value, narratives.get(slug_in(value)))
        for place, value in read.roles
    ]
    return parsed, read.problems, not read.broken


def slug_in(value: Any) -> str:
    """The slug of a role's plain value, or an empty text."""
    slug = value.get("slug") if isinstance(value, dict) else None
    return slug if isinstance(slug, str) else ""


def without_role(narratives: dict[str, InputFile], slugs: set[str]) -> Iterator[Problem]:
    """Narratives that belong to no role."""
    for slug in sorted(narratives.keys() - slugs):
        place = Place(narratives[slug].path, line=1, column=1)
        hint = did_you_mean(slug, slugs) or "name the file after the slug of its role"
        message = f"there is no role {slug!r} for this narrative"
        yield problem(rules.NARRATIVE, place, message, hint)
