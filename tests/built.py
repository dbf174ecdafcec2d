"""A finished site as tests look at it: its files, and its pages with what they say and link to."""

import json
import re
import shutil
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from rolerisk.audit.check import check_site
from rolerisk.audit.page import parse_page
from rolerisk.finished import finished
from tests.sites import PROJECT, SMALL_SITE, SiteFolder, role_yaml

TOWN = f"""{SMALL_SITE}-- content/roles/diver.yaml --
{role_yaml("diver", "Diver", aliases="aliases: [frogman]", updated="updated: 2026-11-20")}"""
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


class Page:
    """What a page says to readers (`text`) and to machines, by the root-relative URL it is at."""

    def __init__(self, url: str, html: str) -> None:
        self.url = url
        self.read = parse_page(path_of(url), "", url, html.encode())

    def raw(self, tag: str) -> list[str]:
        """The texts of all elements of a name, without scripts and styles inside them."""
        return [self.read.raw(element) for element in self.read.all(tag)]

    def of(self, tag: str) -> list[str]:
        """The same, with white space made one."""
        return [self.read.text(element) for element in self.read.all(tag)]

    @property
    def ids(self) -> list[str]:
        return [e.attributes["id"] for e in self.read.elements if "id" in e.attributes]

    @cached_property
    def links(self) -> list[str]:
        return [
            element.attributes[name]
            for element in self.read.elements
            for name in ("href", "src")
            if name in element.attributes and element.tag != "link"
        ]

    @cached_property
    def text(self) -> str:
        return self.read.visible

    @property
    def noindex(self) -> bool:
        return self.read.noindex

    @property
    def stub(self) -> bool:
        return self.read.stub

    @cached_property
    def graph(self) -> list[dict[str, Any]]:
        (script,) = (
            element
            for element in self.read.all("script")
            if element.attributes.get("type") == "application/ld+json"
        )
        return json.loads(self.read.raw(script))["@graph"]


class Built:
    """A finished site: its files, and its pages by root-relative URL."""

    def __init__(self, site: SiteFolder, base_url: str) -> None:
        self.site = site
        self.base_url = base_url
        self.base = urlsplit(base_url).path
        self.files = site.files()
        self.pages = {
            url_of(path): Page(url_of(path), data.decode())
            for path, data in self.files.items()
            if path.endswith(".html")
        }
        self.framed = {url: page for url, page in self.pages.items() if not page.stub}
        self.indexable = {url: page for url, page in self.framed.items() if not page.noindex}

    def text(self, path: str) -> str:
        return self.files[path].decode()

    def json(self, path: str) -> Any:
        return json.loads(self.files[path])

    @cached_property
    def roles(self) -> dict[str, dict[str, Any]]:
        """index.json of every role, by the role page's URL."""
        return {
            url_of(path).removesuffix("index.json"): self.json(path)
            for path in self.files
            if re.fullmatch(r"roles/[^/]+/index\.json", path)
        }

    def target(self, page: Page, link: str) -> str:
        """The root-relative URL (without the base URL's path) that a link leads to; empty: out."""
        url = urljoin(f"{self.base_url}{page.url}", link)
        if urlsplit(link).scheme in ("mailto", "data") or not url.startswith(f"{self.base_url}/"):
            return ""
        return url.removeprefix(self.base_url)

    def exists(self, url: str) -> bool:
        return path_of(url.partition("#")[0].partition("?")[0]) in self.files


def url_of(path: str) -> str:
    return "/" + (path.removesuffix("index.html") if path.endswith("index.html") else path)


def path_of(url: str) -> str:
    return url.lstrip("/") + ("index.html" if url.endswith("/") else "")


def copy_of_the_project(root: Path) -> SiteFolder:
    """The project's own content in a folder of its own, so that a build leaves no trace in it."""
    site = SiteFolder(root, "")
    shutil.copytree(PROJECT / "content", root / "content")
    if (PROJECT / "roles.yaml").exists():
        shutil.copy(PROJECT / "roles.yaml", root)
    return site


def audit(site: SiteFolder, jobs: int = 1) -> list[str]:
    """What `check --site` says of a built site."""
    found = finished(site.out)
    assert found is not None
    return [f"{p.path}:{p.line}: {p.message}" for p in check_site(found, jobs)]
