"""Third parties' own coefficients: parts that add up, pulls worked by hand, planted differences."""

import numpy as np
import pytest

from comity.model import (
    STATISTICS,
    History,
    Propensity,
    Repetition,
    Triad,
    UnknownNameError,
    UnknownStatisticError,
    compute_statistics,
    fit,
    pool_third_parties,
    simulate,
)
from comity.model.newton import maximise
from comity.model.pooled_terms import PartOf, _Pulled
from comity.model.type_outcome import TypeOutcome
from comity.provenance import UsageError
from tests.model.worlds import day, make_history, random_history

TERMS = (STATISTICS[0], STATISTICS[1], Triad(1, 1))
NAMES = [f"a{i:02d}" for i in range(10)]


def planted(*, seed, deviations, days=240, beta=(0.4, 0.2, 0.3)):
    """Simulate acts in which the first few actors count more or less as common enemies."""
    parts = [PartOf(Triad(1, 1), k, NAMES[k], 1) for k in range(len(deviations))]
    friendly = Propensity((*TERMS, *parts), np.array([*beta, *deviations]), 5.0, np.array([1.0, 3.0, 7.0]))
    hostile = Propensity((STATISTICS[2],), np.array([0.4]), 4.0, np.array([2.0, 5.0]))
    before = History.of([], [], [], [], actors=NAMES)
    chosen = {"cooperation": friendly, "conflict": hostile}
    return simulate(before, chosen, first=day(0), last=day(days - 1), seed=seed)


def pool(history, names=NAMES[:5], **more):
    options = {"terms": ["enemy.of.enemy"], "statistics": TERMS, "since": day(30), **more}
    return pool_third_parties(history, names, **options)


@pytest.mark.parametrize(("transform", "code"), [("identity", 0), ("log1p", 1), ("each", 2)])
def test_the_parts_of_all_third_parties_add_up_to_the_statistic(transform, code):
    history = random_history(seed=1, actors=6, events=300)
    rows = [(a, b) for a in history.actors for b in history.actors if a != b]
    senders, receivers = zip(*rows, strict=True)
    for triad in (Triad(0, 0), Triad(1, 0), Triad(0, 1), Triad(1, 1)):
        parts = [PartOf(triad, k, name, code) for k, name in enumerate(history.actors)]
        options = {"days": [day(40)] * len(rows), "transform": transform}
        every = compute_statistics(history, senders, receivers, statistics=parts, **options)
        whole = compute_statistics(history, senders, receivers, statistics=[triad], **options)
        assert every.sum(axis=1) == pytest.approx(whole[:, 0], abs=1e-10)


def test_a_part_is_worked_by_hand():
    # A and B both fight K (3 and 5, the weaker 3) and L (1 and 4, the weaker 1), thirty days ago: half is
    # left. Parts 1.5 and .5 of 2: K's is log1p(2) * 1.5 / 2.
    events = [("A", "K", 0, -3.0), ("B", "K", 0, -5.0), ("A", "L", 0, -1.0), ("B", "L", 0, -4.0)]
    history = make_history(*events, actors=("A", "B", "K", "L"))
    part = PartOf(Triad(1, 1), 2, "K", 1)
    found = compute_statistics(history, ["A"], ["B"], [day(30)], statistics=[part], transform="log1p")
    assert found[0, 0] == pytest.approx(np.log1p(2.0) * 0.75, abs=1e-12)
    assert part.name == "enemy.of.enemy:K"


def test_a_pull_is_worked_by_hand():
    # A logit with an intercept only: 9 of 12 friendly. Pulled by precision 4 it is where 9 - 12 p = 4 b.
    likelihood = TypeOutcome(
        np.ones((1, 12)), np.array([1.0] * 9 + [0.0] * 3), np.arange(12), np.arange(12), *(np.ones(12),) * 2
    )
    best = maximise(_Pulled(likelihood, np.array([4.0])), ["x"])
    chance = 1 / (1 + np.exp(-best.beta[0]))
    assert 9 - 12 * chance == pytest.approx(4 * best.beta[0], abs=1e-9)
    assert best.covariance[0, 0] == pytest.approx(1 / (12 * chance * (1 - chance) + 4), rel=1e-6)


def test_each_is_between_its_own_estimate_and_the_common_one():
    found = pool(planted(seed=1, deviations=[0.6, -0.5, 0.0, 0.3, -0.2]))
    common, _ = found.common["enemy.of.enemy"]
    for one in found.parties:
        low, high = sorted((common, one.alone))
        assert low - 0.05 <= one.estimate <= high + 0.05
    pulls = [abs(one.estimate - common) < abs(one.alone - common) for one in found.parties]
    assert sum(pulls) >= 4


def test_planted_differences_are_found_and_their_order_kept():
    truth = np.array([0.9, -0.9, 0.0, 0.5, -0.5])
    found = pool(planted(seed=2, deviations=truth, days=300))
    estimates = np.array([found.of("enemy.of.enemy", name).estimate for name in NAMES[:5]])
    assert np.corrcoef(estimates, truth)[0, 1] > 0.9
    assert found.spread_low > 0.1


def test_no_differences_give_a_small_spread_and_one_value():
    found = pool(planted(seed=3, deviations=[0.0] * 5))
    whole = fit(planted(seed=3, deviations=[0.0] * 5), statistics=TERMS, since=day(30))
    for one in found.parties:
        low, high = one.interval
        assert low < whole["enemy.of.enemy"].estimate < high
    assert found.spread_low < 0.1


def test_intervals_hold_planted_differences_as_often_as_they_should():
    """Eight worlds of five third parties, deviations drawn with τ = 0.3: 33 of 40 or more."""
    rng, inside = np.random.default_rng(4), 0
    for seed in range(8):
        truth = rng.normal(0, 0.3, 5)
        found = pool(planted(seed=100 + seed, deviations=truth, days=150))
        for one, true in zip(found.parties, truth, strict=True):
            low, high = one.interval
            inside += low <= 0.3 + true <= high
    assert inside >= 33


def test_the_type_of_an_act_can_be_pooled_and_clustered():
    history = planted(seed=5, deviations=[0.0] * 3)
    plain = pool(history, NAMES[:3], outcome="type")
    alike = pool(history, NAMES[:3], outcome="type", clustered=True)
    assert [one.estimate for one in plain.parties] == pytest.approx([one.estimate for one in alike.parties])
    for one, other in zip(plain.parties, alike.parties, strict=True):
        assert other.std_error >= one.std_error > 0


def test_plain_values_tell_the_spread_and_each_third_party():
    values = pool(planted(seed=6, deviations=[0.0] * 3, days=100), NAMES[:3]).to_dict()
    assert set(values) == {"spread", "common", "third_parties"}
    assert {"term", "actor", "estimate", "std_error", "alone", "low", "high"} <= set(
        values["third_parties"][0]
    )


@pytest.mark.parametrize(
    ("names", "more", "error", "message"),
    [
        (NAMES[:2], {}, UsageError, "2 third parties"),
        ([*NAMES[:2], NAMES[0]], {}, UsageError, "each named once"),
        (NAMES[:3], {"terms": ()}, UsageError, "no triad among the statistics"),
        ([*NAMES[:2], "nobody"], {}, UnknownNameError, "no actor 'nobody'"),
        (NAMES[:3], {"terms": ["coop.repetition"]}, UnknownStatisticError, "has no third parties"),
        (NAMES[:3], {"statistics": [Repetition(0)]}, UnknownStatisticError, "has no third parties"),
    ],
)
def test_a_question_that_is_not_well_formed_is_refused(names, more, error, message):
    history = History.of(["a00"] * 40, ["a01"] * 40, [day(40)] * 40, [1.0] * 40, actors=NAMES)
    with pytest.raises(error, match=message):
        pool(history, names, **more)
