"""Resampled weeks."""

import numpy as np
import pytest

from comity.model import Bootstrap, Propensity, bootstrap, fit, simulate
from comity.provenance import BadValueError
from tests.model.test_simulating import TERMS, TRUE, empty, world
from tests.model.worlds import day, random_history


@pytest.mark.parametrize("risk_set", ["full", "sampled"])
def test_independent_acts_give_about_the_errors_of_the_information(risk_set):
    history = world(seed=11)
    found = fit(history, statistics=TERMS, since=day(30), risk_set=risk_set)
    drawn = bootstrap(history, found, repeats=40)
    for one in found.coefficients:
        assert 0.6 < drawn.std_errors[one.term] / one.std_error < 1.6
        low, high = drawn.interval(one.term)
        assert low < one.estimate < high
    assert (drawn.blocks, drawn.failed) == (30, 0)  # 210 days from day 30 to day 239


def test_the_type_of_an_act_is_resampled_too():
    history = world(seed=12)
    found = fit(history, outcome="type", statistics=TERMS, since=day(30))
    drawn = bootstrap(history, found, repeats=40)
    assert drawn.terms[0] == "(Intercept)"
    for one in found.coefficients:
        assert 0.5 < drawn.std_errors[one.term] / one.std_error < 1.8


def test_the_same_seed_draws_the_same_weeks():
    history = world(seed=13)
    found = fit(history, statistics=TERMS[:2], since=day(30), risk_set="full")
    one, again, other = (bootstrap(history, found, repeats=5, seed=seed) for seed in (1, 1, 2))
    assert one.draws.tolist() == again.draws.tolist()
    assert one.draws.tolist() != other.draws.tolist()


def test_weeks_that_differ_widen_the_errors():
    """Every other fortnight follows other coefficients: acts of a week are alike beyond the model."""
    history = empty()
    for k in range(16):
        beta = TRUE[:3] * (2.0 if k % 2 else -1.0)
        chosen = {"cooperation": Propensity(TERMS[:3], beta, 5.0, np.array([1.0, 3.0, 7.0]))}
        history = simulate(history, chosen, first=day(14 * k), last=day(14 * k + 13), seed=5)
    found = fit(history, statistics=TERMS[:3], since=day(28), risk_set="full")
    drawn = bootstrap(history, found, repeats=40, block_days=14)
    assert drawn.std_errors["coop.repetition"] > 1.5 * found["coop.repetition"].std_error


def test_too_few_weeks_are_refused():
    history = random_history(seed=1, days=30)
    found = fit(history, statistics=TERMS[:1], risk_set="full")
    with pytest.raises(BadValueError, match="5 blocks of 7 days"):
        bootstrap(history, found)


def test_an_interval_lies_between_the_quantiles():
    drawn = Bootstrap(("x",), np.arange(101.0)[:, None], 10, 0)
    assert drawn.interval("x", level=0.9) == pytest.approx((5.0, 95.0))
