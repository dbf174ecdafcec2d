"""The lists' pictures: treemap, histogram, top exposures."""

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolerisk.content import check_content
from rolerisk.plan.picture import picture
from rolerisk.plan.spread import BINS, histogram
from rolerisk.plan.treemap import Box, squarify

WEIGHTS = st.lists(st.integers(1, 4_000_000), min_size=1, max_size=60).map(
    lambda weights: sorted(weights, reverse=True)
)
BOX = Box(10, 20, 1000, 600)


@given(WEIGHTS)
def test_treemap_areas_are_proportional_to_the_weights(weights):
    boxes = squarify(weights, BOX)
    for weight, box in zip(weights, boxes, strict=True):
        share = box.width * box.height / (BOX.width * BOX.height)
        assert share == pytest.approx(weight / sum(weights), rel=1e-6)


@given(WEIGHTS)
def test_treemap_boxes_stay_inside_and_do_not_overlap(weights):
    boxes, slack = squarify(weights, BOX), 1e-6
    for box in boxes:
        assert box.x >= BOX.x - slack
        assert box.y >= BOX.y - slack
        assert box.x + box.width <= BOX.x + BOX.width + slack
        assert box.y + box.height <= BOX.y + BOX.height + slack
    for a, b in combinations(boxes, 2):
        apart_x = a.x + a.width <= b.x + slack or b.x + b.width <= a.x + slack
        apart_y = a.y + a.height <= b.y + slack or b.y + b.height <= a.y + slack
        assert apart_x or apart_y


def test_treemap_boxes_are_nearly_square():
    boxes = squarify([1] * 60, BOX)
    assert max(max(b.width / b.height, b.height / b.width) for b in boxes) < 1.5


def test_no_weights_no_boxes():
    assert squarify([], BOX) == []


def test_histogram_counts_every_role_once(site):
    found = check_content(site.settings()).site
    drawn = histogram(found.config.score.bands, found.roles)
    assert sum(bar.count for bar in drawn.bars) == drawn.count == len(found.roles)
    assert sum(band.count for band in drawn.bands) == len(found.roles)
    for bar in drawn.bars:
        assert 0 <= bar.x < bar.x + bar.width <= 100
        assert bar.y + bar.height == pytest.approx(100)
        assert bar.width <= 100 / BINS


def test_histogram_puts_100_into_the_last_bin(site):
    site.edit("roles.yaml", "exposure: 60-80", "exposure: 100")
    site.edit("roles.yaml", "exposure: 10-20", "exposure: 100")
    found = check_content(site.settings()).site
    drawn = histogram(found.config.score.bands, found.roles)
    assert drawn.bars[-1].x == pytest.approx(95.2)
    assert drawn.bars[-1].count == 2


def test_a_site_without_roles_has_no_picture(site):
    site.write("roles.yaml", "[]\n")
    site.remove("content/roles/carpenter.yaml")
    site.remove("content/roles/locksmith.md")
    assert site.build().sound
    assert b'<svg class="treemap' not in site.files()["roles/index.html"]


def test_the_picture_and_the_table_lead_to_the_same_roles(site):
    assert site.build().sound
    page = site.files()["roles/index.html"].decode()
    for slug in ("baker", "carpenter", "locksmith"):
        assert page.count(f'href="/roles/{slug}/"') == 3  # wide picture, tall picture, table
    assert "3 without a published figure have the area of the smallest" in page


@pytest.mark.parametrize(("length", "labels"), [(30, 2), (45, 1), (60, 0)])
def test_a_category_s_label_stays_inside_the_box_that_it_stands_in(site, length, labels):
    site.edit("content/categories.yaml", "name: Crafts", f"name: {'C' * length}")
    site.edit("content/roles/carpenter.yaml", "category: building", "category: crafts")
    drawn = picture(check_content(site.settings()).site)
    groups = [*drawn.wide.groups, *drawn.tall.groups]  # 1,000 and 400 wide; the boxes 333 and 400
    assert len([group for group in groups if group.label]) == labels
    assert all(len(group.label) * 7 < group.tiles[0].width for group in groups)


def test_a_tool_s_page_has_its_top_exposures(site):
    assert site.build().sound
    page = site.files()["tools/alpha/index.html"].decode()
    assert page.index("The top exposures") < page.index("Used by 3 roles")
    assert "<b>60–80</b>" in page


def test_no_style_attributes_and_no_inline_scripts(site):
    assert site.build().sound
    for path, data in site.files().items():
        if path.endswith(".html"):
            assert b" style=" not in data, path
            assert b"<script>" not in data, path


@pytest.mark.slow
def test_a_hub_calls_no_role_the_only_one_at_an_end(site):
    """Two roles may tie there; where all do, there is nothing to say."""
    assert site.build().sound
    assert b"Scores go from" not in site.files()["categories/crafts/index.html"]
    site.edit("roles.yaml", "exposure: 60-80", "exposure: 100", count=1)
    assert site.build().sound
    page = site.files()["categories/crafts/index.html"].decode()
    assert re.search(r"Scores go from 43, as for <a .*>, to \d+, as for <a ", page)
