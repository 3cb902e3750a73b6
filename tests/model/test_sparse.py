"""Many actors: memories that hold only what is not zero give the numbers of whole tables."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.model import (
    History,
    JointWork,
    OfKind,
    Repetition,
    SharedMembership,
    TheatrePressure,
    Triad,
    compute_statistics,
    fit,
    recall,
)
from comity.model import memory as memory_file
from comity.model.measuring import TRANSFORMS
from comity.model.memory import walk, walk_sparse
from tests.model.worlds import day, event_lists, make_history, random_history

ACTORS = tuple(f"a{i}" for i in range(5))
ADDED = (
    JointWork(),
    JointWork(("a1",)),
    *TheatrePressure.both({"one": ACTORS[:3], "two": ACTORS[2:]}, ACTORS),
    SharedMembership((("a0", "g", None, None), ("a1", "g", None, None), ("a1", "h", None, None))),
)
PAIRS = [(a, b) for a in ACTORS for b in ACTORS if a != b]


@pytest.fixture
def sparse(monkeypatch):
    """Hold nothing that is zero, however few actors there are."""

    def switch(on: bool) -> None:
        monkeypatch.setattr(memory_file, "DENSE_ACTORS", 0 if on else 3_000)

    return switch


def all_pairs(history, numbers, **options):
    senders, receivers = zip(*(pair for _ in numbers for pair in PAIRS), strict=True)
    days = [day(number) for number in numbers for _ in PAIRS]
    return compute_statistics(history, senders, receivers, days, half_life_days=30, **options)


def both(history, numbers, **options):
    whole = all_pairs(history, numbers, **options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory_file, "DENSE_ACTORS", 0)
        return whole, all_pairs(history, numbers, **options)


@given(event_lists(), st.lists(st.integers(0, 450), min_size=1, max_size=4), st.sampled_from(TRANSFORMS))
@settings(max_examples=60, deadline=None)
def test_every_statistic_is_the_same(events, numbers, transform):
    history = make_history(*events, actors=ACTORS)
    whole, sparse = both(history, numbers, transform=transform)
    np.testing.assert_allclose(sparse, whole, atol=1e-12, rtol=1e-12)


@given(event_lists(), st.integers(0, 450), st.sampled_from(TRANSFORMS))
@settings(max_examples=30, deadline=None)
def test_statistics_by_parts_are_the_same(events, number, transform):
    history = make_history(*events, actors=ACTORS)
    whole, sparse = both(history, [number], transform=transform, statistics=ADDED)
    np.testing.assert_allclose(sparse, whole, atol=1e-12, rtol=1e-12)


KINDS = (OfKind("deeds", Repetition(0)), OfKind("deeds", JointWork()), OfKind("talk", Triad(0, 1)))


def test_kinds_are_the_same():
    history = random_history(seed=3, actors=5)
    kinds = np.array([("talk", "deeds")[i % 3 == 0] for i in range(len(history))], dtype=object)
    columns = (history.sender, history.receiver, history.day, history.sign, history.size)
    history = History(history.actors, *columns, history.enters, history.leaves, kinds)
    whole, sparse = both(history, [20, 61], statistics=(*KINDS, Repetition(0)))
    np.testing.assert_allclose(sparse, whole, atol=1e-12, rtol=1e-12)
    assert (whole[:, 0] < whole[:, -1]).any()


def test_long_silence_and_a_short_half_life_are_the_same(sparse):
    history = make_history(("a0", "a1", 0, 8.0), ("a1", "a2", 1999, 4.0), ("a0", "a2", 1999, 8.0))
    sparse(True)
    found = compute_statistics(history, ["a0"], ["a1"], [day(2000)], half_life_days=1)
    assert found[0, 12] == pytest.approx(2.0, abs=1e-12)  # min(8, 4) / 2
    assert found[0, 0] == 0.0


def test_what_is_forgotten_takes_no_room():
    # After ten half-lives 8 * 2 ** -10 < 0.01: the pair a0-a1 is gone, a1-a2 of the day before is not.
    history = make_history(("a0", "a1", 0, 8.0), ("a1", "a2", 299, 8.0))
    number = int(history.day[0])
    sizes = [
        len(state.other) for _, state in walk_sparse(history, [number + 1, number + 300], half_life_days=30)
    ]
    assert sizes == [2, 2]  # each pair has an entry under each of its ends


@pytest.mark.parametrize("outcome", ["rate:cooperation", "type"])
@pytest.mark.parametrize("transform", ["log1p", "each"])
def test_a_fit_is_the_same(sparse, outcome, transform):
    history = random_history(seed=5, actors=9, events=400, days=90)
    question = {
        "outcome": outcome,
        "transform": transform,
        "half_life_days": 8.0,
        "since": day(20),
        "seed": 3,
    }
    whole = fit(history, controls=20, **question)
    sparse(True)
    found = fit(history, controls=20, **question)
    assert found.n_rows == whole.n_rows
    assert found.log_likelihood == pytest.approx(whole.log_likelihood, rel=1e-11)
    for one, other in zip(found.coefficients, whole.coefficients, strict=True):
        assert one.estimate == pytest.approx(other.estimate, rel=1e-7, abs=1e-8)
        assert one.std_error == pytest.approx(other.std_error, rel=1e-7)


def test_tables_are_indexed_alike(sparse):
    history = random_history(seed=8)
    rows, columns = np.array([0, 3, 3]), np.array([1, 0, 2])
    whole = recall(history, day(50), half_life_days=10)
    sparse(True)
    found = recall(history, day(50), half_life_days=10)
    assert found.is_sparse
    assert not whole.is_sparse
    for table in ("pair", "tie", "sent", "received"):
        for sign in range(2):
            expected, table_found = getattr(whole, table)(sign), getattr(found, table)(sign)
            assert table_found.shape == expected.shape
            np.testing.assert_allclose(table_found[rows], expected[rows], atol=1e-12)
            np.testing.assert_allclose(table_found[rows, columns], expected[rows, columns], atol=1e-12)


def test_twenty_thousand_actors_are_walked_through():
    names = [f"a{i}" for i in range(20_000)]
    history = History.of(["a0", "a7"], ["a19999", "a19999"], [day(0)] * 2, [8.0, 2.0], actors=names)
    found = compute_statistics(history, ["a0"], ["a7"], [day(30)], half_life_days=30)
    assert found[0, 12] == 1.0  # min(8, 2) / 2
    assert next(walk(make_history(("a", "b", 0, 1.0)), [20_000], half_life_days=1))[1].alive[0] == 0
