"""Events as one source: frames of several libraries, lines, finding by id, editions."""

from datetime import date, datetime
from typing import Any

import polars
import pytest

from comity.events import Events
from comity.provenance import BadValueError, UsageError

from .worlds import SmallRegistry, make_event, passage

COLUMNS = {"sender": ["JPN", "RUS"], "receiver": ["RUS", "JPN"], "weight": [1.9, -2.0]}
DAYS = ["2018-12-01", "2018-12-02"]


def test_a_case_without_rows_answers_from_coded_events() -> None:
    events = Events.of([make_event()])
    assert not events.has_data
    assert events.data_span is None
    assert list(events.acts().basis) == ["coded"]
    assert len(events.acts(basis="data")) == 0


@pytest.mark.parametrize(
    "days", [DAYS, [date(2018, 12, 1), date(2018, 12, 2)], [datetime(2018, 12, 1, 9)] * 2]
)
def test_days_may_be_texts_dates_or_times(days: list[object]) -> None:
    events = Events.from_frame(polars.DataFrame({**COLUMNS, "date": days}))
    assert events.has_data
    assert events.data_span[0] == date(2018, 12, 1)
    assert list(events.acts().basis) == ["data", "data"]


def test_pandas_and_polars_give_the_same() -> None:
    pandas = pytest.importorskip("pandas")
    table = {**COLUMNS, "date": DAYS, "kind": ["talk", None], "id": ["x", "y"]}
    from_pandas = Events.from_frame(pandas.DataFrame(table))
    from_polars = Events.from_frame(polars.DataFrame(table))
    for name in ("sender", "receiver", "day", "weight", "kind", "id"):
        assert list(getattr(from_pandas.acts(), name)) == list(getattr(from_polars.acts(), name))
    assert from_pandas.editions == from_polars.editions


def test_a_frame_may_hold_intervals() -> None:
    table = {**COLUMNS, "date_start": DAYS, "date_end": ["2018-12-31", None]}
    assert list(Events.from_frame(polars.DataFrame(table)).acts().days) == [31, 1]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"weight": [float("nan"), 1.0]}, "weight nan.*row 1"),
        ({"weight": [1.0, 1e9]}, "weight 1000000000.0.*row 2"),
        ({"weight": ["much", "1"]}, "weight 'much'"),
        ({"date": ["2018-02-31", "2018-12-02"]}, "2018-02-31.*row 1"),
        ({"date": [None, "2018-12-02"]}, "without a day.*row 1"),
        ({"sender": [None, "RUS"]}, "without sender or receiver.*row 1"),
        ({"sign": [2, 1]}, "sign 2"),
        ({"kind": ["words", "talk"]}, "unknown kind 'words'"),
        ({"event_type": ["FIGHT", "AID"]}, "FIGHT.*row 1"),
    ],
)
def test_a_faulty_value_in_a_frame_is_named_with_its_row(change: dict[str, Any], message: str) -> None:
    with pytest.raises(BadValueError, match=message):
        Events.from_frame(polars.DataFrame({**COLUMNS, "date": DAYS, **change}, strict=False))


def test_a_frame_without_a_needed_column_is_refused() -> None:
    with pytest.raises(BadValueError, match="no column weight, date"):
        Events.from_frame(polars.DataFrame({"sender": ["JPN"], "receiver": ["RUS"]}))


def test_an_empty_frame_has_no_acts() -> None:
    events = Events.from_frame(polars.DataFrame({**COLUMNS, "date": DAYS}).clear())
    assert not events.has_data
    assert len(events.acts(basis="data")) == 0


def test_a_line_per_ordered_pair_and_one_without_receiver() -> None:
    events = Events.of(
        [
            make_event("two", senders=("JPN", "USA"), reciprocal=True, passage=passage("004", 5, 9)),
            make_event("none", receivers=()),
        ]
    )
    lines = list(events.lines())
    assert [(line["id"], line["sender"], line["receiver"]) for line in lines] == [
        ("two", "JPN", "USA"),
        ("two", "USA", "JPN"),
        ("none", "JPN", None),
    ]
    assert (lines[0]["document"], lines[0]["char_start"], lines[0]["char_end"]) == ("004", 5, 9)
    assert lines[0]["date_start"] == "2020-05-01"


def test_lines_of_one_actor_or_between_two() -> None:
    events = Events.of(
        [make_event("a"), make_event("b", receivers=("UKR",)), make_event("c", senders=("SUN",))],
        registry=SmallRegistry(),
    )
    assert [line["id"] for line in events.lines(["UKR"])] == ["b"]
    assert [line["id"] for line in events.lines(["JPN", "USA"])] == ["a"]
    assert [line["id"] for line in events.lines(["RUS"])] == ["c"]


def test_find_gives_the_lines_in_the_order_asked() -> None:
    frame = polars.DataFrame({**COLUMNS, "date": DAYS, "id": ["x", "y"]})
    assert [line["sender"] for line in Events.from_frame(frame).find(["y", "nowhere", "x"])] == ["RUS", "JPN"]
    coded = Events.of([make_event("a"), make_event("b", receivers=("UKR", "RUS"))])
    assert [line["receiver"] for line in coded.find(["b"])] == ["UKR", "RUS"]


def test_editions_change_with_the_events() -> None:
    one, other = Events.of([make_event()]).editions, Events.of([make_event(weight=2.0)]).editions
    assert one["ontology"] == other["ontology"]
    assert one["coded events"] != other["coded events"]


@pytest.mark.parametrize("asked", [{"basis": "both"}, {"count": "stories"}])
def test_a_wrong_question_is_a_usage_error(asked: dict[str, str]) -> None:
    frame = polars.DataFrame({**COLUMNS, "date": DAYS})
    with pytest.raises(UsageError, match="One of"):
        Events.from_frame(frame).acts(**asked)
    with pytest.raises(UsageError, match="One of"):
        Events.of([make_event()]).acts(**asked)
