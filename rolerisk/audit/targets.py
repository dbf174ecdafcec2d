"""The addresses in a page, and the files of the site that they lead to."""

from collections.abc import Iterator

from rolerisk.audit.folder import Folder, Target
from rolerisk.audit.page import Element, Page

_ADDRESSES = ("href", "src", "action", "poster", "data-src")
_UNLINKED = ("canonical", "preconnect", "dns-prefetch")  # those lead nobody to a file


def page_links(page: Page) -> Iterator[tuple[Element, str]]:
    """Every address that a page makes a browser or a reader go to, as it is written."""
    for element in page.elements:
        given = element.attributes
        if element.tag == "link" and given.get("rel") in _UNLINKED:
            continue
        for name, value in given.items():
            if name in _ADDRESSES:
                yield element, value.strip()
            elif name == "srcset":
                yield from ((element, part.split()[0]) for part in value.split(",") if part.strip())
            elif name.startswith("data-") and value.startswith("/"):
                yield element, value


def page_targets(page: Page, folder: Folder) -> Iterator[tuple[Element, str, Target]]:
    """The same, with the file that each leads to; without what leads to other sites."""
    for element, link in page_links(page):
        target = folder.target(page.path, link)
        if target is not None:
            yield element, link, target
