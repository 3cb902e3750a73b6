"""The ICEWS reader: every row is kept, set aside or refused, with the reason."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.events import load_ontology
from comity.events.readers import Aside, Desk, Icews, Kept, Refused
from comity.events.readers.icews import COLUMNS

from ..worlds import SmallRegistry, icews_row

HEADER = "\t".join(COLUMNS)


def outcomes(*rows: str):
    reader, desk = Icews(), Desk(SmallRegistry(), load_ontology())
    return list(reader.outcomes(iter(enumerate((HEADER, *rows), 1)), desk, reader.series("x.tab")))


def test_a_row_between_two_states_is_kept_with_what_the_ontology_says() -> None:
    (row,) = outcomes(icews_row(33850105))
    assert isinstance(row, Kept)
    assert (row.line, row.sender, row.receiver, row.side) == (2, "JPN", "RUS", "state")
    assert (row.event_type, row.mode, row.sign, row.kind, row.joint) == ("CONSULT", "visit", 1, "talk", 1)
    assert row.weight == 1.9
    assert row.day == 17866  # 2018-12-01: 48 years of 365 days, 12 leap days, 334 days since 1 January
    assert row.share == 1.0


def test_the_id_is_a_hash_of_the_publishers_event_id() -> None:
    (row,) = outcomes(icews_row(33850105))
    digest = hashlib.md5(b"icews|coded-events|33850105").digest()
    assert row.id == int.from_bytes(digest[8:], "little")


def test_a_mended_sign_is_used() -> None:
    (row,) = outcomes(icews_row(code="1032", intensity="-5"))
    assert row.weight == 5.0


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"day": "2018-02-31"}, "not a day of the calendar"),
        ({"day": "1/1/2017"}, "not a day of the calendar"),
        ({"day": "2018-W01-1"}, "not a day of the calendar"),
        ({"day": "0018-01-01"}, "not a day of the calendar"),
        ({"code": "999"}, "unknown CAMEO code"),
        ({"code": "42"}, "unknown CAMEO code"),
        ({"intensity": "NaN"}, "intensity is not a number"),
        ({"intensity": ""}, "intensity is not a number"),
        ({"intensity": "1_0"}, "intensity is not a number"),
        ({"intensity": "1e9"}, "intensity outside -10 to 10"),
        ({"intensity": "1000000000"}, "intensity outside -10 to 10"),
        ({"intensity": "-10.1"}, "intensity outside -10 to 10"),
        ({"intensity": "2.8"}, "intensity is not that of the code"),
        ({"id": ""}, "no event id"),
        ({"id": "E-1"}, "no event id"),
        ({"source": "Atlantis"}, "unknown actor"),
        ({"target": ""}, "unknown actor"),
    ],
)
def test_a_faulty_row_is_refused_with_its_line_and_reason(changes: dict[str, str], reason: str) -> None:
    (row,) = outcomes(icews_row(**changes))
    assert isinstance(row, Refused)
    assert (row.line, row.reason) == (2, reason)


def test_unknown_names_are_listed_both() -> None:
    (row,) = outcomes(icews_row(source="Atlantis", target="Mu"))
    assert row.unknown == ("Atlantis", "Mu")


@pytest.mark.parametrize("line", ["", "a\tb", icews_row() + "\textra"])
def test_a_row_with_another_number_of_fields_is_refused(line: str) -> None:
    (row,) = outcomes(line)
    assert (row.reason, row.line) == ("wrong number of fields", 2)


def test_domestic_rows_and_rows_with_oneself_are_set_aside() -> None:
    assert outcomes(icews_row(source="Police (Japan)", target="Citizen (Japan)")) == [Aside(2, "domestic")]
    assert outcomes(icews_row(source="Japan", target="Japan")) == [Aside(2, "with itself")]
    assert outcomes(icews_row(source="Russia", target="Soviet Union")) == [Aside(2, "domestic")]


def test_a_row_of_citizens_is_kept_on_the_non_state_side() -> None:
    (row,) = outcomes(icews_row(source="Citizen (Japan)"))
    assert (row.side, row.sender) == ("nonstate", "JPN")


def test_a_refused_row_does_not_touch_the_next() -> None:
    rows = outcomes(icews_row(1), "broken", icews_row(2))
    assert [type(row).__name__ for row in rows] == ["Kept", "Refused", "Kept"]


def test_only_its_own_header_is_recognised() -> None:
    assert Icews().recognises(HEADER)
    assert not Icews().recognises(HEADER.replace("Event ID", "Event_ID"))
    assert not Icews().recognises("")


cells = st.text(alphabet=st.characters(exclude_characters="\n"), max_size=8)


@given(st.integers(0, len(COLUMNS) - 1), cells)
def test_any_text_in_any_column_gives_one_outcome(column: int, text: str) -> None:
    fields = icews_row().split("\t")
    fields[column] = text
    assert len(outcomes("\t".join(fields))) == 1


@given(st.lists(st.text(alphabet="\t0123456789-ab", max_size=40), max_size=5))
def test_any_lines_give_one_outcome_each(lines: list[str]) -> None:
    found = outcomes(*lines)
    assert [row.line for row in found] == list(range(2, len(lines) + 2))
