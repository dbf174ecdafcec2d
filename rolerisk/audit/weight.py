"""What role pages and scripts may weigh, compressed as a server sends them."""

import re
from collections.abc import Collection, Iterator, Sequence

import brotli

from rolerisk.audit.digest import Digest
from rolerisk.audit.folder import Folder
from rolerisk.audit.page import Page
from rolerisk.finished import Finished
from rolerisk.problem import LocatedProblem, Rule, Severity

PAGE_BUDGET = 14_600  # bytes of a role page with its styles: what a new connection carries at once
SCRIPT_BUDGET = 12_000  # bytes of all our interaction code together
RULE = Rule(
    "site-weight",
    Severity.ERROR,
    f"A role page weighs at most {PAGE_BUDGET:,} bytes, all our scripts together {SCRIPT_BUDGET:,}.",
    "Compressed with brotli, its styles included, a role page then arrives with the first packets of a "
    "new connection, so that a phone shows it at once. `python -m bench.audit` lists the heaviest. "
    "Checked by check --site.",
)
_ROLE = re.compile(r"roles/(?!page-\d+/)[^/]+/index\.html")
_SCRIPT = re.compile(r"assets/[^/]+\.js")
_BEST = 11


def is_role_page(path: str) -> bool:
    """Whether a file is the page of a role, or an old address of one."""
    return _ROLE.fullmatch(path) is not None


def script_paths(site: Finished) -> list[str]:
    """Our scripts; those of the search index are its program's."""
    return [path for path in site.files if _SCRIPT.fullmatch(path)]


def weight(data: bytes) -> int:
    """The bytes of a file at brotli's best."""
    return len(brotli.compress(data, quality=_BEST))


def check_page(page: Page, _: Folder) -> Iterator[LocatedProblem]:
    """The weight of a role page."""
    found = _over(PAGE_BUDGET, [page.data]) if is_role_page(page.path) else 0
    if found:
        hint = "write less, or cut a table; each image and figure that a template adds counts too"
        yield page.problem(RULE, f"{found:,} bytes compressed, of {PAGE_BUDGET:,}", hint)


def check_all(_: Sequence[Digest], folder: Folder) -> Iterator[LocatedProblem]:
    """The weight of all scripts."""
    scripts = {path: folder.read(path) for path in script_paths(folder.site)}
    found = _over(SCRIPT_BUDGET, scripts.values())
    if found:
        heaviest = max(scripts, key=lambda path: weight(scripts[path]))
        message = f"the scripts weigh {found:,} bytes, of {SCRIPT_BUDGET:,}"
        yield folder.problem(RULE, "assets", message, f"the heaviest is {heaviest}")


def _over(budget: int, files: Collection[bytes]) -> int:
    """What files weigh when that is too much, else 0; the best compression is slow and asked last."""
    for quality in (5, 10):
        if sum(len(brotli.compress(data, quality=quality)) for data in files) <= budget:
            return 0
    found = sum(map(weight, files))
    return found if found > budget else 0
