"""Roles as they are written, before anyone types them: what two revisions are compared by."""

import datetime
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from rolerisk.model.sources import Sources
from rolerisk.parse.roles import read_entry
from rolerisk.parse.stage import narratives_of, role_sources, slug_in
from rolerisk.problem import Place

# What says when and whether a page is out, not what it tells its readers.
_NOT_TEXT = ("slug", "status", "published", "updated", "reviewed", "reviewer", "aliases")


class WrittenRole(NamedTuple):
    """A role's plain values and its narrative, and where its record is.

    It is not `whole` when there is a narrative that could not be read.
    """

    slug: str
    place: Place
    record: dict[str, Any]
    narrative: str
    whole: bool

    @property
    def words(self) -> list[str]:
        """Every word that the role's editors wrote for readers, in the order written."""
        told = (value for key, value in self.record.items() if key not in _NOT_TEXT)
        return [word for text in (*_texts(list(told)), self.narrative) for word in text.split()]

    @property
    def updated(self) -> datetime.date | None:
        """The day of the last change of substance; None when it cannot be read."""
        try:
            return datetime.date.fromisoformat(str(self.record.get("updated") or self.published))
        except ValueError:
            return None

    @property
    def published(self) -> str:
        """The day of publication, as written."""
        return str(self.record.get("published"))

    @property
    def addresses(self) -> frozenset[str]:
        """The slugs under which readers find, or have found, the role."""
        aliases = self.record.get("aliases")
        old = aliases if isinstance(aliases, list) else []
        return frozenset({self.slug, *(alias for alias in old if isinstance(alias, str))})


def written_roles(sources: Sources, slugs: Collection[str] | None = None) -> dict[str, WrittenRole]:
    """The roles that can be read, by slug: those of `slugs`, or all."""
    found: dict[str, WrittenRole] = {}
    for source in role_sources(sources, narratives_of(sources)):
        if slugs is not None and source.text.likely_slug not in slugs:
            continue
        read = read_entry(source.text)
        for place, value in read.roles if read else ():
            if slug := slug_in(value):
                told = source.narrative
                text, whole = (told.text, not told.unread) if told else ("", True)
                found[slug] = WrittenRole(slug, place, value, text, whole)
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
