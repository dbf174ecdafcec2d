"""Every address of the site has one owner."""

import posixpath
from collections.abc import Iterator

from rolerisk.check.subject import SiteSubject
from rolerisk.model.site import Claim
from rolerisk.problem import Problem, Rule, Severity, problem

RULE = Rule(
    "address-conflict",
    Severity.ERROR,
    "No two pages, files or redirects have one address.",
    "One would be written over the other. A tool's address is made of the ASCII letters and digits "
    "of its name, a page's of its file's name; upper and lower case are the same to many disks.",
    firm=True,
)


def check(subject: SiteSubject) -> Iterator[Problem]:
    """Compare the file behind each address with those before it, and with their folders."""
    owners: dict[str, Claim] = {}
    for claim in subject.site.claims:
        path = _path(claim.url)
        taken = next((owners[p] for p in (path, *_folders(path)) if p in owners), None)
        owners.setdefault(path, claim)
        if taken and claim.place:
            message = f"{claim.what} has the address of {taken.what}, {taken.url}"
            yield problem(RULE, claim.place, message, "give one of the two another")


def _path(url: str) -> str:
    """The file that an address is served from: a redirect gets a folder, slash or not."""
    odd = "//" in url or "/." in url
    path = (posixpath.normpath(url) if odd else url).strip("/").casefold()
    is_file = not url.endswith("/") and "." in path[path.rfind("/") + 1 :]
    return path if is_file else f"{path}/index.html".lstrip("/")


def _folders(path: str) -> Iterator[str]:
    while path := path.rpartition("/")[0]:
        yield path
