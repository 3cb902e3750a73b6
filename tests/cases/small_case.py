"""A small valid case of our own making, and ways to break it."""

import csv
from collections.abc import Callable
from pathlib import Path

from comity.cases import new_case
from comity.provenance import text_hash

TEXT = "Alpha met Beta.\nThey signed a pact.\n"  # 36 characters, 2 paragraphs
MET, SIGNED = TEXT[0:14], TEXT[16:34]  # "Alpha met Beta", "They signed a pact"

SETTINGS = """format = 1
id = "small"
title = "A small case"
focal = [["JPN", "NATO"]]

[[eras]]
id = "early"
start = 2000-01-01
end = 2009-12-31

[[eras]]
id = "late"
start = 2010-01-01

[theatres]
asia = ["JPN"]

[house_names]
TWN = "Taiwan"
"""
SOURCES = f"""[[document]]
id = "d1"
title = "Alpha and Beta"
authors = ["A. Writer"]
written_from = 2020-01-01
written_to = 2020-12-31
sha256 = "{text_hash(TEXT)}"
chars = 36
paragraphs = 2

[[dataset]]
id = "own"
title = "Counts of our own"
"""
PLACE = {"document": "d1", "paragraph": 1, "char_start": 0, "char_end": 14, "passage_sha256": text_hash(MET)}
DAY = {"date_start": "2005-05-05", "date_end": "2005-05-05", "precision": "day", "basis": "stated"}
ROWS: dict[str, dict[str, object]] = {
    "actors.csv": {"id": "X.ALPHA", "name": "Alpha", "kind": "person", "checked": "unchecked"},
    "events.csv": {
        "id": "E1", **DAY, "sender": "JPN", "receiver": "NATO", "event_type": "CONSULT", "mode": "visit",
        "contexts": "diplomatic", "event_kind": "talk", "sign": "1", "summary": "They met.",
        "confidence": "high", **PLACE,
    },
    "pledges.csv": {
        "id": "P1", "kind": "commitment", "by": "JPN", "to": "NATO", "object": "aid", "quantity": "5",
        "unit": "money", "currency": "USD", "stage": "announced", "said_start": "2020-01-01",
        "said_end": "2020-12-31", **PLACE,
    },
    "claims.csv": {
        "id": "C1", "kind": "causal", "holder": "X.ALPHA", "tie_a": "JPN", "tie_b": "NATO", "direction": "+",
        "era": "early", "paraphrase": "It helped.", **PLACE,
    },
    "quotes.csv": {
        "id": "Q1", "mode": "direct", **DAY, "speaker": "X.ALPHA", "paraphrase": "Let us meet.", **PLACE,
        "said_start": 0, "said_end": 9, "said_sha256": text_hash(TEXT[:9]),
    },
    "series.csv": {
        "a": "JPN", "b": "RUS", "month": "2005-01", "total": "-1.5", "size": "4.5", "days": "3",
        "friendly_days": "1", "hostile_days": "2", "missing_days": "0", "source": "own",
    },
}  # fmt: skip


def small_case(tmp_path: Path) -> Path:
    """Make a case with one row in each table; every rule holds."""
    folder = new_case(tmp_path / "small")
    (folder / "case.toml").write_text(SETTINGS, "utf-8")
    (folder / "sources.toml").write_text(SOURCES, "utf-8")
    for name, row in ROWS.items():
        add_row(folder, name, **row)
    return folder


def add_row(folder: Path, name: str, /, **fields: object) -> None:
    """Add a row to a table; what is not given is empty."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    assert set(fields) <= set(columns)
    with (folder / name).open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, columns, lineterminator="\n", quoting=csv.QUOTE_ALL).writerow(fields)


def changed(name: str, /, **fields: object) -> Callable[[Path], None]:
    """Change fields of the table's only row."""

    def change(folder: Path) -> None:
        path = folder / name
        header = path.read_text("utf-8").splitlines()[0]
        path.write_text(header + "\n", "utf-8")
        add_row(folder, name, **{**ROWS[name], **fields})

    return change


def another(name: str, /, **fields: object) -> Callable[[Path], None]:
    """Add a second row, like the first but for these fields."""
    return lambda folder: add_row(folder, name, **{**ROWS[name], **fields})


def rewritten(name: str, old: str, new: str) -> Callable[[Path], None]:
    """Replace text in a file."""

    def change(folder: Path) -> None:
        text = (folder / name).read_text("utf-8")
        assert old in text
        (folder / name).write_text(text.replace(old, new), "utf-8")

    return change


def appended(name: str, text: str) -> Callable[[Path], None]:
    """Add text to the end of a file."""

    def change(folder: Path) -> None:
        with (folder / name).open("a", encoding="utf-8") as file:
            file.write(text)

    return change


def both(*changes: Callable[[Path], None]) -> Callable[[Path], None]:
    """Make several changes."""

    def change(folder: Path) -> None:
        for one in changes:
            one(folder)

    return change


def written(name: str, content: bytes) -> Callable[[Path], None]:
    """Replace a whole file."""

    def change(folder: Path) -> None:
        (folder / name).write_bytes(content)

    return change
