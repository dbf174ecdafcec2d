"""Audits a finished folder: its pages, one after the other, then what only all of them can tell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from msgspec import Struct, structs

from rolerisk.audit import heads, whole
from rolerisk.audit.digest import Digest, digest_of, interned
from rolerisk.audit.folder import Folder, dead_links, folder_of
from rolerisk.audit.page import parse_page
from rolerisk.audit.rules import FOLDER_CHECKS, PAGE_CHECKS
from rolerisk.finished import HOME, Finished
from rolerisk.problem import LocatedProblem, Severity

_SAME = 3  # places that are told of one and the same fault
_FEW = 40  # pages; below this a pool costs more than it saves
_BATCH = 20


class _Read(Struct, frozen=True):
    """What is wrong with one page, and what is kept of it; None when it cannot be read."""

    problems: tuple[LocatedProblem, ...]
    digest: Digest | None


def check_site(site: Finished, jobs: int = 1, strict: bool = False) -> Iterator[LocatedProblem]:
    """Everything in a folder that readers or crawlers should not get.

    `jobs` processes read the pages, one after the other. What is said of many pages in the same
    words is one fault of a template: the first few places are told and the others counted. With
    `strict`, warnings are errors.
    """
    for found in _few_of_each(site.out, _problems(site, jobs)):
        yield structs.replace(found, severity=Severity.ERROR) if strict else found


def _few_of_each(out: str, problems: Iterable[LocatedProblem]) -> Iterator[LocatedProblem]:
    """The first problems of those that say the same, then how many more there are."""
    met = Counter[tuple[str, Severity, str]]()
    for found in problems:
        met[found.rule, found.severity, found.message] += 1
        if met[found.rule, found.severity, found.message] <= _SAME:
            yield found
    for (rule, severity, message), count in met.items():
        if count > _SAME:
            more = f"{count - _SAME:,} more of this: {message}"
            yield LocatedProblem(out, 0, 0, more, rule, severity)


def _problems(site: Finished, jobs: int) -> Iterator[LocatedProblem]:
    folder = folder_of(site)
    for path in dead_links(site):
        yield folder.problem(whole.RULE, path, "a link that leads to nothing")
    if not folder.site.base_url:
        message = "the home page has no og:url, so nobody knows where the site is"
        yield folder.problem(heads.CANONICAL, HOME, message, "nothing else was checked")
        return
    digests = []
    for read in _read_all(folder, jobs):
        yield from read.problems
        if read.digest:
            digests.append(interned(read.digest))
    for checks in FOLDER_CHECKS:
        yield from checks.check_all(digests, folder)


def _read_all(folder: Folder, jobs: int) -> Iterator[_Read]:
    pages = [path for path in folder.site.files if path.endswith(".html")]
    if jobs == 1 or len(pages) < _FEW:
        yield from (_read(path, folder) for path in pages)
        return
    batches = [pages[i : i + _BATCH] for i in range(0, len(pages), _BATCH)]
    with ProcessPoolExecutor(jobs, initializer=_start_worker, initargs=(folder,)) as pool:
        for read in pool.map(_read_batch, batches):
            yield from read


def _read(path: str, folder: Folder) -> _Read:
    """Check one page, and forget it."""
    file = f"{folder.site.out}/{path}"
    try:
        data = folder.read(path)
    except OSError:
        return _Read(tuple(whole.check_whole(file, None)), None)
    problems = list(whole.check_whole(file, data))
    try:
        page = parse_page(path, file, folder.url(path), data)
    except UnicodeDecodeError:
        return _Read(tuple(problems), None)
    for checks in PAGE_CHECKS:
        problems += checks.check_page(page, folder)
    return _Read(tuple(problems), digest_of(page, folder))


_worker: Folder | None = None


def _start_worker(folder: Folder) -> None:
    global _worker  # noqa: PLW0603  a worker process is told of the folder once
    _worker = folder


def _read_batch(paths: Sequence[str]) -> list[_Read]:
    assert _worker is not None
    return [_read(path, _worker) for path in paths]
