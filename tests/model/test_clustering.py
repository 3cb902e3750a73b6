"""Scatter of the gradient by dyad, by pair and by actor in common, worked by hand."""

import numpy as np
import pytest

from comity.model import STATISTICS, fit
from comity.model.clustering import DyadScores, scatter
from comity.provenance import UsageError
from tests.model.test_fitting import one_of_six
from tests.model.worlds import random_history

# Four actors. Dyads 0>1, 0>2, 1>0 and 2>3 with scores 1, -1, 2 and 3.
SCORES = DyadScores(np.array([1, 2, 4, 11]), np.array([[1.0], [-1.0], [2.0], [3.0]]))


def test_by_dyad_each_ordered_pair_is_squared_alone():
    assert scatter(SCORES, actors=4, by="dyad") == pytest.approx(1 + 1 + 4 + 9)


def test_by_pair_both_directions_are_added_before_they_are_squared():
    assert scatter(SCORES, actors=4, by="pair") == pytest.approx(3**2 + (-1) ** 2 + 3**2)


def test_by_actor_two_pairs_meet_where_they_share_an_actor():
    # Pairs 01: 3, 02: -1, 23: 3. 01 and 02 share 0, 02 and 23 share 2; 01 and 23 share none.
    # 9 + 1 + 9 + 2 * (3 * -1) + 2 * (-1 * 3) = 7.
    assert scatter(SCORES, actors=4, by="actor") == pytest.approx(7)


def test_a_scatter_is_never_below_zero():
    # Pairs 01: 1 and 02: -1 share 0: 1 + 1 - 2 = 0; with a second term (1, 3): a matrix with a negative end.
    scores = DyadScores(np.array([1, 2, 3]), np.array([[1.0, 1.0], [-1.0, 3.0], [2.0, -1.0]]))
    found = scatter(scores, actors=4, by="actor")
    assert np.linalg.eigvalsh(found)[0] >= -1e-12


def test_another_cluster_is_refused():
    with pytest.raises(UsageError, match=r"clustered by 'week'.*dyad, pair, actor"):
        scatter(SCORES, actors=4, by="week")


def test_a_fit_gives_the_errors_asked_for_under_their_own_name():
    # Scores of test_errors_by_dyad_are_those_of_the_sandwich by pair: AB 0 + .75; BC -3 + .75; AC .75 + .75.
    # Squares .5625 + 5.0625 + 2.25 = 7.875; information 3.75.
    history, mark = one_of_six(hits=15, days=20)
    options = {"statistics": [mark], "transform": "identity", "risk_set": "full"}
    one = fit(history, clustered="pair", **options)["marked"]
    assert one.std_error_pair == pytest.approx(np.sqrt(7.875) / 3.75, abs=1e-9)
    assert one.std_error_dyad is None
    assert one.widest == pytest.approx(max(one.std_error, one.std_error_pair))


def test_both_risk_sets_and_the_type_can_be_clustered_by_actor():
    history = random_history(seed=2, actors=8, events=400)
    for outcome in ("rate:cooperation", "type"):
        errors = [
            fit(history, outcome=outcome, statistics=STATISTICS[:2], risk_set=chosen, clustered="actor")
            for chosen in ("full", "sampled")
        ]
        for one, other in zip(errors[0].coefficients, errors[1].coefficients, strict=True):
            assert one.std_error_actor > 0
            assert one.std_error_actor == pytest.approx(other.std_error_actor, abs=1e-7)
