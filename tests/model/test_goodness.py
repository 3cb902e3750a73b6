"""Scores of acts that a fit has not seen: worked by hand, and what they refuse."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.model import (
    Covariate,
    History,
    Propensity,
    TooFewEventsError,
    find_statistics,
    fit,
    score_held_out,
    simulate,
)
from comity.model.goodness import _model_scores, recalled
from comity.model.statistics import STATISTICS
from comity.provenance import UsageError
from tests.model.worlds import day, make_history, reference_history

FOREVER = 1e12  # a half-life without forgetting


def marked_history(later: str) -> tuple[History, Covariate]:
    """One act a day: 15 times A to B, then 5 times C to B, never B to anybody; then the acts of day 20."""
    past = ["AB"] * 15 + ["CB"] * 5
    acts = [(one, i) for i, one in enumerate(past)] + [(one, 20) for one in later.split()]
    history = History.of(
        [one[0] for one, _ in acts],
        [one[1] for one, _ in acts],
        [day(i) for _, i in acts],
        [1.0] * len(acts),
        actors=list("ABC"),
    )
    mark = np.zeros((3, 3))
    mark[0, 1] = 1.0
    return history, Covariate("marked", mark)


def scored(later: str):
    history, mark = marked_history(later)
    found = fit(
        history,
        statistics=[mark],
        transform="identity",
        half_life_days=FOREVER,
        risk_set="full",
        until=day(19),
    )
    return score_held_out(history, found, since=day(20), top=(1, 2, 6), statistics=[mark])


def test_a_fitted_rate_is_scored_as_by_hand():
    # The fit gives A to B a chance of 15/20, each of the five other pairs 0.05. Two of four acts are A to B.
    found = scored("AB AB CB BA")
    assert found.n_events == 4
    assert found["model"].log_score == pytest.approx((2 * math.log(0.75) + 2 * math.log(0.05)) / 4, abs=1e-7)
    assert found["uniform"].log_score == pytest.approx(-math.log(6))
    # One pair: the two acts on A to B. Two: one of five equal others, 1/5 of the other two acts.
    assert dict(found["model"].recall) == pytest.approx({1: 0.5, 2: (2 + 2 / 5) / 4, 6: 1.0})
    assert dict(found["uniform"].recall) == pytest.approx({1: 1 / 6, 2: 1 / 3, 6: 1.0})
    # Persistence has seen A to B 15 times and C to B 5 times: two pairs hold three of the acts.
    assert dict(found["persistence"].recall) == pytest.approx({1: 0.5, 2: 0.75, 6: 1.0})


def test_a_held_out_meeting_is_one_act_with_the_sum_of_its_chances():
    history, mark = marked_history("AB BA CB")
    act = np.arange(len(history))
    act[21] = act[20]
    history = replace(history, act=act)
    options = {"transform": "identity", "half_life_days": FOREVER, "risk_set": "full", "until": day(19)}
    found = fit(history, statistics=[mark], **options)
    scores = score_held_out(history, found, since=day(20), top=(1, 6), statistics=[mark])
    assert (scores.n_events, scores.n_days) == (2, 1)
    # 0.75 for A to B and 0.05 for B to A make 0.8; C to B has 0.05. Alike, two of six pairs, and one.
    assert scores["model"].log_score == pytest.approx((math.log(0.8) + math.log(0.05)) / 2, abs=1e-7)
    assert scores["uniform"].log_score == pytest.approx((math.log(2 / 6) + math.log(1 / 6)) / 2)
    a = scores.smoothing  # A to B acted 15 times, C to B 5 times, B to A never
    by_hand = math.log((15 + 2 * a) / (20 + 6 * a)) + math.log((5 + a) / (20 + 6 * a))
    assert scores["persistence"].log_score == pytest.approx(by_hand / 2)
    # The likeliest pair is one of the meeting's two: half of one of two acts.
    assert dict(scores["model"].recall) == pytest.approx({1: 0.25, 6: 1.0})
    assert dict(scores["uniform"].recall) == pytest.approx({1: 1 / 6, 6: 1.0})


def test_persistence_takes_past_numbers_and_the_smoothing_that_suited_the_fitted_acts():
    found = scored("AB AB CB BA")
    a = found.smoothing
    by_hand = 2 * math.log((15 + a) / (20 + 6 * a)) + math.log((5 + a) / (20 + 6 * a))
    by_hand += math.log(a / (20 + 6 * a))
    assert found["persistence"].log_score == pytest.approx(by_hand / 4)
    assert found.gain == pytest.approx(found["model"].log_score - by_hand / 4)
    assert found.gain_std_error is None  # all within one week

    def fitted(a: float) -> float:  # the first act finds nothing, the next fourteen find 1, 2, …; then C to B
        total = -math.log(6) + sum(math.log((i + a) / (i + 6 * a)) for i in range(1, 15))
        return total + sum(math.log((i + a) / (15 + i + 6 * a)) for i in range(5))

    grid = np.exp(np.linspace(-6, 3, 2_000))
    assert a == pytest.approx(grid[np.argmax([fitted(one) for one in grid])], rel=0.01)


def test_weeks_give_the_standard_error_of_the_gain():
    past = [("A", "B", i, 1.0) for i in range(15)] + [("C", "B", i, 1.0) for i in range(15, 20)]
    later = [("A", "B", 20, 1.0), ("A", "B", 27, 1.0), ("C", "B", 34, 1.0)]
    both = make_history(*past, *later, actors=("A", "B", "C"))
    _, mark = marked_history("AB")
    found = fit(
        both, statistics=[mark], transform="identity", half_life_days=FOREVER, risk_set="full", until=day(19)
    )
    scores = score_held_out(both, found, since=day(20), statistics=[mark])
    a = scores.smoothing
    seen = [(15, 20), (16, 21), (5, 22)]
    gains = [
        math.log(p) - math.log((n + a) / (total + 6 * a))
        for p, (n, total) in zip((0.75, 0.75, 0.05), seen, strict=True)
    ]
    # Three weeks of one act: the usual standard error of a mean, with 3 - 1 below.
    assert scores.gain == pytest.approx(np.mean(gains), abs=1e-7)
    assert scores.gain_std_error == pytest.approx(np.std(gains, ddof=1) / math.sqrt(3), abs=1e-6)


def test_a_fitted_type_is_scored_as_by_hand():
    # Three of four fitted acts are friendly, so an intercept alone gives 3/4, and so does the base rate.
    events = [("A", "B", i, 1.0 if i % 4 else -1.0) for i in range(40)]
    history = make_history(*events, ("A", "B", 40, 1.0), ("B", "A", 41, -1.0))
    found = fit(history, outcome="type", statistics=[], until=day(39), half_life_days=FOREVER)
    scores = score_held_out(history, found, since=day(40))
    expected = (math.log(0.75) + math.log(0.25)) / 2
    assert scores["model"].log_score == pytest.approx(expected, abs=1e-7)
    assert scores["base rate"].log_score == pytest.approx(expected)
    # A to B had 30 of 40 friendly ones, as all had: drawn towards the base rate or not, 3/4. B to A had none.
    assert scores["persistence"].log_score == pytest.approx(expected)
    assert scores["model"].recall == ()


@given(st.lists(st.integers(0, 4), min_size=1, max_size=12), st.integers(1, 14))
def test_all_places_together_recall_as_many_as_there_are_places_at_the_top(values: list[int], k: int):
    found = recalled(np.array(values, dtype=np.float64), np.arange(len(values)), k)
    assert found.sum() == pytest.approx(min(k, len(values)))
    assert (np.diff(found[np.argsort(values, kind="stable")]) >= 0).all()


def test_a_model_that_made_the_world_foretells_it_better_than_persistence():
    terms, true = (STATISTICS[0], STATISTICS[1], STATISTICS[12]), np.array([0.6, 0.5, 0.3])
    names = [f"a{i}" for i in range(9)]
    world = simulate(
        History.of([], [], [], [], actors=names),
        {"cooperation": Propensity(terms, true, 6.0, np.array([1.0, 4.0, 8.0]))},
        first=day(0),
        last=day(359),
        seed=2,
    )
    found = fit(world, statistics=terms, risk_set="full", since=day(60), until=day(239))
    scores = score_held_out(world, found, since=day(240))
    assert scores["model"].log_score > scores["persistence"].log_score > scores["uniform"].log_score
    assert scores.gain > 2 * scores.gain_std_error
    assert scores.to_dict()["gain_over_persistence"] == scores.gain


def test_days_that_the_fit_has_seen_are_not_held_out():
    history, mark = marked_history("AB")
    found = fit(history, statistics=[mark], transform="identity", risk_set="full")
    with pytest.raises(UsageError, match="the fit has seen acts up to 2020-01-21"):
        score_held_out(history, found, since=day(20), statistics=[mark])
    with pytest.raises(TooFewEventsError, match="no act to score"):
        score_held_out(history, found, since=day(30), until=day(40), statistics=[mark])


@pytest.mark.shared
def test_held_out_months_of_the_reference_case_can_be_scored(shared):
    """Uniform chances are 1/870 whatever the data are; what the model reaches is reported, not asserted."""
    history = reference_history(shared / "reference" / "rem" / "icews14-states30")
    found = fit(history, since=date(2014, 1, 31), until=date(2014, 9, 30), statistics=STATISTICS[:4])
    scores = score_held_out(history, found, since=date(2014, 10, 1))
    assert scores["uniform"].log_score == pytest.approx(-math.log(870))
    assert scores["model"].log_score > scores["uniform"].log_score
    assert scores.n_days <= 92


def test_scores_of_fitted_acts_add_up_to_the_log_likelihood():
    """With a covariate, a statistic of one kind of act, and an actor who comes late."""
    rng = np.random.default_rng(3)
    sender = rng.integers(5, size=120)
    receiver = (sender + rng.integers(1, 5, size=120)) % 5
    history = History.of(
        [f"a{i}" for i in sender],
        [f"a{i}" for i in receiver],
        [day(i // 3) for i in range(120)],
        rng.choice([1.0, 4.0, -2.0], size=120).tolist(),
        kinds=rng.choice(["talk", "deeds"], size=120).tolist(),
        actors={**{f"a{i}": (None, None) for i in range(5)}, "late": (day(20), None)},
    )
    far = Covariate("far", np.arange(36.0).reshape(6, 6) % 4)
    statistics = (STATISTICS[0], far, *find_statistics(("deeds.coop.repetition",)))
    found = fit(history, statistics=statistics, risk_set="full", since=day(10))
    window = (history.sign == 0) & (history.day >= history.day[0] + 10)
    logs, hits = _model_scores(history, found, statistics, window, (30,))
    assert logs.sum() == pytest.approx(found.log_likelihood, abs=1e-9)
    assert hits[0] == window.sum()  # 30 pairs are all there are
