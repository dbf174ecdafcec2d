"""What each kind of output may see: its context is its dependency list.

A template gets one of these and nothing else: no site, no clock, no environment. Every field is a
part of the output's key, so whatever a template shows, a change of it makes the output stale.
Here the frame of all pages, the role page and the text page; lists.py and files.py have the rest.
"""

import datetime

from msgspec import Struct

from rolerisk.model.article import Article, ArticleRef
from rolerisk.model.config import CallsToAction, Licence, Publisher
from rolerisk.model.site import RelatedRole


class NavLink(Struct, frozen=True):
    """A link of the site's frame; `url` is root-relative, without the base URL's path."""

    label: str
    url: str


class Search(Struct, frozen=True):
    """The search: a module waits on every page; another and its styles load on the first use."""

    opener: str
    finder: str
    styles: str


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


class Pager(Struct, frozen=True):
    """Where a page stands among the pages of a long list; `urls` are all of them, in order."""

    number: int
    urls: tuple[str, ...]


class TextPage(Struct, frozen=True):
    """A page of content/pages/."""

    shell: Shell
    head: Head
    heading: str
    html: str
    updated: datetime.date
