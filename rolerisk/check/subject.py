"""What a rule looks at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from rolerisk.model.alike import Alike
from rolerisk.model.content import Source
from rolerisk.model.parsed import NARRATIVE, ParsedRole, Prose
from rolerisk.model.role import Role
from rolerisk.model.site import RoleFacts, Site, Tables
from rolerisk.model.style import Style
from rolerisk.problem import Place
from rolerisk.text.own_words import gist, words_in

# Where a role's texts are, with the slug, by which its narrative is found: who has not read all of
# these does not know what the role does not say.
TEXTS = ("slug", "answer", "tools", "at_risk", "durable", "steps", NARRATIVE)


@dataclass(frozen=True)
class Writing:
    """Texts as written, those that are only a line included; what several rules ask is found once."""

    texts: tuple[tuple[Place, str], ...]

    @cached_property
    def whole(self) -> str:
        """All texts, as paragraphs of one: to tell soon that none of them has something."""
        return "\n\n".join(text for _, text in self.texts)

    @cached_property
    def words(self) -> frozenset[bytes]:
        """The words of all texts."""
        return words_in(self.whole)

    @cached_property
    def gist(self) -> str:
        """The gist of all texts."""
        return gist(self.whole)

    def having(self, may_have: Callable[[str], bool]) -> Iterator[tuple[Place, str]]:
        """The texts that may have something, by a test that is quick: of all of them first."""
        if may_have(self.whole):
            yield from (text for text in self.texts if may_have(text[1]))


class Texts(Protocol):
    """What rules of texts look at: a role, or all texts of the site that are no role's."""

    def prose(self) -> tuple[Prose, ...]:
        """Every text."""

    @property
    def writing(self) -> Writing:
        """Every text as written."""

    def records(self) -> Iterator[tuple[Place, str]]:
        """The address of every source, tool and measure."""

    @property
    def style(self) -> Style:
        """The house style."""


@dataclass(frozen=True)
class RoleSubject:
    """One role and the tables around it. What depends on the day is a rule of the site."""

    parsed: ParsedRole
    tables: Tables

    @property
    def role(self) -> Role:
        """The role's record; keys in `parsed.flawed` hold blanks."""
        return self.parsed.role

    @property
    def place(self) -> Place:
        """Where the role's record is."""
        return self.parsed.place

    def prose(self) -> tuple[Prose, ...]:
        """Every text of the role."""
        return self.parsed.texts

    @cached_property
    def writing(self) -> Writing:
        """Every text of the role as written; its title is the trade's own."""
        return Writing(tuple(self._writing()))

    def _writing(self) -> Iterator[tuple[Place, str]]:
        at, role = self.place.at, self.role
        yield at("summary"), role.summary
        for place, _, text in self.parsed.texts:
            yield place, text
        for kind, tasks in (("at_risk", role.at_risk), ("durable", role.durable)):
            for index, task in enumerate(tasks):
                yield at(kind, index, "task"), task.task
        for index, step in enumerate(role.steps):
            yield at("steps", index, "do"), step.do

    def records(self) -> Iterator[tuple[Place, str]]:
        """The addresses of the role's own sources."""
        for index, source in enumerate(self.role.sources):
            if isinstance(source, Source):
                yield self.place.at("sources", index, "url"), source.url

    @property
    def style(self) -> Style:
        """The house style."""
        return self.tables.style

    def sound(self, *keys: str) -> bool:
        """Whether these keys of the record, or NARRATIVE, could be read: what only follows is not reported."""
        return self.parsed.flawed.isdisjoint(keys)


@dataclass(frozen=True)
class SiteSubject:
    """The site with all its roles, drafts and waiting ones included.

    The roles are in the order of their files, drafts last: of two that are in each other's way, a
    draft is the one that has to yield. `names` are the slugs of all roles that are written at all;
    when `whole` is false there may be more. `unread` are the addresses of pages that are written,
    but not sound enough to be assembled, `muted` those of roles of which some texts could not be read.
    `alike` are the roles that say the same. Rules that have to show more of them may read a role's
    texts again, and ask on which line (1-based) a place is.
    """

    site: Site
    roles: tuple[RoleFacts, ...]
    names: frozenset[str]
    whole: bool
    unread: frozenset[str]
    muted: frozenset[str]
    alike: tuple[Alike, ...]
    texts_of: Callable[[RoleFacts], tuple[Prose, ...]]
    line_of: Callable[[Place], int]

    @property
    def out(self) -> tuple[RoleFacts, ...]:
        """The roles that this build would publish."""
        return self.site.roles

    def prose(self) -> tuple[Prose, ...]:
        """Every text that is no role's with its place and its Markdown."""
        return tuple((text.place, text.fragment, text.source) for text in self.site.texts)

    @property
    def settled(self) -> bool:
        """Whether site.yaml could be read whole: else its thresholds may be stand-ins."""
        return "content/site.yaml" not in self.site.tables.partial

    @cached_property
    def writing(self) -> Writing:
        """Every text that is no role's as written, and the narrative that roles share."""
        return Writing(tuple(self._writing()))

    def _writing(self) -> Iterator[tuple[Place, str]]:
        tables = self.site.tables
        for place, _, text in self.prose():
            yield place, text
        for stem, text in tables.shared_narrative.items():
            yield Place(f"content/article/{stem}.md", line=1, column=1), text
        for id_, category in tables.categories.items():
            yield Place("content/categories.yaml", (id_, "summary")), category.summary
        for name, tool in tables.tools.items():
            yield Place("content/tools.yaml", (name, "summary")), tool.summary
        for page in self.site.pages:
            yield Place(page.place.path, ("summary",)), page.head.summary

    def records(self) -> Iterator[tuple[Place, str]]:
        """The addresses of the tools, the shared sources and the measures."""
        return records_of(self.site.tables)

    @property
    def style(self) -> Style:
        """The house style."""
        return self.site.tables.style

    def used_categories(self) -> set[str]:
        """The categories that roles are in, as written."""
        return {role.category for role in self.roles}

    def used_tools(self) -> set[str]:
        """The tools that roles use, by their present names; unknown ones as written."""
        tables = self.site.tables
        written = {name for role in self.roles for name in role.tools_as_written}
        former = {name: tables.former_tool(name) for name in written - tables.tools.keys()}
        return {tool.name if (tool := former.get(name)) else name for name in written}

    def may_come(self, url: str) -> bool:
        """Whether there may be a page at an address, once what is broken is repaired."""
        folder, _, name = url.strip("/").partition("/")
        broken = self.names - {role.slug for role in self.roles}
        if url in self.unread or (folder == "roles" and name in broken):
            return True
        tables = self.site.tables
        unknown: dict[str, frozenset[str] | set[str]] = {
            "roles": frozenset(),
            "categories": broken | (self.used_categories() - tables.categories.keys()),
            "tools": broken | (self.used_tools() - tables.tools.keys()),
        }
        return folder in unknown and (not self.whole or bool(unknown[folder]))


def absolute(place: Place, role: RoleFacts) -> Place:
    """A place that is given from the role's record on, from the file's beginning on."""
    if place.path != role.place.path or not place.keys:
        return place
    return Place(place.path, role.place.keys + place.keys, needle=place.needle, nth=place.nth)


def records_of(tables: Tables) -> Iterator[tuple[Place, str]]:
    """The addresses of the tools, the shared sources and the measures."""
    for name, tool in tables.tools.items():
        yield Place("content/tools.yaml", (name, "url")), tool.url
    for id_, source in tables.sources.items():
        yield Place("content/sources.yaml", (id_, "url")), source.url
    for id_, measure in tables.measures.items():
        yield Place("content/measures.yaml", (id_, "source", "url")), measure.source.url
