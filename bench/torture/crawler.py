"""Follows every link of a site, round after round, while the site changes under it."""

import http.client
import re
import threading
from collections import Counter, deque
from typing import NamedTuple
from urllib.parse import urldefrag, urljoin, urlsplit

_LINK = re.compile(r"""(?:href|src|data-[a-z]+)=["']?([^"'\s>]+)""")
_REST = 0.003  # seconds between two requests: the builds need the machine too
_HOST = "127.0.0.1"


class Page(NamedTuple):
    """What the server answered for an address."""

    status: int
    kind: str
    body: bytes


class Crawler(threading.Thread):
    """Crawls until told to stop; `counts` and `wrong` say what it saw."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.port = port
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self._ended = threading.Event()
        self._connection: http.client.HTTPConnection | None = None

    def end(self) -> None:
        """Stop after the page that is being looked at."""
        self._ended.set()
        self.join()
        self._close()

    def run(self) -> None:
        """Begin at the home page, again and again."""
        while not self._ended.is_set():
            self._round()
            self.counts["rounds"] += 1

    def _round(self) -> None:
        todo, seen = deque([("/", "/")]), {"/"}
        while todo and not self._ended.is_set():
            url, origin = todo.popleft()
            page = self._look(url, origin)
            if page is None or page.kind != "text/html":
                continue
            for link in _links(url, page.body):
                if link not in seen:
                    seen.add(link)
                    todo.append((link, url))

    def _look(self, url: str, origin: str) -> Page | None:
        """A page that is there, whole; None when it has gone together with the link to it."""
        page = self._get(url)
        for _ in range(5):
            if page.status in (200, 301):
                break
            before = self._get(origin)
            if url not in _links(origin, before.body):
                self.counts["links that had gone when they were followed"] += 1
                return None
            page = self._get(url)
            if page.status not in (200, 301) and self._get(origin) == before:
                self.wrong.append(f"{url}: {page.status}, and {origin} links to it")
                return None
        self.counts["answers"] += 1
        if page.status == 200 and page.kind == "text/html" and not page.body.endswith(b"</html>\n"):
            self.wrong.append(f"{url}: half a page")
        return page

    def _get(self, url: str) -> Page:
        """Ask; once more if the server closes a connection that it had kept, as browsers do."""
        self._ended.wait(_REST)
        fresh = self._connection is None
        try:
            return self._ask(url)
        except (http.client.RemoteDisconnected, ConnectionError) as error:
            self._close()
            if fresh:
                self.wrong.append(f"{url}: {error!r}")
                return Page(0, "", b"")
            self.counts["kept connections that had been closed"] += 1
            return self._get(url)
        except http.client.HTTPException as error:
            self._close()
            self.wrong.append(f"{url}: {error!r}")
            return Page(0, "", b"")

    def _ask(self, url: str) -> Page:
        if self._connection is None:
            self._connection = http.client.HTTPConnection(_HOST, self.port, timeout=30)
        self._connection.request("GET", url, headers={"Host": "www.example.org"})
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.headers.get("Connection") == "close":
            self._close()
        return Page(answer.status, answer.headers.get_content_type(), body)

    def _close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _links(origin: str, body: bytes) -> set[str]:
    """The addresses on the same host that a page names, without fragments and queries."""
    found = set()
    for word in _LINK.findall(body.decode("utf-8", "replace")):
        url = urldefrag(urljoin(f"http://{_HOST}{origin}", word)).url
        parts = urlsplit(url)
        if parts.netloc == _HOST and word.startswith(("/", "#", "?")):
            found.add(parts.path)
    return found
