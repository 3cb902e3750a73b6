"""The panel's rows: which months meet, and what the terms are."""

import numpy as np
import pytest

from comity.factors.panel import FEWEST_MONTHS, TieCube, panel_of
from comity.provenance import NothingFoundError, UsageError
from tests.factors.panel_worlds import scores_of

MONTHS = FEWEST_MONTHS + 1  # one is lost to the lag


def triangle(*, months=MONTHS, silent=()):
    """JPN and POL with RUS, and with each other; the tone of JPN with POL is the month over a hundred."""
    ties = []
    for t in range(months):
        ties += [("JPN", "RUS", t, 0.5), ("RUS", "POL", t, -0.3)]
        ties += [] if t in silent else [("POL", "JPN", t, t / 100)]
    return scores_of(ties)


def test_a_later_tie_meets_the_gap_and_alignment_of_the_month_before():
    # |.5 - -.3| = .8, .5 * -.3 = -.15, (.5 - .3) / 2 = .1; the tie of month t + 1 beside month t.
    panel = panel_of(TieCube.of(triangle()), "RUS")
    assert panel.names == ("gap", "alignment", "level")
    assert panel.terms[:, 0] == pytest.approx([0.8, -0.15, 0.1])
    assert panel.month.tolist() == list(range(FEWEST_MONTHS))
    assert panel.outcome == pytest.approx([(t + 1) / 100 for t in range(FEWEST_MONTHS)])


def test_the_third_party_is_no_end_of_a_pair():
    panel = panel_of(TieCube.of(triangle()), "RUS")
    assert (set(panel.a.tolist()), set(panel.b.tolist())) == ({0}, {1})  # JPN, POL; RUS is 2


def test_a_month_without_all_ties_is_left_out():
    cube = TieCube.of(triangle(months=MONTHS + 3, silent=(5,)))
    # The tie of month 5 is lost to month 4; its own past is lost to month 5.
    assert 4 not in panel_of(cube, "RUS").month
    assert 5 in panel_of(cube, "RUS").month
    past = panel_of(cube, "RUS", own_past=True)
    assert {4, 5} & set(past.month.tolist()) == set()
    assert past.names[-1] == "own past"
    assert past.terms[-1] == pytest.approx(past.month / 100)


def test_a_pair_with_too_few_months_is_left_out():
    with pytest.raises(NothingFoundError, match="no pair has 12 months with all three ties"):
        panel_of(TieCube.of(triangle(silent=(5,))), "RUS")


def test_a_lag_of_a_quarter_reaches_three_months():
    panel = panel_of(TieCube.of(triangle(months=MONTHS + 2)), "RUS", lag=3)
    assert panel.outcome[0] == pytest.approx(0.03)


def test_days_balance_friendly_and_hostile_ones():
    # 10 friendly and 5 hostile of 20 days: .25, whatever the tone.
    cube = TieCube.of(triangle(), scale="days")
    assert cube.value[0, 1] == pytest.approx(np.full(MONTHS, 0.25))


def test_busy_pairs_have_ten_scored_days_in_all_three_ties():
    ties = [
        (a, b, t, 0.1) for t in range(MONTHS) for a, b in (("JPN", "RUS"), ("POL", "RUS"), ("JPN", "POL"))
    ]
    assert len(panel_of(TieCube.of(scores_of(ties, days=10)), "RUS", busy=True)) == FEWEST_MONTHS
    with pytest.raises(NothingFoundError):
        panel_of(TieCube.of(scores_of(ties, days=9)), "RUS", busy=True)


def test_only_the_pairs_asked_for():
    ties = [
        (a, b, t, 0.1)
        for t in range(MONTHS)
        for a, b in (("A", "K"), ("B", "K"), ("C", "K"), ("A", "B"), ("B", "C"), ("A", "C"))
    ]
    panel = panel_of(TieCube.of(scores_of(ties)), "K", pairs=[("C", "A")])
    assert (panel.a[0], panel.b[0], len(panel)) == (0, 2, FEWEST_MONTHS)


def test_a_shift_moves_the_third_partys_ties_and_no_others():
    cube = TieCube.of(triangle())
    moved = cube.shifted(2, 4)
    assert moved.value[0, 1] == pytest.approx(cube.value[0, 1])
    assert moved.value[0, 2] == pytest.approx(np.roll(cube.value[0, 2], 4))
    assert moved.value[2, 0] == pytest.approx(moved.value[0, 2])


@pytest.mark.parametrize(
    ("question", "error", "message"),
    [
        (lambda cube: panel_of(cube, "XXX"), NothingFoundError, "no scores of 'XXX'"),
        (lambda cube: panel_of(cube, "RUS", lag=0), UsageError, "a lag of 0 months"),
        (lambda cube: panel_of(cube, "RUS", lag=500), NothingFoundError, "no pair has 12 months"),
    ],
)
def test_a_question_without_an_answer_is_refused(question, error, message):
    with pytest.raises(error, match=message):
        question(TieCube.of(triangle()))


def test_no_scores_and_an_unknown_scale_are_refused():
    with pytest.raises(NothingFoundError, match="no scores of pairs"):
        TieCube.of(scores_of([]))
    with pytest.raises(UsageError, match=r"unknown scale 'raw'.*tone, days"):
        TieCube.of(triangle(), scale="raw")
