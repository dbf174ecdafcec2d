"""nginx under load while the site changes: by pushes to the server, and by builds in place."""

import datetime
import re
import shutil
import signal
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.torture.crawler import Crawler
from bench.torture.edits import Edits
from bench.torture.figure import Figure
from rolerisk.finished import finished
from rolerisk.hosts.nginx import nginx_rules
from tests.server import Server, missing_tools, small_site_of_today

_ALWAYS = (
    "/",
    "/roles/",
    "/roles/baker/",
    "/roles/locksmith/",
    "/roles/carpenter/",
    "/data/roles.json",
)
# Every answer has to be 200 and whole. Each request has a connection of its own: wrk counts a kept
# one that is closed between two requests as an error, though no request is lost. The rest of 20 ms
# leaves the machine something for the builds.
_LUA = """
local urls, turn, threads = {{ {urls} }}, 0, {{}}
wrong, half = 0, 0
function setup(thread) table.insert(threads, thread) end
wrk.headers["Connection"] = "close"
function delay() return 20 end
function request()
  turn = turn % #urls + 1
  return wrk.format("GET", urls[turn])
end
function response(status, headers, body)
  if status ~= 200 then wrong = wrong + 1 end
  local kind = headers["Content-Type"] or ""
  if kind:find("html") and not body:find("</html>%s*$") then half = half + 1 end
  if kind:find("json") and not body:find("]%s*$") then half = half + 1 end
end
function done(summary)
  local sum = {{ wrong = 0, half = 0 }}
  for _, thread in ipairs(threads) do
    sum.wrong, sum.half = sum.wrong + thread:get("wrong"), sum.half + thread:get("half")
  end
  local e = summary.errors
  print(string.format("%d requests, %d not 200, %d half, %d connections refused, %d cut, %d without an answer",
    summary.requests, sum.wrong, sum.half, e.connect, e.read + e.write, e.timeout))
end
"""
_SUMMARY = re.compile(
    r"(\d+) requests, (\d+) not 200, (\d+) half, (\d+) .* refused, (\d+) cut, (\d+)"
)


def pushes(times: int, share: float) -> Iterator[Figure]:
    """Publish by git push, again and again."""
    with _server() as server:
        yield from _under_load(server, max(1, round(times * share)), lambda: _push(server))


def builds_in_place(times: int, share: float) -> Iterator[Figure]:
    """Build into the folder that nginx serves: what holds without releases."""
    with _server() as server:

        def build() -> bool:
            return server.clone.build(today=datetime.date.today()).sound

        site = server.clone.out
        if (server.folder / "current").is_symlink():
            (server.folder / "current").unlink()
        build()
        server.folder.joinpath("current").mkdir()
        built = finished(site)
        assert built
        rules = nginx_rules(built, str(site))
        (server.folder / "current/nginx.conf").write_text(rules, encoding="utf-8")
        server.enable()
        yield from _under_load(server, max(1, round(times * share)), build, promised=False)


def _push(server: Server) -> bool:
    return "is public" in server.push() or "changes nothing" in server.push()


@contextmanager
def _server() -> Iterator[Server]:
    missing = [*missing_tools(), *([] if shutil.which("wrk") else ["wrk"])]
    if missing:
        raise SystemExit(f"missing: {', '.join(missing)}")
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder) / "server", small_site_of_today())
        server.clone.edit("content/site.yaml", "features:", "redirects: rules\nfeatures:")
        server.start()
        try:
            assert _push(server)
            server.enable()
            yield server
        finally:
            server.stop()


def _under_load(
    server: Server, times: int, publish: Callable[[], bool], promised: bool = True
) -> Iterator[Figure]:
    """Publish under the eyes of wrk and a crawler; what is not `promised` is told, not wrong."""
    day = datetime.date.today() - datetime.timedelta(days=7)
    edits, done, failed = Edits(server.clone, 1, str(day)), Counter[str](), 0
    crawler = Crawler(server.port)
    crawler.start()
    with _wrk(server) as wrk:
        for _ in range(times):
            done[edits.next()] += 1
            failed += not publish()
        crawler.end()
        wrk.send_signal(signal.SIGINT)
        said = wrk.communicate()[0]
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(done.items()))
    yield Figure(f"{times} publications, {failed} failed; edits: {kinds}", failed)
    found = _SUMMARY.search(said)
    assert found, said
    yield Figure(f"wrk: {found[0]} in time", sum(map(int, found.groups()[1:])))
    dead = [what for what in crawler.wrong if "links to it" in what]
    seen = ", ".join(f"{count:,} {name}" for name, count in sorted(crawler.counts.items()))
    half = len(crawler.wrong) - len(dead)
    yield Figure(f"crawler: {seen}; half or failed: {half}", half)
    yield Figure(f"crawler: dead links: {len(dead)}", len(dead) if promised else 0)
    for what in crawler.wrong[:10]:
        yield Figure(f"  {what}")


@contextmanager
def _wrk(server: Server) -> Iterator[subprocess.Popen[str]]:
    script = server.root / "wrk.lua"
    script.write_text(_LUA.format(urls=", ".join(f'"{url}"' for url in _ALWAYS)), encoding="utf-8")
    command = ["wrk", "-t1", "-c8", "-d3600s", "-s", str(script), f"http://127.0.0.1:{server.port}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as wrk:
        try:
            yield wrk
        finally:
            if wrk.poll() is None:
                wrk.kill()
