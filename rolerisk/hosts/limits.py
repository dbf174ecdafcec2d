"""Compares a finished output folder with what a host allows; one function a kind of limit."""

import re
from collections import Counter
from collections.abc import Iterator

from msgspec import structs

from rolerisk.finished import Finished
from rolerisk.hosts.table import Host
from rolerisk.problem import LocatedProblem, Rule, Severity, located
from rolerisk.text.address import is_real

ADDRESS = Rule(
    "host-address",
    Severity.ERROR,
    "What is published has a real address.",
    "Names under .example, .test, .invalid and .localhost belong to nobody. A site that is published "
    "with such a base_url tells search engines that its pages are somewhere else. Checked by "
    "check --host.",
)
PREVIEW = Rule(
    "host-preview",
    Severity.WARNING,
    "The public site is not a preview.",
    "A preview says noindex in every page, so that search engines leave it alone. Published as the "
    "public site it disappears from search. Checked by check --host; with --strict an error, as where "
    "the public site is deployed.",
)
LIMIT = Rule(
    "host-limit",
    Severity.ERROR,
    "The site fits the host: its files, sizes, links, redirects and headers.",
    "A host refuses a deployment that is too large, or leaves out what is too much of it without a "
    "word. The limits, and where they are from, are in docs/hosts.md. Checked by check --host.",
)
REDIRECTS = Rule(
    "host-redirects",
    Severity.ERROR,
    "Redirects have the form that the host understands.",
    "With redirects: rules in site.yaml, old addresses are lines of _redirects. On a host that does "
    "not read that file they answer 404; redirects: stubs writes pages that lead on instead. "
    "Checked by check --host.",
)
NOT_FOUND = Rule(
    "host-not-found",
    Severity.ERROR,
    "There is a top-level 404.html.",
    "Hosts show it for addresses that do not exist. Without it some show the home page, with status "
    "200, and search engines list addresses that never were. It is made of content/pages/404.md. "
    "Checked by check --host.",
)
RULES = (ADDRESS, PREVIEW, LIMIT, REDIRECTS, NOT_FOUND)

_DYNAMIC = re.compile(r"\*|/:")


def check_host(site: Finished, host: Host, strict: bool = False) -> Iterator[LocatedProblem]:
    """Everything that keeps a folder from being published on a host as it is meant.

    With `strict`, warnings are errors: this is to be the public site.
    """
    for found in _problems(site, host):
        yield structs.replace(found, severity=Severity.ERROR) if strict else found


def _problems(site: Finished, host: Host) -> Iterator[LocatedProblem]:
    yield from _address(site)
    yield from _files(site, host)
    yield from _links(site, host)
    yield from _not_found(site, host)
    if site.redirects is not None:
        yield from _redirects(site, site.redirects, host)
    if site.headers is not None and host.reads_headers:
        yield from _headers(site, site.headers, host)


def _address(site: Finished) -> Iterator[LocatedProblem]:
    if not is_real(site.base_url):
        message = f"the site says that it is at {site.base_url or 'no address'}, which is nobody's"
        hint = "set base_url in content/site.yaml, or build with --base-url, to the public address"
        yield _problem(ADDRESS, f"{site.out}/index.html", message, hint)
    if site.preview:
        message = "this is a preview: search engines are told to leave it alone"
        hint = "the public site is built without --preview, at the base_url of content/site.yaml"
        yield _problem(PREVIEW, f"{site.out}/index.html", message, hint)


def _files(site: Finished, host: Host) -> Iterator[LocatedProblem]:
    total = sum(site.files.values())
    count = len(site.files) + (site.folders if host.counts_folders else 0)
    if host.files is not None and count > host.files:
        what = "files and folders" if host.counts_folders else "files"
        yield _limit(site.out, host, f"{count:,} {what}", f"{host.files:,}")
    if host.site_bytes is not None and total > host.site_bytes:
        yield _limit(site.out, host, f"{total:,} bytes in all", _size(host.site_bytes))
    if host.file_bytes is not None:
        for path, size in site.files.items():
            if size > host.file_bytes:
                yield _limit(
                    f"{site.out}/{path}",
                    host,
                    f"{size:,} bytes",
                    f"{_size(host.file_bytes)} a file",
                )
    if host.folder_files is not None:
        for folder, count in Counter(path.rpartition("/")[0] for path in site.files).items():
            if count > host.folder_files:
                where = f"{site.out}/{folder}".rstrip("/")
                yield _limit(where, host, f"{count:,} files", f"{host.folder_files:,} a folder")


def _links(site: Finished, host: Host) -> Iterator[LocatedProblem]:
    for path in () if host.links else site.links:
        message = f"a link, and {host.title} publishes no links"
        yield _problem(LIMIT, f"{site.out}/{path}", message, "put a copy of the file in its place")


def _not_found(site: Finished, host: Host) -> Iterator[LocatedProblem]:
    if "404.html" not in site.files:
        message = f"there is no 404.html: {host.not_found}"
        yield _problem(NOT_FOUND, site.out, message, "write content/pages/404.md and build again")


def _redirects(site: Finished, lines: tuple[str, ...], host: Host) -> Iterator[LocatedProblem]:
    path = f"{site.out}/_redirects"
    rules = _numbered(lines)
    if not host.reads_redirects and rules:
        message = f"{host.title} does not read _redirects: {len(rules):,} old addresses answer 404"
        yield _problem(
            REDIRECTS, path, message, "set redirects: stubs in content/site.yaml, and build"
        )
        return
    dynamic = [(n, line) for n, line in rules if _DYNAMIC.search(line.split()[0])]
    static = [(n, line) for n, line in rules if not _DYNAMIC.search(line.split()[0])]
    yield from _over(path, host, rules, host.redirects, "redirects")
    yield from _over(path, host, static, host.static_redirects, "static redirects")
    yield from _over(path, host, dynamic, host.dynamic_redirects, "dynamic redirects")
    yield from _too_long(path, host, rules, host.redirect_length)
    size = site.files.get("_redirects", 0)
    if host.redirects_bytes is not None and size > host.redirects_bytes:
        yield _limit(path, host, f"{size:,} bytes", f"{_size(host.redirects_bytes)} of redirects")


def _headers(site: Finished, lines: tuple[str, ...], host: Host) -> Iterator[LocatedProblem]:
    path = f"{site.out}/_headers"
    numbered = _numbered(lines)
    rules = [(n, line) for n, line in numbered if not line[0].isspace()]
    yield from _over(path, host, rules, host.header_rules, "header rules")
    yield from _too_long(path, host, numbered, host.header_length)


def _numbered(lines: tuple[str, ...]) -> list[tuple[int, str]]:
    """The lines that say something, with their numbers."""
    return [(n, line) for n, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]


def _over(
    path: str, host: Host, rules: list[tuple[int, str]], most: int | None, what: str
) -> Iterator[LocatedProblem]:
    """The first rule that is one too many, with its line."""
    if most is not None and len(rules) > most:
        yield _limit(path, host, f"{len(rules):,} {what}", f"{most:,}", *rules[most])


def _too_long(
    path: str, host: Host, rules: list[tuple[int, str]], most: int | None
) -> Iterator[LocatedProblem]:
    for number, line in rules:
        if most is not None and len(line) > most:
            yield _limit(path, host, f"{len(line):,} characters", f"{most:,} a line", number, line)


def _limit(
    path: str, host: Host, is_now: str, most: str, line: int = 0, quote: str = ""
) -> LocatedProblem:
    message = f"{is_now}: {host.title} takes at most {most}"
    return _problem(
        LIMIT, path, message, f"the host's limits: {', '.join(host.sources)}", line, quote
    )


def _problem(
    rule: Rule, path: str, message: str, hint: str, line: int = 0, quote: str = ""
) -> LocatedProblem:
    return located(rule, path, message, hint, line, 1 if line else 0, quote)


def _size(size: int) -> str:
    """Bytes in the unit that hosts give their limits in."""
    for power, name in ((3, "GiB"), (2, "MiB"), (1, "KiB")):
        if size >= 1024**power:
            return f"{size / 1024**power:g} {name}"
    return f"{size:,} bytes"
