"""The specification curve and its placebos."""

import json
from dataclasses import asdict

import numpy as np
import pytest

from comity.factors import PanelAnswer, PanelEffect, PanelFit, PanelPlacebo, ask_panel
from comity.factors.panel import TieCube, panel_of
from comity.factors.panel_curve import PanelChoice, half_panel, panel_choices
from comity.factors.panel_regression import regress
from comity.provenance import NothingFoundError
from tests.factors.panel_worlds import panel_from, scores_of, wander, world


def test_there_are_at_least_24_specifications_and_the_headline_is_plain():
    every = panel_choices()
    assert len(set(every)) == len(every) == 64
    assert every[0] == PanelChoice()
    assert panel_choices((2,))[0].lag == 2


def test_a_planted_effect_shows_in_the_headline_the_curve_and_no_placebo():
    answer = ask_panel(world(seed=3, gap=-0.4), "K")
    assert answer.headline["gap"].interval[1] < 0
    counts = answer.agreement("gap")
    assert counts["below_zero"] == counts["specifications"] - counts["above_zero"]
    assert answer.placebo.larger_shifts["gap"] == 0
    assert not answer.doubted("gap")
    assert "more gap goes with a lower tie a month later" in answer.in_words("gap")


def answer_of(estimate: float, placebo: PanelPlacebo | None) -> PanelAnswer:
    """Gap and alignment alike, with a standard error of .1."""
    effects = [PanelEffect(term, estimate, 0.1, 0.1, 0.1, 30, 1.0) for term in ("gap", "alignment")]
    fit = PanelFit("K", "month", "equal", tuple(effects), 100, 10, 5, 10)
    return PanelAnswer("K", (PanelChoice(),), (fit,), {}, placebo)


def test_an_interval_with_zero_cannot_tell_and_says_what_could_have_been_found():
    # .1 with a standard error of .1: found in 80 of 100 would have been 2.8 * .1.
    answer = answer_of(0.1, None)
    assert answer.in_words("gap").startswith("cannot tell whether gap moves the tie a month later: +0.100 (")
    assert "; 0.280 or more would have been found in 80 of 100" in answer.in_words("gap")
    assert not answer.doubted("gap")


def test_an_effect_that_shifts_in_time_give_too_is_doubted():
    shifts = {6: (3.5, 0.1), 7: (0.1, 0.1), 8: (-0.2, 0.3)}
    answer = answer_of(0.3, PanelPlacebo({}, shifts, {"gap": 0, "alignment": 0}, {"gap": 1, "alignment": 0}))
    assert "less clearly than the interval says" in answer.in_words("gap")
    assert "less clearly" not in answer.in_words("alignment")


def test_the_same_scores_give_the_same_answer_to_the_last_digit():
    scores = world(seed=5, actors=8, months=30)
    one, again = (json.dumps(ask_panel(scores, "K").to_dict(), allow_nan=False) for _ in range(2))
    assert one == again


def test_a_third_party_without_scores_is_refused_by_name():
    with pytest.raises(NothingFoundError, match="no scores of 'Z'"):
        ask_panel(world(seed=6, actors=6, months=20), "Z")


def test_every_specification_says_what_it_was():
    found = ask_panel(world(seed=7, actors=8, months=30), "K", placebo=False).to_dict()
    plain = asdict(PanelChoice())
    assert all(plain.keys() <= one.keys() for one in found["specifications"])
    assert found["specifications"][0]["gap"]["estimate"] == found["headline"]["terms"][0]["estimate"]


def test_half_panels_take_the_bias_of_a_short_panel_away():
    """A tie that keeps half of itself, over 20 months: within pairs about .5 - 1.5 / 19 = .42."""
    rng = np.random.default_rng(8)
    plain, freed = [], []
    for _ in range(10):
        own = wander(rng, (80, 21), stay=0.5)
        pair, month = np.repeat(np.arange(80), 20), np.tile(np.arange(20), 80)
        panel = panel_from(pair, month, own[:, 1:].ravel(), own[:, :-1].ravel(), names=("own past",))
        plain.append(regress(panel)["own past"].estimate)
        freed.append(half_panel(panel)["own past"])
    assert np.mean(plain) == pytest.approx(0.42, abs=0.02)
    assert np.mean(freed) == pytest.approx(0.5, abs=0.03)


def test_intervals_hold_the_truth_when_actors_move_alike():
    """Forty worlds in which moods of actors last: 95 % intervals hold -0.2 in 33 or more."""
    inside = 0
    for seed in range(40):
        panel = panel_of(TieCube.of(world(seed=seed, actors=12, months=30, gap=-0.2, shared=0.3)), "K")
        low, high = regress(panel, effects="actor-month")["gap"].interval
        inside += low <= -0.2 <= high
    assert inside >= 33


def test_too_few_scores_are_refused():
    with pytest.raises(NothingFoundError):
        ask_panel(scores_of([("A", "K", 0, 0.1)]), "K")
