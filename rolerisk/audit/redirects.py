"""Old addresses lead to a page, in one step: stubs, or the lines of _redirects."""

from collections.abc import Iterator, Sequence

from rolerisk.audit.digest import Digest
from rolerisk.audit.folder import Folder
from rolerisk.problem import LocatedProblem, Rule, Severity, located

RULE = Rule(
    "site-redirect",
    Severity.ERROR,
    "Every old address leads to a page, in one step.",
    "A stub, a page that only leads on, leads to an absolute address, which is also its canonical one; a "
    "line of _redirects reads `from to status`, each `from` once and no file at it. What they lead to "
    "is a page and no old address itself, for a chain costs readers a detour and a loop never ends. "
    "There are stubs or lines, not both. Lines with `*` or `:name` are not followed. Checked by "
    "check --site.",
)
_STATUSES = ("301", "302", "303", "307", "308", "200", "404", "410")


def check_all(digests: Sequence[Digest], folder: Folder) -> Iterator[LocatedProblem]:
    """All old addresses of a folder."""
    stubs = {d.path: d for d in digests if d.leads_to is not None}
    rules = folder.site.redirects
    for stub in stubs.values():
        yield from _stub(stub, stubs, folder)
    if rules is not None:
        yield from _rules(rules, folder)
        for stub in stubs.values():
            message = "a page that only leads on, beside _redirects"
            yield located(RULE, stub.file, message, "a build writes one or the other: build again")


def _stub(stub: Digest, stubs: dict[str, Digest], folder: Folder) -> Iterator[LocatedProblem]:
    assert stub.leads_to is not None
    _, _, url = stub.leads_to.text.partition("url=")
    path = folder.file_at(url)
    if not url.startswith("https://"):
        message = f"the refresh is no absolute address: {stub.leads_to.text}"
    elif path is not None and path not in folder.site.files:
        message = f"{url} leads nowhere"
    elif path in stubs:
        message = f"{url} only leads on"
    elif stub.canonical != url:
        message = f"it leads to {url}, and its canonical address is {stub.canonical or 'missing'}"
    else:
        return
    yield stub.leads_to.spot.problem(RULE, stub.file, message)


def _rules(lines: Sequence[str], folder: Folder) -> Iterator[LocatedProblem]:
    rules = {
        n: line.split() for n, line in enumerate(lines, 1) if line.strip()[:1] not in ("", "#")
    }
    olds = {parts[0] for parts in rules.values()}
    met = set[str]()
    for number, parts in rules.items():
        message = _rule(parts, olds, folder)
        if parts[0] in met:
            message = f"{parts[0]} has a line above"
        met.add(parts[0])
        if message:
            yield folder.problem(RULE, "_redirects", message, "", number, lines[number - 1])


def _rule(parts: list[str], olds: set[str], folder: Folder) -> str:
    """What is wrong with a line; empty when nothing is."""
    if len(parts) not in (2, 3) or (parts[2:] and parts[2].rstrip("!") not in _STATUSES):
        return "no line of the form `from to status`"
    old, new = parts[:2]
    if "*" in old or "/:" in old:
        return ""
    for url, what in ((old, "from"), (new, "to")):
        outside = url.startswith("/") and not url.startswith(f"{folder.base}/")
        if outside or not url.startswith(("/", "https://")):
            return f"`{what}` is no address of this site: {url}"
    if new in olds:
        return f"{new} only leads on"
    target = folder.target("index.html", new)
    if target is not None and target.path not in folder.site.files:
        return f"{new} leads nowhere"
    source = folder.target("index.html", old)
    there = source is not None and source.path in folder.site.files
    return f"there is a file at {old}, which the line hides or never answers for" if there else ""
