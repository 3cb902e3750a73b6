"""Numbers of pairs from outside: always the same, or dated."""

from datetime import date

import numpy as np
import pytest

from comity.model import STATISTICS, Covariate, DatedCovariate, MissingValueError, compute_statistics, fit
from comity.provenance import BadValueError
from tests.model.worlds import day, make_history, random_history

HISTORY = make_history(("A", "B", 0, 8.0))


def value(statistic, sender, receiver, number, **options):
    rows = ([sender], [receiver], [day(number)])
    return compute_statistics(HISTORY, *rows, statistics=(statistic,), **options)[0, 0]


def test_a_covariate_enters_beside_the_sixteen_and_is_not_transformed():
    distance = Covariate("distance", np.array([[0.0, 7.0], [-9.0, 0.0]]))
    statistics = (*STATISTICS, distance)
    found = compute_statistics(HISTORY, ["B"], ["A"], [day(30)], statistics=statistics, transform="log1p")
    assert found[0, -1] == -9.0


def test_a_covariate_of_another_size_is_refused():
    with pytest.raises(BadValueError, match=r"covariate distance is \(3, 3\)"):
        value(Covariate("distance", np.zeros((3, 3))), "A", "B", 1)


def dated(**options):
    """A to B: 1 up to day 9, 2 from day 10 to day 19, then nothing."""
    return DatedCovariate.of(
        "treaty", ["A", "B"], ["A", "A"], ["B", "B"], [1.0, 2.0],
        starts=[None, day(10)], ends=[day(9), day(19)], **options,
    )  # fmt: skip


@pytest.mark.parametrize(("number", "expected"), [(0, 1.0), (9, 1.0), (10, 2.0), (19, 2.0), (20, -1.0)])
def test_a_value_holds_from_its_first_day_to_its_last(number, expected):
    assert value(dated(default=-1.0), "A", "B", number) == expected


def test_the_other_way_is_another_value_unless_lines_count_both_ways():
    assert value(dated(default=0.0), "B", "A", 0) == 0.0
    assert value(dated(both_ways=True), "B", "A", 12) == 2.0


def test_a_pair_without_a_value_is_refused_with_its_names_and_its_day():
    with pytest.raises(MissingValueError, match=r"no treaty for A to B on 2020-01-21.*a default"):
        value(dated(), "A", "B", 20)


def test_entries_of_others_are_left_aside():
    found = DatedCovariate.of("d", ["A", "B"], ["Z", "A"], ["A", "B"], [5.0, 6.0])
    assert value(found, "A", "B", 3) == 6.0


@pytest.mark.parametrize(
    ("values", "starts", "ends", "message"),
    [
        ([1.0, 2.0], [None, day(3)], [day(3), None], "a second value for the same pair and day.*row 2"),
        ([1.0, 2.0], None, None, "a second value"),
        ([1.0, float("nan")], [None, day(3)], [day(2), None], "not a number.*row 2"),
        ([1.0, 2.0], [day(9), day(20)], [day(8), None], "an end before its start.*row 1"),
    ],
)
def test_what_cannot_be_a_covariate_is_refused(values, starts, ends, message):
    with pytest.raises(BadValueError, match=message):
        DatedCovariate.of("d", ["A", "B"], ["A", "A"], ["B", "B"], values, starts=starts, ends=ends)


def test_other_actors_than_it_was_made_for_are_refused():
    with pytest.raises(BadValueError, match="was made for other actors"):
        value(DatedCovariate.of("d", ["B", "A"], ["A"], ["B"], [1.0], default=0.0), "A", "B", 0)


def test_both_risk_sets_take_a_dated_covariate():
    # Without memories left out: a covariate alone, over all pairs, and the same with every pair drawn.
    history = random_history(seed=4)
    rng = np.random.default_rng(1)
    pairs = [(a, b) for a in history.actors for b in history.actors if a != b]
    near = DatedCovariate.of(
        "near", history.actors, *zip(*pairs, strict=True), rng.normal(size=len(pairs)).tolist(),
        starts=[date(2019, 1, 1)] * len(pairs),
    )  # fmt: skip
    full = fit(history, statistics=[near], risk_set="full")["near"]
    every = fit(history, statistics=[near], risk_set="sampled", controls=10_000)["near"]
    assert every.estimate == pytest.approx(full.estimate, abs=1e-9)
    assert every.std_error == pytest.approx(full.std_error, abs=1e-9)
