"""What all pages have: the frame around them, and their heads."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

import msgspec
from msgspec import Struct

from rolerisk.model.config import Config
from rolerisk.model.content import Category
from rolerisk.model.context import Crumb, Head, NavLink, Pager, Search, Shell
from rolerisk.model.site import Distribution, Site
from rolerisk.plan.drawings import share_image
from rolerisk.text.address import base_path

PAGE_SIZE = 500
HOME = Crumb("Home", "/")
ROLES = Crumb("All roles", "/roles/")
_Item = TypeVar("_Item")


class Common(Struct, frozen=True):
    """What of a site every page may use, besides the roles. `scripts` are the assets' URLs by name."""

    shell: Shell
    config: Config
    categories: dict[str, Category]
    distributions: dict[str, Distribution]
    styles: dict[str, str]
    scripts: dict[str, str]


def common_of(site: Site) -> Common:
    """What all pages of a site share."""
    return Common(
        shell_of(site),
        site.config,
        site.tables.categories,
        site.distributions,
        site.styles,
        {name: asset.url for name, asset in site.assets.items()},
    )


def shell_of(site: Site) -> Shell:
    """The frame around every page of a site."""
    config = site.config
    pages = {page.stem: page for page in site.pages}
    order = ("methodology", "about", "editorial-policy", "corrections", "privacy")
    listed = [pages[stem] for stem in order if stem in pages]
    listed += [p for p in site.pages if p.stem not in order and p.stem != "404"]
    search = _search(site)
    return Shell(
        name=config.name,
        base=base_path(config.base_url),
        base_url=config.base_url,
        language=config.language,
        publisher=config.publisher,
        css=site.styles.get("site.css", ""),
        theme_color=config.theme_color,
        share_image=share_image(config),
        navigation=(
            NavLink("All roles", "/roles/"),
            NavLink("Rankings", "/rankings/most-exposed/"),
            NavLink("Compare", "/compare/"),
            NavLink("AI tools", "/tools/"),
            *(NavLink("How we score", page.url) for page in listed if page.stem == "methodology"),
        ),
        footer=(
            *(NavLink(page.head.title, page.url) for page in listed),
            NavLink("Open data", "/data/"),
            NavLink("Feed", "/feed.xml"),
        ),
        licence=config.data_licence,
        score_name=config.score.name,
        noindex=site.preview,
        methodology=pages["methodology"].url if "methodology" in pages else "",
        policy=pages["editorial-policy"].url if "editorial-policy" in pages else "",
        search=search,
    )


def _search(site: Site) -> Search | None:
    if not site.config.features.search:
        return None
    return Search(
        site.assets["search.js"].url, site.assets["find.js"].url, site.assets["find.css"].url
    )


def head(
    title: str, description: str, *crumbs: Crumb, noindex: bool = False, article: bool = False
) -> Head:
    """A page's head; the last crumb is the page itself."""
    return Head(title, description, crumbs[-1].url, crumbs, noindex, article)


def dressed(
    common: Common, plain: Head, styles: tuple[str, ...] = (), scripts: tuple[str, ...] = ()
) -> Head:
    """A head with the style sheets and the modules that its kind of page needs, by their names."""
    css = "".join(common.styles.get(name, "") for name in styles)
    urls = tuple(common.scripts[name] for name in scripts if name in common.scripts)
    return msgspec.structs.replace(plain, styles=css, scripts=urls)


def style_of(common: Common, name: str) -> str:
    """What the style element of pages with this style sheet holds."""
    return common.shell.css + common.styles.get(name, "")


def paged(items: Iterable[_Item], url: str) -> Iterator[tuple[Pager, str, tuple[_Item, ...]]]:
    """A long list cut into pages of 500: pager, root-relative URL and items of each."""
    rest = iter(items)
    pages = list(iter(lambda: tuple(islice(rest, PAGE_SIZE)), ())) or [()]
    urls = tuple(
        url if number == 1 else f"{url}page-{number}/" for number in range(1, len(pages) + 1)
    )
    for number, (page_url, page) in enumerate(zip(urls, pages, strict=True), 1):
        yield Pager(number, urls), page_url, page


def output_path(url: str) -> str:
    """The file below the output folder that a root-relative URL is served from."""
    return url.lstrip("/") + ("index.html" if url.endswith("/") else "")
