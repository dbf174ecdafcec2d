"""The contexts of the pages that list roles: home, all roles, hubs, tools, rankings, data."""

import datetime

from msgspec import Struct

from rolerisk.model.context import Head, NavLink, Pager, Shell
from rolerisk.model.site import RoleCard, TaskCard


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


class DataColumn(Struct, frozen=True):
    """A column of the published data; the figures of others have a licence of their own."""

    name: str
    meaning: str
    licence: str = ""


class DataPage(Struct, frozen=True):
    """The open data: files, columns, licence."""

    shell: Shell
    head: Head
    columns: tuple[DataColumn, ...]
    count: int
    modified: datetime.date
    version: int
