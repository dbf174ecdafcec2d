"""Editors' templates output, choose and repeat: nothing else, and never for long."""

from contextlib import suppress

import pytest
from hypothesis import find, given
from hypothesis import strategies as st

from rolerisk.text.markdown import to_fragment
from rolerisk.text.template import TemplateError, render_markdown, render_text, slips

GIVEN = {
    "role": {"title": "Baker", "tools": [{"name": "A"}, {"name": "B"}], "at_risk": []},
    "score": 48,
    "year": 2026,
}
TOKENS = [
    "{{", "}}", "{%", "%}", "{#", "#}", " role", ".title", ".tools", ".name", " year", " score", "|upper",
    "|list", "|first", "|length", "|default('x')", "|join(', ')", " if ", " for tool in role.tools ",
    " endif ", " endfor ", " else ", " is defined", " == ", " and ", " not ", "1", "'x'", "(", ")", "\n", "a",
    "[0]", "()", " + ", "~", " set x = 1 ", "._x", "-", " in ", ",",
]  # fmt: skip
sources = st.text(max_size=20) | st.lists(st.sampled_from(TOKENS), max_size=15).map("".join)


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("{{ role.title }}", "Baker"),
        ("{{ role.title|upper }}", "BAKER"),
        ("{{ role.tools|map(attribute='name')|join(' and ') }}", "A and B"),
        ("{% for tool in role.tools %}{{ loop.index }}{{ tool.name }}{% endfor %}", "1A2B"),
        ("{% for task in role.at_risk %}x{% else %}none{% endfor %}", "none"),
        ("{% if score >= 25 and year %}some{% else %}little{% endif %}", "some"),
        ("{{ 'many' if role.tools|length > 3 else 'few' }}", "few"),
        ("{{ nothing|default('something') }}", "something"),
        ("{# a comment #}{% raw %}{{ 7*7 }}{% endraw %}\n", "{{ 7*7 }}\n"),
    ],
)
def test_what_templates_may_do(source, result):
    assert slips(source) == ()
    assert render_text(source, GIVEN) == result


@pytest.mark.parametrize(
    "source",
    [
        "{{ role.title.upper() }}", "{{ range(3) }}", "{{ lipsum() }}", "{{ cycler('a') }}",
        "{{ 7 * 7 }}", "{{ 1 + 1 }}", "{{ -year }}", "{{ 2 ** 9 }}", "{{ 'x' ~ 'y' }}", "{{ '%s' % 1 }}",
        "{{ role['title'] }}", "{{ role.tools[0] }}", "{{ role.tools[:1] }}",
        "{{ [1, 2] }}", "{{ {'a': 1} }}", "{{ (1, 2) }}", "{% for x in [1, 2] %}{% endfor %}",
        "{% for x in 'abc' %}{% endfor %}", "{% for x in role.tools recursive %}{{ loop(x) }}{% endfor %}",
        "{% set x = 1 %}", "{% with x = 1 %}{% endwith %}", "{% macro m() %}{% endmacro %}",
        "{% call m() %}{% endcall %}", "{% filter upper %}x{% endfilter %}", "{% block b %}{% endblock %}",
        "{% include 'x' %}", "{% import 'x' as x %}", "{% from 'x' import y %}", "{% extends 'x' %}",
        "{{ role.__class__ }}", "{{ role._x }}", "{{ role.title.__len__ }}", "{{ loop._length }}",
        "{{ role.title|tojson }}", "{{ role.title|attr('x') }}", "{{ role.title|format }}",
        "{{ role.title|center(9) }}", "{{ role|pprint }}", "{{ year is divisibleby 2 }}",
        "{% for a in role.tools %}{% for b in role.tools %}{% for c in role.tools %}{% endfor %}"
        "{% endfor %}{% endfor %}",
    ],
)  # fmt: skip
def test_what_templates_may_not_do(source):
    assert slips(source) != ()
    assert slips(f"fine\n{{% if year %}}{source}{{% endif %}}")[0].line == 2


@pytest.mark.parametrize(
    "source", ["{{", "{{ }", "{% if %}", "{% endif %}", "{% for x %}", "{{ 'x }}", "{% x %}"]
)
def test_what_is_no_template_is_told(source):
    assert [slip.line for slip in slips(f"a\n{source}\n")] != []


@pytest.mark.fuzz
@given(sources)
def test_reading_a_template_never_raises(source):
    slips(source)


@pytest.mark.fuzz
@given(sources)
def test_what_is_allowed_is_filled_or_tells_what_it_lacks(source):
    if not slips(source):
        try:
            render_markdown(source, GIVEN)
        except TemplateError as error:
            assert str(error)


@pytest.mark.parametrize(
    "source", ["{{ roel }}", "{{ role.titlo }}", "{{ role.titlo.x }}", "{{ role.tools|sort }}"]
)
def test_a_template_that_lacks_something_says_so(source):
    assert slips(source) == ()
    with pytest.raises(TemplateError):
        render_text(source, GIVEN)


@given(st.text(st.sampled_from("*_`[]()<>&#|\\{}a ~!")))
def test_a_value_is_text_in_markdown(title):
    filled = render_markdown("x {{ role.title }} x", {"role": {"title": f"a{title}a"}})
    html = to_fragment(filled).html
    shown = html.removeprefix("<p>").removesuffix("</p>")
    assert "<" not in shown
    assert shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == f"x a{title}a x"


def test_a_result_has_its_longest_length():
    with pytest.raises(TemplateError, match="200,000"):
        render_text("{{ role.title }}" * 2, {"role": {"title": "x" * 150_000}})


LONG = "{{ " + "role.tools|map(attribute='name')|join(" * 12 + "'0123456789'" + ")" * 12 + " }}"


@pytest.mark.parametrize(
    "source",
    [
        "{{ 'aaaaaaaaaa'" + "|join('bbbbbbbbbb')" * 3 + " }}",
        "{{ role.title" + "|list|join('bbbbbbbbbb')" * 3 + " }}",
        "{{ role.title|unique|join('bbbbbbbbbb') }}",
        LONG,
    ],
)
def test_joining_does_not_grow_without_end(source):
    with pytest.raises(TemplateError):
        render_text(source, {"role": {"title": "Baker", "tools": [{"name": "x"}] * 8}})


@pytest.mark.parametrize(
    "source",
    [
        "{{ role.tools|map('map', attribute='name')|list }}",
        "{{ role.tools|map(attribute='nope', default=role.tools)|list }}",
        "{{ role.tools|map('default', role.tools)|list }}",
        "{{ role.tools|map('list') }}",
        "{{ role.tools|map }}",
    ],
)
def test_a_list_is_made_of_no_lists(source):
    assert [slip.message for slip in slips(source)] == [
        "map takes attribute='name', 'lower', 'title' or 'upper'"
    ]


@pytest.mark.parametrize("over", ["'abcdefgh'|list", "1|default(role.tools)", "year is defined"])
def test_a_loop_runs_over_a_given_list(over):
    source = f"{{% for x in {over} %}}{{% endfor %}}"
    assert "a loop runs over a given list" in [slip.message for slip in slips(source)]


@pytest.mark.parametrize(
    ("over", "what"), [("role.title", "a text"), ("role", "a record"), ("year", "a number")]
)
def test_a_loop_does_not_run_over_what_is_no_list(over, what):
    source = f"\n{{% for x in {over} %}}{{% endfor %}}"
    assert slips(source) == ()
    with pytest.raises(TemplateError, match=f"a list is wanted here, not {what}") as raised:
        render_text(source, GIVEN)
    assert raised.value.line == 2


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("{{ role.title.upper }}", "a part of the program cannot be shown, only texts and numbers"),
        ("{{ role.items }}", "a part of the program cannot be shown, only texts and numbers"),
        ("{{ self }}", "a part of the program cannot be shown, only texts and numbers"),
        ("{{ role.items|upper }}", "a part of the program cannot be shown, only texts and numbers"),
        ("{{ role }}", "a record cannot be shown, only texts and numbers"),
        ("{{ role.tools }}", "a list cannot be shown, only texts and numbers"),
        ("{{ role.tools|join }}", "a record cannot be shown, only texts and numbers"),
        ("{{ role.tools|map('upper')|join }}", "a record cannot be shown, only texts and numbers"),
        ("{{ none }}", "there is no value here: use default('…', true), or an if"),
    ],
)
def test_what_is_no_value_is_not_shown(source, what):
    assert slips(source) == ()
    with pytest.raises(TemplateError) as raised:
        render_text(source, GIVEN)
    assert str(raised.value) == what


@pytest.mark.parametrize("attribute", ["__class__", "name.__class__", "__init__.__globals__"])
def test_a_private_attribute_is_out_of_reach_of_filters_too(attribute):
    source = f"{{{{ role.tools|map(attribute='{attribute}')|join }}}}"
    assert slips(source) == ()
    with pytest.raises(TemplateError):
        render_text(source, GIVEN)


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("\n{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}", 2),
        ("{{ " + "not " * 3000 + "year }}", 1),
        ("\n\n{{ year" + "|upper" * 3000 + " }}", 3),
        ("{{ year" + " and year" * 3000 + " }}", 1),
        ("{% if year %}\n" * 150 + "{% endif %}" * 150, 29),
    ],
    ids=["brackets", "nots", "filters", "ands", "ifs"],
)
def test_a_template_that_is_too_deep_is_told(source, line):
    assert slips(source) == ((line, "more than 30 levels deep"),)


@pytest.mark.parametrize("number", ["1e999", "9" * 5000, "0x" + "f" * 5000])
def test_a_number_that_python_cannot_write_is_told(number):
    assert slips(f"\n{{% if year > {number} %}}{{% endif %}}") == ((2, "a number is too large"),)


@pytest.mark.parametrize(
    "source", ["{{ year|default(1, *role.tools) }}", "{{ year|default(boolean=1, boolean=2) }}"]
)
def test_a_filter_s_arguments_are_plain(source):
    assert [s.message for s in slips(source)] == ["the arguments of default are not plain ones"]


# Templates that the check lets through: written by its grammar, filled with values of all kinds.

NAMES = st.sampled_from(
    "role role.title role.tools role.at_risk role.none role.nested year x".split()
)
CONSTANTS = st.sampled_from(["1", "0", "2.5", "'x'", "''", "none", "true", "'name'", "1e999"])
FILTERS = [
    "upper", "lower", "title", "list", "first", "last", "length", "sort", "unique", "join", "join(', ')",
    "join(role.title)", "default('x')", "default(role.tools, true)", "map(attribute='name')",
    "map('upper')", "sort(attribute='name', reverse=true)", "unique(attribute='name')",
    "map(attribute='x.y')", "join(attribute='name')", "first('a')", "length(1)",
]  # fmt: skip
expressions = st.recursive(
    NAMES | CONSTANTS,
    lambda inner: (
        st.builds("{}|{}".format, inner, st.sampled_from(FILTERS))
        | st.builds("{}|join({})".format, inner, inner)
        | st.builds("{}|default({})".format, inner, inner)
        | st.builds("({} {} {})".format, inner, st.sampled_from("and or == < in".split()), inner)
        | st.builds("({} if {} else {})".format, inner, inner, inner)
        | st.builds("(not {})".format, inner)
        | st.builds("{}.{}".format, NAMES, st.sampled_from("name upper items real length".split()))
        | st.builds("({} is {})".format, inner, st.sampled_from(["defined", "none", "in 'x'"]))
    ),
    max_leaves=6,
)
templates = st.recursive(
    st.sampled_from(["text", "\n", "é*_<"]) | st.builds("{{{{ {} }}}}".format, expressions),
    lambda inner: (
        st.builds("{}{}".format, inner, inner)
        | st.builds("{{% if {} %}}{}{{% else %}}{}{{% endif %}}".format, expressions, inner, inner)
        | st.builds(
            "{{% for x in {} %}}{}{{{{ loop.index }}}}{{% endfor %}}".format, expressions, inner
        )
    ),
    max_leaves=6,
)
KINDS = {
    "role": {
        "title": "Zoo Keeper ß <b>",
        "tools": [{"name": "B", "x": {"y": 1}}, {"name": "A", "x": {"y": None}}],
        "at_risk": (),
        "none": None,
        "nested": [[1], ["x", []]],
    },
    "year": 2026,
}


@pytest.mark.slow
@pytest.mark.fuzz
@given(templates)
def test_what_passes_the_check_is_filled_or_raises_nothing_but_a_template_error(source):
    if not slips(source):
        with suppress(TemplateError):
            text = render_markdown(source, KINDS)
            assert len(text) <= 200_000
            assert "0x" not in text


@pytest.mark.slow
def test_the_grammar_above_makes_templates_that_pass():
    find(templates, lambda source: "for" in source and "|join" in source and not slips(source))
