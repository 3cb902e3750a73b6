"""comity's own table as event data: pairs, names, intervals, and what cannot be used."""

import csv
import io

import pytest

from comity.events import EVENT_COLUMNS, load_ontology
from comity.events.readers import Aside, Comity, Desk, Refused, Several, outcomes_of
from comity.provenance import UnreadableFileError

from ..worlds import SmallRegistry

ROW = {
    "id": "a1", "date_start": "2020-05-01", "date_end": "2020-05-03", "sender": "JPN", "receiver": "Russia",
    "event_type": "CONSULT", "event_kind": "talk", "sign": "1", "summary": "Talks,\nlong ones",
}  # fmt: skip


def text_of(*rows: dict[str, str]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, EVENT_COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({**ROW, **row} for row in rows)
    return file.getvalue()


def outcomes(text: str):
    reader, desk = Comity(), Desk(SmallRegistry(), load_ontology())
    lines = enumerate(text.rstrip("\n").split("\n"), 1)
    return list(outcomes_of(reader, iter(lines), desk, reader.series("mine.csv"), name="mine.csv"))


def test_a_row_becomes_its_ordered_pairs() -> None:
    (row,) = outcomes(text_of({}))
    assert isinstance(row, Several)
    (pair,) = row.pairs
    assert (pair.sender, pair.receiver, pair.days, pair.weight) == ("JPN", "RUS", 3, 3.03)
    assert pair.summary == "Talks,\nlong ones"


def test_a_row_of_three_gives_six_pairs_that_share_the_act() -> None:
    (row,) = outcomes(text_of({"sender": "JPN;UKR;USA", "receiver": "", "reciprocal": "true"}))
    assert len(row.pairs) == 6
    assert {pair.share for pair in row.pairs} == {0.5}
    assert {pair.joint for pair in row.pairs} == {1}
    assert len({pair.id for pair in row.pairs}) == 6


def test_the_line_is_that_on_which_a_row_starts() -> None:
    assert [row.line for row in outcomes(text_of({}, {"id": "a2"}))] == [2, 4]


@pytest.mark.parametrize(
    ("changes", "outcome"),
    [
        ({"aux": "future"}, Aside(2, "denied, supposed or still to come")),
        ({"receiver": ""}, Aside(2, "no receiver")),
        ({"date_end": ""}, Aside(2, "not dated to a year or better")),
        ({"date_end": "2022-05-01"}, Aside(2, "not dated to a year or better")),
        ({"sender": "SUN", "receiver": "RUS"}, Aside(2, "domestic")),
    ],
)
def test_sound_rows_that_enter_no_tie_are_set_aside(changes: dict[str, str], outcome: Aside) -> None:
    assert outcomes(text_of(changes)) == [outcome]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"date_start": "2020-02-31"}, "a value that its column does not allow"),
        ({"sign": "5"}, "a value that its column does not allow"),
        ({"receiver": "Atlantis"}, "unknown actor"),
    ],
)
def test_faulty_rows_are_refused(changes: dict[str, str], reason: str) -> None:
    (row,) = outcomes(text_of(changes))
    assert isinstance(row, Refused)
    assert (row.line, row.reason) == (2, reason)


def test_a_row_with_a_field_too_many_is_refused() -> None:
    (row,) = outcomes(text_of().rstrip("\n") + "\n" + "x," * len(EVENT_COLUMNS))
    assert row.reason == "wrong number of fields"


def test_a_quote_that_never_ends_is_a_clear_error() -> None:
    with pytest.raises(UnreadableFileError, match="not a CSV table"):
        outcomes(text_of() + 'a1,"2020-05-01')
