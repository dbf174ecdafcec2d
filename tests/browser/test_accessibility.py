"""axe-core on one page of each kind: light and dark, narrow and wide."""

from itertools import product

import pytest

from tests.browser.axe import violations

PAGES = (
    "/",
    "/roles/",
    "/roles/electrician/",
    "/categories/technology/",
    "/rankings/most-exposed/",
    "/tools/",
    "/tools/github-copilot/",
    "/compare/?a=electrician&b=copywriter",
    "/methodology/",
    "/data/",
    "/404.html",
)
VIEWS = tuple(product(("light", "dark"), (360, 1440)))
pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("scheme", "width"), VIEWS)
@pytest.mark.parametrize("url", PAGES)
def test_axe_finds_nothing(page, axe, url, scheme, width):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(url)
    page.wait_for_load_state("networkidle")
    assert violations(page, axe) == []


@pytest.mark.parametrize(
    ("planted", "rule"),
    [
        ("document.querySelector('main h1').outerHTML += '<img src=/favicon.svg>'", "image-alt"),
        ("document.querySelector('main p').style.color = '#999'", "color-contrast"),
    ],
)
def test_axe_finds_what_is_planted(page, axe, planted, rule):
    page.goto("/about/")
    page.evaluate(planted)
    assert any(said.startswith(f"{rule}: ") for said in violations(page, axe))
