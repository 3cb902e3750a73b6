"""Seen worlds among simulated ones: shapes by hand, ranks by hand, and whose worlds look alike."""

from dataclasses import replace

import numpy as np
import pytest

from comity.model import History, Propensity, compare_with_simulated, fit, simulate
from comity.model.envelopes import _feature, measure_shape
from comity.model.statistics import STATISTICS
from comity.provenance import UsageError
from tests.model.worlds import day, make_history

TERMS = (STATISTICS[0], STATISTICS[1], STATISTICS[12])
CONFLICT = (STATISTICS[2], STATISTICS[3])


def world(*, seed: int) -> History:
    names = [f"a{i}" for i in range(9)]
    chosen = {
        "cooperation": Propensity(TERMS, np.array([0.6, 0.5, 0.2]), 4.0, np.array([1.0, 4.0])),
        "conflict": Propensity(CONFLICT, np.array([0.5, 0.4]), 1.5, np.array([2.0, 5.0])),
    }
    empty = History.of([], [], [], [], actors=names)
    return simulate(empty, chosen, first=day(0), last=day(239), seed=seed)


def rates(history: History, *, terms=TERMS, conflict=CONFLICT):
    options = {"risk_set": "full", "since": day(30)}
    return [
        fit(history, statistics=terms, **options),
        fit(history, outcome="rate:conflict", statistics=conflict, **options),
    ]


def test_shapes_are_those_counted_by_hand():
    history = make_history(
        *(("A", "B", 0, 2.0), ("A", "B", 1, 2.0), ("B", "A", 1, 1.0), ("A", "C", 1, 1.0)),
        *(("B", "C", 2, -4.0), ("C", "B", 2, 1.0), ("C", "D", 3, 1.0)),
    )
    shape = measure_shape(history, ["cooperation", "conflict"])
    # Friendly: A to B twice, B to A, A to C, C to B, C to D: 5 pairs, two of them answered.
    assert shape["cooperation: ordered pairs with an act"] == 5
    assert shape["cooperation: reciprocity"] == pytest.approx(2 / 5)
    # Of 6 acts the smaller number of each direction is answered: 1 + 1.
    assert shape["cooperation: reciprocity of acts"] == pytest.approx(2 / 6)
    # Receivers: A has B and C, B has A, C has B and D, D nobody: 0, 1, 2, 2.
    assert shape["cooperation: receivers of a sender, median"] == 1.5
    assert shape["cooperation: receivers of a sender, largest"] == 2
    assert shape["cooperation: acts of a sender, largest"] == 3
    assert shape["conflict: ordered pairs with an act"] == 1
    # Signs: AB +, AC +, BC -4 + 1 = -, CD +: one closed triad with one hostile tie.
    assert [shape[f"triads {one}"] for one in ("+++", "++-", "+--", "---")] == [0, 1, 0, 0]
    assert (shape["triads balanced"], shape["triads unbalanced"], shape["share of triads balanced"]) == (
        0,
        1,
        0,
    )


def test_four_friends_close_four_triads():
    pairs = [(a, b) for i, a in enumerate("ABCD") for b in "ABCD"[i + 1 :]]
    shape = measure_shape(make_history(*((a, b, 0, 1.0) for a, b in pairs)), [])
    assert (shape["triads +++"], shape["share of triads balanced"]) == (4, 1.0)
    foes = measure_shape(make_history(*((a, b, 0, -1.0) for a, b in pairs)), [])
    assert (foes["triads ---"], foes["share of triads balanced"]) == (4, 0.0)


def test_ranks_give_the_p_value():
    # Among 99 simulated ones a larger one than all has the rank of 1 in 100, on two sides 0.02.
    simulated = np.arange(1.0, 100.0)
    assert _feature("x", 150.0, simulated).p_value == pytest.approx(0.02)
    assert not _feature("x", 150.0, simulated).inside
    # 50 has 50 at or below and 50 at or above: 2 * 51 / 100, cut at 1.
    assert _feature("x", 50.0, simulated).p_value == 1.0
    assert _feature("x", 10.0, simulated).p_value == pytest.approx(2 * 11 / 100)
    assert (_feature("x", 10.0, simulated).middle, _feature("x", 10.0, simulated).inside) == (50.0, True)


def test_the_model_that_made_a_world_looks_more_like_it_than_one_without_repetition():
    history = world(seed=3)
    options = {"since": day(150), "until": day(239), "runs": 39, "seed": 1}
    right = compare_with_simulated(history, rates(history), **options)
    poor = rates(history, terms=STATISTICS[4:5], conflict=STATISTICS[6:7])
    wrong = compare_with_simulated(history, poor, **options)
    assert right.to_dict()["inside"] > wrong.to_dict()["inside"]
    assert right["cooperation: reciprocity of acts"].inside
    assert wrong["cooperation: reciprocity of acts"].observed > wrong["cooperation: reciprocity of acts"].high
    assert right["cooperation: reciprocity"].observed == wrong["cooperation: reciprocity"].observed


def test_the_same_seed_gives_the_same_envelopes_and_progress_is_told():
    history = world(seed=4)
    fits, told = rates(history), []
    options = {"since": day(200), "until": day(239), "runs": 3}
    one = compare_with_simulated(history, fits, progress=lambda *step: told.append(step), **options)
    assert one == compare_with_simulated(history, fits, **options)
    assert one != compare_with_simulated(history, fits, seed=2, **options)
    assert told == [("simulating", 1, 3), ("simulating", 2, 3), ("simulating", 3, 3)]


def test_each_type_with_acts_needs_a_fit_of_its_rate():
    history = world(seed=5)
    friendly, hostile = rates(history)
    options = {"since": day(200), "until": day(239), "runs": 3}
    with pytest.raises(UsageError, match="for acts of cooperation and conflict"):
        compare_with_simulated(history, [friendly], **options)
    with pytest.raises(UsageError, match="fits of different half-lives"):
        compare_with_simulated(history, [friendly, replace(hostile, half_life_days=10.0)], **options)
    with pytest.raises(UsageError, match="1 runs"):
        compare_with_simulated(history, [friendly, hostile], **{**options, "runs": 1})
