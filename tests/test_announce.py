"""`announce`: what changed since the last time, once, whatever the endpoint answers."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

import pytest
from click.testing import CliRunner

import build
from rolerisk.announce.announce import announce, state_path
from rolerisk.announce.changes import Changes, batches, changes
from rolerisk.announce.indexnow import Answer, post
from rolerisk.announce.pages import Pages, announced_pages
from rolerisk.finished import finished
from tests.sites import SMALL_SITE, SiteFolder

KEY = "0123456789abcdef"
BASE = "https://test.example.org"
BAKER, LOCKSMITH = f"{BASE}/roles/baker/", f"{BASE}/roles/locksmith/"


class Endpoint:
    """A server that keeps what it is sent and answers as told, 200 when nothing is told."""

    def __init__(self) -> None:
        self.requests: list[dict] = []
        self.answers: list[tuple[int, dict[str, str]]] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                assert self.headers["Content-Type"] == "application/json; charset=utf-8"
                endpoint.requests.append(json.loads(body))
                status, headers = endpoint.answers.pop(0) if endpoint.answers else (200, {})
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()

            def do_GET(self) -> None:
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/indexnow"

    @property
    def sent(self) -> list[str]:
        """All addresses that were sent since the last look."""
        urls = [url for request in self.requests for url in request["urlList"]]
        self.requests.clear()
        return urls


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    made = Endpoint()
    thread = threading.Thread(target=made.server.serve_forever, args=(0.01,))
    thread.start()
    yield made
    made.server.shutdown()
    thread.join()
    made.server.server_close()


@pytest.fixture
def online(site, monkeypatch) -> SiteFolder:
    """A built site with a key, in the folder that the commands run in."""
    monkeypatch.chdir(site.root)
    site.edit("content/site.yaml", "features:", f"indexnow_key: {KEY}\nfeatures:")
    assert site.build().sound
    return site


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> SiteFolder:
    """A built site with a key, which no test changes."""
    made = SiteFolder(tmp_path_factory.mktemp("announce") / "project", SMALL_SITE)
    made.edit("content/site.yaml", "features:", f"indexnow_key: {KEY}\nfeatures:")
    assert made.build().sound
    return made


@pytest.fixture
def still(built, tmp_path, monkeypatch) -> SiteFolder:
    """That site, seen from a folder in which nothing has been announced."""
    (tmp_path / "site").symlink_to(built.out)
    monkeypatch.chdir(tmp_path)
    return built


class Ran(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


def run(*args: str) -> Ran:
    """Run a command in the folder of the test."""
    done = CliRunner().invoke(build.main, args)
    return Ran(done.exit_code, done.stdout, done.stderr)


def listed(folder: SiteFolder) -> set[str]:
    """The addresses of the sitemap."""
    text = folder.files()["sitemap.xml"].decode()
    return {part.partition("</loc>")[0] for part in text.split("<loc>")[1:]}


# ---- the command, against the server


def test_the_first_time_every_page_of_the_sitemap_is_sent_as_the_protocol_asks(
    still,
    endpoint,
):
    ran = run("announce", "--endpoint", endpoint.url)
    (request,) = endpoint.requests
    assert (ran.code, ran.err) == (0, "")
    assert set(request.pop("urlList")) == listed(still)
    assert request == {
        "host": "test.example.org",
        "key": KEY,
        "keyLocation": f"{BASE}/{KEY}.txt",
    }
    count = len(listed(still))
    assert ran.out == (f"{count} addresses: 200, accepted\n{count} added, 0 changed, 0 removed\n")


def test_nothing_is_sent_twice(online, endpoint):
    run("announce", "--endpoint", endpoint.url)
    assert endpoint.sent
    ran = run("announce", "--endpoint", endpoint.url)
    assert (ran.code, ran.out) == (0, "0 added, 0 changed, 0 removed\n")
    assert endpoint.sent == []
    run("clean")
    assert online.build().sound
    run("announce", "--endpoint", endpoint.url)
    assert endpoint.sent == []


def test_an_edit_sends_the_page_whose_text_changed(online, endpoint):
    run("announce", "--endpoint", endpoint.url)
    assert endpoint.sent
    online.edit("roles.yaml", "A baker keeps the hard part", "A baker keeps most of it")
    assert online.build().sound
    ran = run("announce", "--endpoint", endpoint.url)
    assert ran.out.endswith("0 added, 1 changed, 0 removed\n")
    assert endpoint.sent == [BAKER]


@pytest.mark.slow
def test_what_is_on_every_page_is_no_news_of_any(online, endpoint):
    run("announce", "--endpoint", endpoint.url)
    assert endpoint.sent
    before = online.files()["roles/baker/index.html"]
    online.edit("content/site.yaml", "label: Start", "label: Begin here")
    online.edit("content/site.yaml", "name: Testsite", "name: Other")
    online.edit("templates/assets/site.css", "{", "{color:red;", count=1)
    assert online.build().sound
    assert online.files()["roles/baker/index.html"] != before
    run("announce", "--endpoint", endpoint.url)
    assert BAKER not in endpoint.sent


def test_added_and_removed_pages_are_sent(online, endpoint):
    run("announce", "--endpoint", endpoint.url)
    assert endpoint.sent
    online.edit("content/roles/carpenter.yaml", "slug: carpenter", "slug: joiner")
    online.rename("content/roles/carpenter.yaml", "content/roles/joiner.yaml")
    assert online.build().sound
    dry = run("announce", "--dry-run", "--endpoint", endpoint.url)
    assert f"added   {BASE}/roles/joiner/\n" in dry.out
    assert f"removed {BASE}/roles/carpenter/\n" in dry.out
    assert dry.out.endswith("nothing sent\n")
    assert endpoint.sent == []
    run("announce", "--endpoint", endpoint.url)
    sent = endpoint.sent
    assert sent.count(f"{BASE}/roles/joiner/") == sent.count(f"{BASE}/roles/carpenter/") == 1
    run("announce", "--endpoint", endpoint.url)
    assert endpoint.sent == []


ANSWERS = {
    400: "400, the request has a wrong form\n",
    403: f"403, the key is not valid: {BASE}/{KEY}.txt has to be online and hold the key\n",
    422: "422, an address does not belong to test.example.org, or the key does not fit the protocol\n",
    429: "429, too many requests\n",
    302: "302, not understood\n",
    503: "503, the endpoint failed\n",
}


@pytest.mark.parametrize("status", ANSWERS)
def test_what_is_refused_is_said_and_sent_again_by_the_next_run(still, endpoint, status):
    endpoint.answers = [(status, {"Location": "/indexnow"} if status == 302 else {})]
    ran = run("announce", "--endpoint", endpoint.url)
    count = len(listed(still))
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        f"{count} addresses: {ANSWERS[status]}run announce again: it sends what was not accepted\n"
    )
    assert set(endpoint.sent) == listed(still)
    assert run("announce", "--endpoint", endpoint.url).code == 0
    assert set(endpoint.sent) == listed(still)


def test_202_is_an_acceptance(still, endpoint):
    endpoint.answers = [(202, {})]
    ran = run("announce", "--endpoint", endpoint.url)
    assert "202, received, the key is still to be validated\n" in ran.out
    assert endpoint.sent
    run("announce", "--endpoint", endpoint.url)
    assert endpoint.sent == []


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ("120", "120 seconds"),
        ("Wed, 25 Nov 2026 07:28:00 GMT", "until Wed, 25 Nov 2026 07:28:00 GMT"),
    ],
)
def test_retry_after_is_passed_on(still, endpoint, after, words):
    endpoint.answers = [(429, {"Retry-After": after})]
    assert (
        f"the endpoint asks to wait: {words}\n" in run("announce", "--endpoint", endpoint.url).err
    )


def test_an_endpoint_that_does_not_answer(still, endpoint):
    endpoint.server.server_close()
    ran = run("announce", "--endpoint", endpoint.url)
    assert (ran.code, ran.out) == (1, "")
    assert "addresses: failed, no answer: " in ran.err


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"preview": True}, "holds a preview"),
        ({"base_url": "https://other.example.org"}, "holds a preview"),
    ],
)
def test_a_preview_is_not_announced(online, endpoint, options, words):
    run("announce", "--endpoint", endpoint.url)
    assert endpoint.sent
    assert online.build(**options).sound
    ran = run("announce", "--endpoint", endpoint.url)
    assert ran.code == 2
    assert words in ran.err
    assert endpoint.sent == []


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (f"indexnow_key: {KEY}\n", "", "holds no IndexNow key: set indexnow_key"),
        ("features:", "crawlers: closed\nfeatures:", "keeps all crawlers out"),
        (BASE, "https://test.example", "https://test.example is nobody's address"),
    ],
)
def test_a_site_without_a_key_a_crawler_or_an_address_is_not_announced(
    online,
    endpoint,
    old,
    new,
    words,
):
    online.edit("content/site.yaml", old, new)
    assert online.build().sound
    ran = run("announce", "--endpoint", endpoint.url)
    assert ran.code == 2
    assert words in ran.err
    assert endpoint.sent == []


@pytest.mark.parametrize("address", ["file:///etc/passwd", "indexnow.org"])
def test_an_endpoint_is_a_web_address(still, address):
    assert run("announce", "--endpoint", address).code == 2


def test_without_a_site_there_is_nothing_to_announce(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = run("announce")
    assert (ran.code, "site holds no site: build first" in ran.err) == (2, True)


# ---- many addresses: batches, and a state that is kept after each


def pages(count: int) -> Pages:
    return Pages(BASE, KEY, {f"{BASE}/roles/r{n}/": str(n) for n in range(count)})


@pytest.mark.parametrize(
    ("count", "sizes"), [(0, []), (10_000, [10_000]), (20_001, [10_000, 10_000, 1])]
)
def test_a_request_holds_at_most_ten_thousand(count, sizes):
    urls = tuple(pages(count).digests)
    assert [len(batch) for batch in batches(urls)] == sizes
    assert tuple(url for batch in batches(urls) for url in batch) == urls


def test_what_was_accepted_before_a_failure_is_not_sent_again(tmp_path, endpoint):
    path = state_path(tmp_path, BASE)
    endpoint.answers = [(200, {}), (429, {"Retry-After": "5"})]

    def send(urls: tuple[str, ...]) -> Answer:
        return post(endpoint.url, BASE, KEY, urls)

    many = pages(20_001)
    sent = list(announce(many, path, send))
    assert [s.answer.status for s in sent] == [200, 429]
    assert endpoint.sent == list(many.digests)[:20_000]
    assert [s.answer.status for s in announce(many, path, send)] == [200, 200]
    assert endpoint.sent == list(many.digests)[10_000:]
    assert list(announce(many, path, send)) == []


def test_a_removed_address_is_forgotten_only_when_the_removal_was_accepted(tmp_path, endpoint):
    path = state_path(tmp_path, BASE)

    def send(urls: tuple[str, ...]) -> Answer:
        return post(endpoint.url, BASE, KEY, urls)

    list(announce(pages(2), path, send))
    assert len(endpoint.sent) == 2
    endpoint.answers = [(500, {})]
    for _ in range(2):
        list(announce(pages(1), path, send))
        assert endpoint.sent == [f"{BASE}/roles/r1/"]
    list(announce(pages(1), path, send))
    assert endpoint.sent == []


def test_every_address_of_a_site_has_a_state_of_its_own(tmp_path):
    assert state_path(tmp_path, BASE) != state_path(tmp_path, "https://other.example.org")


def test_a_damaged_state_is_no_state(tmp_path):
    path = state_path(tmp_path, BASE)
    list(announce(pages(3), path, lambda _: Answer(200, "")))
    path.write_bytes(path.read_bytes()[:-1])
    (sent,) = announce(pages(3), path, lambda _: Answer(200, ""))
    assert len(sent.urls) == 3


def test_changes_are_told_apart():
    found = changes({"a": "1", "b": "2", "d": "4"}, {"b": "2", "c": "3", "d": "0"})
    assert found == Changes(("a",), ("d",), ("c",))
    assert found.urls == ("a", "d", "c")


# ---- what is read of a folder


def test_an_index_of_sitemaps_is_followed(online):
    out = online.out
    whole = announced_pages(finished(out))
    os_text = (out / "sitemap.xml").read_text()
    (out / "sitemap-1.xml").write_text(os_text)
    (out / "sitemap.xml").write_text(
        f"<sitemapindex><sitemap><loc>{BASE}/sitemap-1.xml</loc></sitemap></sitemapindex>"
    )
    assert announced_pages(finished(out)) == whole
    assert whole.digests.keys() == listed_in(os_text)


def listed_in(text: str) -> set[str]:
    return {part.partition("</loc>")[0] for part in text.split("<loc>")[1:]}


def test_below_a_path_the_key_is_below_it_too(site, endpoint):
    site.edit("content/site.yaml", BASE, "https://team.github.io/roles", count=1)
    site.edit("content/site.yaml", "features:", f"indexnow_key: {KEY}\nfeatures:")
    assert site.build().sound
    found = announced_pages(finished(site.out))
    assert "https://team.github.io/roles/roles/baker/" in found.digests
    post(endpoint.url, found.base_url, found.key, ("x",))
    (request,) = endpoint.requests
    assert request["host"] == "team.github.io"
    assert request["keyLocation"] == f"https://team.github.io/roles/{KEY}.txt"
