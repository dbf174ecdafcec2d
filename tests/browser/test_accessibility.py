"""axe-core on one page of each kind: light and dark, narrow and wide."""

import os
from itertools import product
from pathlib import Path

import pytest

from tests.sites import PROJECT

AXE = PROJECT / "node_modules/axe-core/axe.min.js"
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
# Without a list of rules, all that axe has on: WCAG to level AA and its best practices.
RUN = "async () => (await axe.run()).violations"
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def axe() -> Path:
    if not AXE.is_file() and os.environ.get("CI") != "true":
        pytest.skip("no axe-core: npm is not there, or make test has not run")
    return AXE


def violations(page, axe: Path) -> list[str]:
    """What axe finds on the open page: the rule, the element, and why."""
    page.evaluate(axe.read_text("utf-8"))
    return [
        f"{found['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for found in page.evaluate(RUN)
        for node in found["nodes"]
    ]


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
