"""The content security policy as nginx sends it, in a real browser: it refuses nothing of ours."""

import pytest

from tests.test_server import server  # noqa: F401  a fixture

pytestmark = pytest.mark.slow


@pytest.fixture
def told(chromium, server):  # noqa: F811
    """A page, and what its console says that is wrong."""
    page, errors = chromium.new_page(), []
    page.on("console", lambda message: errors.append(message.text))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("requestfailed", lambda request: errors.append(request.url))
    page.goto(f"http://127.0.0.1:{server.port}/", wait_until="networkidle")
    yield page, errors
    page.close()


def test_every_kind_of_page_looks_as_it_should(told, server):  # noqa: F811
    page, errors = told
    for path in (
        "/",
        "/roles/",
        "/roles/baker/",
        "/compare/?a=baker&b=carpenter",
        "/about/",
        "/tools/alpha/",
    ):
        # what a page still loads when the next one is asked for counts as failed
        page.goto(f"http://127.0.0.1:{server.port}{path}", wait_until="networkidle")
        sheet = page.evaluate(
            "document.styleSheets.length && document.styleSheets[0].cssRules.length"
        )
        assert sheet > 10, path
    assert errors == []


def test_the_search_finds_a_role(told):
    page, errors = told
    page.keyboard.press("/")
    page.keyboard.type("baker")
    page.wait_for_selector("a[href='/roles/baker/']:visible")
    assert errors == []


def test_a_style_that_nobody_named_is_refused(told):
    page, errors = told
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('style'), {textContent: 'p{}'}))"
    )
    page.wait_for_timeout(200)
    assert any("Content Security Policy" in error for error in errors)
