"""The shipped site in a real browser, with a watch on errors and requests."""

import contextlib
import functools
import os
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.sites import PROJECT

CHROMIUM = "/usr/bin/chromium"
AXE = PROJECT / "node_modules/axe-core/axe.min.js"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder served on loopback."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def address(shipped) -> Iterator[str]:
    """The shipped site, served."""
    with served(shipped) as url:
        yield url


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    if not Path(CHROMIUM).exists() and os.environ.get("CI") != "true":
        pytest.skip(f"no browser: {CHROMIUM} is not there")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def page(chromium, address) -> Iterator[object]:
    """A page; in the end there must have been no error and no failed or foreign request."""
    context = chromium.new_context(base_url=address)
    page, wrong = context.new_page(), []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    page.on("request", lambda r: wrong.append(r.url) if not r.url.startswith(address) else None)
    page.on("response", lambda r: wrong.append(f"{r.status} {r.url}") if r.status >= 400 else None)
    yield page
    context.close()
    assert wrong == []


@pytest.fixture(scope="session")
def axe() -> Path:
    """The script of axe-core."""
    if not AXE.is_file() and os.environ.get("CI") != "true":
        pytest.skip("no axe-core: npm is not there, or make test has not run")
    return AXE
