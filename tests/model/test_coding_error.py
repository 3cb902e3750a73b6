"""Coding errors: put in by hand, and what comes of them."""

import math

import numpy as np
import pytest

from comity.model import ErrorRates, History, MiscodedTerm, allow_for_coding_error, fit, miscode
from comity.provenance import UsageError
from tests.model.test_fitting import one_of_six
from tests.model.test_simulating import TERMS, TRUE, world
from tests.model.worlds import day, random_history

RATES = ErrorRates(cooperation=0.1, conflict=0.1, sender=0.05, receiver=0.05)


def test_types_turn_at_their_rates():
    # 1,000 friendly acts at .2: 200, standard deviation 12.6; 1,000 hostile ones at .4: 400, 15.5.
    history = History.of(["A"] * 2000, ["B"] * 2000, [day(0)] * 2000, [1.0] * 1000 + [-1.0] * 1000)
    wrong = miscode(history, ErrorRates(cooperation=0.2, conflict=0.4))
    friendly, hostile = (history.sign == kind for kind in (0, 1))
    assert abs((wrong.sign[friendly] == 1).sum() - 200) < 4 * 12.6
    assert abs((wrong.sign[hostile] == 0).sum() - 400) < 4 * 15.5
    assert (wrong.size == history.size).all()


def test_wrong_actors_are_others_who_were_there():
    history = random_history(seed=1, actors=8, events=4000)
    wrong = miscode(history, ErrorRates(sender=0.1, receiver=0.2))
    assert abs((wrong.sender != history.sender).mean() - 0.1) < 0.02
    assert abs((wrong.receiver != history.receiver).mean() - 0.2) < 0.03
    assert (wrong.sender != wrong.receiver).all()


def test_nobody_acts_before_entering():
    stays = {"A": (None, None), "B": (None, None), "C": (day(5), None), "D": (None, None)}
    days = [day(i % 10) for i in range(400)]
    senders = ["C" if i % 10 >= 5 else "A" for i in range(400)]
    history = History.of(senders, ["B"] * 400, days, [1.0] * 400, actors=stays)
    wrong = miscode(history, ErrorRates(sender=0.5))
    early = wrong.day < history.enters[2]
    assert (wrong.sender[early] != 2).all()


def test_the_same_seed_makes_the_same_errors():
    history = random_history(seed=2)
    one, again, other = (miscode(history, RATES, seed=seed) for seed in (1, 1, 2))
    assert one.sender.tolist() == again.sender.tolist()
    assert one.sign.tolist() == again.sign.tolist()
    assert one.sign.tolist() != other.sign.tolist()


def test_the_three_intervals_are_worked_by_hand():
    # As coded 1 ± 1.96 * .3; ten refits scatter by .4: √(.09 + .16 * 1.1) = √.266. Their mean is .8: one
    # round less is 1.2, with 2 * .09 - (.25 - .176) = .106.
    one = MiscodedTerm("x", 1.0, 0.3, 0.8, 0.5, 0.4, 10)
    assert one.std_error_widened == pytest.approx(math.sqrt(0.266))
    assert one.corrected == pytest.approx(1.2)
    assert one.std_error_corrected == pytest.approx(math.sqrt(0.106))
    values = one.to_dict()
    assert values["as_coded"]["high"] == pytest.approx(1 + 1.959964 * 0.3, abs=1e-6)
    assert values["widened"]["low"] == pytest.approx(1 - 1.959964 * math.sqrt(0.266), abs=1e-6)


def test_a_correction_is_never_surer_than_the_estimate():
    assert MiscodedTerm("x", 1.0, 0.3, 0.8, 0.9, 0.0, 10).std_error_corrected == pytest.approx(0.3)


def test_errors_of_the_type_pull_a_log_odds_to_the_middle_and_the_correction_back():
    # The marked pair gets 150 of 200 acts of three; a wrong sender in one of five takes acts from it.
    history, mark = one_of_six(hits=150, days=200)
    truth = fit(history, statistics=[mark], transform="identity", risk_set="full")["marked"].estimate
    rates = ErrorRates(sender=0.2)
    coded = miscode(history, rates, seed=3)
    found = fit(coded, statistics=[mark], transform="identity", controls=10)
    what = allow_for_coding_error(coded, found, rates, statistics=[mark], refits=8)["marked"]
    assert what.estimate < truth
    assert what.again < what.estimate
    assert abs(what.corrected - truth) < abs(what.estimate - truth)
    assert what.std_error_widened > what.std_error


def test_corrected_intervals_hold_what_the_coding_hid():
    """Ten worlds coded with errors, four terms each: 33 of 40 or more (by chance fewer once in 1,500)."""
    inside, refits = 0, 5
    for seed in range(10):
        history = miscode(world(seed=seed, days=120), RATES, seed=1_000 + seed)
        found = fit(history, statistics=TERMS, since=day(30))
        what = allow_for_coding_error(history, found, RATES, refits=refits)
        for term, true in zip(what.terms, TRUE, strict=True):
            values = term.to_dict()["corrected"]
            inside += values["low"] <= true <= values["high"]
    assert inside >= 33


def test_the_type_of_an_act_can_be_refitted():
    history = random_history(seed=4, events=400)
    found = fit(history, outcome="type", statistics=TERMS[:2], clustered=True)
    what = allow_for_coding_error(history, found, RATES, refits=3)
    assert [one.term for one in what.terms] == ["(Intercept)", "coop.repetition", "coop.reciprocation"]
    assert what["coop.repetition"].std_error == found["coop.repetition"].widest
    assert what.to_dict()["refits"] == 3


def test_rates_come_from_a_table_by_name():
    assert ErrorRates.of({"sender": 0.1}, source="somebody").rates["sender"] == 0.1
    with pytest.raises(UsageError, match=r"no error rate 'actor'.*cooperation, conflict, sender, receiver"):
        ErrorRates.of({"actor": 0.1})


@pytest.mark.parametrize("rates", [{"sender": -0.1}, {"conflict": 0.6}, {}, {"sender": float("nan")}])
def test_rates_that_are_none_are_refused(rates):
    with pytest.raises(UsageError):
        ErrorRates.of(rates)


def test_one_refit_is_too_few():
    history = random_history(seed=5)
    found = fit(history, statistics=TERMS[:1])
    with pytest.raises(UsageError, match="1 refits"):
        allow_for_coding_error(history, found, RATES, refits=1)
    assert np.isfinite(found[TERMS[0].name].estimate)
