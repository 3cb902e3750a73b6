"""Counts by era and kind: each real event once, long ones flagged, undated ones apart."""

from datetime import date

from comity.events import Era, Events, tally

from .worlds import SmallRegistry, make_event

ERAS = (
    Era("before", "Before", date(2010, 1, 1), date(2019, 12, 31)),
    Era("after", "After", date(2020, 1, 1), date(2024, 12, 31)),
    Era("whole", "A claim's era", date(2010, 1, 1), date(2024, 12, 31), display=False),
)


def cells(*coded, actors=None):
    rows = tally(Events.of(coded, registry=SmallRegistry()), ERAS, actors=actors)
    return {(row["era"] or row["label"], row["kind"]): row for row in rows if row["acts"]}


def test_acts_are_counted_by_era_kind_and_sign() -> None:
    found = cells(
        make_event("a", start="2012-01-01"),
        make_event("b", start="2021-01-01", weight=-2.0),
        make_event("c", start="2021-01-02", weight=0.0),
        make_event("d", start="2021-01-03", event_kind="deeds"),
    )
    assert set(found) == {("before", "talk"), ("after", "talk"), ("after", "deeds")}
    after = found["after", "talk"]
    assert (after["acts"], after["friendly"], after["hostile"], after["neutral"]) == (2, 0, 1, 1)
    assert after["ids"] == ["b", "c"]


def test_every_era_and_kind_has_a_row_even_without_acts() -> None:
    assert len(tally(Events.of(), ERAS)) == 2 * 3


def test_one_event_in_two_records_counts_once_and_what_did_not_happen_not_at_all() -> None:
    found = cells(
        make_event("a", event_key="k"), make_event("b", event_key="k"), make_event("c", aux="negation")
    )
    assert {key: row["acts"] for key, row in found.items()} == {("after", "talk"): 1}


def test_an_interval_that_runs_on_is_flagged() -> None:
    found = cells(make_event(start="2019-06-01", end="2020-06-01", precision="era"))
    assert found["before", "talk"]["spanning"] == 1
    assert ("after", "talk") not in found


def test_an_open_act_counts_in_the_era_of_its_start() -> None:
    found = cells(make_event("o", start="2019-01-05", end=""), make_event("later", start="2024-01-01"))
    assert found["before", "talk"]["ids"] == ["o"]
    assert found["before", "talk"]["spanning"] == 1


def test_a_start_known_to_a_year_goes_where_most_of_its_days_lie() -> None:
    eras = (Era("a", "A", date(2000, 1, 1), date(2022, 2, 23)), Era("b", "B", date(2022, 2, 24), None))
    coded = (
        make_event("year", start="2022-01-01", end="2022-12-31", precision="year"),  # 54 days in A, 311 in B
        make_event("month", start="2022-02-01", end="2022-02-28", precision="month"),  # 23 in A, 5 in B
        make_event("open", start="2022-02-01", end="", precision="month"),  # to the end of the record: B
        make_event("last", start="2024-01-01"),
        make_event("early", start="1993-01-01", end="", precision="year"),  # starts before both
    )
    rows = tally(Events.of(coded, registry=SmallRegistry()), eras)
    placed = {id: row["era"] for row in rows for id in row["ids"]}
    assert placed == {"year": "b", "month": "a", "open": "b", "last": "b", "early": ""}


def test_undated_and_outside_events_stand_apart() -> None:
    found = cells(
        make_event("u", start=None, precision="unknown"),
        make_event("p", start="1950-01-01"),
    )
    assert found["without a start", "talk"]["ids"] == ["u"]
    assert found["outside the eras", "talk"]["ids"] == ["p"]


def test_one_actor_means_its_events_and_two_mean_those_between_them() -> None:
    coded = (make_event("a"), make_event("b", receivers=("UKR",)), make_event("c", senders=("SUN",)))
    assert cells(*coded, actors=["RUS"])["after", "talk"]["ids"] == ["c"]
    assert cells(*coded, actors=["JPN", "UKR"])["after", "talk"]["ids"] == ["b"]
