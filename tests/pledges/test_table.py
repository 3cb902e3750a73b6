"""pledges.csv is read line by line, and a wrong line is named."""

import csv
from datetime import date
from pathlib import Path

import pytest

from comity.pledges import PLEDGE_COLUMNS, read_pledges_csv
from comity.provenance import BadValueError, UnreadableFileError, text_hash

PROMISE = {
    "id": "P1",
    "pledge_key": "aid",
    "kind": "commitment",
    "by": "JPN",
    "to": "UKR;MDA",
    "via": "NATO",
    "object": "aid",
    "quantity": "7.1e9",
    "bound": "at_least",
    "unit": "money",
    "currency": "USD",
    "as_of_start": "2023-03-01",
    "as_of_end": "2023-03-31",
    "as_of_precision": "month",
    "as_of_basis": "stated",
    "said_start": "2023-04-01",
    "said_end": "2023-07-31",
    "stage": "committed",
    "document": "D",
    "paragraph": "3",
    "char_start": "10",
    "char_end": "13",
    "passage_sha256": text_hash("aid"),
}


def write(folder: Path, *rows: dict[str, str]) -> Path:
    path = folder / "pledges.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, PLEDGE_COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_row_becomes_a_statement_with_its_lists_dates_and_passage(tmp_path: Path) -> None:
    (statement,) = read_pledges_csv(write(tmp_path, PROMISE))
    assert (statement.to, statement.via, statement.about) == (("UKR", "MDA"), ("NATO",), ())
    assert (statement.quantity, statement.bound) == (7_100_000_000.0, "at_least")
    assert statement.as_of is not None
    assert (statement.as_of.start, statement.as_of.end) == (date(2023, 3, 1), date(2023, 3, 31))
    assert statement.deadline is None
    assert statement.said.end == date(2023, 7, 31)
    assert statement.passage is not None
    assert statement.passage.words("0123456789aid") == "aid"


def test_a_row_without_key_is_a_pledge_of_its_own(tmp_path: Path) -> None:
    (statement,) = read_pledges_csv(write(tmp_path, PROMISE | {"pledge_key": ""}))
    assert statement.pledge_key == "P1"


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("kind", "threat", "kind 'threat'"),
        ("stage", "done", "stage 'done'"),
        ("bound", "more", "bound 'more'"),
        ("modality", "sure", "modality 'sure'"),
        ("quantity", "7,100", "'7,100' is not a plain number"),
        ("quantity", "nan", "'nan' is not a plain number"),
        ("quantity", "1e999", "quantity inf"),
        ("currency", "", "currency ''"),
        ("as_of_start", "2023-02-31", "'2023-02-31' is not a day"),
        ("as_of_start", "2023-04-01", "ends (2023-03-31) before it starts"),
        ("as_of_precision", "", "unknown precision ''"),
        ("id", "", "no id"),
        ("document", "", "no document"),
        ("char_start", "x", "'x' is not a whole number"),
        ("char_end", "", "'' is not a whole number"),
        ("passage_sha256", "abc", "'abc' is not a SHA-256"),
    ],
)
def test_a_wrong_value_is_named_with_its_line(tmp_path: Path, column: str, value: str, said: str) -> None:
    path = write(tmp_path, PROMISE | {"id": "P0"}, PROMISE | {column: value})
    with pytest.raises(BadValueError) as error:
        read_pledges_csv(path)
    assert said in str(error.value)
    assert "pledges.csv, line 3" in str(error.value)


def test_an_id_used_twice_names_both_lines(tmp_path: Path) -> None:
    with pytest.raises(BadValueError, match=r"'P1' is used twice \(pledges.csv, line 3\).*line 2"):
        read_pledges_csv(write(tmp_path, PROMISE, PROMISE))


def test_another_header_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pledges.csv"
    path.write_text("id,kind\nP1,commitment\n", encoding="utf-8")
    with pytest.raises(UnreadableFileError, match="wrong header"):
        read_pledges_csv(path)
