"""The torture's own eyes: what they are to see, they see. And its short parts, once."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.torture import disks, kills, stops
from bench.torture.crawler import Crawler
from bench.torture.town import town
from tests.server import eventually

WHOLE = {
    "/": '<a href="/a/">a</a><a href="https://elsewhere.example.org/">no link of ours</a></html>\n',
    "/a/": '<a href="/">home</a></html>\n',
}


@contextmanager
def serving(pages: dict[str, str]) -> Iterator[int]:
    """The port of a server that answers with these pages, and 404 for everything else."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            page = pages.get(self.path)
            body = (page or "").encode()
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()


def crawled(port: int) -> Crawler:
    crawler = Crawler(port)
    crawler.start()
    eventually(lambda: crawler.counts["rounds"] >= 2)
    crawler.end()
    return crawler


@pytest.mark.slow
def test_a_whole_site_is_right():
    with serving(WHOLE) as port:
        crawler = crawled(port)
    assert crawler.wrong == []
    assert crawler.counts["answers"] >= 4


@pytest.mark.slow
def test_a_dead_link_is_seen():
    with serving(WHOLE | {"/": WHOLE["/"].replace("/a/", "/gone/")}) as port:
        assert crawled(port).wrong[0] == "/gone/: 404, and / links to it"


@pytest.mark.slow
def test_half_a_page_is_seen():
    with serving(WHOLE | {"/a/": '<a href="/">ho'}) as port:
        assert crawled(port).wrong[0] == "/a/: half a page"


@pytest.mark.slow
def test_a_link_that_has_gone_by_the_time_it_is_followed_is_no_dead_one():
    pages = WHOLE | {"/": '<a href="/old/">old</a></html>\n'}
    real = Crawler._get

    class Slow(Crawler):
        def _get(self, url):
            found = real(self, url)
            if url == "/":
                pages.update(WHOLE)
            return found

    with serving(pages) as port:
        crawler = Slow(port)
        crawler.start()
        eventually(lambda: crawler.counts["rounds"] >= 2)
        crawler.end()
    assert crawler.wrong == []
    assert crawler.counts["links that had gone when they were followed"] == 1


@pytest.mark.slow
def test_a_killed_build_that_is_not_mended_is_seen(tmp_path, monkeypatch):
    site = town(tmp_path / "town")
    assert kills.build(site).returncode == 0
    real = site.files
    monkeypatch.setattr(kills, "clean_files", lambda *_, **__: real() | {"index.html": b"other"})
    wrong, _ = kills._kill_and_mend(site, compress=False, renaming=False, after=0)
    assert wrong == ["not as a clean build: ['index.html']"]


@pytest.mark.slow
@pytest.mark.parametrize("part", [lambda: kills.kills(3, 1), lambda: stops.stops(2, 1)])
def test_a_few_builds_that_are_killed_and_stopped(part):
    figures = list(part())
    assert not any(figure.wrong for figure in figures), "\n".join(f.text for f in figures)


@pytest.mark.slow
def test_full_read_only_and_forbidden_disks():
    if os.getuid() == 0 and not shutil.which("setpriv"):
        pytest.skip("no setpriv: root cannot give its rights up")
    figures = list(disks.disks(1))
    assert not any(figure.wrong for figure in figures), "\n".join(f.text for f in figures)
