"""Reading and writing events.csv: what is wrong is named with file and line."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.events import EVENT_COLUMNS, event_of, read_events_csv, write_events_csv
from comity.provenance import BadValueError, ComityError, TableRow

from .worlds import HASH, make_event, passage

GOOD = {
    "id": "e1", "date_start": "2022-03-01", "date_end": "2022-03-31", "precision": "month", "basis": "stated",
    "sender": "JPN", "receiver": "RUS", "sender_agents": "JPN.KISHIDA", "receiver_agents": "",
    "reciprocal": "false", "event_type": "SANCTION", "mode": "discontinue", "contexts": "economic;military",
    "event_kind": "deeds", "sign": "-1", "about": "UKR", "aux": "", "summary": "Japan freezes assets, more",
    "event_key": "k", "confidence": "high", "document": "000", "paragraph": "16", "char_start": "100",
    "char_end": "180", "passage_sha256": HASH,
}  # fmt: skip


def row(**changes: str) -> TableRow:
    return TableRow("events.csv", 7, {**GOOD, **changes})


def test_a_row_becomes_an_event_with_the_weight_of_its_type_and_the_sign_of_the_coding() -> None:
    event = event_of(row())
    # CAMEO 162 5.6, 1621 5.6, 1622 5.6, 1623 5.6, 163 8.0: mean 6.08
    assert event.weight == -6.08
    assert event.dating.days == 31
    assert event.contexts == ("economic", "military")
    assert event.passage is not None
    assert event.passage.char_end == 180


def test_an_act_that_moved_no_tie_has_no_weight() -> None:
    assert event_of(row(sign="0")).weight == 0


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"date_start": "2022-02-31"}, "2022-02-31.*line 7, column date_start"),
        ({"date_end": "2022-02-01"}, "ends.*before"),
        ({"precision": "week"}, "precision 'week'"),
        ({"event_type": "FIGHT"}, "unknown event type 'FIGHT'"),
        ({"mode": "wave"}, "unknown mode 'wave' of SANCTION"),
        ({"event_kind": "words"}, "event_kind 'words'"),
        ({"sign": "plus"}, "'plus' is not a whole number.*column sign"),
        ({"sign": "2"}, "sign 2"),
        ({"aux": "maybe"}, "aux 'maybe'"),
        ({"confidence": "sure"}, "confidence 'sure'"),
        ({"reciprocal": "perhaps"}, "neither true nor false"),
        ({"reciprocal": "true"}, "reciprocal"),
        ({"sender": ""}, "no sender"),
        ({"sender": " ; "}, "no sender"),
        ({"sender": "JPN;JPN"}, "named twice"),
        ({"id": ""}, "no id"),
        ({"contexts": "Econ!"}, "context 'Econ!'"),
        ({"char_start": "x"}, "whole number"),
        ({"char_end": "50"}, "cannot run"),
        ({"passage_sha256": "abc"}, "not a SHA-256"),
        ({"document": ""}, "passage without a document"),
    ],
)
def test_a_faulty_value_is_named_with_file_and_line(changes: dict[str, str], message: str) -> None:
    with pytest.raises(BadValueError, match=message) as caught:
        event_of(row(**changes))
    assert "events.csv, line 7" in str(caught.value)


def test_what_is_written_is_read_back_equal(tmp_path: Path) -> None:
    events = [
        make_event(
            "a", passage=passage(), summary='He said, "so"; =HYPERLINK("x")', contexts=("cbrn",), weight=3.03
        ),
        make_event("b", senders=("JPN", "UKR"), reciprocal=True, end="", precision="era", weight=3.03),
        make_event("c", start=None, aux="negation", about=("CHN", "PRK"), weight=0.0),
    ]
    write_events_csv(tmp_path / "events.csv", events)
    assert read_events_csv(tmp_path / "events.csv") == events


def test_an_id_twice_names_both_lines(tmp_path: Path) -> None:
    write_events_csv(tmp_path / "events.csv", [make_event("a"), make_event("b"), make_event("a")])
    with pytest.raises(BadValueError, match=r"'a' stands twice.*line 4.*line 2"):
        read_events_csv(tmp_path / "events.csv")


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(EVENT_COLUMNS), st.text(max_size=12))
def test_any_text_in_any_column_is_read_or_refused_with_its_place(column: str, text: str) -> None:
    message = ""
    try:
        event_of(row(**{column: text}))
    except ComityError as error:
        message = str(error)
    assert not message or "line 7" in message


def test_the_columns_are_the_documented_ones() -> None:
    assert ",".join(EVENT_COLUMNS) == (
        "id,date_start,date_end,precision,basis,sender,receiver,sender_agents,receiver_agents,reciprocal,"
        "event_type,mode,contexts,event_kind,sign,about,aux,summary,event_key,confidence,document,paragraph,"
        "char_start,char_end,passage_sha256"
    )


def test_a_file_with_another_header_is_refused(tmp_path: Path) -> None:
    with (tmp_path / "events.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerow(["id", "date"])
    with pytest.raises(ComityError, match="wrong header"):
        read_events_csv(tmp_path / "events.csv")
