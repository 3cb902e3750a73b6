"""Eras with coefficients of their own: worked by hand, planted, and refused."""

import math
from datetime import date

import numpy as np
import pytest

from comity.events import Era
from comity.model import (
    Covariate,
    Propensity,
    TooFewEventsError,
    eras_at,
    fit,
    simulate,
    split_by_era,
)
from comity.model.tails import chi_square_tail, f_tail
from comity.provenance import UsageError
from tests.model.test_simulating import TERMS, TRUE, world
from tests.model.worlds import day, make_history, random_history

MARK = Covariate("marked", np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 0.0], [0.0, 0.0, 0.0]]))


def marked_days(*hits_of_twenty):
    """One act a day in stretches of twenty: A to B so many times, else C to B."""
    events = []
    for era, hits in enumerate(hits_of_twenty):
        events += [("A" if i < hits else "C", "B", 20 * era + i, 1.0) for i in range(20)]
    return make_history(*events, actors=("A", "B", "C"))


def split(history, *turns, **more):
    options = {"transform": "identity", "risk_set": "full", **more}
    return split_by_era(history, eras_at([day(turn) for turn in turns]), statistics=[MARK], **options)


def test_each_era_gets_its_log_odds_and_the_ratio_follows():
    # Of six pairs the marked one gets 15 of 20, then 10 of 20: log 15, log 5; together 25 of 40, log(25/3).
    # Log likelihoods: 15 log .75 + 5 log .05; 10 log .5 + 10 log .1; 25 log .625 + 15 log .075.
    found = split(marked_days(15, 10), 20)
    assert [one["marked"].estimate for one in found.fits] == pytest.approx([math.log(15), math.log(5)])
    assert found.pooled["marked"].estimate == pytest.approx(math.log(25 / 3))
    one, other = 15 * math.log(0.75) + 5 * math.log(0.05), 10 * math.log(0.5) + 10 * math.log(0.1)
    gain = 2 * (one + other - 25 * math.log(0.625) - 15 * math.log(0.075))
    ratio = found.test(ratio=True)
    assert (ratio.statistic, ratio.df) == (pytest.approx(gain), 1)
    assert ratio.p_value == pytest.approx(chi_square_tail(gain, 1))


def test_the_wald_test_of_eras_with_unequal_errors_is_worked_by_hand():
    # Scores over information. Era one: chances .75 and .05, mean .75, information 20 * .1875 = 3.75: A to B
    # (15 - 15) * .25 = 0, C to B (5 - 1) * -.75 = -3, four silent (0 - 1) * -.75; over 3.75: 0, -.8, .2.
    # Era two, 16 of 20: chances .8 and .04, mean .8, information 3.2: C to B, C to A (2 - .8) * -.8 = -.96,
    # three silent (0 - .8) * -.8; over 3.2: -.3, -.3, .2. Differences: C to B -.3 + .8 = .5, C to A
    # -.3 - .2 = -.5, others 0: variance .5; the coefficients are log 15 and log 20.
    events = [("A" if i < 15 else "C", "B", i, 1.0) for i in range(20)]
    events += [("A", "B", 20 + i, 1.0) for i in range(16)]
    events += [("C", "B" if i < 2 else "A", 36 + i, 1.0) for i in range(4)]
    found = split(make_history(*events, actors=("A", "B", "C")), 20)
    test = found.test("marked")
    expected = (math.log(20) - math.log(15)) ** 2 / 0.5
    assert (test.statistic, test.df, test.clusters) == (pytest.approx(expected), 1, 3)
    assert test.p_value == pytest.approx(f_tail(expected, 1, 2))


def test_one_era_after_another_adds_up_to_the_fit_of_each():
    history = random_history(seed=4, events=400, days=120)
    for outcome in ("rate:cooperation", "type"):
        found = split_by_era(
            history, eras_at([day(60)]), outcome=outcome, statistics=TERMS[:2], risk_set="full"
        )
        for one, bounds in zip(found.fits, ({"until": day(59)}, {"since": day(60)}), strict=True):
            alone = fit(
                history, outcome=outcome, statistics=TERMS[:2], risk_set="full", clustered=True, **bounds
            )
            assert one.n_events == alone.n_events
            assert one.n_rows == alone.n_rows
            for mine, theirs in zip(one.coefficients, alone.coefficients, strict=True):
                assert mine.estimate == pytest.approx(theirs.estimate, abs=1e-7)
                assert mine.std_error == pytest.approx(theirs.std_error, rel=1e-6)
                assert mine.std_error_dyad == pytest.approx(theirs.std_error_dyad, rel=1e-6)


def test_the_ratio_of_an_only_term_is_the_joint_one():
    """With two terms, tying one leaves a gain that is no larger than the joint one."""
    history = random_history(seed=5, events=400, days=120)
    found = split_by_era(history, eras_at([day(60)]), statistics=TERMS[:2], risk_set="full")
    parts = [found.test(one.name, ratio=True) for one in TERMS[:2]]
    assert all(0 <= one.statistic <= found.test(ratio=True).statistic + 1e-9 for one in parts)
    assert [one.df for one in parts] == [1, 1]


def test_a_planted_split_is_found_in_the_term_that_has_it():
    changed = TRUE.copy()
    changed[3] = 0.5  # -0.2 before
    history = world(seed=21, days=240)
    friendly = Propensity(TERMS, changed, 5.0, np.array([1.0, 3.0, 7.0]))
    hostile = Propensity((TERMS[0],), np.array([0.0]), 1.5, np.array([2.0, 5.0]))
    later = simulate(
        history, {"cooperation": friendly, "conflict": hostile}, first=day(240), last=day(479), seed=22
    )
    found = split_by_era(later, eras_at([day(240)]), statistics=TERMS, since=day(30), risk_set="full")
    chances = {one.name: found.test(one.name).p_value for one in TERMS}
    assert found.test(ratio=True).p_value < 0.01
    assert min(chances, key=chances.get) == TERMS[3].name
    assert chances[TERMS[3].name] < 0.01
    after = found[day(240).isoformat()][TERMS[3].name]
    assert abs(after.estimate - 0.5) < 4 * after.std_error


def test_acts_between_eras_are_history_only():
    eras = (Era("one", "one", day(0), day(49)), Era("two", "two", day(70), day(119)))
    history = random_history(seed=6, events=400, days=120)
    found = split_by_era(history, eras, statistics=TERMS[:1], risk_set="full", ratio_by_term=False)
    number = (date(2020, 1, 1) - date(1970, 1, 1)).days
    between = ((history.day >= number + 50) & (history.day < number + 70) & (history.sign == 0)).sum()
    assert found.pooled.n_events == (history.sign == 0).sum() - between
    assert sum(one.n_events for one in found.fits) == found.pooled.n_events


def test_three_eras_have_two_differences_a_term():
    history = random_history(seed=7, events=600, days=120)
    found = split_by_era(history, eras_at([day(40), day(80)]), statistics=TERMS[:2], risk_set="full")
    assert (found.test(ratio=True).df, found.test().df, found.test(TERMS[0].name).df) == (4, 4, 2)


def test_the_sampled_risk_set_keeps_its_draws_in_every_era():
    history = random_history(seed=8, actors=40, events=600, days=60)
    found = split_by_era(history, eras_at([day(30)]), statistics=TERMS[:1], controls=100)
    assert found.pooled.n_rows == sum(one.n_rows for one in found.fits)
    assert found.test(ratio=True).statistic >= 0


@pytest.mark.parametrize(
    ("eras", "message"),
    [
        ((), "fewer than two eras"),
        (eras_at([]), "fewer than two eras"),
        ((Era("a", "a", None, day(30)), Era("b", "b", day(30), None)), "'a' and 'b' overlap"),
    ],
)
def test_eras_that_are_no_split_are_refused(eras, message):
    with pytest.raises(UsageError, match=message):
        split_by_era(random_history(seed=1), eras, statistics=TERMS[:1])


def test_an_era_without_acts_is_refused_by_name():
    with pytest.raises(TooFewEventsError, match=r"0 events for 1 terms.*from 2021-01-01"):
        split_by_era(random_history(seed=1), eras_at([date(2021, 1, 1)]), statistics=TERMS[:1])


def test_fewer_clusters_than_numbers_give_no_joint_chance():
    found = split(marked_days(15, 10), 20)
    assert found.test().clusters == 2
    three = split(marked_days(15, 10, 12), 20, 40)
    assert math.isnan(three.test().p_value)


def test_a_split_gives_its_plain_values():
    values = split(marked_days(15, 10), 20).to_dict()
    assert [one["label"] for one in values["eras"]] == ["before 2020-01-21", "from 2020-01-21"]
    assert {one["test"] for one in values["tests"]} == {"likelihood ratio", "Wald by dyad"}
    assert "Wald" in values["trust"]
