"""Templates' code: what is shown is escaped as markupsafe escapes it, and mistakes are not silent."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError
from markupsafe import Markup, escape
from msgspec import Struct

from rolerisk.render.code import shown
from rolerisk.render.html import Templates


class Seen(Struct, frozen=True):
    a: str


@given(st.text("a<>&'\" é") | st.integers() | st.floats() | st.dates() | st.booleans() | st.none())
def test_what_is_shown_is_escaped(value):
    assert shown(value) == escape(value)


@pytest.mark.parametrize("value", [Markup("<b>"), datetime.date(2026, 11, 2), "R&D", "plain", 12])
def test_what_is_shown_is_shown_the_same_in_a_page(value):
    templates = Templates({"x.html": "{{ a }}|{{ a | safe }}", "x.md": "{{ a }}"})
    assert templates.render("x.html", Seen(value), "").decode() == f"{escape(value)}|{value}"
    assert templates.render("x.md", Seen(value), "").decode() == str(value)


@pytest.mark.parametrize(
    ("template", "raised"), [("{{ b }}", UndefinedError), ("{{ a.b }}", AttributeError)]
)
def test_what_there_is_not_stops_the_page(template, raised):
    with pytest.raises(raised, match="b"):
        Templates({"x.html": template}).render("x.html", Seen("a"), "")
