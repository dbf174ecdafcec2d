"""YAML is read without guessing: every scalar is text, every slip has its place, nothing raises."""

import pytest
import yaml as pyyaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from rolerisk.parse import rules
from rolerisk.parse.yaml import MAX_DEPTH, Mark, marks, read

LINE_ENDS_OF_LIBYAML = "\x85\u2028\u2029"
WORDS = r"""- : ? , [ ] { } ' " # & &a *a ! !!x <<: \ / % @ ` --- ... a b: é 𝒳 1 | > |2""".split()
TOKENS = [
    *WORDS,
    *(f"{word} " for word in WORDS),
    "\n",
    "\n  ",
    "\n    ",
    " #",
    "\t",
    "\0",
    "\ufeff",
]

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"))  # load has no \r
slippery = texts | st.lists(
    st.sampled_from([*TOKENS, *LINE_ENDS_OF_LIBYAML]) | texts, max_size=30
).map("".join)

words = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\u2028\u2029\ufeff"),
    min_size=1,
    max_size=12,
).filter(lambda word: word != "<<")
values = st.recursive(
    words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


class _Dumper(pyyaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


@st.composite
def documents(draw: st.DrawFn) -> tuple[object, str]:
    """A value, and YAML that says it in one of the many ways of writing it."""
    value = draw(st.dictionaries(words, values, min_size=1, max_size=4))
    text = pyyaml.dump(
        value,
        Dumper=_Dumper,
        allow_unicode=True,
        default_flow_style=draw(st.sampled_from([True, False, None])),
        default_style=draw(st.sampled_from([None, "'", '"'])),
        width=draw(st.sampled_from([10, 80])),
        indent=draw(st.integers(2, 4)),
    )
    assume(pyyaml.load(text, pyyaml.BaseLoader) == value)  # the emitter is not always right
    return value, text


def paths(value: object, at: tuple[str | int, ...] = ()) -> dict[tuple[str | int, ...], object]:
    """Every value inside a value, by the keys that lead to it."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    found = {}
    for key, item in items:
        found[(*at, key)] = item
        if not isinstance(item, str):
            found |= paths(item, (*at, key))
    return found


def piece(text: str, mark: Mark) -> str:
    """What is between a mark's ends, its first line as far from the margin as it was."""
    lines = text.split("\n")[mark.line : mark.end_line + 1]
    lines[-1] = lines[-1][: mark.end_column]
    return "\n".join([" " * mark.column + lines[0][mark.column :], *lines[1:]])


@pytest.mark.parametrize(
    "text",
    "no yes on true null ~ 12 012 0x1F 1_000 1e3 .5 .nan 12:30:00 2026-11-02 15-1254.00 = C# a:b".split(),
)
def test_no_value_is_guessed_from_its_looks(text):
    assert read(f"key: {text}").value == {"key": text}


def test_only_an_empty_value_is_none():
    assert read("a:\nb: ''\nc: []\n").value == {"a": None, "b": "", "c": []}


def test_a_block_ends_without_line_breaks():
    assert read("a: |\n  one: 'two' # three\n\n  four\n\n").value == {
        "a": "one: 'two' # three\n\nfour"
    }


@pytest.mark.slow
@given(documents())
def test_what_is_written_is_read(document):
    value, text = document
    assert read(text) == (value, (), False)


@pytest.mark.slow
@given(documents())
def test_marks_agree_with_read(document):
    value, text = document
    found = marks(text)
    assert found.keys() == paths(value).keys()
    for keys, item in paths(value).items():
        assert read(piece(text, found[keys])).value == item


@pytest.mark.slow
@given(documents())
def test_the_mark_of_a_key_is_where_the_key_is_written(document):
    _, text = document
    for keys, mark in marks(text).items():
        if isinstance(keys[-1], str):
            ends = {"end_line": mark.line, "end_column": mark.column}
            key = mark._replace(line=mark.key_line, column=mark.key_column, **ends)
            said = piece(text, key).replace("\n", " ").strip(" ")
            assert read(f"{said} x").value == {keys[-1]: "x"}


@pytest.mark.fuzz
@given(slippery)
@example("{{}")
@example("a: {{ b }}, c")
def test_reading_never_raises_and_slips_are_inside_the_text(text):
    document = read(text)
    marks(text)
    lines = f"{text}\n".split("\n")
    for slip in document.slips:
        assert 0 <= slip.column <= len(lines[slip.line]) + 1


@pytest.mark.fuzz
@given(slippery)
def test_a_broken_text_has_one_syntax_error_and_no_value(text):
    document = read(text)
    if document.broken:
        assert document.value is None
        assert document.slips[-1].rule is rules.SYNTAX


@pytest.mark.parametrize("end", LINE_ENDS_OF_LIBYAML)
def test_other_line_ends_are_text(end):
    document = read(f"a: b{end}{end}{end}\nc: d e #")
    assert document.value == {"a": f"b{end}{end}{end}", "c": "d e"}
    assert [slip.line for slip in document.slips] == [1]  # from 0: the comment in the last line


@pytest.mark.parametrize("end", LINE_ENDS_OF_LIBYAML)
def test_other_line_ends_move_no_line(end):
    assert marks(f"a: 'b{end}c'\nd: e")[("d",)].line == 1


def test_an_unreadable_character_is_shown_where_it_is():
    (slip,) = read("a: éé\nb: x\x07y").slips
    assert (slip.line, slip.column, "U+0007" in slip.message) == (1, 4, True)


def test_twenty_levels_are_enough():
    assert read("[" * MAX_DEPTH + "]" * MAX_DEPTH).slips == ()
    assert read("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1)).broken


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "{[", "!t [", "&a ["])
def test_ten_thousand_levels_are_refused_in_no_time(opening):
    document = read(opening * 10_000)
    assert document.broken
    assert document.value is None


def test_aliases_are_not_followed():
    text = "a: &a [x, x]\n" + "".join(f"{b}: &{b} [*{a}, *{a}]\n" for a, b in ("ab", "bc", "cd"))
    document = read(text)
    assert document.value["a"] == ["x", "x"]
    assert not any(isinstance(item, list) for key in "bcd" for item in document.value[key])
    assert {slip.rule for slip in document.slips} == {rules.FEATURE}


def test_tags_make_no_objects():
    document = read("a: !!python/object/apply:os.system [exit 1]")
    assert document.value == {"a": ["exit 1"]}
    assert [slip.rule for slip in document.slips] == [rules.FEATURE]


def test_of_two_equal_keys_the_first_is_read_and_the_second_reported():
    document = read("a: 1\nb: 2\na: 3\n")
    assert document.value == {"a": "1", "b": "2"}
    assert [(s.rule, s.line, s.column) for s in document.slips] == [(rules.DUPLICATE_KEY, 2, 0)]


@pytest.mark.parametrize(
    "text", ["a: b # c", "a: 2026-11-02 # c", "# c\na: b c", "a: 'b c' # d", "a: |\n  b c # d"]
)
def test_comments_that_lose_nothing_are_fine(text):
    assert read(text).slips == ()


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("a: [b,", 3, "the bracket that opens here is not closed with ]"),
        ("a: {b: c,\n", 3, "the bracket that opens here is not closed with }"),
        ("a: [b, [c, ], {d: ]", 14, "the bracket that opens here is not closed with }"),
        ("a: [b,,c]", 6, "a comma without a value before it"),
        ("a: {,b: 1}", 4, "a comma without a value before it"),
        ("a: ]", 3, "plain text cannot begin with ]"),
        ("a: {b:c}", 4, "'b:c' has no value: a colon needs a space behind it"),
        ("a: {b, c: d}", 4, "'b' has no value: a comma inside { } ends the value before it"),
        ("a: {{ b }}", 4, "a key has to be a plain word"),
    ],
)
def test_a_slip_in_brackets_is_named_where_it_is(text, column, message):
    slip = read(text).slips[0]
    assert (slip.line, slip.column, slip.message) == (0, column, message)
