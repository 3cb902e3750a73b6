"""Regression within pairs and months: by hand, against dummy variables, and on planted effects."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.factors.panel import TieCube, panel_of
from comity.factors.panel_effects import Effects
from comity.factors.panel_regression import regress
from comity.provenance import NothingFoundError, UsageError
from tests.factors.panel_worlds import panel_from, world

THREE = {
    "pair": [0, 0, 1, 1, 2, 2],
    "month": [0, 1] * 3,
    # Changes of the tie 3, 1 and 2; of the term 2, 1 and 0.
    "outcome": [1, 4, 2, 3, 0, 2],
    "terms": [0, 2, 0, 1, 5, 5],
}


def test_two_pairs_and_two_months_are_a_difference_in_differences():
    # The tie rose by 3 and by 1, the term by 2 and by 1: (3 - 1) / (2 - 1) = 2.
    panel = panel_from([0, 0, 1, 1], [0, 1, 0, 1], [1, 4, 2, 3], [0, 2, 0, 1])
    assert regress(panel)["gap"].estimate == pytest.approx(2.0, abs=1e-12)


def test_three_pairs_are_worked_by_hand_with_their_errors():
    # Changes about their means: tie 1, -1, 0; term 1, 0, -1: slope 1/2. Left: .5, -1, .5. Within pairs and
    # months half of a change stands on either side of zero: squares of the term 2 * (1/4 + 0 + 1/4) = 1;
    # scores 2 * (change / 2) * (left / 2): .25, 0, -.25, squares .125. Small samples: 3/2 * 5 / (6 - 1 - 2).
    one = regress(panel_from(**THREE))["gap"]
    assert one.estimate == pytest.approx(0.5, abs=1e-12)
    assert one.std_error_pair == pytest.approx(math.sqrt(0.125 * 1.5 * 5 / 3), abs=1e-12)
    assert one.spread == pytest.approx(math.sqrt(1 / 6), abs=1e-12)
    # Months: in each the scores add up to zero (.125, 0, -.125). Rows: four of .125. Pairs and months:
    # .125 + 0 - 4 * .125² = .0625, times 2/1 (two months) * 5/3.
    assert one.std_error_pair_month == pytest.approx(math.sqrt(0.0625 * 2 * 5 / 3), abs=1e-12)


def test_pairs_without_actors_in_common_are_clusters_of_their_own():
    # Six actors, each in one pair: twice the pairs less the pairs, and rows likewise: .125 + 0 - .0625.
    # Fewest clusters: two months.
    one = regress(panel_from(**THREE))["gap"]
    assert one.std_error_actor_month == pytest.approx(one.std_error_pair_month, abs=1e-12)
    assert one.df == 1
    assert one.std_error == one.std_error_pair


def test_actors_in_common_add_what_their_pairs_share():
    # Scores .25, 0 and -.25 of the pairs 01, 12 and 02: every two share an actor, and all add up to zero.
    one = regress(panel_from(**THREE, ends=[(0, 1), (1, 2), (0, 2)]))["gap"]
    assert one.std_error_actor_month < 1e-8
    # 01 and 02 share actor 0: .25² + 0, and -.25 of 34 alone: .0625 + .0625; months 0; actors by month: the
    # rows' 4 * .125². So .125 - .0625, as if no actor were shared; fewest clusters two months.
    third = regress(panel_from(**THREE, ends=[(0, 1), (0, 2), (3, 4)]))["gap"]
    assert third.std_error_actor_month == pytest.approx(math.sqrt(0.0625 * 2 * 5 / 3), abs=1e-12)


def dummies(panel, *, actors: bool, weight):
    """Regress on a dummy variable for every effect, by brute force."""
    columns = [panel.pair == one for one in np.unique(panel.pair)]
    months = np.unique(panel.month)
    if actors:
        ends = np.unique(np.concatenate([panel.a, panel.b]))
        columns += [
            (panel.month == month) & ((panel.a == one) | (panel.b == one)) for month in months for one in ends
        ]
    else:
        columns += [panel.month == month for month in months]
    x = np.vstack([panel.terms, np.array(columns, dtype=float)]).T * np.sqrt(weight)[:, None]
    found, *_ = np.linalg.lstsq(x, panel.outcome * np.sqrt(weight), rcond=None)
    return found[: len(panel.terms)]


def unbalanced(seed, *, actors=8, months=10, kept=0.6):
    """Draw rows of random pairs and months, many of them missing."""
    rng = np.random.default_rng(seed)
    i, j = np.triu_indices(actors, 1)
    pair, month = np.nonzero(rng.random((len(i), months)) < kept)
    ends = list(zip(i.tolist(), j.tolist(), strict=True))
    terms = rng.normal(size=(2, len(pair)))
    outcome = rng.normal(size=len(pair)) + 0.1 * month + 0.3 * terms[0]
    days = rng.integers(1, 30, size=len(pair))
    return panel_from(pair, month, outcome, terms, ends=ends, names=("gap", "alignment"), days=days)


@pytest.mark.parametrize("effects", ["month", "actor-month"])
@pytest.mark.parametrize("weights", ["equal", "days"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_unbalanced_panel_gives_what_dummy_variables_give(effects, weights, seed):
    panel = unbalanced(seed)
    weight = np.ones(len(panel)) if weights == "equal" else panel.days
    found = regress(panel, effects=effects, weights=weights)
    expected = dummies(panel, actors=effects == "actor-month", weight=weight)
    assert [one.estimate for one in found.terms] == pytest.approx(expected.tolist(), abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([1, 2]))
def test_what_is_left_has_no_mean_in_any_pair_or_group(seed, memberships):
    rng = np.random.default_rng(seed)
    rows = 60
    groups = rng.integers(0, 7, size=(memberships, rows))
    groups[-1] = (groups[-1] + (np.arange(rows) % 6) + 1) % 7 + (7 if memberships == 1 else 0)
    effects = Effects.of(rng.integers(0, 9, size=rows), groups, rng.uniform(0.5, 2, size=rows))
    (left,) = effects.take_out(rng.normal(size=(1, rows)))
    assert np.bincount(effects.pair, weights=effects.weight * left) == pytest.approx(0, abs=1e-9)
    for group in range(effects.n_groups):
        of_group = (effects.groups == group).sum(axis=0)
        assert float((of_group * effects.weight) @ left) == pytest.approx(0, abs=1e-9)


def test_the_climb_and_the_direct_solution_agree():
    panel = unbalanced(5)
    effects = Effects.of(panel.pair, panel.month[None, :], panel.days)
    swept = np.array([panel.outcome - effects._pair_mean(panel.outcome)])
    wanted = effects._into_groups(effects.weight * swept[0])
    direct, climbed = effects._solve(wanted[None, :])[0], effects._climb(wanted)
    # The system is singular (one month's effect is free), so compare what they explain.
    assert effects._apply(direct) == pytest.approx(effects._apply(climbed), abs=1e-9)


def test_a_constant_added_to_a_pair_or_a_month_changes_nothing():
    panel = unbalanced(6)
    moved = replace(panel, outcome=panel.outcome + 5.0 * panel.pair - 3.0 * panel.month)
    one, other = regress(panel)["gap"], regress(moved)["gap"]
    assert one.estimate == pytest.approx(other.estimate, abs=1e-9)
    assert one.std_error == pytest.approx(other.std_error, abs=1e-9)


def test_planted_effects_come_back():
    panel = panel_of(TieCube.of(world(seed=1, gap=-0.3, alignment=0.2)), "K")
    for effects in ("month", "actor-month"):
        found = regress(panel, effects=effects)
        for term, true in (("gap", -0.3), ("alignment", 0.2)):
            assert abs(found[term].estimate - true) < 4 * found[term].std_error
            assert found[term].smallest_detectable == pytest.approx(2.8 * found[term].std_error)


def test_what_moves_all_ties_of_an_actor_fools_months_but_not_actors_by_month():
    """Moods of actors are in their ties with K and with each other: the level with K foretells."""
    panel = panel_of(TieCube.of(world(seed=2, shared=0.4)), "K")
    assert regress(panel)["level"].p_value < 0.01
    assert "level" not in [one.term for one in regress(panel, effects="actor-month").terms]


def test_a_term_that_never_varies_within_pairs_is_named():
    panel = panel_from(**{**THREE, "terms": [1, 1, 2, 2, 3, 3]})
    with pytest.raises(NothingFoundError, match="gap never varies within pairs and months"):
        regress(panel)


def test_terms_that_say_the_same_are_refused():
    panel = unbalanced(7)
    twice = replace(panel, terms=np.array([panel.terms[0], 2 * panel.terms[0]]))
    with pytest.raises(NothingFoundError, match="terms say the same"):
        regress(twice)


def test_other_effects_or_weights_are_refused():
    with pytest.raises(UsageError, match="effects 'year'"):
        regress(panel_from(**THREE), effects="year")
    with pytest.raises(UsageError, match="weights 'news'"):
        regress(panel_from(**THREE), weights="news")
