"""First of its kind: before, overlapping, or nothing earlier in the record."""

import pytest

from comity.events import Events, precedents
from comity.provenance import NothingFoundError

from .worlds import SmallRegistry, make_event


def verdict(*coded, of="new"):
    return precedents(Events.of(coded, registry=SmallRegistry()), of)


NEW = make_event("new", start="2022-03-01")


def test_an_earlier_event_of_the_same_kind_is_shown() -> None:
    found = verdict(NEW, make_event("old", start="2014-03-01"))
    assert found.verdict == "an earlier one"
    assert [row["id"] for row in found.rows] == ["old"]
    assert found.trace().rows == ("old",)


def test_later_events_other_pairs_types_and_modes_are_none() -> None:
    found = verdict(
        NEW,
        make_event("later", start="2023-01-01"),
        make_event("other way", start="2014-01-01", senders=("USA",), receivers=("JPN",)),
        make_event("other type", start="2014-01-01", event_type="AID"),
        make_event("other mode", start="2014-01-01", mode="visit"),
    )
    assert found.verdict == "no earlier one in this record"
    assert found.rows == []


def test_what_did_not_happen_is_no_precedent() -> None:
    assert verdict(NEW, make_event("old", start="2014-03-01", aux="future")).rows == []


def test_overlapping_intervals_leave_it_untold() -> None:
    found = verdict(NEW, make_event("year", start="2022-01-01", end="2022-12-31", precision="year"))
    assert found.verdict == "cannot tell"
    assert [row["id"] for row in found.rows] == ["year"]


def test_an_undated_event_leaves_it_untold() -> None:
    assert verdict(NEW, make_event("u", start=None, precision="unknown")).verdict == "cannot tell"


def test_another_record_of_the_same_event_is_no_precedent() -> None:
    keyed = make_event("new", start="2022-03-01", event_key="k")
    found = verdict(keyed, make_event("again", start="2022-01-01", end="2022-12-31", event_key="k"))
    assert found.verdict == "no earlier one in this record"


def test_a_meeting_of_both_is_of_the_same_kind_in_either_direction() -> None:
    both = make_event("new", start="2022-03-01", senders=("JPN", "USA"), reciprocal=True)
    assert verdict(both, make_event("old", start="2014-01-01", senders=("USA",), receivers=("JPN",))).rows


def test_an_act_of_a_predecessor_state_is_a_precedent() -> None:
    new = make_event("new", start="2022-03-01", senders=("RUS",))
    old = make_event("old", start="1980-03-01", senders=("SUN",))
    assert verdict(new, old).verdict == "an earlier one"


def test_an_unknown_id_is_named() -> None:
    with pytest.raises(NothingFoundError, match="nowhere"):
        verdict(NEW, of="nowhere")


def test_a_ministers_visit_is_no_precedent_of_a_premiers() -> None:
    new = make_event("new", start="2022-03-01", sender_agents=("JPN.ABE",))
    found = verdict(new, make_event("old", start="2014-03-01", sender_agents=("JPN.KONO",)))
    assert found.verdict == "no earlier one in this record"


def test_an_earlier_event_that_names_nobody_leaves_it_untold() -> None:
    new = make_event("new", start="2022-03-01", sender_agents=("JPN.ABE",))
    found = verdict(new, make_event("old", start="2014-03-01"))
    assert found.verdict == "cannot tell"
    assert [row["id"] for row in found.rows] == ["old"]
