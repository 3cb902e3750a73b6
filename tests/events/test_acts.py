"""The rule from rows to acts, on the example of docs/background/rows-and-acts.md and on any rows."""

import numpy as np
import polars
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.events import Acts, Events
from comity.provenance import BadValueError

from .worlds import SmallRegistry

Row = tuple[str, str, str, str, float]


def events_of(rows: list[Row]) -> Events:
    columns = ("sender", "receiver", "date", "event_type", "weight")
    table = {name: [row[i] for row in rows] for i, name in enumerate(columns)}
    return Events.from_frame(polars.DataFrame(table), registry=SmallRegistry())


def test_the_example_of_the_background_page() -> None:
    events = events_of(
        [
            ("JPN", "RUS", "2018-12-01", "CONSULT", 1.9),  # Japan visits
            ("RUS", "JPN", "2018-12-01", "CONSULT", 2.8),  # Russia receives
            ("JPN", "RUS", "2018-12-01", "CONSULT", 1.9),  # a second story on the visit
            ("JPN", "RUS", "2018-12-01", "ACCUSE", -2.0),
            ("RUS", "JPN", "2018-12-01", "ACCUSE", -2.0),
        ]
    )
    acts = events.acts()
    # the visit: one act, both directions, (1.9 + 2.8 + 1.9) / 3 = 2.2; each accusation an act of its own
    found = list(
        zip(acts.sender, acts.receiver, acts.event_type, acts.weight.round(9), acts.rows, strict=True)
    )
    assert sorted(found) == [
        ("JPN", "RUS", "ACCUSE", -2.0, 1),
        ("JPN", "RUS", "CONSULT", 2.2, 2),
        ("RUS", "JPN", "ACCUSE", -2.0, 1),
        ("RUS", "JPN", "CONSULT", 2.2, 1),
    ]
    assert len(set(acts.key)) == 3
    assert set(acts.share) == {1.0}
    assert len(events.acts(count="rows")) == 5


def test_a_joint_act_told_from_one_side_stays_one_sided() -> None:
    acts = events_of([("JPN", "RUS", "2018-12-01", "CONSULT", 1.9)]).acts()
    assert list(zip(acts.sender, acts.receiver, strict=True)) == [("JPN", "RUS")]


def test_the_same_on_another_day_is_another_act() -> None:
    acts = events_of(
        [("JPN", "RUS", "2018-12-01", "CONSULT", 1.9), ("RUS", "JPN", "2018-12-02", "CONSULT", 2.8)]
    ).acts()
    assert len(set(acts.key)) == 2
    assert list(acts.weight) == [1.9, 2.8]


def test_both_signs_of_a_type_are_two_acts() -> None:
    acts = events_of(
        [("JPN", "RUS", "2018-12-01", "REQUEST", 4.0), ("JPN", "RUS", "2018-12-01", "REQUEST", -5.0)]
    ).acts()
    assert sorted(acts.weight) == [-5.0, 4.0]


def test_what_is_asked_for_does_not_change_an_act() -> None:
    events = events_of(
        [("JPN", "RUS", "2018-12-01", "CONSULT", 1.0), ("RUS", "JPN", "2018-12-01", "CONSULT", 2.0)]
    )
    one_way = events.acts(senders=["JPN"], receivers=["RUS"])
    assert list(one_way.weight) == [1.5]
    assert list(one_way.key) == list(events.acts().key[:1])


def test_an_act_of_a_predecessor_is_its_successors() -> None:
    acts = events_of(
        [("JPN", "SUN", "2018-12-01", "CONSULT", 1.9), ("JPN", "RUS", "2018-12-01", "CONSULT", 1.9)]
    ).acts(receivers=["SUN"])
    assert list(acts.receiver) == ["RUS"]
    assert list(acts.rows) == [2]


def test_a_row_with_itself_enters_no_act() -> None:
    events = events_of([("RUS", "SUN", "2018-12-01", "CONSULT", 1.9)])
    assert len(events.acts()) == 0
    assert len(events.acts(count="rows")) == 0


def test_columns_must_be_of_one_length() -> None:
    empty = Acts.of([])
    columns = {name: getattr(empty, name) for name in empty.__slots__}
    with pytest.raises(BadValueError, match="one length"):
        Acts(**{**columns, "day": np.array([1])})


def test_select_keeps_the_entries_of_a_mask() -> None:
    acts = events_of(
        [("JPN", "RUS", "2018-12-01", "AID", 7.0), ("JPN", "UKR", "2018-12-01", "AID", 7.0)]
    ).acts()
    assert list(acts.select(acts.receiver == "UKR").receiver) == ["UKR"]


rows = st.lists(
    st.tuples(
        st.sampled_from(["JPN", "RUS", "UKR"]),
        st.sampled_from(["JPN", "RUS", "UKR"]),
        st.sampled_from(["2018-12-01", "2018-12-02"]),
        st.sampled_from(["CONSULT", "ACCUSE", "AID", "REQUEST"]),
        st.sampled_from([-5.0, -0.3, 0.0, 1.9, 3.4]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(rows)
def test_every_row_of_two_actors_is_in_one_act_and_order_does_not_matter(rows: list[Row]) -> None:
    acts, turned = events_of(rows).acts(), events_of(rows[::-1]).acts()
    assert acts.rows.sum() == sum(sender != receiver for sender, receiver, *_ in rows)
    groups = {
        (sender, receiver, day, event_type, (weight > 0) - (weight < 0))
        for sender, receiver, day, event_type, weight in rows
        if sender != receiver
    }
    assert len(acts) == len(groups)

    def seen(acts: Acts) -> list[tuple[object, ...]]:
        return sorted(zip(acts.sender, acts.receiver, acts.day, acts.event_type, acts.weight, strict=True))

    assert seen(acts) == seen(turned)


@settings(max_examples=15, deadline=None)
@given(rows)
def test_both_directions_of_a_reciprocal_act_carry_the_same(rows: list[Row]) -> None:
    acts = events_of(rows).acts()
    for key in set(acts.key):
        one = acts.select(acts.key == key)
        assert len(one) in (1, 2)
        assert len(set(one.weight)) == 1
        if len(one) == 2:
            assert (one.sender[0], one.receiver[0]) == (one.receiver[1], one.sender[1])
