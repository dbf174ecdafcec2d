"""Every address of the site and the anchors on its pages, for the rules that resolve links."""

from collections.abc import Iterable

from rolerisk.model.site import Asset, Hub, Page, RoleFacts, ToolRoles

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


def anchors(roles: Iterable[RoleFacts]) -> dict[str, tuple[str, ...]]:
    """The ids that links may lead to, by page."""
    return {role.card.url: ROLE_ANCHORS + role.anchors for role in roles}
