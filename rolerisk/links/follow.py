"""One address → what becomes of who follows it: tries again, asks with GET, goes where it is sent."""

from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import urljoin, urlsplit

from rolerisk.links.answer import Answer
from rolerisk.links.ask import Reply

TRIES = 3
MOST_REDIRECTS = 10
LONGEST_WAIT = 60  # seconds that a server may ask for
_AGAIN = 2.0  # seconds before the second try, twice as many before the third
_REDIRECTS, _FOR_GOOD = (301, 302, 303, 307, 308), (301, 308)
_NO_PROGRAMS = (401, 402, 403, 405, 406, 407, 418, 451, 999)

Send = Callable[[str, str], Reply]
Sleep = Callable[[float], object]


def follow(url: str, send: Send, sleep: Sleep) -> Answer:
    """Follow an address to its end."""
    here, visited, moved, for_good = url, [url], "", True
    while True:
        reply = _ask(here, send, sleep)
        if reply.status not in _REDIRECTS or not reply.location:
            answer = _end(reply, url, here)
            return Answer("moved", to=moved) if moved and answer.kind == "fine" else answer
        here = urljoin(here, reply.location).partition("#")[0]
        if urlsplit(here).scheme not in ("https", "http"):
            return Answer("broken", f"redirects to {here}, which is no web address")
        if here in visited:
            return Answer("broken", "redirects in a circle")
        if len(visited) > MOST_REDIRECTS:
            return Answer("broken", f"redirects more than {MOST_REDIRECTS} times")
        visited.append(here)
        for_good = for_good and reply.status in _FOR_GOOD
        moved = here if for_good else moved


def _ask(url: str, send: Send, sleep: Sleep) -> Reply:
    """HEAD first, then GET: not every server knows HEAD, and some lie to it."""
    reply = send("HEAD", url)
    for count in range(1, TRIES):
        wait = _wait(reply, count)
        if wait is None:
            break
        sleep(wait)
        reply = send("GET", url)
    return reply


def _wait(reply: Reply, count: int) -> float | None:
    """The seconds to wait before asking again; None when that is of no use."""
    if 200 <= reply.status < 400 or reply.lost:
        return None
    if reply.retry_after.isdigit() and reply.status in (429, 503):
        asked = int(reply.retry_after)
        return float(asked) if asked <= LONGEST_WAIT else None
    if reply.failure or reply.status == 429 or 500 <= reply.status < 600:
        return _AGAIN * count
    return 0 if count == 1 else None


def _end(reply: Reply, url: str, here: str) -> Answer:
    behind = f" at {here}, where it redirects to" if here != url else ""
    if not reply.status:
        return Answer("lost" if reply.lost else "failed", reply.failure + behind)
    if 200 <= reply.status < 300:
        return Answer("fine")
    later = f", and asks to wait: {reply.retry_after}" if reply.retry_after else ""
    words = f"answers {reply.status} {_meaning(reply)}".rstrip() + later + behind
    if reply.status in _NO_PROGRAMS:
        return Answer("refused", words)
    passing = reply.status == 429 or reply.status >= 500
    return Answer("failed" if passing else "broken", words)


def _meaning(reply: Reply) -> str:
    try:
        return HTTPStatus(reply.status).phrase
    except ValueError:
        return reply.reason
