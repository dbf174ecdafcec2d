"""The quick way through YAML gives what libyaml's events give, or nothing."""

import os

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rolerisk.parse.plain_yaml import MAX_DEPTH, plain_value
from rolerisk.parse.yaml import Document, read, read_whole
from tests.sites import PROJECT
from tests.test_yaml import documents, slippery

INDENTS = ["", "  ", "    ", "      ", " ", "   "]
STARTS = ["- ", "-  ", "-", "- - ", "? ", "# ", "--- ", "..."]
KEYS = [
    "a: ",
    "b: ",
    "a:",
    "b:  ",
    "a b: ",
    "a-b: ",
    "1: ",
    "é: ",
    "<<: ",
    "'a': ",
    "A:",
    ": ",
    "a :",
]
VALUES = (
    "a|a b|Zoë (b)|1|1.5|a:b|https://e.org/#x|a#b|a #b|# b|a: b|a:|a |(a)|“a”|$1|À|_|-5|- a|*a|&a b|!a b|~|%|@|`"
    "|'a'|'a b' |'a''b'|''|'|\"a: #b\"|\"a\\n\"|\"\"|\"a\" b|[]|[a]|[a, b c]|[a,b]|[a, ]|[a: b]|['a']|[a #b]|[-]|{}|{a: b}|{a: b c, b: \"c: d\"}|{a: b, a: c}|{a: b?, c: d}|{a: b:c}|{a: 'b'}|{a: b-, c: *d}|{a: \"b\"c}|{a: \"\"}|{a: b }|{a: b} c"
    "|>|>-|\\|-|\\|+|\\|2|\\| #|,|]|}|a, [b] {c}|a\t|\ta|\xa0a|a\u2028b|\x85|\ufeff|\x07|²|٣|ª|a\u00adb|🙂"
).replace("\\|", "\0")
VALUES = [value.replace("\0", "|") for value in VALUES.split("|")] + ["", "|", "|", "a", "a b"]
LINES = st.one_of(
    st.tuples(st.sampled_from(INDENTS), st.sampled_from(["", "", "- "]), st.sampled_from(KEYS[:3]), st.sampled_from(VALUES)),
    st.tuples(st.sampled_from(INDENTS), st.sampled_from([*STARTS, "", "- "]), st.sampled_from(["", *KEYS]), st.sampled_from(VALUES)),
    st.sampled_from(["", "", "  ", "    ", "# a", "  # a", "a", "    a", "- ", "-", "  - ", "  -"]),
).map("".join)  # fmt: skip
TEXTS = st.lists(LINES, max_size=8).map("\n".join)
EXAMPLES = int(os.environ.get("YAML_EXAMPLES", "1500"))


def the_same(text):
    value = plain_value(text)
    if value is not None:
        assert read_whole(text) == Document(value, ())
    return value is not None


@settings(max_examples=EXAMPLES, deadline=None)
@given(TEXTS)
@example(
    "- a: |\n    b\n\n      c\n  # d\n  b:\n    - a: b\n      b: [a, b c]\n    - a:\n# e\n- 'f'\n"
)
@example("- ")
@example("a: b\n  - c")
@example("a: b\n\n c")
@example("a:\n- b")
@example("a:\n  b: |\n  c\n")
@example("a: |\n   b\n  c")
def test_the_quick_way_gives_what_the_whole_way_gives(text):
    the_same(text)


@settings(max_examples=300, deadline=None)
@given(documents() | slippery.map(lambda text: (None, text)))
def test_it_does_so_for_what_others_write(document):
    the_same(document[1])


def test_the_shipped_files_go_the_quick_way():
    files = [*(PROJECT / "content/roles").glob("*.yaml"), PROJECT / "content/tools.yaml"]
    assert len(files) > 1
    assert sum(the_same(file.read_text("utf-8")) for file in files) > len(files) / 2


@pytest.mark.parametrize(
    "text",
    ["a: &b c", "a: *b", "a: b #c", "a: b\na: c", "<<: a", "a: >\n  b", "a: 'b''c'", "a: {b: {}}", "a", "- ", ""],
)  # fmt: skip
def test_what_has_to_be_said_something_of_does_not(text):
    assert plain_value(text) is None


def test_what_is_too_deep_does_not():
    deep = "\n".join("  " * level + "a:" for level in range(MAX_DEPTH + 2)) + " b"
    assert plain_value(deep) is None
    assert read(deep).broken
