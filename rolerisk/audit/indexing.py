"""What search engines may list: a preview nothing, robots.txt and the meta elements in agreement."""

from collections.abc import Iterator, Sequence
from urllib.robotparser import RobotFileParser

from rolerisk.audit.digest import Digest
from rolerisk.audit.folder import NOT_FOUND, Folder
from rolerisk.finished import HOME
from rolerisk.problem import LocatedProblem, Rule, Severity, located

NOINDEX = Rule(
    "site-noindex",
    Severity.ERROR,
    "A preview is closed to search engines everywhere, and a public site where it should be.",
    "When the home page says noindex, the folder is a preview: then every page says so, robots.txt "
    "closes the site, and so does X-Robots-Tag in _headers. In every site 404.html and the pages that "
    "only lead on say noindex; X-Robots-Tag in a public one would take it out of search. Checked by "
    "check --site.",
)
ROBOTS = Rule(
    "site-robots",
    Severity.ERROR,
    "robots.txt names the sitemap, and keeps no crawler from the pages that may be listed.",
    "Crawlers ask for it first. What closes the whole site, a preview's or one with `crawlers: closed` "
    "in site.yaml, names no sitemap. Checked by check --site.",
)
MISSING = Rule(
    "site-not-found",
    Severity.ERROR,
    "There is a 404.html.",
    "Servers show it for addresses that do not exist. It is made of content/pages/404.md. Checked by "
    "check --site.",
)
_ROBOTS, _CRAWLERS = "robots.txt", ("*", "Googlebot", "Bingbot")


def check_all(digests: Sequence[Digest], folder: Folder) -> Iterator[LocatedProblem]:
    """What pages, robots.txt, sitemap and headers say of one another."""
    yield from _pages(digests, folder)
    yield from _header(folder)
    if _ROBOTS in folder.site.files:
        yield from _robots(digests, folder)
    else:
        yield folder.problem(ROBOTS, _ROBOTS, "there is no robots.txt")
    if NOT_FOUND not in folder.site.files:
        message, hint = "there is no 404.html", "write content/pages/404.md and build again"
        yield located(MISSING, folder.site.out, message, hint)


def _pages(digests: Sequence[Digest], folder: Folder) -> Iterator[LocatedProblem]:
    preview = folder.site.preview
    for digest in digests:
        special = digest.path == NOT_FOUND or digest.leads_to is not None
        if not digest.noindex and (preview or special):
            message = "the page does not say noindex"
            hint = f"{folder.site.out}/{HOME} does: this is a preview" if preview else ""
            yield located(NOINDEX, digest.file, message, hint)
    if preview and not folder.site.closed:
        message, hint = "robots.txt does not close a preview", "User-agent: *, Disallow: /"
        yield folder.problem(NOINDEX, _ROBOTS, message, hint)


def _header(folder: Folder) -> Iterator[LocatedProblem]:
    lines = folder.site.headers or ()
    tags = [n for n, line in enumerate(lines, 1) if line.strip().lower() == "x-robots-tag: noindex"]
    if folder.site.preview and lines and not tags:
        message = "_headers does not close a preview"
        yield folder.problem(NOINDEX, "_headers", message, "X-Robots-Tag: noindex below /*")
    for number in [] if folder.site.preview else tags:
        message = "X-Robots-Tag takes a public site out of search"
        yield folder.problem(NOINDEX, "_headers", message, "", number, lines[number - 1])


def _robots(digests: Sequence[Digest], folder: Folder) -> Iterator[LocatedProblem]:
    if folder.site.closed:
        return
    text = folder.text(_ROBOTS) or ""
    parser = RobotFileParser()
    parser.parse(text.splitlines())
    named, wanted = parser.site_maps() or [], folder.url("sitemap.xml")
    if wanted not in named:
        yield folder.problem(ROBOTS, _ROBOTS, f"robots.txt does not name the sitemap {wanted}")
    for url in named:
        path = folder.file_at(url)
        if path is not None and path not in folder.site.files:
            yield folder.problem_at(ROBOTS, _ROBOTS, url, f"the sitemap {url} leads nowhere")
    for digest in digests:
        refused = [name for name in _CRAWLERS if not parser.can_fetch(name, digest.url)]
        if refused and digest.indexable:
            message = f"{digest.url} may be listed, and is closed to {', '.join(refused)}"
            yield folder.problem(ROBOTS, _ROBOTS, message)
