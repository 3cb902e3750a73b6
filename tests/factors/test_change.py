"""The whole change: that parts add up, and that each rests on its own acts only."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.factors.change import Question, work_out
from comity.model import STATISTICS, Covariate, History, Triad, compute_statistics, remember_pair
from tests.factors.worlds import ask, make_coefficients, period
from tests.model.worlds import day, event_lists, make_history, random_history

BETA = np.linspace(-0.8, 0.9, 16)


def sum_of_parts(question: Question) -> float:
    change, estimates = work_out(question), question.coefficients.estimates
    slopes = change.slopes
    flat = (slopes.own, slopes.eras, slopes.covariates, slopes.rounding)
    parts = sum(float((one * estimates).sum()) for one in flat)
    return parts + float(np.einsum("ket,et->", slopes.third, estimates)) + float(change.system.mean())


def with_actors(events: list[tuple[str, str, int, float]]) -> History:
    return make_history(*events, actors=tuple(f"a{i}" for i in range(5)))


@pytest.mark.parametrize("transform", ["log1p", "each", "identity"])
@settings(max_examples=25, deadline=None)
@given(events=event_lists(), turn=st.integers(60, 300), half_life=st.sampled_from([5.0, 30.0]))
def test_parts_add_up_to_the_change(transform, events, turn, half_life):
    coefficients = make_coefficients(
        BETA, BETA[::-1] / 2, transform=transform, half_life_days=half_life, starts=(day(turn),)
    )
    question = ask(with_actors(events), coefficients, period(50, 70), period(200, 212))
    assert sum_of_parts(question) == pytest.approx(work_out(question).totals.mean(), abs=1e-9)


def test_parts_add_up_for_the_type_of_an_act():
    coefficients = make_coefficients([0.4, *BETA], [0.9, *(BETA / 3)], outcome="type", starts=(day(40),))
    question = ask(random_history(seed=1), coefficients, period(20, 30), period(45, 59))
    change = work_out(question)
    assert change.system.tolist() == [0.0, 0.0]
    assert sum_of_parts(question) == pytest.approx(change.totals.mean(), abs=1e-12)
    # The intercept rises by 0.5 whatever happened.
    assert (change.slopes.eras * coefficients.estimates)[:, 0].sum() == pytest.approx(0.5)


@settings(max_examples=40, deadline=None)
@given(events=event_lists(), number=st.integers(1, 420))
def test_dropping_a_third_partys_acts_changes_only_what_is_listed_under_it(events, number):
    """Exactly: every other summand stays to the last bit, and this one's are gone."""
    without = [one for one in events if "a2" not in one[:2]]
    days = np.array([(day(number) - date(1970, 1, 1)).days])
    whole, less = (
        remember_pair(with_actors(of), (0, 1), days, half_life_days=30.0) for of in (events, without)
    )
    one, other = np.array([0]), np.array([1])
    for statistic in STATISTICS:
        before = statistic.parts(whole, one, other)[0]
        after = statistic.parts(less, one, other)[0]
        if before.ndim == 1:  # no sum over third parties
            assert after.tolist() == before.tolist()
            continue
        left = dict(zip(less.actors, after[:, 0].tolist(), strict=True))
        for name, value in zip(whole.actors, before[:, 0].tolist(), strict=True):
            assert left.get(name, 0.0) == (0.0 if name == "a2" else value)


@settings(max_examples=25, deadline=None)
@given(events=event_lists(), number=st.integers(1, 420))
def test_the_models_statistics_change_by_the_parts_that_are_listed(events, number):
    """Without the third party the model's own statistics are lower by its parts, but for the cut at 0.01."""
    without = [one for one in events if "a2" not in one[:2]]
    rows = (["a0"], ["a1"], [day(number)])
    shown, left = (compute_statistics(with_actors(of), *rows)[0] for of in (events, without))
    days = np.array([(day(number) - date(1970, 1, 1)).days])
    memory = remember_pair(with_actors(events), (0, 1), days, half_life_days=30.0)
    for j, statistic in enumerate(STATISTICS):
        parts = statistic.parts(memory, np.array([0]), np.array([1]))[0]
        mine = parts[memory.actors.index("a2"), 0] if parts.ndim == 2 and "a2" in memory.actors else 0.0
        assert shown[j] - left[j] == pytest.approx(
            mine, abs=0.09
        )  # up to eight memories of 0.01, and one more


def test_acts_between_the_two_are_own_history_in_degrees_too():
    # One act of a0 on a1 on day 0, one-day periods on days 1 and 31, half-life 30: 8 * 2^(-1/30) then half.
    history = make_history(("a0", "a1", 0, 8.0), actors=("a0", "a1", "a2"))
    one = np.zeros(16)
    one[4] = 1.0  # pos.out.source
    change = work_out(ask(history, make_coefficients(one), period(1, 1), period(31, 31)))
    full = 8 * 2 ** (-1 / 30)
    # Only a0 -> a1 has it; the mean of both directions is half.
    assert change.slopes.own[0, 4] == pytest.approx((np.log1p(full / 2) - np.log1p(full)) / 2)
    assert not change.slopes.third.any()


def test_a_common_friend_is_worth_the_weaker_tie():
    # a0-a2 has 8 and a1-a2 has 2 on day 0; on day 30 halves. min: 2, then 1, in units of the day.
    history = make_history(("a0", "a2", 0, 8.0), ("a2", "a1", 0, 2.0), actors=("a0", "a1", "a2"))
    coefficients = make_coefficients([1.0], statistics=(Triad(0, 0),))
    change = work_out(ask(history, coefficients, period(1, 1), period(31, 31)))
    now = 2 * 2 ** (-1 / 30)
    assert change.slopes.third[2, 0, 0] == pytest.approx(np.log1p(now / 2) - np.log1p(now))


def test_what_others_do_moves_only_the_system():
    """With three pairs of a kind, an act elsewhere leaves a pair less of what the day has."""
    history = make_history(("a2", "a3", 5, 8.0), actors=("a0", "a1", "a2", "a3"))
    beta = np.zeros(16)
    beta[0] = 1.0  # coop.repetition
    change = work_out(ask(history, make_coefficients(beta), period(1, 1), period(6, 6)))
    # Before: 12 pairs alike, log 12. After: 11 alike and one with exp(log1p(8 * 2^(-1/30))).
    after = np.log(11 + 1 + 8 * 2 ** (-1 / 30))
    assert change.totals == pytest.approx(np.log(12) - after)
    assert change.system == pytest.approx(np.log(12) - after)


def test_a_number_from_outside_is_a_covariate():
    values = np.zeros((3, 3))
    values[0, 1] = values[1, 0] = 2.0
    history = make_history(("a0", "a1", 0, 8.0), actors=("a0", "a1", "a2"))
    coefficients = make_coefficients([0.5, 1.0], statistics=(STATISTICS[0], Covariate("near", values)))
    question = ask(history, coefficients, period(1, 1), period(31, 31))
    change = work_out(question)
    assert change.slopes.covariates[0].tolist() == [0.0, 0.0]  # it does not change
    assert sum_of_parts(question) == pytest.approx(change.totals.mean(), abs=1e-12)


def test_the_cut_of_the_memory_is_rounding():
    # 0.5 * 2^(-d/5) falls below 0.01 between days 28 and 29: the model forgets, the account keeps the rest.
    history = make_history(("a0", "a1", 0, 0.5), ("a0", "a2", 40, 1.0), actors=("a0", "a1", "a2"))
    coefficients = make_coefficients([1.0], statistics=(STATISTICS[0],), half_life_days=5.0)
    question = ask(history, coefficients, period(28, 28), period(30, 30))
    change = work_out(question)
    left = np.log1p(0.5 * 2 ** (-30 / 5))
    assert change.slopes.rounding[0, 0] == pytest.approx(-left / 2)  # one of the two directions
