"""What is kept of a page, to compare it with the others: little enough for tens of thousands."""

import sys

from msgspec import Struct, structs

from rolerisk.audit.folder import Folder
from rolerisk.audit.page import Page, Spot
from rolerisk.audit.targets import page_targets


class Said(Struct, frozen=True):
    """A text that should be of one page only, and its place."""

    text: str
    spot: Spot


class Anchor(Struct, frozen=True):
    """A link to a place on another page."""

    path: str
    anchor: str
    link: str
    spot: Spot


class Digest(Struct, frozen=True):
    """A page without its words. `leads_to` is where a stub leads, None for every other page.

    `links` are the files that the page links to, `anchors` the places on other pages.
    """

    path: str
    file: str
    url: str
    noindex: bool
    indexable: bool
    leads_to: Said | None
    canonical: str
    title: Said | None
    description: Said | None
    ids: tuple[str, ...]
    links: tuple[str, ...]
    anchors: tuple[Anchor, ...]


def digest_of(page: Page, folder: Folder) -> Digest:
    """Keep of a page what others are compared with."""
    targets = [(e, link, t) for e, link, t in page_targets(page, folder) if not t.outside]
    canonical = page.links("canonical")
    return Digest(
        path=page.path,
        file=page.file,
        url=page.url,
        noindex=page.noindex,
        indexable=folder.indexable(page),
        leads_to=_content(page, "refresh"),
        canonical=canonical[0].attributes.get("href", "") if canonical else "",
        title=next((Said(page.text(e), page.spot(e)) for e in page.all("title")), None),
        description=_content(page, "description"),
        ids=tuple(e.attributes["id"] for e in page.elements if "id" in e.attributes),
        links=tuple({target.path for _, _, target in targets}),
        anchors=tuple(
            Anchor(target.path, target.anchor, link, page.spot(element))
            for element, link, target in targets
            if target.anchor and target.path != page.path
        ),
    )


def interned(digest: Digest) -> Digest:
    """The same with one copy of each text that many pages share; pickles from workers bring many."""
    ids, links = (tuple(map(sys.intern, texts)) for texts in (digest.ids, digest.links))
    return structs.replace(digest, ids=ids, links=links)


def _content(page: Page, name: str) -> Said | None:
    element = page.meta(name)
    if element is None:
        return None
    return Said(" ".join(element.attributes.get("content", "").split()), page.spot(element))
