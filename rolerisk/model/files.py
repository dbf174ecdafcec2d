"""The contexts of what machines read: redirects, sitemap, feed, data, and files as they are."""

import datetime

from msgspec import Struct

from rolerisk.model.article import Article, ArticleRef, PastScoreShown
from rolerisk.model.config import Licence
from rolerisk.model.site import RoleCard, TaskCard


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
    """What roles.json and roles.csv say of one role: its record without the prose.

    `details` are encoded RoleDetails.
    """

    card: RoleCard
    noun: str
    category: str
    soc: str
    also_called: tuple[str, ...]
    summary: str
    at_risk: tuple[TaskCard, ...]
    durable: tuple[TaskCard, ...]
    details: bytes
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
