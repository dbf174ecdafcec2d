"""`check --links`: servers that are slow, broken, elsewhere, going in circles, or lying."""

import datetime
import functools
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import click
import pytest
from click.testing import CliRunner

from build import main
from rolerisk.content import check_content
from rolerisk.errors import CommandError
from rolerisk.links import asking
from rolerisk.links.addresses import external_links
from rolerisk.links.answer import Answer
from rolerisk.links.ask import Reply, request
from rolerisk.links.asking import Manners, ask_all
from rolerisk.links.follow import follow
from tests.sites import TODAY, SiteFolder

CARPENTER = "content/roles/carpenter.yaml"
AGENT = "rolerisk link check (+https://test.example.org; test@example.org)"


class Server:
    """A web server whose paths misbehave as they are called; it counts what it is asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.agents: set[str] = set()
        self.guard = threading.Lock()
        self.ended = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                server.answer(self)

            def do_GET(self) -> None:
                server.answer(self)

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.handle_error = lambda *_: None  # clients that hang up are part of the play
        self.url = f"http://127.0.0.1:{self.http.server_port}"

    def answer(self, to: BaseHTTPRequestHandler) -> None:
        with self.guard:
            self.asked.append((to.command, to.path))
            self.agents.add(to.headers["User-Agent"])
            before = self.asked.count((to.command, to.path)) - 1
        self._answer(to, to.command == "HEAD", before)

    def at_once(self, say: Callable[[BaseHTTPRequestHandler], None]) -> Counter[str]:
        """Answer by `say` from now on, and count how many requests to a host there are at most.

        One that has its answer counts no more, though its thread may still be here.
        """
        busy, most = Counter[str](), Counter[str]()

        def answer(to: BaseHTTPRequestHandler, head: bool, before: int) -> None:
            host = to.headers["Host"]
            with self.guard:
                busy[host] += 1
                most[host] = max(most[host], busy[host])
            time.sleep(0.01)
            with self.guard:
                busy[host] -= 1
            say(to)

        self._answer = answer
        return most

    def _answer(self, to: BaseHTTPRequestHandler, head: bool, before: int) -> None:  # noqa: PLR0912
        path = to.path.partition("?")[0]
        if path.isascii() and path[1:].isdigit():
            _say(to, int(path[1:]))
        elif path.startswith(("/moved", "/for-now")):
            _say(
                to,
                301 if path.startswith("/moved") else 302,
                Location="/" + path.partition("-to-")[2],
            )
        elif path == "/circle":
            _say(to, 301, Location="/round")
        elif path == "/round":
            _say(to, 308, Location="/circle")
        elif path.startswith("/deep"):
            _say(to, 302, Location=f"/deep{int(path[5:]) + 1}")
        elif path == "/file":
            _say(to, 301, Location="file:///etc/passwd")
        elif path == "/no-head":
            _say(to, 405 if head else 200)
        elif path == "/no-page-to-head":
            _say(to, 404 if head else 200)
        elif path == "/half":
            _say(to, 500 if head else 200, **{"Content-Length": "5000"})
            to.wfile.write(b"" if head else b"half a page")
        elif path == "/reset":
            to.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
            to.connection.close()
        elif path == "/nonsense":
            to.wfile.write(b"ehlo\r\n\r\n")
        elif path == "/silent":
            self.ended.wait(10)
        elif path == "/drip":
            to.wfile.write(b"HTTP/1.1 200 OK\r\n")
            for _ in range(100):
                if self.ended.wait(0.05):
                    break
                to.wfile.write(b"X-Drip: drop\r\n")
        elif path == "/busy":
            _say(to, 429 if not before and head else 200, **({"Retry-After": "7"} if head else {}))
        elif path == "/closed-today":
            _say(to, 503, **{"Retry-After": "86400"})
        elif path == "/stumbles":
            _say(to, 200 if not head and before else 502)
        else:
            _say(to, 200)


def _say(to: BaseHTTPRequestHandler, status: int, **headers: str) -> None:
    to.send_response(status)
    for name, value in ({"Content-Length": "0"} | headers).items():
        to.send_header(name, value)
    to.end_headers()


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.http.serve_forever, args=(0.01,))
    thread.start()
    yield made
    made.ended.set()
    made.http.shutdown()
    thread.join()
    made.http.server_close()


@pytest.fixture
def kept(tmp_path):
    return tmp_path / ".cache" / "links.msgpack"


def ask(server, kept, *paths, slept=None, today=TODAY, seconds=5.0) -> list[Answer]:
    waits = [] if slept is None else slept
    manners = Manners(AGENT, seconds=seconds, pause=0.0, sleep=waits.append)
    urls = [path if "://" in path else server.url + path for path in paths]
    answers = ask_all(urls, kept, today, manners)
    return [answers[url] for url in urls]


@pytest.mark.parametrize(
    ("path", "kind", "words"),
    [
        ("/page", "fine", ""),
        ("/no-head", "fine", ""),
        ("/no-page-to-head", "fine", ""),
        ("/stumbles", "fine", ""),
        ("/for-now-to-page", "fine", ""),
        ("/404", "broken", "answers 404 Not Found"),
        ("/410", "broken", "answers 410 Gone"),
        ("/for-now-to-404", "broken", "answers 404 Not Found at {url}/404, where it redirects to"),
        ("/circle", "broken", "redirects in a circle"),
        ("/deep1", "broken", "redirects more than 10 times"),
        ("/file", "broken", "redirects to file:///etc/passwd, which is no web address"),
        ("/304", "broken", "answers 304 Not Modified"),
        ("/403", "refused", "answers 403 Forbidden"),
        ("/401", "refused", "answers 401 Unauthorized"),
        ("/999", "refused", "answers 999"),
        ("/429", "failed", "answers 429 Too Many Requests"),
        ("/500", "failed", "answers 500 Internal Server Error"),
        ("/closed-today", "failed", "answers 503 Service Unavailable, and asks to wait: 86400"),
        ("/half", "failed", "the answer breaks off after 11 bytes"),
        ("/reset", "failed", "connection reset by peer"),
        ("/nonsense", "failed", "what comes back is no answer"),
    ],
)
def test_what_an_address_answers(server, kept, path, kind, words):
    (answer,) = ask(server, kept, path)
    assert answer == Answer(kind, words.replace("{url}", server.url))


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/silent", "/drip"])
def test_a_server_that_is_too_slow_is_not_waited_for(server, kept, path):
    (answer,) = ask(server, kept, path, seconds=0.2)
    assert answer == Answer("failed", "no answer within 0.2 seconds")
    assert [method for method, _ in server.asked] == ["HEAD", "GET", "GET"]


@pytest.mark.parametrize(
    ("path", "to"),
    [
        ("/moved-to-page", "/page"),
        ("/moved-to-moved-to-page", "/page"),
        ("/moved-to-for-now-to-page", "/for-now-to-page"),  # from there on it is not for good
        ("/for-now-to-moved-to-page", ""),
    ],
)
def test_a_page_that_moved_for_good_is_told_with_its_new_address(server, kept, path, to):
    expected = Answer("moved", to=server.url + to) if to else Answer("fine")
    assert ask(server, kept, path) == [expected]


def test_who_asks_to_wait_is_waited_for(server, kept):
    slept: list[float] = []
    assert ask(server, kept, "/busy", slept=slept) == [Answer("fine")]
    assert slept == [7.0]
    slept.clear()
    ask(server, kept, "/closed-today", slept=slept)
    assert slept == []


def test_a_failure_is_tried_three_times_and_a_definite_answer_once(server, kept):
    ask(server, kept, "/500", "/403", "/page")
    count = Counter(path for _, path in server.asked)
    assert count == {"/500": 3, "/403": 2, "/page": 1}
    assert server.agents == {AGENT}


def test_addresses_are_asked_without_letters_that_a_request_cannot_have(server, kept):
    ask(server, kept, "/é?q=ü%20x&y=1")
    assert server.asked == [("HEAD", "/%C3%A9?q=%C3%BC%20x&y=1")]


def test_a_host_is_asked_one_thing_at_a_time_and_not_too_soon(server, kept):
    slept: list[float] = []
    most = server.at_once(lambda to: _say(to, 200))
    paths = [f"{server.url}/page-{n}" for n in range(6)]
    ask_all(paths, kept, TODAY, Manners(AGENT, pause=30.0, sleep=slept.append))
    assert list(most.values()) == [1]
    assert len(slept) == 5
    assert all(0 < wait <= 30 for wait in slept)


def test_hosts_are_asked_side_by_side(server, kept):
    """Two hosts meet at a barrier that neither passes alone."""
    barrier = threading.Barrier(2, timeout=60)
    server._answer = lambda to, head, before: (barrier.wait(), _say(to, 200))
    there = server.url.replace("127.0.0.1", "localhost")
    assert ask(server, kept, "/a", f"{there}/b") == [Answer("fine")] * 2


@pytest.mark.slow
def test_a_redirect_into_another_host_waits_for_its_turn(server, kept):
    there = server.url.replace("127.0.0.1", "localhost")
    most = server.at_once(
        lambda to: (
            _say(to, 302, Location=f"{server.url}/page")
            if to.headers["Host"].startswith("localhost")
            else _say(to, 200)
        )
    )
    paths = [f"/{n}" for n in range(5)] + [f"{there}/{n}" for n in range(5)]
    assert ask(server, kept, *paths) == [Answer("fine")] * 10
    assert list(most.values()) == [1, 1]


def test_a_host_that_keeps_failing_is_left_alone(server, kept):
    answers = ask(server, kept, *(f"/500?{n}" for n in range(5)))
    assert [a.words for a in answers[:3]] == ["answers 500 Internal Server Error"] * 3
    assert [a.words for a in answers[3:]] == ["not asked: its host has failed 3 times in a row"] * 2
    assert len(server.asked) == 9


def test_what_has_answered_is_not_asked_again_for_a_week(server, kept):
    paths = ["/page", "/moved-to-page", "/403", "/404", "/500"]
    first = ask(server, kept, *paths)
    server.asked.clear()
    assert ask(server, kept, *paths, today=TODAY + datetime.timedelta(days=6)) == first
    assert {path for _, path in server.asked} == {"/404", "/500"}
    server.asked.clear()
    ask(server, kept, *paths, today=TODAY + datetime.timedelta(days=7))
    assert {path for _, path in server.asked} == {*paths}


def test_a_damaged_memory_is_none(server, kept):
    ask(server, kept, "/page")
    kept.write_bytes(kept.read_bytes()[:-1])
    server.asked.clear()
    assert ask(server, kept, "/page") == [Answer("fine")]
    assert server.asked


def test_an_interrupted_run_keeps_what_it_knows(server, kept):
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask_all([f"{server.url}/page"], kept, TODAY, Manners(AGENT, pause=0.0), stop)
    server.asked.clear()
    assert ask(server, kept, "/page") == [Answer("fine")]
    assert server.asked == []


def test_hosts_that_are_not_there(monkeypatch, kept):
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    urls = ["http://a.invalid/1", "http://a.invalid/2"]
    answers = ask_all(urls, kept, TODAY, Manners(AGENT, pause=0.0))
    assert answers[urls[0]] == answers[urls[1]] == Answer("lost", "there is no such host")
    with pytest.raises(CommandError, match="is there a network"):
        ask_all([*urls, "http://b.invalid/"], kept, TODAY, Manners(AGENT, pause=0.0))


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:99999/", "http://a..b/", "http://[/", "https://" + "a" * 70 + ".org/"]
)
def test_what_is_no_address_is_a_reply_too(url):
    assert request("GET", url, AGENT, 1.0) == Reply(
        failure="is not an address that can be asked", lost=True
    )


def test_a_port_that_nobody_listens_on(kept):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}/"
        assert request("GET", url, AGENT, 1.0).failure == "connection refused"


def test_only_web_addresses_are_ever_asked():
    asked: list[str] = []

    def send(method: str, url: str) -> Reply:
        asked.append(url)
        return Reply(301, location="ftp://example.org/x")

    assert follow("https://example.org/", send, lambda _: None).kind == "broken"
    assert asked == ["https://example.org/"]


@pytest.fixture
def linked(site, server, monkeypatch) -> SiteFolder:
    """A site with links to the server in all kinds of places, and nothing else out there."""
    monkeypatch.chdir(site.root)
    monkeypatch.setattr(asking, "Manners", functools.partial(Manners, pause=0.0))
    for path in ("roles.yaml", CARPENTER, "content/tools.yaml"):
        text = site.read(path)
        site.write(path, text.replace("https://example.org", server.url))
    site.write(
        "content/site.yaml",
        site.read("content/site.yaml")
        .replace("https://creativecommons.org", server.url)
        .replace("rules: {", "rules: {insecure-address: off, "),
    )
    return site


def test_links_of_all_kinds_are_found_and_no_other(linked, server):
    linked.edit(
        CARPENTER,
        "Because of the sorting orders.",
        "See [it](https://a.org/x#y), ![a](http://b.org/i.png), [us](https://test.example.org/roles/) and [none](mailto:a@b.org), [here](/about/).",
    )
    linked.edit("content/pages/about.md", "This is", "[Page](https://c.org/) is")
    linked.edit("content/tools.yaml", "Alpha drafts. It", "Alpha [drafts](https://a.org/x). It")
    checked = check_content(linked.settings())
    found = external_links(checked.sources, checked.site)
    local = {url for url in found if url.startswith(server.url)}
    assert set(found) - local == {"https://a.org/x", "http://b.org/i.png", "https://c.org/"}
    assert [place.path for place in found["https://a.org/x"]] == ["content/tools.yaml", CARPENTER]
    paths = {url.removeprefix(server.url) for url in local}
    assert {"/carpenter/a", "/locksmith/b", "/alpha", "/licenses/by/4.0/"} <= paths


def test_the_command_reports_links_as_it_reports_all_else(linked, server):
    linked.edit(CARPENTER, f"{server.url}/carpenter/a", f"{server.url}/404")
    linked.edit(CARPENTER, f"{server.url}/carpenter/b", f"{server.url}/moved-to-page")
    linked.edit("content/tools.yaml", f"{server.url}/gamma", f"{server.url}/403")
    linked.edit(
        "content/tools.yaml",
        f"  url: {server.url}/beta",
        f"  # check: allow unreachable-link\n  url: {server.url}/403",
    )
    result = CliRunner().invoke(main, ["check", "--links", "--today", str(TODAY)])
    told = click.unstyle(result.stderr)
    assert result.exit_code == 1
    assert f": {server.url}/404: answers 404 Not Found [broken-link]" in told
    assert f"warning: {server.url}/moved-to-page has moved [moved-link]" in told
    assert f"  hint: write {server.url}/page\n" in told
    assert told.count("[unreachable-link]") == 1
    assert "external links" in told
    assert told.endswith("1 error and 2 warnings in 2 files\n")


def test_without_the_option_nothing_is_asked(linked, server):
    assert CliRunner().invoke(main, ["check", "--today", str(TODAY)]).exit_code == 0
    assert server.asked == []
