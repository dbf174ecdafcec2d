"""Structured data: it parses, and says nothing that the page does not show."""

import json
from collections.abc import Iterator
from typing import Any

from rolerisk.audit.folder import Folder
from rolerisk.audit.page import Page
from rolerisk.problem import LocatedProblem, Rule, Severity

FORM = Rule(
    "site-json-ld",
    Severity.ERROR,
    "A page that search engines may list has structured data that they can read.",
    "One JSON-LD script at least, in JSON, under the context https://schema.org, every node with its "
    "@type; addresses in it are absolute, and those of this site lead to a file. Checked by "
    "check --site.",
)
UNSEEN = Rule(
    "site-json-ld-unseen",
    Severity.ERROR,
    "Structured data says nothing that the page does not show.",
    "Search engines punish what readers cannot see. Every name, headline and description stands in the "
    "page's text, every date in a time element or the article's meta data, and what a list or a "
    "citation leads to is linked. Checked by check --site.",
)
_ADDRESSES = ("url", "item", "image", "logo", "contentUrl", "license", "mainEntityOfPage", "sameAs")
_WORDS = ("name", "headline", "description")
_DATES = ("datePublished", "dateModified")
_LINKED = {"ListItem": ("url",), "CreativeWork": ("url",), "DataDownload": ("contentUrl",)}
_Node = dict[str, Any]


def check_page(page: Page, folder: Folder) -> Iterator[LocatedProblem]:
    """All JSON-LD of a page."""
    scripts = [e for e in page.all("script") if e.attributes.get("type") == "application/ld+json"]
    if not scripts and folder.indexable(page):
        yield page.problem(FORM, "the page has no structured data")
    for script in scripts:
        try:
            graph = json.loads(page.raw(script))
        except (ValueError, RecursionError) as error:
            yield page.problem(FORM, f"the structured data is no JSON: {error}", "", script)
            continue
        for message in _form(graph, folder):
            yield page.problem(FORM, message, "", script)
        for message in _unseen(graph, page, folder):
            yield page.problem(UNSEEN, message, "", script)


def _form(graph: Any, folder: Folder) -> Iterator[str]:
    if not isinstance(graph, dict) or "schema.org" not in str(graph.get("@context")):
        yield "the structured data has no @context of schema.org"
    for node in _nodes(graph):
        if "@type" not in node and set(node) - {"@id", "@context", "@graph"}:
            yield f"a node without @type: {', '.join(node)}"
    for name, url in _addresses(graph):
        path = folder.file_at(url)
        if not url.startswith(("https://", "http://")):
            yield f"{name} is no absolute address: {url}"
        elif path is not None and path not in folder.site.files:
            yield f"{name} leads nowhere: {url}"


def _unseen(graph: Any, page: Page, folder: Folder) -> Iterator[str]:
    visible, dates, links = page.visible, _dates(page), _links(page, folder)
    for node in _nodes(graph):
        for name in _WORDS:
            for said in _texts(node.get(name)):
                if " ".join(said.split()) not in visible:
                    yield f"{name} is not on the page: {said}"
        for name in _DATES:
            for said in _texts(node.get(name)):
                if said[:10] not in dates:
                    yield f"{name} is not on the page: {said}"
        for name in _LINKED.get(str(node.get("@type")), ()):
            for url in _texts(node.get(name)):
                if url not in links:
                    yield f"{node['@type']}: the page has no link to {url}"


def _dates(page: Page) -> set[str]:
    """The days that the page shows, and those of its meta data."""
    times = [element.attributes.get("datetime", "") for element in page.all("time")]
    stated = [page.said(f"article:{name}_time") for name in ("published", "modified")]
    return {time[:10] for time in (*times, *stated)}


def _links(page: Page, folder: Folder) -> set[str]:
    """The absolute addresses that readers can follow."""
    found = {page.url}
    for element in page.all("a"):
        link = element.attributes.get("href", "")
        target = folder.target(page.path, link)
        found.add(link if target is None else folder.url(target.path))
    return found


def _nodes(value: Any) -> Iterator[_Node]:
    """Every record in structured data, from the outside in."""
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from _nodes(inner)


def _addresses(graph: Any) -> Iterator[tuple[str, str]]:
    for node in _nodes(graph):
        for name in _ADDRESSES:
            for url in _texts(node.get(name)):
                yield name, url


def _texts(value: Any) -> list[str]:
    """A text, or the texts of a list; records are looked at by themselves."""
    return [
        text for text in (value if isinstance(value, list) else [value]) if isinstance(text, str)
    ]
