"""What each kind of output may see: its context is its dependency list.

A template gets one of these and nothing else: no site, no clock, no environment. Every field is a
part of the output's key, so whatever a template shows, a change of it makes the output stale.
"""

import datetime

from msgspec import Struct

from rolerisk.model.article import Article, ArticleRef, PastScoreShown, SourceShown
from rolerisk.model.config import CallsToAction, Licence, Publisher
from rolerisk.model.site import RelatedRole, RoleCard, StepCard, TaskCard, ToolCard


class NavLink(Struct, frozen=True):
    """A link of the site's frame; `url` is root-relative, without the base URL's path."""

    label: str
    url: str


class Search(Struct, frozen=True):
    """The search's modules: one waits on every page, the other is loaded when it is first used."""

    opener: str
    finder: str


class Shell(Struct, frozen=True):
    """The frame around every page. `base` is the base URL's path, `base_url` has no slash at the end."""

    name: str
    base: str
    base_url: str
    language: str
    publisher: Publisher
    css: str
    theme_color: str
    share_image: str
    navigation: tuple[NavLink, ...]
    footer: tuple[NavLink, ...]
    licence: Licence
    score_name: str
    noindex: bool
    methodology: str
    policy: str
    search: Search | None = None


class Crumb(Struct, frozen=True):
    """One step of the way from the home page."""

    label: str
    url: str


class Head(Struct, frozen=True):
    """A page's head; `crumbs` end with the page itself.

    `styles` is the CSS that this kind of page needs besides the shell's; `scripts` are the
    root-relative URLs of its modules, without the base URL's path.
    """

    title: str
    description: str
    url: str
    crumbs: tuple[Crumb, ...] = ()
    noindex: bool = False
    article: bool = False
    styles: str = ""
    scripts: tuple[str, ...] = ()


class BandSpan(Struct, frozen=True):
    """A band with the scores that it spans."""

    id: str
    name: str
    low: int
    high: int


class Standing(Struct, frozen=True):
    """Where an occupation's figure stands among those of all occupations.

    `heights` are the bins' counts in percent of the fullest one, `at` is the figure's place on the
    scale in percent, `above` of `total` occupations have a lower figure.
    """

    measure: str
    low: str
    high: str
    heights: tuple[int, ...]
    at: int
    above: int
    total: int


class RolePage(Struct, frozen=True):
    """One role's article; it is brought from where it is kept just before it is rendered."""

    shell: Shell
    head: Head
    article: Article | ArticleRef
    related: tuple[RelatedRole, ...]
    calls: CallsToAction
    bands: tuple[BandSpan, ...]
    standings: tuple[Standing, ...]
    report_url: str


class CategoryCard(Struct, frozen=True):
    """A category as lists show it."""

    name: str
    url: str
    summary: str
    roles: tuple[RoleCard, ...]
    count: int


class BandCount(Struct, frozen=True):
    """A band with the scores it spans and how many roles are in it."""

    id: str
    name: str
    low: int
    high: int
    count: int


class Bar(Struct, frozen=True):
    """A part of a histogram's bar, in percent of the drawing; `count` is how many roles it stands for."""

    x: float
    y: float
    width: float
    height: float
    band: str
    count: int


class Histogram(Struct, frozen=True):
    """How scores are spread: bars of five points each, the bands below them, the median."""

    bars: tuple[Bar, ...]
    bands: tuple[BandCount, ...]
    median: str
    middle: float
    count: int


class CategorySpread(Struct, frozen=True):
    """The scores of a category's roles."""

    name: str
    url: str
    count: int
    median: str
    lowest: RoleCard
    highest: RoleCard


class HomePage(Struct, frozen=True):
    """The home page: the scores at a glance, the categories with their most and least exposed roles."""

    shell: Shell
    head: Head
    summary: str
    categories: tuple[CategoryCard, ...]
    spread_of: Histogram
    count: int


class RoleRow(Struct, frozen=True):
    """A role in the table of all roles."""

    card: RoleCard
    category: str
    category_url: str
    updated: datetime.date
    also_called: tuple[str, ...] = ()
    jobs: int | None = None


class Tile(Struct, frozen=True):
    """A role in the picture of all roles; `lines` is as much of its title as the box has room for."""

    card: RoleCard
    jobs: int | None
    x: float
    y: float
    width: float
    height: float
    top: float
    lines: tuple[str, ...]
    scored: bool


class TileGroup(Struct, frozen=True):
    """A category in the picture of all roles; without a label when there is no room for it."""

    x: float
    y: float
    width: float
    height: float
    label: str
    tiles: tuple[Tile, ...]


class Treemap(Struct, frozen=True):
    """The picture of all roles at one size."""

    width: int
    height: int
    groups: tuple[TileGroup, ...]


class Picture(Struct, frozen=True):
    """The picture of all roles for wide and for narrow screens, and what its areas say."""

    wide: Treemap
    tall: Treemap
    count: int
    unknown: int
    shared: int
    attribution: str


class Pager(Struct, frozen=True):
    """Where a page stands among the pages of a long list; `urls` are all of them, in order."""

    number: int
    urls: tuple[str, ...]


class RolesPage(Struct, frozen=True):
    """All roles, or 500 of them."""

    shell: Shell
    head: Head
    rows: tuple[RoleRow, ...]
    count: int
    pager: Pager
    picture: Picture | None = None
    bands: tuple[BandCount, ...] = ()
    attribution: str = ""


class HubPage(Struct, frozen=True):
    """A category: what its roles have in common, and the roles, the highest score first."""

    shell: Shell
    head: Head
    name: str
    intro_html: str
    roles: tuple[RoleCard, ...]
    count: int
    pager: Pager
    spread_of: Histogram
    spread: CategorySpread


class RoleOption(Struct, frozen=True):
    """A role in a list to choose from."""

    slug: str
    title: str


class ComparePage(Struct, frozen=True):
    """Two or three roles side by side; a script fetches what they say."""

    shell: Shell
    head: Head
    roles: tuple[RoleOption, ...]


class ToolUseCard(Struct, frozen=True):
    """A role that uses a tool, with its tasks at risk."""

    card: RoleCard
    at_risk: tuple[TaskCard, ...]


class ToolExposure(Struct, frozen=True):
    """A task of a role that uses a tool."""

    task: TaskCard
    role: RoleCard


class ToolPage(Struct, frozen=True):
    """An AI tool and the roles it is used in."""

    shell: Shell
    head: Head
    name: str
    maker: str
    kind: str
    website: str
    status: str
    note: str
    formerly: tuple[str, ...]
    about_html: str
    updated: datetime.date
    roles: tuple[ToolUseCard, ...]
    count: int
    exposures: tuple[ToolExposure, ...] = ()


class ToolRow(Struct, frozen=True):
    """A tool in the list of all tools."""

    name: str
    url: str
    maker: str
    kind: str
    summary: str
    status: str
    roles: int


class ToolsPage(Struct, frozen=True):
    """All tools."""

    shell: Shell
    head: Head
    tools: tuple[ToolRow, ...]


class RankingPage(Struct, frozen=True):
    """The roles at one end of the scores; `position` counts from 1."""

    shell: Shell
    head: Head
    heading: str
    intro: str
    roles: tuple[RoleCard, ...]
    count: int
    other: NavLink
    spread_of: Histogram
    categories: tuple[CategorySpread, ...]


class TextPage(Struct, frozen=True):
    """A page of content/pages/."""

    shell: Shell
    head: Head
    heading: str
    html: str
    updated: datetime.date


class DataColumn(Struct, frozen=True):
    """A column of the published data."""

    name: str
    meaning: str


class DataPage(Struct, frozen=True):
    """The open data: files, columns, licence."""

    shell: Shell
    head: Head
    columns: tuple[DataColumn, ...]
    count: int
    modified: datetime.date
    version: int


class RedirectStub(Struct, frozen=True):
    """A page that leads on, for hosts without redirect rules."""

    permalink: str
    title: str


class SitemapEntry(Struct, frozen=True):
    """An address and the day its content last changed."""

    loc: str
    lastmod: datetime.date | None


class Sitemap(Struct, frozen=True):
    """A sitemap, or (`index`) the list of sitemaps."""

    entries: tuple[SitemapEntry, ...]
    index: bool = False


class FeedEntry(Struct, frozen=True):
    """A role in the feed."""

    title: str
    permalink: str
    summary: str
    published: datetime.date
    updated: datetime.date


class Feed(Struct, frozen=True):
    """The Atom feed of the roles that changed last."""

    title: str
    subtitle: str
    base_url: str
    author: str
    updated: datetime.date
    entries: tuple[FeedEntry, ...]


class LlmsLink(Struct, frozen=True):
    """A line of llms.txt."""

    title: str
    permalink: str
    summary: str


class Llms(Struct, frozen=True):
    """llms.txt: the site in a page of Markdown."""

    name: str
    summary: str
    licence: Licence
    sections: tuple[tuple[str, tuple[LlmsLink, ...]], ...]


class Lines(Struct, frozen=True):
    """A text file, line by line."""

    lines: tuple[str, ...]


class WebManifest(Struct, frozen=True):
    """site.webmanifest."""

    name: str
    base: str
    theme_color: str
    icons: tuple[tuple[str, str], ...]


class Verbatim(Struct, frozen=True):
    """A file that is published as it is."""

    data: bytes


class RoleData(Struct, frozen=True):
    """What index.json says of one role."""

    base_url: str
    article: Article | ArticleRef
    related: tuple[str, ...]


class RoleRecord(Struct, frozen=True):
    """What roles.json and roles.csv say of one role: its record without the prose."""

    card: RoleCard
    noun: str
    category: str
    soc: str
    also_called: tuple[str, ...]
    summary: str
    tools: tuple[ToolCard, ...]
    at_risk: tuple[TaskCard, ...]
    durable: tuple[TaskCard, ...]
    steps: tuple[StepCard, ...]
    sources: tuple[SourceShown, ...]
    figures: dict[str, float]
    history: tuple[PastScoreShown, ...]
    related: tuple[str, ...]
    published: datetime.date
    updated: datetime.date
    reviewed: datetime.date


class AllRoles(Struct, frozen=True):
    """The data of all roles; `measures` are the columns of the table after the fixed ones."""

    base_url: str
    measures: tuple[str, ...]
    roles: tuple[RoleRecord, ...]
