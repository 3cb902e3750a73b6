"""Dates that are known to a day, a month, a year, or not at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.provenance import BadValueError, Dating, parse_day


def test_a_day_of_the_calendar_is_read() -> None:
    assert parse_day("2022-02-24") == date(2022, 2, 24)


def test_an_empty_text_is_an_open_date() -> None:
    assert parse_day("") is None


@pytest.mark.parametrize(
    "text", ["2022-02-31", "20220224", "24.2.2022", "2022-2-24", "2022-W08-4", "soon", "0000-01-01"]
)
def test_what_is_no_day_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(BadValueError) as caught:
        parse_day(text, where="events.csv, line 7")
    assert text in str(caught.value)
    assert "line 7" in str(caught.value)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        found = parse_day(text)
    except BadValueError:
        return
    assert found is None or found.isoformat() == text


def test_both_ends_of_an_interval_count() -> None:
    assert Dating(date(2022, 2, 1), date(2022, 2, 28), "month").days == 28


def test_an_open_interval_has_no_length() -> None:
    assert Dating(date(2022, 2, 1), None, "month").days is None


def test_an_interval_does_not_end_before_it_starts() -> None:
    with pytest.raises(BadValueError):
        Dating(date(2022, 2, 2), date(2022, 2, 1))


def test_intervals_that_share_one_day_overlap() -> None:
    assert Dating(date(2022, 1, 1), date(2022, 2, 1)).overlaps(date(2022, 2, 1), None)


def test_intervals_a_day_apart_do_not_overlap() -> None:
    assert not Dating(date(2022, 1, 1), date(2022, 2, 1)).overlaps(date(2022, 2, 2), None)


def test_an_open_start_reaches_back() -> None:
    assert Dating(None, date(2022, 2, 1), "era").overlaps(None, date(1945, 1, 1))
