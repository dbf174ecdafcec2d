"""The whole site as assemble makes it: what all roles together say, without any role's long texts."""

import datetime

from msgspec import Struct

from rolerisk.model.article import ArticleRef, PastScoreShown, SourceShown
from rolerisk.model.config import Config
from rolerisk.model.content import Category, Measure, Occupation, PageHead, Source, Tool
from rolerisk.model.fragment import Fragment
from rolerisk.model.neighbours import Neighbours
from rolerisk.model.style import Style
from rolerisk.problem import Place, Problem


class Tables(Struct, frozen=True):
    """Everything that editors write around the roles, typed; by id or by name.

    `partial` holds the paths of the files that could not be read whole: what they may define is
    not reported as unknown.
    """

    config: Config
    categories: dict[str, Category]
    tools: dict[str, Tool]
    sources: dict[str, Source]
    measures: dict[str, Measure]
    occupations: dict[str, Occupation]
    shared_narrative: dict[str, str]
    partial: frozenset[str]
    style: Style = Style()
    digest: str = ""

    def former_tool(self, name: str) -> Tool | None:
        """The tool that used to be called so."""
        return next((tool for tool in self.tools.values() if name in tool.formerly), None)


class RoleCard(Struct, frozen=True, array_like=True):
    """A role as lists show it."""

    slug: str
    url: str
    title: str
    plural: str
    score: int
    low: int
    high: int
    band: str
    band_name: str
    confidence: str


class TaskCard(Struct, frozen=True, array_like=True):
    """A task as lists show it."""

    task: str
    share: int
    low: int
    high: int


class StepCard(Struct, frozen=True, array_like=True):
    """A step as data show it: without how."""

    do: str
    effort: str
    task: str


class ToolCard(Struct, frozen=True, array_like=True):
    """A tool as data show it; `url` is that of its page."""

    name: str
    url: str


class RoleDetails(Struct, frozen=True, array_like=True):
    """What of a role only the data of all roles show."""

    tools: tuple[ToolCard, ...]
    steps: tuple[StepCard, ...]
    sources: tuple[SourceShown, ...]


class Link(Struct, frozen=True, array_like=True):
    """A link inside the site, as written, and where; in a record, from the record on."""

    target: str
    place: Place


class Words(Struct, frozen=True, array_like=True):
    """How many words a role's page says, and how many of them are the role's own."""

    own: int
    page: int


class RoleFacts(Struct, frozen=True, array_like=True):
    """What other pages say of a role, and what the rules compare between roles.

    `details` are encoded RoleDetails: as values they are a third of the facts, and one file needs them.
    `unwritten` means that a text still has a TODO; `sample` are some of the shingles of its texts.
    `digest` is that of all facts but of where they are written and kept, which changes when others
    come and go.
    """

    card: RoleCard
    place: Place
    category: str
    soc: str
    summary: str
    page_title: str
    noun: str
    also_called: tuple[str, ...]
    tools: tuple[str, ...]
    tools_as_written: tuple[str, ...]
    at_risk: tuple[TaskCard, ...]
    durable: tuple[TaskCard, ...]
    details: bytes
    history: tuple[PastScoreShown, ...]
    published: datetime.date
    updated: datetime.date
    reviewed: datetime.date
    draft: bool
    related: tuple[str, ...] | None
    aliases: tuple[str, ...]
    links: tuple[Link, ...]
    anchors: tuple[str, ...]
    sources: tuple[str, ...]
    figures: dict[str, float]
    flawed: frozenset[str]
    words: Words
    unwritten: bool
    texts_digest: str
    sample: bytes
    article: ArticleRef
    digest: str

    @property
    def slug(self) -> str:
        """The role's slug."""
        return self.card.slug


class Reading(Struct, frozen=True, array_like=True):
    """What came of one role when it was read: its facts, when it has a score, and its problems."""

    slug: str
    slug_is_sound: bool
    draft: bool
    facts: RoleFacts | None
    problems: tuple[Problem, ...]


class Page(Struct, frozen=True):
    """One page of content/pages/, converted."""

    stem: str
    url: str
    head: PageHead
    fragment: Fragment
    place: Place


class Text(Struct, frozen=True):
    """A converted text that is no role's: where it is written, and on which page it stands."""

    place: Place
    url: str
    fragment: Fragment
    source: str
    links: tuple[Link, ...]


class Claim(Struct, frozen=True):
    """Who has an address: what is there, and the place that says so, when editors do."""

    url: str
    what: str
    place: Place | None = None


class RelatedRole(Struct, frozen=True):
    """A neighbour of a role, with what the two have in common."""

    card: RoleCard
    shared_tasks: tuple[str, ...]
    shared_tools: tuple[str, ...]


class ToolRoles(Struct, frozen=True):
    """A tool and the roles that use it, the most exposed first."""

    tool: Tool
    slug: str
    url: str
    about_html: str
    roles: tuple[RoleFacts, ...]


class Hub(Struct, frozen=True):
    """A category and its roles, the highest score first."""

    category: Category
    url: str
    intro_html: str
    roles: tuple[RoleFacts, ...]


class Asset(Struct, frozen=True):
    """A file that is published as it is; the URL of a fingerprinted one changes with its bytes."""

    name: str
    url: str
    digest: str
    data: bytes


class Distribution(Struct, frozen=True):
    """How a measure's figures spread over all occupations: counts in bins of equal width."""

    measure: str
    low: float
    high: float
    counts: tuple[int, ...]
    figures: tuple[float, ...]


class Site(Struct, frozen=True):
    """All pages to be, and what they share. Roles are in the order of their slugs."""

    tables: Tables
    today: datetime.date
    preview: bool
    roles: tuple[RoleFacts, ...]
    drafts: tuple[RoleFacts, ...]
    waiting: tuple[RoleFacts, ...]
    hubs: tuple[Hub, ...]
    tools: tuple[ToolRoles, ...]
    ranked: tuple[RoleFacts, ...]
    neighbours: Neighbours
    related: dict[str, tuple[RelatedRole, ...]]
    pages: tuple[Page, ...]
    redirects: dict[str, str]
    distributions: dict[str, Distribution]
    assets: dict[str, Asset]
    styles: dict[str, str]
    texts: tuple[Text, ...]
    urls: frozenset[str]
    claims: tuple[Claim, ...]
    anchors: dict[str, tuple[str, ...]]

    @property
    def config(self) -> Config:
        """The site's settings, with what the command line overrides."""
        return self.tables.config
