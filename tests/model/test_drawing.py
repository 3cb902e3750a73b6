"""Drawing pairs without live history: who is drawn, how often, and what each draw stands for."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.model.drawing import _pick, draw_silent, live_dyads
from comity.model.memory import walk, walk_sparse
from tests.model.worlds import make_history, random_history


@given(st.integers(2, 60), st.integers(0, 2**32 - 1))
@settings(max_examples=60, deadline=None)
def test_a_chance_falls_on_the_actor_whose_step_it_lies_in(size, seed):
    rng = np.random.default_rng(seed)
    present = np.sort(rng.choice(100, size, replace=False))
    steps = np.cumsum(rng.random(size) ** 4)
    live = np.unique(rng.integers(0, 100 * 100, 500))
    chance = rng.random((2, 200))
    chance[0, 0], chance[1, 1] = 0.0, np.nextafter(1.0, 0.0)
    place = np.minimum(np.searchsorted(steps, chance * steps[-1], side="right"), size - 1)
    a, b = present[place]
    pair = a * 100 + b
    np.testing.assert_array_equal(
        _pick(chance, steps, present, live, 100), pair[(a != b) & ~np.isin(pair, live)]
    )


def at(history, number, *, sparse=False):
    chosen = walk_sparse if sparse else walk
    return next(chosen(history, [int(history.day[0]) + number], half_life_days=30))[1]


@pytest.mark.parametrize("sparse", [False, True])
def test_live_pairs_are_those_of_either_direction_among_those_present(sparse):
    history = make_history(("a", "b", 0, 1.0), ("c", "a", 0, -1.0), actors=("a", "b", "c", "d"))
    state = at(history, 1, sparse=sparse)
    # a-b, a-c, b-a, c-a of four actors; without c only a-b and b-a.
    assert live_dyads(state, np.arange(4)).tolist() == [1, 2, 4, 8]
    assert live_dyads(state, np.array([0, 1, 3])).tolist() == [1, 4]


def test_few_silent_pairs_are_all_taken():
    state = at(make_history(("a", "b", 0, 1.0), actors=("a", "b", "c")), 1)
    present = np.arange(3)
    drawn, offset = draw_silent(state, present, live_dyads(state, present), 4, np.random.default_rng(1))
    assert drawn.tolist() == [2, 5, 6, 7]  # a-c, b-c, c-a, c-b
    assert offset.size == 0


def test_what_the_draws_stand_for_adds_up_to_the_silent_pairs_on_average():
    # The mean over 400 seeds of what 20 draws stand for, against the number of silent pairs.
    history = random_history(seed=6, actors=12, events=20, days=30)
    state, present = at(history, 40), np.arange(12)
    live = live_dyads(state, present)
    stood = [
        np.exp(draw_silent(state, present, live, 20, np.random.default_rng(seed))[1]).sum()
        for seed in range(400)
    ]
    silent = 12 * 11 - len(live)
    assert np.mean(stood) == pytest.approx(silent, abs=4 * np.std(stood) / 20)
    assert np.std(stood) > 0
