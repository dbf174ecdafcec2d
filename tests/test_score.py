"""The score: its formula by hand, its roundings, its borders, and exact fractions as a second opinion."""

import math
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rolerisk.model.config import Band
from rolerisk.score import Weight, band_of, confidence, score, tenths

BANDS = tuple(
    Band(id=id_, name=id_, from_=from_)
    for id_, from_ in (("low", 0), ("moderate", 25), ("high", 50), ("very-high", 75))
)


@pytest.mark.parametrize(
    ("tasks", "numerator", "denominator", "value", "low", "high"),
    [
        # share × (low + high), summed; 2 × shares; the mean rounded; the same of the lows, the highs
        ([(10, 40, 60)], 1000, 20, 50, 40, 60),
        ([(12, 70, 90), (8, 10, 30)], 12 * 160 + 8 * 40, 40, 56, 46, 66),
        ([(30, 80, 80), (30, 20, 20), (10, 0, 100)], 4800 + 1200 + 1000, 140, 50, 43, 57),
        ([(15, 60, 80)] * 3 + [(15, 10, 20)] * 3, 3 * 2100 + 3 * 450, 180, 43, 35, 50),
        ([(1, 0, 0), (90, 0, 0)], 0, 182, 0, 0, 0),
        ([(1, 100, 100), (90, 100, 100)], 18200, 182, 100, 100, 100),
        ([(33, 33, 34), (34, 67, 68)], 33 * 67 + 34 * 135, 134, 51, 50, 51),
    ],
)
def test_the_formula_by_hand(tasks, numerator, denominator, value, low, high):
    assert score(Weight(*task) for task in tasks) == (value, low, high, numerator, denominator)


@pytest.mark.parametrize(
    ("low", "high", "value"), [(0, 1, 1), (42, 43, 43), (43, 44, 44), (99, 100, 100), (50, 50, 50)]
)
def test_a_half_is_rounded_up_and_never_to_the_even(low, high, value):
    assert score([Weight(10, low, high)]).value == value


def test_just_under_a_half_is_rounded_down():
    assert score([Weight(50, 42, 42), Weight(49, 43, 43)]).value == 42


def test_the_range_is_rounded_half_up_too():
    halves = [Weight(10, 10, 21), Weight(10, 11, 22)]
    assert score(halves)[1:3] == (11, 22)


def test_no_task_has_no_score():
    with pytest.raises(ValueError, match="at least one task"):
        score([])


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [(7650, 180, "42.5"), (1, 3, "0.3"), (0, 2, "0.0"), (198, 20, "9.9"), (100, 1, "100.0")],
)
def test_the_mean_is_printed_to_one_decimal(numerator, denominator, shown):
    assert tenths(numerator, denominator) == shown


@pytest.mark.parametrize(
    ("width", "label"),
    [(0, "high"), (10, "high"), (11, "medium"), (20, "medium"), (21, "low"), (100, "low")],
)
def test_confidence_is_read_off_the_width_of_the_range(width, label):
    assert confidence(100 - width, 100) == label


@pytest.mark.parametrize(
    ("value", "band"),
    [
        (0, "low"),
        (24, "low"),
        (25, "moderate"),
        (49, "moderate"),
        (50, "high"),
        (74, "high"),
        (75, "very-high"),
        (100, "very-high"),
    ],
)
def test_a_band_begins_at_its_first_number(value, band):
    assert band_of(value, BANDS).id == band


def _weights(share: int, exposures: tuple[int, int]) -> Weight:
    return Weight(share, *sorted(exposures))


PERCENT = st.integers(0, 100)
TASKS = st.lists(
    st.builds(_weights, st.integers(1, 90), st.tuples(PERCENT, PERCENT)), min_size=1, max_size=16
)


@given(TASKS)
def test_the_score_lies_in_its_range(tasks):
    result = score(tasks)
    assert 0 <= result.low <= result.value <= result.high <= 100


@given(TASKS)
def test_the_score_equals_exact_fractions(tasks):
    week = sum(task.share for task in tasks)

    def mean(exposure) -> int:
        exact = sum((Fraction(task.share, week) * exposure(task) for task in tasks), Fraction())
        return math.floor(exact + Fraction(1, 2))

    assert score(tasks)[:3] == (
        mean(lambda task: Fraction(task.low + task.high, 2)),
        mean(lambda task: task.low),
        mean(lambda task: task.high),
    )


@pytest.mark.slow
@given(TASKS, st.randoms())
def test_the_order_of_the_tasks_does_not_matter(tasks, random):
    assert score(random.sample(tasks, len(tasks))) == score(tasks)


@given(TASKS)
def test_the_printed_mean_is_less_than_a_tenth_from_the_sum(tasks):
    result = score(tasks)
    exact = Fraction(result.numerator, result.denominator)
    assert abs(Fraction(tenths(result.numerator, result.denominator)) - exact) < Fraction(1, 10)


@given(TASKS)
@example([Weight(55, 42, 42), Weight(45, 43, 43)])  # 42.45: a page that says "42.5, rounded: 42"
def test_the_printed_mean_rounds_to_the_printed_score(tasks):
    result = score(tasks)
    printed = Fraction(tenths(result.numerator, result.denominator))
    assert math.floor(printed + Fraction(1, 2)) == result.value
