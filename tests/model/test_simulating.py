"""Simulated streams: chance that repeats, and coefficients that come back."""

from dataclasses import replace

import numpy as np
import pytest

from comity.model import (
    STATISTICS,
    Covariate,
    GivenCounts,
    History,
    Propensity,
    TypeChance,
    find_statistics,
    fit,
    fit_volume,
    simulate,
)
from comity.model.chances import Predictor, pairs_at, place_of
from comity.model.measuring import measure_rows
from comity.model.memory import walk
from comity.model.tables import fill_tables, new_tables
from comity.provenance import BadValueError, UsageError
from tests.model.worlds import day, make_history

NAMES = [f"a{i}" for i in range(9)]
TERMS = (STATISTICS[0], STATISTICS[1], STATISTICS[12], STATISTICS[14])
TRUE = np.array([0.5, 0.3, 0.15, -0.2])
CONFLICT = Propensity((STATISTICS[2],), np.array([0.4]), 1.5, np.array([2.0, 5.0]))


def empty() -> History:
    return History.of([], [], [], [], actors=NAMES)


def world(*, seed, days=240, beta=TRUE):
    friendly = Propensity(TERMS, beta, 5.0, np.array([1.0, 3.0, 7.0]))
    chosen = {"cooperation": friendly, "conflict": CONFLICT}
    return simulate(empty(), chosen, first=day(0), last=day(days - 1), seed=seed)


def test_the_same_seed_gives_the_same_world_and_another_does_not():
    one, again, other = world(seed=1), world(seed=1), world(seed=2)
    assert one.sender.tolist() == again.sender.tolist()
    assert one.size.tolist() == again.size.tolist()
    assert one.sender.tolist() != other.sender.tolist()


def test_a_world_has_the_days_and_about_the_acts_that_were_asked_for():
    one = world(seed=3)
    assert one.day.min() >= 18262
    assert one.day.max() <= 18262 + 239
    # Poisson with mean 240 * 5 = 1200, standard deviation 35.
    assert abs((one.sign == 0).sum() - 1200) < 4 * 35
    assert (one.sender != one.receiver).all()
    assert set(one.size[one.sign == 1]) == {2.0, 5.0}


def test_worlds_with_one_seed_share_their_chance():
    """As long as nothing differs, two worlds with another coefficient draw the same numbers of acts."""
    one, other = world(seed=4), world(seed=4, beta=TRUE / 2)
    assert one.day.tolist() == other.day.tolist()


def test_a_fit_gives_a_propensity_that_simulates():
    history = world(seed=5)
    found = fit(history, statistics=TERMS, risk_set="full", since=day(30))
    chosen = Propensity.of_fit(found, history)
    assert chosen.acts_per_day == pytest.approx(found.n_events / 210)
    after = simulate(history, {"cooperation": chosen}, first=day(240), last=day(249), seed=1)
    assert after.day[: len(history)].tolist() == history.day.tolist()
    assert len(after) > len(history)


def test_a_fit_of_the_type_gives_no_rate():
    history = world(seed=6)
    found = fit(history, outcome="type", statistics=TERMS, since=day(30))
    with pytest.raises(UsageError, match="a fit of type gives no rate"):
        Propensity.of_fit(found, history)


def test_nothing_is_simulated_before_what_has_happened():
    with pytest.raises(UsageError, match="events on the first day to simulate"):
        simulate(make_history(("A", "B", 5, 1.0)), {"conflict": CONFLICT}, first=day(5), last=day(6))


def test_coefficients_and_statistics_must_match():
    with pytest.raises(BadValueError, match="1 coefficients for 4 statistics"):
        Propensity(TERMS, np.array([1.0]), 1.0, np.array([1.0]))


def test_a_volume_says_how_many_acts_a_day_has():
    friendly = Propensity(TERMS, TRUE, 5.0, np.array([1.0]))
    counts = {18262: 2, 18264: 7}
    one = simulate(
        empty(),
        {"cooperation": friendly},
        first=day(0),
        last=day(4),
        volume={"cooperation": GivenCounts(counts)},
    )
    assert dict(zip(*np.unique(one.day, return_counts=True), strict=True)) == counts


def test_a_fitted_volume_carries_on_at_the_level_of_the_days_before():
    history = world(seed=7)
    volume = {"cooperation": fit_volume(history), "conflict": fit_volume(history, outcome="conflict")}
    friendly = Propensity(TERMS, TRUE, 99.0, np.array([1.0]))  # its own mean is not used
    after = simulate(
        history,
        {"cooperation": friendly, "conflict": CONFLICT},
        first=day(240),
        last=day(439),
        seed=1,
        volume=volume,
    )
    new = after.day >= 18262 + 240
    # The world before had 5 and 1.5 acts a day; a memory of the past makes the mean of 200 days wander.
    assert (new & (after.sign == 0)).sum() / 200 == pytest.approx(5, abs=1.2)
    assert (new & (after.sign == 1)).sum() / 200 == pytest.approx(1.5, abs=0.6)


def test_the_type_of_an_act_can_be_drawn_once_it_happens():
    # With an intercept alone: 1 / (1 + exp(-1)) = 0.731 of about 1,200 acts, standard deviation 0.013.
    types = TypeChance((), np.array([1.0]), {"cooperation": np.array([2.0]), "conflict": np.array([5.0])})
    acts = Propensity(TERMS, TRUE, 5.0, np.array([1.0]))
    one = simulate(empty(), {"act": acts}, first=day(0), last=day(239), types=types)
    assert (one.sign == 0).mean() == pytest.approx(0.731, abs=4 * 0.013)
    assert set(one.size[one.sign == 0]) == {2.0}
    assert set(one.size[one.sign == 1]) == {5.0}


def test_a_fitted_type_gives_the_types_of_simulated_acts():
    history = world(seed=6)
    found = fit(history, outcome="type", statistics=TERMS, since=day(30))
    types = TypeChance.of_fit(found, history)
    acts = Propensity(TERMS, TRUE, 6.5, np.array([1.0]))
    after = simulate(history, {"act": acts}, first=day(240), last=day(339), types=types)
    new = after.day >= 18262 + 240
    assert set(after.size[new & (after.sign == 1)]) <= {2.0, 5.0}
    assert 0.6 < (after.sign[new] == 0).mean() < 0.95  # 5 of 6.5 acts in the world before
    with pytest.raises(UsageError, match="a fit of rate:cooperation gives no type"):
        TypeChance.of_fit(fit(history, statistics=TERMS, since=day(30)), history)


def test_propensities_of_something_else_are_refused():
    with pytest.raises(UsageError, match="propensities of talk"):
        simulate(empty(), {"talk": CONFLICT}, first=day(0), last=day(1))
    types = TypeChance((), np.array([1.0]), {"cooperation": np.array([2.0]), "conflict": np.array([5.0])})
    with pytest.raises(UsageError, match="propensities of conflict"):
        simulate(empty(), {"conflict": CONFLICT}, first=day(0), last=day(1), types=types)


def test_simulated_chances_are_those_of_the_likelihood():
    """With slow statistics and actors who come and go, too."""
    history = world(seed=8, days=40)
    late = replace(history, enters=history.enters.copy())
    late.enters[3] = 18262 + 500
    mark = Covariate("mark", np.arange(81.0).reshape(9, 9) % 5)
    statistics = (*TERMS, mark, STATISTICS[5], STATISTICS[9])
    beta = np.linspace(-0.5, 0.5, len(statistics))
    (day_number, state), *_ = walk(late, [18262 + 40], half_life_days=30.0)
    tables = new_tables(9)
    fill_tables(state, 1, tables)
    present = late.present(day_number)
    predictor = Predictor.of(late, statistics, transform=1, tables=tables)
    eta = predictor.eta(day_number, state, present, beta)
    a, b = pairs_at(present, np.arange(len(eta)))
    assert len(eta) == 8 * 7
    assert 3 not in a
    assert place_of(present, a, b).tolist() == list(range(56))
    rows = measure_rows(late, day_number, state, a, b, statistics=statistics, transform=1)
    assert eta == pytest.approx(beta @ rows, abs=1e-12)


def test_acts_of_one_kind_are_not_simulated():
    deeds = Propensity(find_statistics(("deeds.coop.repetition",)), np.array([0.5]), 1.0, np.array([1.0]))
    with pytest.raises(UsageError, match="simulated ones have no kind"):
        simulate(empty(), {"cooperation": deeds}, first=day(0), last=day(1))
