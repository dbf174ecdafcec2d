"""The feed is valid Atom, and leads to pages that are there."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from rolerisk.audit.digest import Digest
from rolerisk.audit.folder import Folder
from rolerisk.audit.xml_files import read_xml
from rolerisk.problem import LocatedProblem, Rule, Severity

RULE = Rule(
    "site-feed",
    Severity.ERROR,
    "The feed is valid Atom (RFC 4287), and its links lead to pages.",
    "The feed and every entry have an id, a title and an updated; an author; entries have a link, and "
    "no two one id. Ids and links are absolute, dates have a time zone, and the feed is as new as its "
    "newest entry. Checked by check --site.",
)
_FEED, _ATOM = "feed.xml", "{http://www.w3.org/2005/Atom}"


def check_all(_: Sequence[Digest], folder: Folder) -> Iterator[LocatedProblem]:
    """The feed and its entries."""
    root = read_xml(folder, _FEED, RULE, f"{_ATOM}feed")
    if isinstance(root, LocatedProblem):
        yield root
        return
    yield from _record(folder, root, "the feed")
    own = [e for e in root.findall(f"{_ATOM}link") if e.get("rel") == "self"]
    if [e.get("href") for e in own] != [folder.url(_FEED)]:
        yield folder.problem(RULE, _FEED, f"the feed has no link to itself: {folder.url(_FEED)}")
    yield from _entries(folder, root)


def _entries(folder: Folder, root: ET.Element) -> Iterator[LocatedProblem]:
    entries, met = root.findall(f"{_ATOM}entry"), set[str]()
    for entry in entries:
        id_ = entry.findtext(f"{_ATOM}id") or ""
        yield from _record(folder, entry, f"the entry {id_ or 'without an id'}")
        if id_ in met:
            yield _at(folder, id_, f"two entries have the id {id_}")
        met.add(id_)
        if root.find(f"{_ATOM}author") is None and entry.find(f"{_ATOM}author") is None:
            yield _at(folder, id_, f"nobody is author of the entry {id_}")
        if entry.find(f"{_ATOM}link") is None:
            yield _at(folder, id_, f"the entry {id_} has no link")
    newest = max((e.findtext(f"{_ATOM}updated") or "" for e in entries), default=None)
    updated = root.findtext(f"{_ATOM}updated")
    if newest is not None and updated != newest:
        message = f"the feed was updated {updated}, its newest entry {newest}"
        yield folder.problem_at(RULE, _FEED, f"<updated>{updated}<", message)


def _record(folder: Folder, record: ET.Element, what: str) -> Iterator[LocatedProblem]:
    """What the feed and its entries must both have."""
    id_ = record.findtext(f"{_ATOM}id") or ""
    for name in ("id", "title", "updated"):
        if not (record.findtext(f"{_ATOM}{name}") or "").strip():
            yield _at(folder, id_, f"{what} has no {name}")
    for name in ("updated", "published"):
        said = record.findtext(f"{_ATOM}{name}")
        if said and not _is_time(said):
            hint = "such as 2026-11-02T00:00:00+00:00"
            message = f"{what}: {name} is no time with its zone: {said}"
            yield folder.problem_at(RULE, _FEED, f"<{name}>{said}<", message, hint)
    for url in (id_, *(link.get("href", "") for link in record.findall(f"{_ATOM}link"))):
        path = folder.file_at(url)
        if url and not url.startswith("https://"):
            yield _at(folder, url, f"{what}: no absolute address: {url}")
        elif path is not None and path not in folder.site.files:
            yield _at(folder, url, f"{what}: {url} leads nowhere")


def _is_time(text: str) -> bool:
    try:
        return "T" in text and datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False


def _at(folder: Folder, needle: str, message: str) -> LocatedProblem:
    return folder.problem_at(RULE, _FEED, escape(needle), message)
