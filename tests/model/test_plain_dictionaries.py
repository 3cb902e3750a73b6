"""The sixteen statistics beside a slow calculation with dictionaries, day by day, for any half-life."""

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.model import STATISTICS, compute_statistics
from comity.model import memory as memory_file
from tests.model.worlds import day, event_lists, make_history

ACTORS = tuple(f"a{i}" for i in range(5))
PAIRS = [(a, b) for a in ACTORS for b in ACTORS if a != b]


def slowly(events, until, half_life):
    """Forget a little every day, cut at 0.01, then add the day's events; give the morning of `until`."""
    pairs, nodes = defaultdict(float), defaultdict(float)
    for number in range(until + 1):
        for table in (pairs, nodes):
            for key in list(table):
                table[key] *= 2 ** (-1 / half_life)
                if table[key] < 0.01 * (1 - 1e-12):
                    del table[key]
        if number == until:
            break
        for sender, receiver, when, weight in events:
            if when == number:
                sign = int(weight < 0)
                pairs[sign, sender, receiver] += abs(weight)
                nodes[sign, "out", sender] += abs(weight)
                nodes[sign, "in", receiver] += abs(weight)
    return pairs, nodes


def sixteen(events, until, half_life, a, b):
    pairs, nodes = slowly(events, until, half_life)

    def tie(sign, one, other):
        return pairs.get((sign, one, other), 0.0) + pairs.get((sign, other, one), 0.0)

    values = [pairs.get((sign, *ends), 0.0) for sign in (0, 1) for ends in ((a, b), (b, a))]
    values += [nodes.get((sign, way, end), 0.0) for end in (a, b) for sign in (0, 1) for way in ("out", "in")]
    values += [
        sum(min(tie(mine, a, k), tie(theirs, b, k)) for k in ACTORS)
        for mine, theirs in ((0, 0), (1, 0), (0, 1), (1, 1))
    ]
    return values


@given(event_lists(), st.integers(0, 420), st.sampled_from([0.7, 5, 14, 30, 365, 730]), st.booleans())
@settings(max_examples=40, deadline=None)
def test_every_statistic_is_that_of_the_slow_calculation(events, until, half_life, sparse):
    history = make_history(*events, actors=ACTORS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(memory_file, "DENSE_ACTORS", 0 if sparse else 3_000)
        found = compute_statistics(
            history, *zip(*PAIRS, strict=True), [day(until)] * len(PAIRS), half_life_days=half_life
        )
    expected = np.array([sixteen(events, until, half_life, a, b) for a, b in PAIRS])
    assert found.shape == (len(PAIRS), len(STATISTICS))
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9)
