"""All addresses, asked side by side, but each host by one at a time, and remembered for a week."""

import datetime
import functools
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from rolerisk.errors import CommandError
from rolerisk.links.answer import Answer
from rolerisk.links.ask import Reply, request
from rolerisk.links.follow import follow
from rolerisk.store.manifest import read_kept, write_kept

VERSION = 1
WEEK = datetime.timedelta(days=7)
_LASTING = ("fine", "moved", "refused")
_HOSTS = 16  # that are asked at the same time
_FAILURES = 3  # in a row, after which a host is left alone
_GIVEN_UP = Answer("failed", f"not asked: its host has failed {_FAILURES} times in a row")


class NoNetworkError(CommandError):
    """Nothing can be asked from here."""


class Remembered(Struct, frozen=True):
    """Answers by address, each with the day that it was given."""

    answers: dict[str, tuple[datetime.date, Answer]]


class Manners(Struct, frozen=True):
    """Who we say that we are, how long we wait for an answer, and how long between two questions."""

    agent: str
    seconds: float = 20.0
    pause: float = 1.0
    sleep: Callable[[float], object] = time.sleep


def ask_all(
    urls: Iterable[str],
    kept: Path,
    today: datetime.date,
    manners: Manners,
    advance: Callable[[int, int], None] = lambda done, total: None,
) -> dict[str, Answer]:
    """The answers of all addresses; what has answered within the last week is not asked again.

    What failed or is broken is asked every time: somebody is mending it. Raises NoNetworkError
    when several hosts are asked and none of them is known.
    """
    known = _remembered(kept, today)
    wanted = tuple(dict.fromkeys(urls))
    todo = [url for url in wanted if url not in known]
    try:
        for done, (url, answer) in enumerate(_ask(todo, manners), 1):
            known[url] = today, answer
            advance(done, len(todo))
    finally:
        lasting = {u: a for u, a in known.items() if a[1].kind in _LASTING}
        write_kept(kept, Remembered(lasting), VERSION)
    if len(set(map(_host, todo))) > 1 and all(known[url][1].kind == "lost" for url in todo):
        raise NoNetworkError("no host of any external link is known: is there a network?")
    return {url: known[url][1] for url in wanted}


def _remembered(kept: Path, today: datetime.date) -> dict[str, tuple[datetime.date, Answer]]:
    found = read_kept(kept, Remembered, VERSION) or Remembered({})
    no_age = datetime.timedelta(0)
    return {u: a for u, a in found.answers.items() if no_age <= today - a[0] < WEEK}


def _ask(urls: Iterable[str], manners: Manners) -> Iterator[tuple[str, Answer]]:
    by_host: dict[str, list[str]] = {}
    for url in urls:
        by_host.setdefault(_host(url), []).append(url)
    turns, stop = _Turns(manners), threading.Event()

    def of_host(asked: list[str]) -> list[tuple[str, Answer]]:
        send = functools.partial(_send, turns)
        answers = list[Answer]()
        for url in asked:
            if stop.is_set():
                break
            answers.append(_given_up(answers) or follow(url, send, manners.sleep))
        return list(zip(asked, answers, strict=False))

    with ThreadPoolExecutor(_HOSTS) as pool:
        try:
            for done in as_completed([pool.submit(of_host, asked) for asked in by_host.values()]):
                yield from done.result()
        finally:
            stop.set()


def _given_up(answers: list[Answer]) -> Answer | None:
    """The answer of a host that is not asked any more."""
    if answers and answers[-1].kind == "lost":
        return answers[-1]
    last = answers[-_FAILURES:]
    return _GIVEN_UP if len(last) == _FAILURES and {a.kind for a in last} == {"failed"} else None


def _host(url: str) -> str:
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def _send(turns: "_Turns", method: str, url: str) -> Reply:
    """Send a request when it is its host's turn: redirects lead to hosts that others ask, too."""
    with turns.of(_host(url)):
        return request(method, url, turns.manners.agent, turns.manners.seconds)


class _Turns:
    """Lets one request at a time through to a host, and none too soon after the last."""

    def __init__(self, manners: Manners) -> None:
        self.manners = manners
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._free: dict[str, float] = {}

    @contextmanager
    def of(self, host: str) -> Iterator[None]:
        with self._guard:
            lock = self._locks.setdefault(host, threading.Lock())
        with lock:
            wait = self._free.get(host, 0.0) - time.monotonic()
            if wait > 0:
                self.manners.sleep(wait)
            try:
                yield
            finally:
                self._free[host] = time.monotonic() + self.manners.pause
