"""The files for machines: sitemap, feed, robots, llms.txt, manifest, headers, redirects, data."""

import datetime
from collections.abc import Iterator

from rolerisk.model.config import Config
from rolerisk.model.context import Shell
from rolerisk.model.files import (
    AllRoles,
    Feed,
    FeedEntry,
    Lines,
    Llms,
    LlmsLink,
    RoleRecord,
    Sitemap,
    SitemapEntry,
    WebManifest,
)
from rolerisk.model.output import Output
from rolerisk.model.site import RoleFacts, Site
from rolerisk.plan.shell import paged
from rolerisk.plan.tools import FEW_ROLES

SITEMAP_MAX = 50_000
_RANKINGS = ("/rankings/most-exposed/", "/rankings/most-durable/")
_FEED_SIZE = 50
_TRAINERS = (
    "GPTBot",
    "ClaudeBot",
    "Google-Extended",
    "CCBot",
    "Applebot-Extended",
    "Bytespider",
    "meta-externalagent",
)


def files(site: Site, shell: Shell) -> Iterator[Output]:
    """Every file that no person reads as a page."""
    yield from _sitemaps(site)
    yield Output("robots.txt", "lines.txt", Lines(_robots(site)))
    yield Output("feed.xml", "feed.xml", _feed(site))
    yield Output("llms.txt", "llms.txt", _llms(site))
    yield Output("site.webmanifest", "manifest.json", _manifest(site, shell))
    if site.config.redirects == "rules":
        rules = tuple(
            f"{shell.base}{old} {shell.base}{new} 301" for old, new in site.redirects.items()
        )
        yield Output("_redirects", "lines.txt", Lines(rules))
    if site.config.gone:  # apart from _redirects: most hosts that read that know no 410
        lines = Lines(tuple(shell.base + address for address in site.config.gone))
        yield Output("_gone", "lines.txt", lines)
    yield Output(".nojekyll", "lines.txt", Lines(()))
    if site.config.indexnow_key:
        yield Output(
            f"{site.config.indexnow_key}.txt", "lines.txt", Lines((site.config.indexnow_key,))
        )
    if site.config.security_contact and site.config.security_expires:
        yield Output(".well-known/security.txt", "lines.txt", Lines(_security(site.config)))
    records = tuple(_record(site, role) for role in site.roles)
    data = AllRoles(site.config.base_url, tuple(site.tables.measures), records)
    yield Output("data/roles.json", "roles.json", data)
    yield Output("data/roles.csv", "roles.csv", data)


def sitemap_entries(site: Site) -> Iterator[SitemapEntry]:
    """Every address that search engines may list, with the day its content last changed."""
    newest = max((role.updated for role in site.roles), default=None)
    by_slug = {role.slug: role for role in site.roles}
    base = site.config.base_url

    def entry(url: str, lastmod: datetime.date | None) -> SitemapEntry:
        return SitemapEntry(base + url, lastmod)

    yield entry("/", newest)
    for role in by_slug.values():
        yield entry(role.card.url, role.updated)
    for url, roles in (("/roles/", site.roles), *((hub.url, hub.roles) for hub in site.hubs)):
        for _, page_url, members in paged(roles, url):
            yield entry(page_url, max((role.updated for role in members), default=None))
    for url in (*_RANKINGS, "/compare/", "/tools/", "/data/"):
        yield entry(url, newest)
    for tool in site.tools:
        if len(tool.roles) >= FEW_ROLES:
            yield entry(tool.url, max(tool.tool.updated, *(role.updated for role in tool.roles)))
    for page in site.pages:
        if page.stem != "404":
            yield entry(page.url, page.head.updated)


def _sitemaps(site: Site) -> Iterator[Output]:
    entries = () if site.preview else tuple(sitemap_entries(site))
    if len(entries) <= SITEMAP_MAX:
        yield Output("sitemap.xml", "sitemap.xml", Sitemap(entries))
        return
    parts = [entries[i : i + SITEMAP_MAX] for i in range(0, len(entries), SITEMAP_MAX)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield Output(name, "sitemap.xml", Sitemap(part))
    index = tuple(SitemapEntry(f"{site.config.base_url}/{name}", None) for name in names)
    yield Output("sitemap.xml", "sitemap.xml", Sitemap(index, index=True))


def _robots(site: Site) -> tuple[str, ...]:
    if site.preview or site.config.crawlers == "closed":
        return ("User-agent: *", "Disallow: /")
    trainers = [line for bot in _TRAINERS for line in (f"User-agent: {bot}", "Disallow: /", "")]
    refused = trainers if site.config.crawlers == "search-only" else []
    return (
        *refused,
        "User-agent: *",
        "Allow: /",
        "",
        f"Sitemap: {site.config.base_url}/sitemap.xml",
    )


def _feed(site: Site) -> Feed:
    latest = sorted(site.roles, key=lambda role: (-role.updated.toordinal(), role.slug))[
        :_FEED_SIZE
    ]
    config = site.config
    entries = tuple(
        FeedEntry(r.page_title, config.base_url + r.card.url, r.summary, r.published, r.updated)
        for r in latest
    )
    updated = latest[0].updated if latest else datetime.date(2000, 1, 1)
    return Feed(
        config.name, config.summary, config.base_url, config.publisher.name, updated, entries
    )


def _llms(site: Site) -> Llms:
    base = site.config.base_url
    hubs = tuple(
        (
            hub.category.name,
            tuple(
                LlmsLink(
                    f"Will AI replace {r.card.plural}? {r.card.score}/100",
                    base + r.card.url,
                    r.summary,
                )
                for r in hub.roles[:100]
            ),
        )
        for hub in site.hubs
    )
    about = tuple(
        LlmsLink(page.head.title, base + page.url, page.head.summary)
        for page in site.pages
        if page.stem != "404"
    )
    data = LlmsLink("Open data", f"{base}/data/", "All scores and tasks as JSON and CSV.")
    return Llms(
        site.config.name,
        site.config.summary,
        site.config.data_licence,
        (*hubs, ("About", (*about, data))),
    )


def _manifest(site: Site, shell: Shell) -> WebManifest:
    icons = tuple((site.assets[name].url, size) for name, size in _ICONS if name in site.assets)
    return WebManifest(site.config.name, shell.base, site.config.theme_color, icons)


_ICONS = (("favicon.svg", "any"), ("icon-192.png", "192x192"), ("icon-512.png", "512x512"))


def _security(config: Config) -> tuple[str, ...]:
    """RFC 9116."""
    return (
        f"Contact: {config.security_contact}",
        f"Expires: {config.security_expires}T00:00:00Z",
        f"Preferred-Languages: {config.language.partition('-')[0]}",
        f"Canonical: {config.base_url}/.well-known/security.txt",
    )


def _record(site: Site, role: RoleFacts) -> RoleRecord:
    return RoleRecord(
        card=role.card,
        noun=role.noun,
        category=role.category,
        soc=role.soc,
        also_called=role.also_called,
        summary=role.summary,
        at_risk=role.at_risk,
        durable=role.durable,
        details=role.details,
        figures=role.figures,
        history=role.history,
        related=tuple(other.card.slug for other in site.related[role.slug]),
        published=role.published,
        updated=role.updated,
        reviewed=role.reviewed,
    )
