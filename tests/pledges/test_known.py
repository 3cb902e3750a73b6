"""From which day on a statement is known."""

from collections.abc import Callable
from datetime import date

import pytest

from comity.pledges import Ledger, Statement

Make = Callable[..., Statement]


def known(statement: Statement, on: str) -> str:
    return Ledger([statement]).pledge("aid", as_of=date.fromisoformat(on)).status.code


@pytest.mark.parametrize(
    ("dates", "stage", "day_before", "first_day"),
    [
        # Nothing but the source's own window: known when the source could first speak.
        ({}, "committed", "2022-12-31", "2023-01-01"),
        # A figure with an as-of date, a promise with its day.
        ({"as_of": "2022-03-01..2022-03-31"}, "committed", "2022-02-28", "2022-03-01"),
        ({"made": "2021-05-01..2021-05-31"}, "committed", "2021-04-30", "2021-05-01"),
        # Delivered within one year, and somewhere in several years: then its last day counts.
        ({"period": "2010-01-01..2010-12-31"}, "delivered", "2009-12-31", "2010-01-01"),
        ({"period": "2001-01-01..2010-12-31"}, "delivered", "2010-12-30", "2010-12-31"),
        # Somewhere in a window that outlasts the source: known when the source spoke.
        ({"period": "2022-02-01..2023-06-30"}, "delivered", "2022-12-31", "2023-01-01"),
        ({"period": "2022-01-01.."}, "delivered", "2022-12-31", "2023-01-01"),
    ],
)
def test_a_statement_is_known_from_the_first_day_on_which_its_word_could_be(
    make: Make, dates: dict[str, str], stage: str, day_before: str, first_day: str
) -> None:
    statement = make(stage=stage, **dates)
    assert known(statement, day_before) == "unknown"
    assert known(statement, first_day) == stage


def test_a_standing_arrangement_is_known_from_the_day_on_which_it_began(make: Make) -> None:
    mission = make(kind="institutional_step", period="1993-01-01..", stage="delivered")
    assert known(mission, "1992-12-31") == "unknown"
    assert known(mission, "1993-01-01") == "delivered"


def test_that_a_promise_failed_is_known_only_when_the_source_says_so(make: Make) -> None:
    treaty = make(kind="institutional_step", period="1987-01-01..1987-12-31", stage="lapsed")
    assert known(treaty, "1988-01-01") == "announced"
    assert known(treaty, "2023-01-01") == "lapsed"


def test_of_a_delivered_promise_only_the_promise_is_known_at_first(make: Make) -> None:
    promise = make(made="2022-03-01", stage="delivered", quantity=5.0, unit="goals", relations=("led_to:X",))
    early = Ledger([promise]).pledge("aid", as_of=date(2022, 3, 1))
    assert (early.status.code, early.figures, early.relations) == ("announced", (), ())
    late = Ledger([promise]).pledge("aid", as_of=date(2023, 1, 1))
    assert (late.status.code, len(late.figures)) == ("delivered", 1)


def test_a_source_without_any_day_is_not_lost(make: Make) -> None:
    assert known(make(said=".."), "1900-01-01") == "committed"
