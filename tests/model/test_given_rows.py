"""Rows of the risk set that somebody else has drawn: the same answer as over every pair, or a refusal."""

from collections import Counter
from datetime import date
from operator import itemgetter

import numpy as np
import pytest

from comity.model import GivenRows, PooledSampleError, Repetition, Triad, fit, fit_rows
from comity.model.history import day_of
from comity.provenance import BadValueError, NothingFoundError, UsageError
from tests.model.worlds import day, make_history, random_history, read, reference_history

CHOSEN = (Repetition(0), Triad(0, 0))


def every_pair(history, sign=0):
    """Give a row for every ordered pair of every day with acts."""
    names = history.actors
    days = [day_of(number) for number in np.unique(history.day[history.sign == sign])]
    rows = [(a, b, one) for one in days for a in names for b in names if a != b]
    return list(zip(*rows, strict=True))


def acts_of(history, sign=0):
    return {
        (history.actors[a], history.actors[b], day_of(number))
        for a, b, number, c in zip(history.sender, history.receiver, history.day, history.sign, strict=True)
        if c == sign
    }


def test_all_pairs_given_are_the_full_risk_set():
    history = random_history(seed=1)
    rows = every_pair(history)
    found = fit_rows(history, GivenRows.of(history, *rows, [1.0] * len(rows[0])), statistics=CHOSEN)
    full = fit(history, statistics=CHOSEN, risk_set="full")
    assert found.n_events == full.n_events
    assert found.risk_set == "given"
    assert "rows given" in found.likelihood_in_words
    for one, other in zip(found.coefficients, full.coefficients, strict=True):
        assert one.estimate == pytest.approx(other.estimate, abs=1e-9)
        assert one.std_error == pytest.approx(other.std_error, abs=1e-9)


def test_a_weighted_sample_comes_near_the_full_risk_set():
    # One control in three of 12 * 11 = 132 pairs a day, each standing for three: no more than 2 SE apart.
    history = random_history(seed=2, actors=12, events=600)
    rng = np.random.default_rng(7)
    acts = acts_of(history)
    rows = [one for one in zip(*every_pair(history), strict=True) if one in acts or rng.random() < 1 / 3]
    stands_for = [1.0 if one in acts else 3.0 for one in rows]
    found = fit_rows(history, GivenRows.of(history, *zip(*rows, strict=True), stands_for), statistics=CHOSEN)
    full = fit(history, statistics=CHOSEN, risk_set="full")
    for one, other in zip(found.coefficients, full.coefficients, strict=True):
        assert abs(one.estimate - other.estimate) < 2 * one.std_error
        assert one.std_error > other.std_error
    assert found.notes == ()


def test_two_acts_on_one_pair_and_day_are_two_acts_and_one_row():
    history = random_history(seed=1)
    rows = [*every_pair(history)]
    twice = [[*column, *column] for column in rows]
    acts = acts_of(history)
    once = [1.0] * len(rows[0])
    halved = [1.0 if one in acts else 0.5 for one in zip(*twice, strict=True)]
    single = fit_rows(history, GivenRows.of(history, *rows, once), statistics=CHOSEN)
    double = fit_rows(history, GivenRows.of(history, *twice, halved), statistics=CHOSEN)
    assert double.n_rows == single.n_rows
    assert double["coop.repetition"].estimate == pytest.approx(single["coop.repetition"].estimate, abs=1e-9)


def small():
    return make_history(*((("A", "B", "C")[i % 3], ("B", "C", "A")[i % 3], i // 3, 1.0) for i in range(30)))


def test_an_unweighted_sample_is_refused_with_the_reason():
    history = small()
    rows = GivenRows.of(history, ["A", "B", "A"], ["B", "C", "C"], [day(3)] * 3, [1.0] * 3)
    with pytest.raises(PooledSampleError, match=r"each of the 3 rows stands for itself alone, of 6 pairs"):
        fit_rows(history, rows, statistics=CHOSEN[:1])


def test_the_row_of_an_act_stands_for_itself():
    history = small()
    rows = GivenRows.of(history, ["A", "A"], ["B", "C"], [day(3)] * 2, [2.0, 2.0])
    with pytest.raises(BadValueError, match=r"the row of an act stands for 2 pairs.*row 1"):
        fit_rows(history, rows, statistics=CHOSEN[:1])


def test_rows_without_acts_are_refused():
    history = small()
    with pytest.raises(NothingFoundError, match="no row is of a pair that acted on its day"):
        fit_rows(history, GivenRows.of(history, ["A"], ["C"], [day(3)], [6.0]), statistics=CHOSEN[:1])


def test_the_type_of_an_act_takes_no_rows():
    history = small()
    rows = GivenRows.of(history, ["A"], ["B"], [day(3)], [1.0])
    with pytest.raises(UsageError, match="rows given for type"):
        fit_rows(history, rows, outcome="type", statistics=CHOSEN[:1])


@pytest.mark.parametrize(
    ("sender", "receiver", "stands_for", "message"),
    [
        ("A", "A", 1.0, "a row of an actor with itself.*row 1"),
        ("A", "B", 0.0, "stands for no pair.*row 1"),
        ("A", "B", float("nan"), "stands for no pair"),
        ("A", "Z", 1.0, "no actor 'Z'.*row 1"),
    ],
)
def test_rows_that_cannot_be_are_refused(sender, receiver, stands_for, message):
    with pytest.raises(BadValueError, match=message):
        GivenRows.of(small(), [sender], [receiver], [day(3)], [stands_for])


def test_weights_that_do_not_add_up_are_told():
    # Every pair is there, but those without an act are said to stand for three.
    history = random_history(seed=1)
    rows, acts = every_pair(history), acts_of(history)
    threefold = [1.0 if one in acts else 3.0 for one in zip(*rows, strict=True)]
    (note,) = fit_rows(history, GivenRows.of(history, *rows, threefold), statistics=CHOSEN).notes
    assert "times the pairs that could act: check the offsets" in note


def test_acts_and_days_that_are_left_out_are_told():
    history = random_history(seed=1)
    rows, acts = zip(*every_pair(history), strict=True), acts_of(history)
    gone = sorted(acts, key=str)[0]
    kept = [one for one in rows if one != gone]
    quiet = [(a, b, day(400)) for a, b, one in kept if one == kept[0][2]]
    stands_for = [1.0 if one in acts else 1.001 for one in kept + quiet]
    given = GivenRows.of(history, *zip(*(kept + quiet), strict=True), stands_for)
    found = fit_rows(history, given, statistics=CHOSEN)
    assert "acts of these days have no row and are left out." in found.notes[0]
    assert found.notes[1] == "1 days with rows but no act are left out."


@pytest.mark.shared
def test_the_reference_sample_with_its_weights_gives_the_reference_coefficients(shared):
    # Each drawn pair stands for (ordered pairs - pairs that acted) / (drawn pairs) of its day.
    folder = shared / "reference" / "rem" / "icews14-states284-sampled"
    history = reference_history(folder)
    rows = [row for row in read(folder / "sampled_rows_with_statistics.csv.gz")
            if row["model"] == "cooperation_rate" and row["date"] >= "2014-01-31"]  # fmt: skip
    key = itemgetter("date", "source", "target")
    acts = {key(row) for row in rows if row["observed"] == "1"}
    drawn = {key(row) for row in rows} - acts
    acts_of_day, drawn_on_day = (Counter(day for day, _, _ in some) for some in (acts, drawn))
    pairs = len(history.actors) * (len(history.actors) - 1)
    every = [*sorted(acts), *sorted(drawn)]
    weights = [1.0 if one in acts else (pairs - acts_of_day[one[0]]) / drawn_on_day[one[0]] for one in every]
    days, senders, receivers = zip(*every, strict=True)
    given = GivenRows.of(history, senders, receivers, [date.fromisoformat(one) for one in days], weights)
    found = fit_rows(history, given)
    expected = {
        row["stat"]: row
        for row in read(folder / "coefficients_by_method.csv")
        if row["model"] == "cooperation_rate" and row["method"] == "unique_dyads_inverse_prob_offset"
    }
    assert found.notes == ()
    for one in found.coefficients:
        assert one.estimate == pytest.approx(float(expected[one.term]["coef"]), abs=1e-6)
        assert one.std_error > float(expected[one.term]["se"])  # ours has the sampling in it
