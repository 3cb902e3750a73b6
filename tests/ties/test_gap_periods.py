"""Periods: whole months, whole quarters, half-years and years; eras are cut to the span."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.events import Era
from comity.provenance import UsageError
from comity.ties.gap_periods import LENGTHS, periods_of

ERAS = (
    Era("early", "Early", None, date(2022, 2, 23)),
    Era("late", "Late", date(2022, 2, 24), None),
    Era("aside", "Aside", date(2022, 1, 1), date(2022, 6, 30), display=False),
)


def test_half_years_begin_in_january_and_july() -> None:
    found, said = periods_of("half-year", date(2021, 7, 1), date(2022, 6, 30))
    assert [(one.label, one.start, one.end) for one in found] == [
        ("2021-H2", date(2021, 7, 1), date(2021, 12, 31)),
        ("2022-H1", date(2022, 1, 1), date(2022, 6, 30)),
    ]
    assert said == ()


def test_a_period_that_the_span_does_not_cover_is_left_out_and_named() -> None:
    found, said = periods_of("quarter", date(2022, 1, 2), date(2022, 8, 31))
    assert [one.label for one in found] == ["2022-Q2"]
    assert said == (
        "2022-Q1 is left out: the span holds 2 of its 3 months",  # January is cut by its first day
        "2022-Q3 is left out: the span holds 2 of its 3 months",
    )


def test_eras_are_cut_to_the_span_and_the_month_that_turns_counts_in_neither() -> None:
    found, said = periods_of("era", date(2021, 1, 1), date(2022, 12, 31), ERAS)
    assert [(one.label, one.start, one.end) for one in found] == [
        ("early", date(2021, 1, 1), date(2022, 1, 31)),
        ("late", date(2022, 3, 1), date(2022, 12, 31)),
    ]
    assert len(said) == 2


def test_an_era_outside_the_span_is_no_period() -> None:
    found, _ = periods_of("era", date(2022, 3, 1), date(2022, 12, 31), ERAS)
    assert [one.label for one in found] == ["late"]


def test_a_span_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(UsageError, match="It ends on or after its first day"):
        periods_of("year", date(2022, 1, 1), date(2021, 1, 1))
    with pytest.raises(UsageError, match="unknown period 'month'"):
        periods_of("month", date(2021, 1, 1), date(2022, 1, 1))


@given(
    st.sampled_from(sorted(LENGTHS)),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    st.dates(date(1990, 1, 1), date(2030, 1, 1)),
)
def test_periods_lie_in_the_span_one_after_the_other(by: str, one: date, other: date) -> None:
    start, end = sorted((one, other))
    found, _ = periods_of(by, start, end)
    assert all(start <= period.start and period.end <= end for period in found)
    assert all(period.months == LENGTHS[by] for period in found)
    assert [period.first_month for period in found[1:]] == [period.last_month + 1 for period in found[:-1]]
