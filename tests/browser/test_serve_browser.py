"""`serve` in a real browser: a save reloads the page, mistakes lie over it until they are corrected."""

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.sites import PROJECT, SMALL_SITE, SiteFolder

pytestmark = pytest.mark.slow
NARRATIVE = "content/roles/locksmith.md"
PATIENCE = 60_000  # ms


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> SiteFolder:
    return SiteFolder(tmp_path_factory.mktemp("served"), SMALL_SITE)


@pytest.fixture(scope="module")
def url(site) -> Iterator[str]:
    """The address of the site, served by a process of its own."""
    command = [sys.executable, str(PROJECT / "build.py"), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=site.root, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield next(line.split()[1] for line in server.stdout if line.startswith("serving "))
        server.terminate()


@pytest.fixture
def page(chromium, url) -> Iterator[object]:
    """The locksmith's page, connected: it will hear of saves."""
    page = chromium.new_page()
    with page.expect_websocket() as socket, socket_told(page):
        page.goto(f"{url}roles/locksmith/")
    assert socket.value
    yield page
    page.close()


def socket_told(page):
    """Until the server knows of the page: the browser has answered its greeting."""
    return page.expect_event(
        "websocket", lambda socket: bool(socket.wait_for_event("framereceived", timeout=PATIENCE))
    )


def test_a_save_is_loaded_without_anybody_asking(site, page):
    site.edit(NARRATIVE, "Little of it", "Some of it")
    expect(page.locator("main")).to_contain_text("Some of it", timeout=PATIENCE)
    site.edit("roles.yaml", "title: Locksmith", "title: Lock Smith")
    expect(page.locator("h1")).to_contain_text("Lock Smith", timeout=PATIENCE)


def test_mistakes_lie_over_the_page_until_they_are_corrected(site, page):
    sheet = page.locator("#rolerisk-problems")
    site.edit("roles.yaml", "exposure: 60-80", "exposure: 600", count=1)
    expect(sheet).to_contain_text("exposure 600 is above 100", timeout=PATIENCE)
    site.edit("roles.yaml", "exposure: 600", "exposure: 60-80")
    expect(sheet).to_have_count(0, timeout=PATIENCE)
    site.edit(NARRATIVE, "## Introduction", "# Introduction")
    expect(sheet).to_contain_text(re.compile("level-one heading"), timeout=PATIENCE)
    site.edit(NARRATIVE, "# Introduction", "## Introduction")
    expect(sheet).to_have_count(0, timeout=PATIENCE)


@pytest.mark.parametrize(
    ("older", "heard"), [(1, ["hello", "reload", "hello"]), (0, ["hello", "hello"])]
)
def test_a_page_that_missed_a_save_loads_again_as_soon_as_it_listens(page, older, heard):
    """A page says after how many saves and builds it was made."""
    now = page.evaluate("+document.querySelector('script[src*=snipver]').src.match(/[0-9]+$/)[0]")
    told = page.evaluate(
        """snipver => new Promise(done => {
            const heard = [], socket = new WebSocket(`ws://${location.host}/livereload`)
            const said = [{command: "hello", snipver}, {command: "info", url: "/"}, {command: "hello"}]
            socket.onopen = () => said.forEach(one => socket.send(JSON.stringify(one)))
            socket.onmessage = message => {
                heard.push(JSON.parse(message.data).command)
                if (heard.filter(command => command == "hello").length == 2) done(heard)
            }
        })""",
        now - older,
    )
    assert told == heard
