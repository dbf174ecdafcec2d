"""The public addresses of a finished output folder, and what of them a reader would call new.

The digest is of the title, the description and the main element without its menus and asides:
a new footer, style sheet or offer is on every page and is no news of any.
"""

import hashlib
import html
import re
from pathlib import Path

from msgspec import Struct

from rolerisk.finished import Finished, path_at

_LOC = re.compile(r"<loc>([^<]+)</loc>")
_TITLE = re.compile(rb"<title>.*?</title>", re.DOTALL)
_DESCRIPTION = re.compile(rb'<meta name="description" [^>]*>')
_MAIN = re.compile(rb"<main\b.*</main>", re.DOTALL)
_BESIDE = re.compile(rb"<(nav|aside)\b.*?</\1>", re.DOTALL)
_KEY = re.compile(r"[A-Za-z0-9-]{8,128}")


class Pages(Struct, frozen=True):
    """What can be announced: the site's address, its IndexNow key, and digests by address."""

    base_url: str
    key: str
    digests: dict[str, str]


def announced_pages(site: Finished) -> Pages:
    """Read the sitemap of a finished folder, the pages it lists, and the key that is published.

    The key is empty when the folder holds no key file: one that is named after what it says.
    """
    out = Path(site.out)
    digests = {
        url: _news((out / path).read_bytes())
        for url in _listed(out, "sitemap.xml", site.base_url)
        if (path := _path(url, site.base_url)) in site.files
    }
    return Pages(site.base_url, _key(out, site), digests)


def _listed(out: Path, name: str, base_url: str) -> list[str]:
    """The addresses of a sitemap, or of all sitemaps that an index names."""
    try:
        text = (out / name).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    found = [html.unescape(url) for url in _LOC.findall(text)]
    if "<sitemapindex" not in text:
        return found
    return [url for part in found for url in _listed(out, _path(part, base_url), base_url)]


def _path(url: str, base_url: str) -> str:
    return path_at(url.removeprefix(base_url))


def _news(page: bytes) -> str:
    """The digest of what a page says; of all of it when it has no main element."""
    main = _MAIN.search(page)
    parts = [found[0] for rule in (_TITLE, _DESCRIPTION) if (found := rule.search(page))]
    said = b"\0".join([*parts, _BESIDE.sub(b"", main[0])]) if main else page
    return hashlib.blake2b(said, digest_size=16).hexdigest()


def _key(out: Path, site: Finished) -> str:
    for path in site.files:
        name = path.removesuffix(".txt")
        if (
            path != name
            and _KEY.fullmatch(name)
            and (out / path).read_bytes().strip() == name.encode()
        ):
            return name
    return ""
