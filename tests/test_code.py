"""Templates' code: what is shown is escaped as markupsafe escapes it, and mistakes are not silent."""

import datetime
import traceback

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jinja2 import Environment, UndefinedError
from markupsafe import Markup, escape
from msgspec import Struct

from rolerisk.render.code import shown
from rolerisk.render.html import Templates

VALUES = st.text("a<>&'\" é{}") | st.integers() | st.none() | st.just(Markup("<b>"))
SHOWN = """{x}'{{ a }}' "{{ b }}" \\{{ a | safe }}
{% macro m(x, y) %}<i>{{ x }}{{ y }}{% endmacro %}{% set block %}{{ a }}–{{ b }}{% endset %}
{% for item in [a, b] %}{{ loop.index }}{{ item }}{% if b %}{{ item }}{% endif %}{% endfor %}
{{ m(a, b) }}{{ block }}{{ a }}{% autoescape b %}{{ a }}{{ b }}{% endautoescape %}
{% autoescape false %}{{ a }}{{ b }}{% endautoescape %}{% if a %}{{ b }}{% else %}{{ '{' }}{% endif %}"""


class Seen(Struct, frozen=True):
    a: str


class Two(Struct, frozen=True):
    a: object
    b: object


@pytest.mark.slow
@pytest.mark.parametrize(("name", "escapes"), [("x.html", True), ("x.md", False)])
def test_a_page_is_what_jinja_makes_of_its_template(name, escapes):
    jinja = Environment(autoescape=escapes, trim_blocks=True, lstrip_blocks=True)
    ours, theirs = Templates({name: SHOWN}), jinja.from_string(SHOWN)

    @given(VALUES, VALUES)
    @example("&", 1)
    @example("<", 1)
    @example(1, ">")
    @example('"', "")
    @example("'", "a")
    def the_same(a, b):
        assert ours.render(name, Two(a, b), "").decode() == theirs.render(a=a, b=b)

    the_same()


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


def test_a_mistake_is_told_with_its_line_in_the_template():
    with pytest.raises(AttributeError) as told:
        Templates({"x.html": "{{ a }}\n{{ a }}, {{\na.b }}"}).render("x.html", Seen("a"), "")
    assert [f.lineno for f in traceback.extract_tb(told.tb) if f.filename == "<template>"][-1] == 3
