"""Laws that statistics keep in every world."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.model import STATISTICS, History, compute_statistics, fit, recall
from comity.model.measuring import TRANSFORMS, transform_code, transformed
from comity.provenance import UsageError
from tests.model.worlds import day, event_lists, make_history

ACTORS = tuple(f"a{i}" for i in range(5))
PAIRS = [(a, b) for a in ACTORS for b in ACTORS if a != b]


def all_pairs(history, number, transform="identity"):
    senders, receivers = zip(*PAIRS, strict=True)
    days = [day(number)] * len(PAIRS)
    return compute_statistics(history, senders, receivers, days, half_life_days=30, transform=transform)


@given(event_lists(), st.integers(0, 450), st.sampled_from(TRANSFORMS))
@settings(max_examples=60, deadline=None)
def test_the_parts_by_third_party_add_up_to_the_value(events, number, transform):
    history = make_history(*events, actors=ACTORS)
    memory = recall(history, day(number), half_life_days=30)
    a, b = (np.array([ACTORS.index(name) for name in side]) for side in zip(*PAIRS, strict=True))
    fast = all_pairs(history, number, transform)
    for j, statistic in enumerate(STATISTICS):
        slow = transformed(statistic.parts(memory, a, b), transform_code(transform))
        np.testing.assert_allclose(fast[:, j], slow, atol=1e-9, rtol=0)


@given(event_lists(), st.integers(0, 450), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_the_order_of_events_changes_nothing(events, number, random):
    shuffled = list(events)
    random.shuffle(shuffled)
    before = all_pairs(make_history(*events, actors=ACTORS), number)
    after = all_pairs(make_history(*shuffled, actors=ACTORS), number)
    np.testing.assert_allclose(before, after, atol=1e-9, rtol=0)


@given(event_lists(), st.integers(0, 450))
@settings(max_examples=40, deadline=None)
def test_the_order_of_actors_changes_nothing(events, number):
    before = all_pairs(make_history(*events, actors=ACTORS), number)
    after = all_pairs(make_history(*events, actors=ACTORS[::-1]), number)
    np.testing.assert_allclose(before, after, atol=1e-9, rtol=0)


@given(event_lists(), st.integers(0, 450))
@settings(max_examples=40, deadline=None)
def test_rows_of_many_days_give_what_each_gives_alone(events, number):
    history = make_history(*events, actors=ACTORS)
    senders, receivers = zip(*PAIRS[:4], strict=True)
    days = [day(number), day(0), day(500), day(number)]
    together = compute_statistics(history, senders, receivers, days)
    for i in range(4):
        alone = compute_statistics(history, senders[i : i + 1], receivers[i : i + 1], days[i : i + 1])
        np.testing.assert_allclose(together[i], alone[0], atol=1e-9, rtol=0)


def test_a_long_stream_with_a_short_half_life_keeps_its_units():
    # Two thousand half-lives pass: far more doublings than a float holds.
    history = make_history(("a0", "a1", 0, 8.0), ("a1", "a2", 1999, 4.0), ("a0", "a2", 1999, 8.0))
    found = compute_statistics(history, ["a0"], ["a1"], [day(2000)], half_life_days=1)
    assert found[0, 12] == pytest.approx(2.0, abs=1e-12)  # min(8, 4) / 2
    assert found[0, 0] == 0.0


def test_an_empty_stream_gives_zeros():
    history = History.of([], [], [], [], actors=["A", "B"])
    assert not compute_statistics(history, ["A"], ["B"], [day(0)]).any()


def test_an_unknown_transform_is_refused():
    with pytest.raises(UsageError, match=r"unknown transform 'log'.*identity, log1p, each"):
        compute_statistics(make_history(("A", "B", 0, 1.0)), ["A"], ["B"], [day(1)], transform="log")


def test_a_full_risk_set_of_more_actors_than_tables_hold_is_refused():
    names = [f"a{i}" for i in range(5_001)]
    history = History.of(
        ["a0", "a1"] * 9, ["a1", "a2"] * 9, [day(i) for i in range(18)], [1.0] * 18, actors=names
    )
    with pytest.raises(UsageError, match=r"5,001 actors.*At most 5,000.*sampled risk set"):
        fit(history, statistics=STATISTICS[:1], risk_set="full")
