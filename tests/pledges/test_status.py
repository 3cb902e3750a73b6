"""The status of a pledge on a day."""

from collections.abc import Callable
from datetime import date

import pytest

from comity.pledges import Ledger, Pledge, Statement

Make = Callable[..., Statement]
EARLY, LATE = "2020-01-01..2020-06-30", "2022-01-01..2022-06-30"


def on(day: date, *statements: Statement) -> Pledge:
    return Ledger(statements).pledge("aid", as_of=day)


def test_before_anybody_spoke_the_status_is_unknown(make: Make) -> None:
    pledge = on(date(2022, 12, 31), make())
    assert pledge.status.code == "unknown"
    assert "had not spoken of it by then" in pledge.status_in_words


def test_the_furthest_stage_counts(make: Make) -> None:
    pledge = on(date(2023, 1, 1), make("P1", stage="allocated"), make("P2", stage="announced"))
    assert pledge.status.code == "allocated"


@pytest.mark.parametrize("outcome", ["refused", "stalled", "lapsed", "unmet"])
def test_an_outcome_beats_the_stages_of_its_time(make: Make, outcome: str) -> None:
    pledge = on(date(2023, 1, 1), make("P1", stage="allocated"), make("P2", stage=outcome))
    assert pledge.status.code == outcome


def test_a_later_source_takes_a_stalled_promise_up_again(make: Make) -> None:
    rows = make("P1", stage="stalled", said=EARLY), make("P2", source="E", said=LATE)
    assert on(date(2021, 1, 1), *rows).status.code == "stalled"
    pledge = on(date(2022, 1, 1), *rows)
    assert (pledge.status.code, pledge.sources_differ) == ("committed", False)


def test_a_later_word_that_it_arrived_is_no_difference_of_sources(make: Make) -> None:
    pledge = on(
        date(2022, 1, 1), make("P1", said=EARLY), make("P2", source="E", said=LATE, stage="delivered")
    )
    assert (pledge.status.code, pledge.sources_differ) == ("delivered", False)


def test_a_later_word_that_it_is_still_to_come_is_a_difference_and_shown_as_one(make: Make) -> None:
    pledge = on(
        date(2022, 1, 1), make("P1", said=EARLY, stage="delivered"), make("P2", source="E", said=LATE)
    )
    assert (pledge.status.code, pledge.sources_differ) == ("delivered", True)
    assert "document D: delivered" in pledge.status_in_words
    assert "document E: committed" in pledge.status_in_words
    assert pledge.status.rows == ("P1", "P2")


def test_documents_of_one_time_that_name_different_stages_differ(make: Make) -> None:
    pledge = on(date(2023, 1, 1), make("P1", stage="delivered"), make("P2", source="E", stage="announced"))
    assert pledge.sources_differ


def test_announced_and_committed_are_no_difference(make: Make) -> None:
    pledge = on(date(2023, 1, 1), make("P1"), make("P2", source="E", stage="announced"))
    assert (pledge.status.code, pledge.sources_differ) == ("committed", False)


def test_a_passed_deadline_without_delivery_is_overdue_in_words(make: Make) -> None:
    target = make(deadline="2027-04-01..2028-03-31")
    due = on(date(2028, 3, 31), target)
    assert due.status.code == "committed"
    assert "due by fiscal year April 2027 to March 2028 (document D)" in due.status_in_words
    late = on(date(2028, 4, 1), target)
    assert late.status.code == "overdue"
    assert (
        "the deadline of 31 March 2028 has passed and these sources record no delivery"
        in late.status_in_words
    )


def test_a_delivered_pledge_is_never_overdue(make: Make) -> None:
    assert on(date(2030, 1, 1), make(stage="delivered", deadline="2024-12-31")).status.code == "delivered"


def test_a_failed_pledge_keeps_the_word_of_its_source(make: Make) -> None:
    assert on(date(2030, 1, 1), make(stage="stalled", deadline="2024-12-31")).status.code == "stalled"


def test_two_readings_of_a_deadline_stand_side_by_side(make: Make) -> None:
    rows = (
        make("P1", deadline="2027-04-01..2028-03-31"),
        make("P2", source="E", deadline="2027-01-01..2027-12-31"),
    )
    between = on(date(2028, 2, 1), *rows)
    assert [one.in_words for one in between.deadlines] == [
        "2027 (document E)",
        "fiscal year April 2027 to March 2028 (document D)",
    ]
    assert between.status.code == "committed"  # by one reading there is still time
    assert "by one reading the deadline has passed, by another it has not" in between.status_in_words
    assert on(date(2028, 4, 1), *rows).status.code == "overdue"


def test_without_a_deadline_an_old_word_stands_with_its_age(make: Make) -> None:
    # Said from 1 January 2023 on; 31 December 2025 is two whole years later, 1 January 2026 three.
    assert "old" not in on(date(2024, 12, 31), make()).status_in_words
    assert "the last word is 2 years old" in on(date(2025, 12, 31), make()).status_in_words
    pledge = on(date(2026, 1, 1), make())
    assert pledge.status.code == "committed"
    assert "the last word is 3 years old" in pledge.status_in_words


def test_a_pledge_that_is_only_named_says_so(make: Make) -> None:
    pledge = on(date(2023, 1, 1), make(stage="unknown"))
    assert pledge.status.code == "unknown"
    assert "named, but not how it stands" in pledge.status_in_words


def test_a_view_can_be_asked_about_a_later_day(make: Make) -> None:
    pledge = on(date(2023, 1, 1), make(deadline="2024-12-31"))
    assert pledge.status_at(date(2025, 1, 1)).code == "overdue"


def test_a_deadline_without_an_end_is_shown_and_never_passes(make: Make) -> None:
    pledge = on(date(2030, 1, 1), make(deadline="2027-01-01.."))
    assert pledge.status.code == "committed"
    assert "due by from 2027 on (document D)" in pledge.status_in_words


def test_days_at_the_end_of_the_calendar_are_no_trouble(make: Make) -> None:
    pledge = on(date(9999, 12, 31), make(deadline="9999-04-01..9999-12-31", period="9999-12-01..9999-12-31"))
    assert pledge.status.code == "committed"
