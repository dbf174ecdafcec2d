"""Plain values become records; every mistake is told, at its place, and none stops the rest."""

import copy

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolerisk.model.config import Config
from rolerisk.model.content import Category, Measure, PageHead, Source, Tool
from rolerisk.model.role import Role
from rolerisk.model.scalars import read_scalar
from rolerisk.parse import yaml
from rolerisk.parse.convert import convert
from rolerisk.problem import Place
from tests.sites import role_yaml

PLACE = Place("roles.yaml", (3,))
SOUND = yaml.read(role_yaml("baker", "Baker")).value
GONE = object()
KINDS = (Role, Config, Category, Measure, PageHead, Source, Tool)

# Where a mistake is planted, with what, the rule that tells it and the place it is told at.
MISTAKES = [
    (("slug",), "Bad Slug", "bad-value", ("slug",)),
    (("title",), ["Baker"], "wrong-type", ("title",)),
    (("category",), GONE, "missing-key", ()),
    (("soc",), "15-12", "bad-value", ("soc",)),
    (("status",), "drafted", "bad-value", ("status",)),
    (("published",), "2026-02-30", "bad-value", ("published",)),
    (("reviewed",), None, "missing-key", ("reviewed",)),
    (("score",), "12.5", "bad-value", ("score",)),
    (("salary",), "9", "unknown-key", ("salary",)),
    (("also_called",), "Bread Maker", "wrong-type", ("also_called",)),
    (("history",), [{}], "missing-key", ("history", 0)),
    (("tools", 1, "does"), {"x": "y"}, "wrong-type", ("tools", 1, "does")),
    (("at_risk", 0, "share"), "91", "bad-value", ("at_risk", 0, "share")),
    (("at_risk", 1, "exposure"), "140", "exposure-range", ("at_risk", 1, "exposure")),
    (("at_risk", 2), "Filing papers", "wrong-type", ("at_risk", 2)),
    (("durable", 1, "why"), GONE, "missing-key", ("durable", 1)),
    (("steps",), [], "count", ("steps",)),
    (("sources", 0, "url"), "javascript:alert(1)", "bad-value", ("sources", 0, "url")),
    (("sources", 1, "date"), "2025-13", "bad-value", ("sources", 1, "date")),
    (("evidence",), {"jobs": "many"}, "bad-value", ("evidence", "jobs")),
]


def planted(*mistakes: tuple) -> dict:
    """The sound record with mistakes in it."""
    record = copy.deepcopy(SOUND)
    for (*keys, last), value, _, _ in mistakes:
        target = record
        for key in keys:
            target = target[key]
        if value is GONE:
            del target[last]
        else:
            target[last] = value
    return record


def leaves(value: object, at: tuple = ()) -> list[tuple]:
    """The keys that lead to every scalar of a value."""
    if isinstance(value, str):
        return [at]
    items = value.items() if isinstance(value, dict) else enumerate(value)
    return [keys for key, item in items for keys in leaves(item, (*at, key))]


RAISING = {"exposure", "date"}  # see test_an_exposure_or_a_date_that_is_no_text_is_told
names = st.sampled_from(
    sorted({field for kind in KINDS for field in kind.__struct_encode_fields__} - RAISING)
)
texts = st.text(max_size=8) | st.sampled_from(
    "0 1 -1 12.5 1e999 nan inf true null 2026-11-02 2026-02-30 70-90 90-70 https://x.y / # a-b".split()
)
plain = st.recursive(
    st.none() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names | texts, inner, max_size=6),
    max_leaves=20,
)


def test_a_sound_record_has_no_problems():
    converted = convert(SOUND, Role, PLACE)
    assert (converted.problems, converted.flawed) == ((), frozenset())
    assert converted.record.title == "Baker"
    assert converted.record.at_risk[0].exposure.high == 80


@given(st.lists(st.sampled_from(MISTAKES), unique_by=lambda mistake: mistake[0]))
def test_every_planted_mistake_is_told_once_at_its_place(mistakes):
    converted = convert(planted(*mistakes), Role, PLACE)
    told = sorted((p.rule, p.place.keys) for p in converted.problems)
    nested = 2 * any(keys == ("history",) for keys, *_ in mistakes)
    assert len(told) == len(mistakes) + nested
    assert set(told) == {(rule, (3, *at)) for _, _, rule, at in mistakes}
    assert {str(keys[0]) for keys, *_ in mistakes} <= converted.flawed


def test_mistakes_leave_the_rest_of_the_record_as_it_is():
    record = convert(planted(*MISTAKES), Role, PLACE).record
    assert record.plural is None
    assert record.summary == SOUND["summary"]
    assert [task.task for task in record.at_risk] == ["Sorting orders", "Writing bills", ""]
    assert [task.share for task in record.at_risk] == [0, 15, 0]


@pytest.mark.slow
@pytest.mark.fuzz
@given(plain, st.sampled_from(KINDS))
def test_any_value_becomes_a_record(value, kind):
    converted = convert(value, kind, PLACE)
    assert isinstance(converted.record, kind)
    assert all(problem.place.keys[:1] == (3,) for problem in converted.problems)


@pytest.mark.slow
@pytest.mark.fuzz
@given(st.sampled_from([keys for keys in leaves(SOUND) if keys[-1] not in RAISING]), plain)
def test_nothing_that_is_refused_is_passed_over_in_silence(keys, value):
    record = planted((keys, value, "", ()))
    converted = convert(record, Role, PLACE)
    try:
        msgspec.convert(record, Role, strict=False, dec_hook=read_scalar)
    except msgspec.ValidationError:
        assert converted.problems
        assert keys[0] in converted.flawed
    else:
        assert not converted.problems


@pytest.mark.parametrize("value", [None, ["70", "90"], {"low": "70"}])
@pytest.mark.parametrize("keys", [("at_risk", 0, "exposure"), ("sources", 0, "date")])
def test_an_exposure_or_a_date_that_is_no_text_is_told(keys, value):
    converted = convert(planted((keys, value, "", ())), Role, PLACE)
    assert [p.place.keys for p in converted.problems] == [(3, *keys)]


@pytest.mark.parametrize("figure", ["inf", "-inf", "nan", "Infinity"])
def test_a_figure_is_finite(figure):
    converted = convert(planted((("evidence",), {"jobs": figure}, "", ())), Role, PLACE)
    assert [p.rule for p in converted.problems] == ["bad-value"]


@pytest.mark.parametrize("key", ["slug", "title", "soc", "summary"])
def test_one_line_is_one_line(key):
    value = {"soc": "15-1254.00\n"}.get(key) or SOUND[key] + "\n"
    converted = convert(planted(((key,), value, "", ())), Role, PLACE)
    assert [p.rule for p in converted.problems] == ["bad-value"]


@pytest.mark.parametrize("share", ["15.0", "1e1", "1.5e1", "1E+1", "150e-1"])
def test_a_whole_number_has_only_digits(share):
    (problem,) = convert(planted((("at_risk", 0, "share"), share, "", ())), Role, PLACE).problems
    assert problem.message == f"share {share!r} is not a whole number"
    assert problem.place.keys == (3, "at_risk", 0, "share")


def test_a_text_may_look_like_a_number():
    converted = convert(planted((("title",), "15.0", "", ())), Role, PLACE)
    assert (converted.record.title, converted.problems) == ("15.0", ())


@pytest.mark.parametrize(
    ("key", "near"),
    [("titlo", "title"), ("Title", "title"), ("at-risk", "at_risk"), ("step", "steps")],
)
def test_a_near_miss_of_a_key_gets_a_hint_and_is_not_missing_too(key, near):
    record = {(key if k == near else k): v for k, v in SOUND.items()}
    (problem,) = convert(record, Role, PLACE).problems
    assert (problem.rule, problem.hint) == ("unknown-key", f"did you mean {near}?")
    assert problem.place == Place("roles.yaml", (3, key), on_key=True)
