"""Links lead to files, and their anchors to places on them."""

import re
from collections.abc import Iterator, Sequence

from rolerisk.audit.digest import Digest
from rolerisk.audit.folder import NOT_FOUND, Folder, Target
from rolerisk.audit.page import Page
from rolerisk.audit.targets import page_targets
from rolerisk.problem import LocatedProblem, Rule, Severity

LINK = Rule(
    "site-link",
    Severity.ERROR,
    "Every link of a built page leads to a file, in the one form that addresses have.",
    "Links, images, scripts, forms and the addresses that scripts are given. A page's address ends "
    "in a slash; without it a server answers with a detour, or not at all. Below a path every link "
    "begins with the path. A whole address of this site is looked up when its first folder is one "
    "of the site's: other programs may answer beside them. Other sites are not asked. Checked by "
    "check --site.",
)
ANCHOR = Rule(
    "site-anchor",
    Severity.ERROR,
    "Every #anchor of a built page is an id of the page that it leads to.",
    "Otherwise the browser shows the top of the page. Checked by check --site.",
)
_RELATIVE = re.compile(r"(?![A-Za-z][A-Za-z0-9+.-]*:|[/#])")


def check_page(page: Page, folder: Folder) -> Iterator[LocatedProblem]:
    """Links to what is not there, and anchors on the page itself."""
    ids = {element.attributes.get("id") for element in page.elements}
    for element, link, target in page_targets(page, folder):
        wrong = _wrong(page, folder, link, target)
        if wrong:
            yield page.problem(LINK, *wrong, element)
        elif target.anchor and target.path == page.path and target.anchor not in ids:
            yield page.problem(ANCHOR, f"there is no #{target.anchor} on this page", "", element)


def check_all(digests: Sequence[Digest], folder: Folder) -> Iterator[LocatedProblem]:
    """Anchors on other pages."""
    ids = {digest.path: digest.ids for digest in digests}
    for digest in digests:
        for anchor in digest.anchors:
            if anchor.anchor not in ids.get(anchor.path, (anchor.anchor,)):
                message = f"{anchor.link}: there is no #{anchor.anchor} on that page"
                yield anchor.spot.problem(ANCHOR, digest.file, message)


def _wrong(page: Page, folder: Folder, link: str, target: Target) -> tuple[str, str] | None:
    """What is wrong with a link, and what to do."""
    files = folder.site.files
    if not link:
        return "a link without an address", "it leads to the page that it stands on"
    if target.outside:
        message = f"{link} leads out of the site, which is below {folder.base}/"
        return message, "templates put {{ shell.base }} before every address"
    if f"{target.path}/index.html" in files:
        return f"{link} has no slash at its end", "the page's own address ends in one"
    if target.path not in files:
        return f"{link} leads nowhere", f"there is no {folder.site.out}/{target.path}"
    if re.search(r"(^|/)index\.html$", link.partition("#")[0].partition("?")[0]):
        return f"{link} is not the page's own address", "leave index.html out"
    if page.path == NOT_FOUND and _RELATIVE.match(link):
        return f"{link} is relative to an address that nobody knows", "begin it with a slash"
    return None
