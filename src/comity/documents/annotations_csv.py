"""Annotations in a CSV table: one passage a line, by its words or its characters, and the coding."""

import csv
import io
from typing import Final

from comity.documents.annotation import MOST, Annotation, Annotations, Target
from comity.documents.intake import FIELDS
from comity.provenance import BadValueError, UnreadableFileError

PLACES: Final = ("document", "id", "quotation", "char_start", "char_end", "said")
# Columns of `comity read --csv` that say nothing new here: the gate finds it out anew.
PASSED_OVER: Final = ("paragraph", "verification", "coder", "passage_sha256")
KNOWN: Final = (*PLACES, *FIELDS, *PASSED_OVER)


def read_csv_annotations(text: str, name: str) -> Annotations:
    """Read a table: a header with any of the known columns, ``kind`` and a place among them.

    Lines with the same id (and document) are one row with several passages; the first of them has the
    coding, the others may leave it empty.

    Raises
    ------
    UnreadableFileError : no CSV table, an unknown column, or no column for a place
    """
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    answer = Annotations()
    rows: dict[tuple[str, str], Annotation] = {}
    try:
        header = [one.strip() for one in next(reader, [])]
        _check(header, name)
        for fields in reader:
            where = f"{name}, line {reader.line_num}"
            if not any(fields):
                continue
            if len(rows) > MOST:
                raise UnreadableFileError(f"{name} has over {MOST:,} rows")
            document = ""
            try:
                if len(fields) != len(header):
                    raise BadValueError(f"{len(fields)} fields", allowed=f"A row has {len(header)} fields.")
                cells = dict(zip(header, fields, strict=True))
                document = cells.get("document", "").strip()
                key = cells.get("id", "").strip()
                _take(rows, _annotation(cells, where, document), (document, key or where))
            except BadValueError as error:
                answer.refuse(where, document, error)
    except csv.Error as fault:
        raise UnreadableFileError(f"{name} is not a CSV table: {fault}") from None
    answer.found += rows.values()
    return answer


def _check(header: list[str], name: str) -> None:
    unknown = [one for one in header if one not in KNOWN]
    placed = "quotation" in header or {"char_start", "char_end"} <= set(header)
    if unknown or "kind" not in header or not placed or len(set(header)) < len(header):
        what = f"an unknown column {unknown[0][:60]!r}" if unknown else "no kind, or no place, or one twice"
        raise UnreadableFileError(
            f"{name} has {what}",
            where="line 1",
            allowed=f"kind, and quotation or char_start and char_end; besides {', '.join(KNOWN)}.",
        )


def _annotation(cells: dict[str, str], where: str, document: str) -> Annotation:
    start, end = _whole(cells, "char_start"), _whole(cells, "char_end")
    said = cells.get("said", "").strip()
    coding: dict[str, object] = {one: cells[one] for one in FIELDS if cells.get(one, "").strip()}
    target = Target(cells.get("quotation", ""), start, end)
    return Annotation(where, document, (target,), coding, Target(said) if said else None)


def _take(rows: dict[tuple[str, str], Annotation], one: Annotation, key: tuple[str, str]) -> None:
    """Join the lines of one row; what a later line says again must be the same."""
    known = rows.get(key)
    if known is None:
        rows[key] = one
        return
    for name, value in one.fields.items():
        if known.fields.get(name) != value:
            raise BadValueError(f"{name} is {str(value)[:60]!r}, and another in {known.where}")
    rows[key] = Annotation(
        known.where, known.document, (*known.targets, *one.targets), known.fields, known.said or one.said
    )


def _whole(cells: dict[str, str], column: str) -> int | None:
    text = cells.get(column, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise BadValueError(f"{column} {text[:20]!r} is not a place", allowed="A whole number from 0.")
    return int(text)
