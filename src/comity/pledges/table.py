"""Reading pledges.csv: one row is what one document says of one pledge."""

import re
from pathlib import Path
from typing import Final

from comity.pledges.record import Statement
from comity.provenance import BadValueError, Dating, TableRow, parse_day, read_records

PLEDGE_COLUMNS: Final = (
    "id",
    "pledge_key",
    "kind",
    "by",
    "to",
    "via",
    "about",
    "object",
    "quantity",
    "bound",
    "unit",
    "currency",
    "definition",
    *(f"{date}_{part}" for date in ("made", "deadline", "period", "as_of")
      for part in ("start", "end", "precision", "basis")),
    "said_start",
    "said_end",
    "items",
    "stage",
    "modality",
    "programme",
    "version",
    "role",
    "area",
    "relations",
    "note",
    "document",
    "paragraph",
    "char_start",
    "char_end",
    "passage_sha256",
)  # fmt: skip

_NUMBER: Final = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")


def statement_of(row: TableRow) -> Statement:
    """Read one row of pledges.csv.

    A date with neither start nor end is no date. An empty `bound` means an exact figure, an empty
    `modality` an asserted one, an empty `pledge_key` a pledge of which only this row speaks.

    Raises
    ------
    BadValueError : a value that its column does not allow; it names file and line
    """
    try:
        return Statement(
            id=row.required("id"),
            pledge_key=row["pledge_key"] or row["id"],
            kind=row["kind"],
            by=row.list("by"),
            to=row.list("to"),
            via=row.list("via"),
            about=row.list("about"),
            object=row["object"],
            quantity=_quantity(row),
            bound=row["bound"] or "exact",
            unit=row["unit"],
            currency=row["currency"],
            definition=row["definition"],
            made=_dating(row, "made"),
            deadline=_dating(row, "deadline"),
            period=_dating(row, "period"),
            as_of=_dating(row, "as_of"),
            said=_said(row),
            items=row.list("items"),
            stage=row["stage"],
            modality=row["modality"] or "asserted",
            programme=row["programme"],
            version=row["version"],
            role=row["role"],
            area=row["area"],
            relations=row.list("relations"),
            note=row["note"],
            source=row.required("document"),
            passage=row.passage(),
        )
    except BadValueError as error:
        raise error.placed(row.where) from None


def read_pledges_csv(path: Path) -> list[Statement]:
    """Read a whole pledges.csv, in the order of the file.

    Raises
    ------
    UnreadableFileError : not a table with exactly `PLEDGE_COLUMNS`
    BadValueError : a value that its column does not allow, or an id used twice
    """
    return read_records(path, PLEDGE_COLUMNS, statement_of)


def _quantity(row: TableRow) -> float | None:
    text = row["quantity"].strip()
    if not text:
        return None
    if not _NUMBER.fullmatch(text):
        raise BadValueError(
            f"{text!r} is not a plain number",
            where=f"{row.where}, column quantity",
            allowed="Digits with a decimal point, no separators: 7100000000 or 2.5.",
        )
    return float(text)


def _dating(row: TableRow, name: str) -> Dating | None:
    return row.dating(*(f"{name}_{part}" for part in ("start", "end", "precision", "basis")))


def _said(row: TableRow) -> Dating:
    where = f"{row.where}, column said_start or said_end"
    start, end = parse_day(row["said_start"], where=where), parse_day(row["said_end"], where=where)
    if start is None and end is None:
        return Dating(None, None, "unknown", "none")
    return Dating(start, end, "day" if start == end else "era", "doc_date")
