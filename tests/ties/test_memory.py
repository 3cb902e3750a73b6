import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.ties.memory import remaining


def left(ago: int, days: int, half_life_days: float) -> float:
    """What is left of an act that began `ago` days before day 0."""
    return float(remaining(np.array([-ago]), np.array([days]), 0, half_life_days)[0])


def test_an_act_halves_after_one_half_life() -> None:
    assert left(730, 1, 730.0) == pytest.approx(0.5)


def test_an_act_on_the_day_itself_does_not_count() -> None:
    assert left(0, 1, 730.0) == 0.0


def test_an_act_of_several_days_is_spread_evenly_over_them() -> None:
    # Days 2 and 1 ago, half-life 1 day: (1/4 + 1/2) / 2 = 3/8.
    assert left(2, 2, 1.0) == pytest.approx(3 / 8)


def test_only_the_days_before_the_question_count() -> None:
    # Four days from the day before on: one is past. 1/2 of a quarter is 1/8.
    assert left(1, 4, 1.0) == pytest.approx(1 / 8)


def test_with_an_endless_memory_nothing_fades() -> None:
    assert left(10_000, 1, 1e9) == pytest.approx(1.0, abs=1e-5)
    assert left(5, 10, float("inf")) == 0.5


@given(st.integers(1, 3000), st.integers(1, 366), st.floats(0.05, 1e6))
def test_the_closed_form_is_the_sum_over_the_days(ago: int, days: int, half_life_days: float) -> None:
    past = [age for age in range(ago, ago - days, -1) if age > 0]
    by_hand = sum(2.0 ** (-age / half_life_days) for age in past) / days
    assert left(ago, days, half_life_days) == pytest.approx(by_hand, rel=1e-9, abs=1e-290)
