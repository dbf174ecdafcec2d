"""Images are there, and as large as the pages and the web manifest say."""

import json
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from msgspec import structs

from rolerisk.audit.digest import Digest
from rolerisk.audit.folder import Folder
from rolerisk.audit.image_size import OTHERS, image_size
from rolerisk.audit.page import Element, Page
from rolerisk.problem import LocatedProblem, Rule, Severity

RULE = Rule(
    "site-image",
    Severity.ERROR,
    "Images exist, and are as large as it says.",
    "The share image (og:image) is an absolute https address, and as many pixels as og:image:width and "
    "height say; an img without width and height is a warning, for the page jumps when it "
    "loads; with them its file has that many pixels or a multiple. The icons of the web manifest are "
    "as large as it says. PNG, GIF and SVG are measured. Checked by check --site.",
)
MANIFEST = "site.webmanifest"
_HEADER = 4096  # bytes that hold the size


def check_page(page: Page, folder: Folder) -> Iterator[LocatedProblem]:
    """The page's share image, and the images in it."""
    for element in page.all("img"):
        yield from _img(page, folder, element)
    share = page.meta("og:image")
    if share is not None:
        yield from _share(page, folder, share)


def check_all(_: Sequence[Digest], folder: Folder) -> Iterator[LocatedProblem]:
    """The icons of the web manifest."""
    for icon in _icons(folder):
        src, sizes = str(icon.get("src", "")), str(icon.get("sizes", ""))
        path = folder.file_at(urljoin(folder.url(MANIFEST), src))
        if path is None or path not in folder.site.files:
            yield folder.problem_at(RULE, MANIFEST, src, f"the icon {src} leads nowhere")
        elif sizes not in ("any", _text(_size(folder, path))):
            message = f"the icon {src} is {_text(_size(folder, path))}, not {sizes}"
            yield folder.problem_at(RULE, MANIFEST, src, message)


def _icons(folder: Folder) -> list[dict[str, object]]:
    """What the manifest lists; nothing when it cannot be read, which site-data tells."""
    try:
        icons = json.loads(folder.text(MANIFEST) or "{}").get("icons", [])
    except (ValueError, AttributeError, RecursionError):
        return []
    return [icon for icon in icons if isinstance(icon, dict)]


def _share(page: Page, folder: Folder, element: Element) -> Iterator[LocatedProblem]:
    url = element.attributes.get("content", "")
    path = folder.file_at(url)
    if not url.startswith("https://"):
        yield page.problem(RULE, f"og:image {url} is no https address", "", element)
    elif path is not None and path not in folder.site.files:
        yield page.problem(RULE, f"og:image {url} leads nowhere", "", element)
    elif path is not None:
        stated = (page.said("og:image:width"), page.said("og:image:height"))
        if any(stated):
            yield from _compare(page, folder, element, path, stated, exact=True)


def _img(page: Page, folder: Folder, element: Element) -> Iterator[LocatedProblem]:
    given = element.attributes
    stated = (given.get("width", ""), given.get("height", ""))
    target = folder.target(page.path, given.get("src", ""))
    if not all(stated):
        message = f"the image {given.get('src', '')} has no width and height"
        found = page.problem(RULE, message, "the page jumps when it loads", element)
        yield structs.replace(found, severity=Severity.WARNING)
    elif target is not None and target.path in folder.site.files:
        yield from _compare(page, folder, element, target.path, stated, exact=False)


def _compare(
    page: Page,
    folder: Folder,
    element: Element,
    path: str,
    stated: tuple[str, str],
    exact: bool,
) -> Iterator[LocatedProblem]:
    """A stated size with that of the file; one of twice or three times the pixels is sharper."""
    size = _size(folder, path)
    if size is None:
        if not path.endswith(OTHERS):
            yield page.problem(RULE, f"{path} is no image whose size can be read", "", element)
        return
    many = 1 if exact else max(1, round(size[0] / float(stated[0]))) if _whole(stated) else 0
    if not _whole(stated) or size != (int(stated[0]) * many, int(stated[1]) * many):
        message = f"{path} is {_text(size)}, not {stated[0]}x{stated[1]}"
        yield page.problem(RULE, message, "", element)


def _whole(stated: tuple[str, str]) -> bool:
    return all(text.isdecimal() and int(text) > 0 for text in stated)


def _size(folder: Folder, path: str) -> tuple[float, float] | None:
    return image_size(path, folder.read(path, _HEADER))


def _text(size: tuple[float, float] | None) -> str:
    return f"{size[0]:g}x{size[1]:g}" if size else "of no known size"
