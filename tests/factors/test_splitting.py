"""One statistic's change shared out, by hand."""

import numpy as np
import pytest

from comity.factors.splitting import levels, split

ONE_ERA = np.ones((2, 1))
LOG = np.log


def shares(before, after, *, transform="log1p", shown=None):
    columns = np.array([*before, *after], dtype=float)
    era = np.ones((len(columns), 1))
    return split(columns, shown, era, len(before), transform=transform)


def test_who_did_not_change_has_no_part():
    # s: 3 -> 5, log1p rises by ln 6 - ln 4; all of it is the first one's.
    assert shares([[1, 2]], [[3, 2]]).parts[:, 0] == pytest.approx([LOG(6) - LOG(4), 0.0])


def test_parts_that_cancel_use_the_limit_of_the_mean():
    # s stays at 3: the slope is 1/(1+3); +2 and -2 give +0.5 and -0.5.
    assert shares([[1, 2]], [[3, 0]]).parts[:, 0] == pytest.approx([0.5, -0.5])


def test_periods_average_over_pairs_of_days():
    # Day 1: s 1 -> 3, slope (ln 4 - ln 2)/2 = ln(2)/2: parts 3 and -1 times it.
    # Day 2: s 4 -> 3, slope ln 5 - ln 4: parts 0 and -1 times it.
    found = shares([[0, 1], [3, 1]], [[3, 0]]).parts[:, 0]
    first, second = LOG(2) / 2, LOG(5) - LOG(4)
    assert found == pytest.approx([3 * first / 2, -(first + second) / 2])
    # In all: ln 4 - (ln 2 + ln 5)/2.
    assert found.sum() == pytest.approx(LOG(4) - (LOG(2) + LOG(5)) / 2)


def test_exchanging_the_periods_turns_the_signs_round():
    there, back = shares([[0, 1], [3, 1]], [[3, 0]]), shares([[3, 0]], [[0, 1], [3, 1]])
    assert there.parts == pytest.approx(-back.parts)


def test_without_a_sum_parts_are_differences():
    assert shares([[1, 2]], [[3, 0]], transform="identity").parts[:, 0] == pytest.approx([2, -2])
    found = shares([[1, 2]], [[3, 0]], transform="each").parts[:, 0]
    assert found == pytest.approx([LOG(4) - LOG(2), -LOG(3)])


def test_a_coefficient_that_changes_is_met_in_the_middle():
    # log1p goes from 0 to 1, the coefficient from 1 to 3: 2 * 1 by the statistic, (0 + 1)/2 * 2 by the era.
    found = split(np.array([[0.0], [np.e - 1]]), None, np.eye(2), 1, transform="log1p")
    beta = np.array([1.0, 3.0])
    assert found.parts[0] @ beta == pytest.approx(2.0)
    assert found.eras @ beta == pytest.approx(1.0)


def test_a_coefficient_that_changes_while_nothing_else_does_is_all_the_eras():
    # log1p stays at 1, the coefficient goes from 0.5 to 2.
    found = split(np.full((2, 1), np.e - 1), None, np.eye(2), 1, transform="log1p")
    assert found.parts[0] @ [0.5, 2.0] == pytest.approx(0.0)
    assert found.eras @ [0.5, 2.0] == pytest.approx(1.5)


def test_what_the_memory_cut_off_is_rounding():
    # The sum was 0.005 on the second day; the model has it at 0.
    found = shares([[0.0]], [[0.005]], shown=np.zeros(2))
    assert found.rounding[0] == pytest.approx(-LOG(1.005))
    assert found.parts[0, 0] + found.rounding[0] == pytest.approx(0.0)


def test_a_level_is_shared_in_proportion():
    # log1p(1 + 3) = ln 5, a quarter and three quarters of it.
    period = np.array([0.0, 1.0])
    found = levels(np.array([[9.0, 9.0], [1.0, 3.0]]), ONE_ERA, period, transform="log1p")
    assert found[:, 0] == pytest.approx([LOG(5) / 4, 3 * LOG(5) / 4])
