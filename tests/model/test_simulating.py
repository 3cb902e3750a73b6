"""Simulated streams: chance that repeats, and coefficients that come back."""

import numpy as np
import pytest

from comity.model import STATISTICS, History, Propensity, fit, simulate
from comity.provenance import BadValueError, UsageError
from tests.model.worlds import day, make_history

NAMES = [f"a{i}" for i in range(9)]
TERMS = (STATISTICS[0], STATISTICS[1], STATISTICS[12], STATISTICS[14])
TRUE = np.array([0.5, 0.3, 0.15, -0.2])
CONFLICT = Propensity((STATISTICS[2],), np.array([0.4]), 1.5, np.array([2.0, 5.0]))


def empty() -> History:
    return History.of([], [], [], [], actors=NAMES)


def world(*, seed, days=240, beta=TRUE):
    friendly = Propensity(TERMS, beta, 5.0, np.array([1.0, 3.0, 7.0]))
    chosen = {"cooperation": friendly, "conflict": CONFLICT}
    return simulate(empty(), chosen, first=day(0), last=day(days - 1), seed=seed)


def test_the_same_seed_gives_the_same_world_and_another_does_not():
    one, again, other = world(seed=1), world(seed=1), world(seed=2)
    assert one.sender.tolist() == again.sender.tolist()
    assert one.size.tolist() == again.size.tolist()
    assert one.sender.tolist() != other.sender.tolist()


def test_a_world_has_the_days_and_about_the_acts_that_were_asked_for():
    one = world(seed=3)
    assert one.day.min() >= 18262
    assert one.day.max() <= 18262 + 239
    # Poisson with mean 240 * 5 = 1200, standard deviation 35.
    assert abs((one.sign == 0).sum() - 1200) < 4 * 35
    assert (one.sender != one.receiver).all()
    assert set(one.size[one.sign == 1]) == {2.0, 5.0}


def test_worlds_with_one_seed_share_their_chance():
    """As long as nothing differs, two worlds with another coefficient draw the same numbers of acts."""
    one, other = world(seed=4), world(seed=4, beta=TRUE / 2)
    assert one.day.tolist() == other.day.tolist()


def test_true_coefficients_lie_inside_the_interval_as_often_as_they_should():
    inside = np.zeros(len(TERMS))
    worlds = 30
    for seed in range(worlds):
        found = fit(world(seed=seed), statistics=TERMS, risk_set="full", since=day(30))
        for j, one in enumerate(found.coefficients):
            low, high = one.interval
            inside[j] += low <= TRUE[j] <= high
    # Binomial(30, 0.95): fewer than 24 has a chance of 0.0003.
    assert (inside >= 24).all(), inside


def test_a_fit_gives_a_propensity_that_simulates():
    history = world(seed=5)
    found = fit(history, statistics=TERMS, risk_set="full", since=day(30))
    chosen = Propensity.of_fit(found, history)
    assert chosen.acts_per_day == pytest.approx(found.n_events / 210)
    after = simulate(history, {"cooperation": chosen}, first=day(240), last=day(249), seed=1)
    assert after.day[: len(history)].tolist() == history.day.tolist()
    assert len(after) > len(history)


def test_a_fit_of_the_type_gives_no_rate():
    history = world(seed=6)
    found = fit(history, outcome="type", statistics=TERMS, since=day(30))
    with pytest.raises(UsageError, match="a fit of type gives no rate"):
        Propensity.of_fit(found, history)


def test_nothing_is_simulated_before_what_has_happened():
    with pytest.raises(UsageError, match="events on the first day to simulate"):
        simulate(make_history(("A", "B", 5, 1.0)), {"conflict": CONFLICT}, first=day(5), last=day(6))


def test_coefficients_and_statistics_must_match():
    with pytest.raises(BadValueError, match="1 coefficients for 4 statistics"):
        Propensity(TERMS, np.array([1.0]), 1.0, np.array([1.0]))
