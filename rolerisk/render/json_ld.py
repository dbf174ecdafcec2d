"""Structured data: one @graph a page, with stable @ids; nothing in it that the page does not show."""

from typing import Any

import msgspec
from msgspec import Struct

from rolerisk.model.article import Article
from rolerisk.model.context import Head, RolePage, Shell
from rolerisk.model.lists import DataPage, HubPage, RankingPage, ToolsPage

_Node = dict[str, Any]


def json_ld(context: Struct) -> str:
    """The JSON of a page's graph, safe inside a script element; empty for what is no page."""
    shell = getattr(context, "shell", None)
    head = getattr(context, "head", None)
    if not isinstance(shell, Shell) or not isinstance(head, Head) or head.noindex:
        return ""
    nodes = [_organization(shell), _website(shell), *_breadcrumbs(shell, head)]
    match context:
        case RolePage(article=Article() as article):
            nodes.append(_article(shell, head, article))
        case HubPage() | RankingPage():
            items = [(card.title, card.url) for card in context.roles]
            nodes.append(_collection(shell, head, items))
        case ToolsPage():
            nodes.append(
                _collection(shell, head, [(tool.name, tool.url) for tool in context.tools])
            )
        case DataPage():
            nodes.append(_dataset(shell, head, context))
    graph = {"@context": "https://schema.org", "@graph": nodes}
    text = msgspec.json.encode(graph).decode()
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _organization(shell: Shell) -> _Node:
    publisher = shell.publisher
    node = {
        "@type": "Organization",
        "@id": f"{shell.base_url}/#organization",
        "name": publisher.name,
        "url": publisher.url,
    }
    if publisher.logo:
        node["logo"] = shell.base_url + publisher.logo
    if publisher.same_as:
        node["sameAs"] = list(publisher.same_as)  # type: ignore[assignment]
    return node


def _website(shell: Shell) -> _Node:
    return {
        "@type": "WebSite",
        "@id": f"{shell.base_url}/#website",
        "name": shell.name,
        "url": f"{shell.base_url}/",
        "inLanguage": shell.language,
        "publisher": _reference(shell, "organization"),
    }


def _breadcrumbs(shell: Shell, head: Head) -> list[_Node]:
    if len(head.crumbs) < 2:
        return []
    items = [
        {"@type": "ListItem", "position": i, "name": c.label, "item": shell.base_url + c.url}
        for i, c in enumerate(head.crumbs, 1)
    ]
    id_ = f"{shell.base_url}{head.url}#breadcrumbs"
    return [{"@type": "BreadcrumbList", "@id": id_, "itemListElement": items}]


def _article(shell: Shell, head: Head, article: Article) -> _Node:
    url = shell.base_url + head.url
    about: _Node = {"@type": "Occupation", "name": article.title}
    if article.soc:
        about["occupationalCategory"] = article.soc
    node: _Node = {
        "@type": "Article",
        "@id": f"{url}#article",
        "headline": article.headline,
        "description": article.summary,
        "url": url,
        "mainEntityOfPage": url,
        "inLanguage": shell.language,
        "datePublished": _time(article.published),
        "dateModified": _time(article.updated),
        "author": _reference(shell, "organization"),
        "publisher": _reference(shell, "organization"),
        "isPartOf": _reference(shell, "website"),
        "license": shell.licence.url,
        "image": shell.base_url + shell.share_image,
        "about": about,
        "citation": [
            {"@type": "CreativeWork", "name": source.title, "url": source.url}
            for source in article.sources
        ],
    }
    return node


def _collection(shell: Shell, head: Head, items: list[tuple[str, str]]) -> _Node:
    url = shell.base_url + head.url
    return {
        "@type": "CollectionPage",
        "@id": f"{url}#collection",
        "name": head.title,
        "description": head.description,
        "url": url,
        "isPartOf": _reference(shell, "website"),
        "mainEntity": {
            "@type": "ItemList",
            "numberOfItems": len(items),
            "itemListElement": [
                {"@type": "ListItem", "position": i, "name": name, "url": shell.base_url + path}
                for i, (name, path) in enumerate(items, 1)
            ],
        },
    }


def _dataset(shell: Shell, head: Head, page: DataPage) -> _Node:
    url = shell.base_url + head.url
    return {
        "@type": "Dataset",
        "@id": f"{url}#dataset",
        "name": f"{shell.score_name}: every role",
        "description": head.description,
        "url": url,
        "license": shell.licence.url,
        "creator": _reference(shell, "organization"),
        "dateModified": _time(page.modified),
        "version": str(page.version),
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": kind,
                "contentUrl": f"{shell.base_url}/data/{name}",
            }
            for kind, name in (("application/json", "roles.json"), ("text/csv", "roles.csv"))
        ],
    }


def _reference(shell: Shell, name: str) -> _Node:
    return {"@id": f"{shell.base_url}/#{name}"}


def _time(date: Any) -> str:
    return f"{date.isoformat()}T00:00:00+00:00"
