"""Actors set aside: what they do is remembered, and explained by nobody."""

import pytest

from comity.model import STATISTICS, compute_statistics, fit, set_aside
from tests.model.worlds import day, random_history

TERMS = STATISTICS[:2]


def test_only_acts_among_the_others_are_explained():
    history = random_history(seed=1, actors=6, events=300)
    whole = fit(history, statistics=TERMS, risk_set="full")
    rest = fit(set_aside(history, ["a5"]), statistics=TERMS, risk_set="full")
    friendly = history.sign == 0
    mine = (history.sender == 5) | (history.receiver == 5)
    assert whole.n_events == friendly.sum()
    assert rest.n_events == (friendly & ~mine).sum()
    # 5 * 4 pairs are left of 6 * 5, on every day on which some of them act.
    assert rest.n_rows == 20 * len(set(history.day[friendly & ~mine].tolist()))


def test_what_they_do_is_still_remembered():
    history = random_history(seed=1)
    row = (["a0"], ["a1"], [day(50)])
    aside = compute_statistics(set_aside(history, ["a5"]), *row)
    assert aside.tolist() == compute_statistics(history, *row).tolist()


def test_with_nobody_aside_nothing_changes():
    history = random_history(seed=2)
    whole, rest = (fit(one, statistics=TERMS) for one in (history, set_aside(history, [])))
    assert rest.log_likelihood == whole.log_likelihood
    assert rest["coop.repetition"].estimate == pytest.approx(whole["coop.repetition"].estimate, abs=0)
