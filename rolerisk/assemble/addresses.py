"""Every address of the site, who has it, and the anchors on its pages: for the rules on links."""

from collections.abc import Iterable, Iterator

from rolerisk.assemble.article import role_url, tool_url
from rolerisk.model.site import Asset, Claim, Hub, Page, RoleFacts, Tables, ToolRoles
from rolerisk.problem import Place

# The sections that every role page has, by their ids, in the page's order.
ROLE_ANCHORS = (
    "introduction",
    "current-state",
    "tasks-at-risk",
    "durable",
    "score",
    "steps",
    "path-forward",
    "sources",
    "related",
)
_ROLE_FILES = ("", "index.json", "index.md", "card.png", "badge.svg")
_FIXED = (
    "/",
    "/roles/",
    "/tools/",
    "/data/",
    "/compare/",
    "/rankings/most-exposed/",
    "/rankings/most-durable/",
)
_FILES = (
    "/feed.xml",
    "/sitemap.xml",
    "/robots.txt",
    "/llms.txt",
    "/data/roles.json",
    "/data/roles.csv",
)
_KEPT = ("/site.webmanifest", "/_headers", "/_redirects", "/_gone", "/.nojekyll")


def addresses(
    roles: Iterable[RoleFacts],
    hubs: Iterable[Hub],
    tools: Iterable[ToolRoles],
    pages: Iterable[Page],
    assets: Iterable[Asset],
) -> frozenset[str]:
    """The root-relative URLs that a text of the site may link to (later pages of lists aside)."""
    urls = [*_FIXED, *_FILES]
    urls += [role.card.url for role in roles]
    urls += [hub.url for hub in hubs]
    urls += [tool.url for tool in tools]
    urls += [page.url for page in pages]
    urls += [asset.url for asset in assets]
    return frozenset(urls)


def claims(tables: Tables, roles: tuple[RoleFacts, ...], pages: Iterable[Page]) -> Iterator[Claim]:
    """Who has which address; a file of the site's own, a role or a category comes first.

    Two roles with one slug, and the slugs among aliases, are looked at by rules of their own.
    """
    yield from (
        Claim(url, "a list or file of the site's own") for url in (*_FIXED, *_FILES, *_KEPT)
    )
    by_url = {role.card.url: role for role in roles}
    for url, role in by_url.items():
        yield from (Claim(url + file, f"the role {role.card.title}") for file in _ROLE_FILES)
    for id_, category in tables.categories.items():
        yield Claim(f"/categories/{id_}/", f"the category {category.name}")
    for name in filter(None, tables.tools):
        yield Claim(tool_url(name), f"the tool {name}", Place("content/tools.yaml", (name, "name")))
    for page in pages:
        yield Claim(page.url, f"the page {page.place.path}", Place(page.place.path))
    aliases = {role_url(alias): role for role in roles for alias in role.aliases}
    for url in aliases.keys() - by_url.keys():
        yield Claim(url, f"an alias of the role {aliases[url].card.title}")
    for index, moved in enumerate(tables.config.moved):
        place = Place("content/site.yaml", ("moved", index, "from"))
        yield Claim(moved.from_, f"a redirect to {moved.to}", place)
    for index, gone in enumerate(tables.config.gone):
        yield Claim(gone, f"the gone address {gone}", Place("content/site.yaml", ("gone", index)))


def anchors(roles: Iterable[RoleFacts]) -> dict[str, tuple[str, ...]]:
    """The ids that links may lead to, by page."""
    return {role.card.url: ROLE_ANCHORS + role.anchors for role in roles}
