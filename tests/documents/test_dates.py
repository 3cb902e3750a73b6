"""Dates in running text; the document was written in June 2023."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.documents.dates import DateReader
from comity.provenance import Dating

READER = DateReader((date(2023, 4, 1), date(2023, 6, 30)))


def found(text: str) -> list[str]:
    return [f"{one.dating} {one.dating.precision} {one.dating.basis}" for one in READER.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 5 May 2012", "2012-05-05 day stated"),
        ("on May 5, 2012", "2012-05-05 day stated"),
        ("on 2012-05-05", "2012-05-05 day stated"),
        ("in February 2020", "2020-02-01 to 2020-02-29 month stated"),
        ("in January and March 2020", "2020-01-01 to 2020-03-31 month stated"),
        ("in spring 2019", "2019-03-01 to 2019-05-31 month stated"),
        ("in 1998", "1998-01-01 to 1998-12-31 year stated"),
        ("from 2023 to 2026", "2023-01-01 to 2026-12-31 year stated"),
        ("in the 1990s", "1990-01-01 to 1999-12-31 era stated"),
        ("in the mid-1990s", "1994-01-01 to 1996-12-31 era stated"),
        ("since 2019", "2019-01-01 to … year stated"),
        ("until 2010", "… to 2010-12-31 year stated"),
        ("this July", "2023-07-01 to 2023-07-31 month doc_date"),
        ("last month", "2023-05-01 to 2023-05-31 month doc_date"),
        ("last year", "2022-01-01 to 2022-12-31 year doc_date"),
        ("three years ago", "2020-01-01 to 2020-12-31 year doc_date"),
        ("in the 19th century", "1801-01-01 to 1900-12-31 era stated"),
    ],
)
def test_a_date_gives_its_interval_precision_and_basis(text: str, expected: str) -> None:
    assert found(f"It happened {text}.") == [expected]


def test_the_following_year_counts_from_the_date_before() -> None:
    assert found("It began in 2008. In the following year it ended.")[1] == (
        "2009-01-01 to 2009-12-31 year context"
    )


def test_at_that_time_takes_up_the_date_before() -> None:
    before = Dating(date(2013, 4, 1), date(2013, 4, 30), "month", "stated")
    (one,) = READER.find("at that time", before=before)
    assert (one.dating.start, one.dating.basis) == (date(2013, 4, 1), "context")


def test_by_a_year_is_a_deadline() -> None:
    (one,) = READER.find("to be reached by 2027")
    assert one.is_deadline


def test_days_that_no_calendar_has_are_left_alone() -> None:
    assert found("on 31 June") == []


def test_numbers_of_things_are_no_years() -> None:
    assert found("2000 troops and 1999 people") == []


def test_without_a_writing_date_last_month_means_nothing() -> None:
    assert DateReader().find("last month") == []


@given(st.text(max_size=120))
def test_any_text_is_read_and_every_place_lies_in_it(text: str) -> None:
    for one in READER.find(text):
        assert 0 <= one.start < one.end <= len(text)


@pytest.mark.parametrize(
    ("text", "lead"),
    [("by March 2026", "by"), ("since May 2014", "since"), ("until the 1990s", "until"), ("by 2026", "by")],
)
def test_what_leads_in_a_month_or_a_decade_is_heard_as_before_a_year(text: str, lead: str) -> None:
    (one,) = READER.find(text)
    assert one.lead == lead


def test_months_from_one_to_another_end_with_the_last() -> None:
    assert found("From March to May 1999 it rained.") == ["1999-03-01 to 1999-05-31 month stated"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two years later it ended.", "2013-01-01 to 2013-12-31 year context"),
        ("Three days later it ended.", "2011-06-06 day context"),
        ("A week later it ended.", "2011-06-10 day context"),
        ("The following day it ended.", "2011-06-04 day context"),
        ("The previous day it rained.", "2011-06-02 day context"),
        ("The next month it ended.", "2011-07-01 to 2011-07-31 month context"),
    ],
)
def test_what_comes_later_counts_from_the_day_before(text: str, expected: str) -> None:
    assert found(f"On 3 June 2011 it began. {text}")[1] == expected


def test_a_day_after_a_year_is_no_finer_than_the_year() -> None:
    # Some day of 2014, and three more: between 4 January 2014 and 3 January 2015.
    assert found("In 2014 it began. Three days later it ended.")[1] == (
        "2014-01-04 to 2015-01-03 year context"
    )


def test_yesterday_is_the_day_before_the_writing_or_before_one_of_its_days() -> None:
    one_day = DateReader((date(2023, 6, 30), date(2023, 6, 30)))
    assert str(one_day.find("yesterday")[0].dating) == "2023-06-29"
    assert str(READER.find("yesterday")[0].dating) == "2023-03-31 to 2023-06-29"
