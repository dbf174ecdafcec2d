"""The sitemap is valid, and lists exactly the pages that search engines may list."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from rolerisk.audit.digest import Digest
from rolerisk.audit.folder import Folder
from rolerisk.audit.xml_files import read_xml
from rolerisk.problem import LocatedProblem, Rule, Severity

RULE = Rule(
    "site-sitemap",
    Severity.ERROR,
    "The sitemap is valid, and lists exactly the pages that search engines may list.",
    "Well-formed, in the namespace of sitemaps.org, every loc an absolute address of this site and there "
    "once, every lastmod a date; at most 50,000 addresses and 50 MiB a file, more in an index. No page "
    "that says noindex, none that only leads on, and none left out: a preview's is empty. Checked by "
    "check --site.",
)
_MOST_URLS, _MOST_BYTES = 50_000, 50 * 1024 * 1024
_FILE, _SPACE = "sitemap.xml", "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def check_all(digests: Sequence[Digest], folder: Folder) -> Iterator[LocatedProblem]:
    """The form of every file, then the list as a whole."""
    met = dict[str, str]()
    root = read_xml(folder, _FILE, RULE, f"{_SPACE}urlset", f"{_SPACE}sitemapindex")
    if isinstance(root, LocatedProblem):
        yield root
        return
    if root.tag == f"{_SPACE}sitemapindex":
        yield from _index(folder, root, met)
    else:
        yield from _part(folder, _FILE, root, met)
    indexable = {digest.url: digest for digest in digests if digest.indexable}
    for url, digest in indexable.items():
        if url not in met:
            message = f"{digest.file} may be listed, and is not in the sitemap"
            yield folder.problem(RULE, _FILE, message)
    read = {digest.path for digest in digests}
    for url, path in met.items():
        file = folder.file_at(url)
        unread = file in folder.site.files and file not in read and str(file).endswith(".html")
        if file is not None and url not in indexable and not unread:
            why = "is no page for search engines" if file in folder.site.files else "leads nowhere"
            yield _at(folder, path, url, f"{url} is in the sitemap, and {why}")


def _index(folder: Folder, root: ET.Element, met: dict[str, str]) -> Iterator[LocatedProblem]:
    """Every file that the index names."""
    for entry in root:
        url = entry.findtext(f"{_SPACE}loc") or ""
        path = folder.file_at(url)
        if path is None or path not in folder.site.files:
            yield _at(folder, _FILE, url, f"the sitemap {url or 'without a loc'} leads nowhere")
            continue
        part = read_xml(folder, path, RULE, f"{_SPACE}urlset")
        if isinstance(part, LocatedProblem):
            yield part
        else:
            yield from _part(folder, path, part, met)


def _part(
    folder: Folder, path: str, root: ET.Element, met: dict[str, str]
) -> Iterator[LocatedProblem]:
    """One file; `met` learns its addresses."""
    size = folder.site.files[path]
    if len(root) > _MOST_URLS or size > _MOST_BYTES:
        message = f"{len(root):,} addresses in {size:,} bytes"
        yield folder.problem(RULE, path, message, "at most 50,000 and 50 MiB a file")
    for entry in root:
        yield from _entry(folder, path, entry, met)


def _entry(
    folder: Folder, path: str, entry: ET.Element, met: dict[str, str]
) -> Iterator[LocatedProblem]:
    url = (entry.findtext(f"{_SPACE}loc") or "").strip()
    lastmod = entry.findtext(f"{_SPACE}lastmod")
    if folder.file_at(url) is None:
        message = f"loc is no address of this site: {url or 'empty'}"
        yield _at(folder, path, url, message, f"every loc begins with {folder.site.base_url}/")
    elif url in met:
        yield _at(folder, path, url, f"{url} is listed twice")
    if lastmod is not None and not _is_date(lastmod):
        yield _at(folder, path, url, f"lastmod is no date: {lastmod}", "such as 2026-11-02")
    met[url] = path


def _is_date(text: str) -> bool:
    try:
        if len(text) > 10:
            return datetime.fromisoformat(text).tzinfo is not None
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _at(folder: Folder, path: str, url: str, message: str, hint: str = "") -> LocatedProblem:
    return folder.problem_at(RULE, path, f"<loc>{escape(url)}</loc>", message, hint)
