"""Reading claims.csv and quotes.csv."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeVar

from comity.claims.record import Claim, Quote
from comity.provenance import BadValueError, Dating, Passage, TableRow, parse_day, read_table

CLAIM_COLUMNS: Final = (
    "id",
    "kind",
    "holder",
    "reported_by",
    "tie_a",
    "tie_b",
    "directed",
    "direction",
    "outcome",
    "cause",
    "third_party",
    "actors",
    "factors",
    "era",
    "modality",
    "first_of",
    "paraphrase",
    "document",
    "paragraph",
    "char_start",
    "char_end",
    "passage_sha256",
)
QUOTE_COLUMNS: Final = (
    "id",
    "line_key",
    "speaker",
    "speaker_office",
    "mode",
    "date_start",
    "date_end",
    "precision",
    "basis",
    "venue",
    "addressee",
    "about",
    "paraphrase",
    "note",
    "document",
    "paragraph",
    "char_start",
    "char_end",
    "passage_sha256",
    "said_start",
    "said_end",
    "said_sha256",
)

_YES_NO: Final = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}
Record = TypeVar("Record", Claim, Quote)


def claim_of(row: TableRow) -> Claim:
    """Read one row of claims.csv; an empty `modality` means an asserted claim.

    Raises
    ------
    BadValueError : a value that its column does not allow; it names file and line
    """
    try:
        return Claim(
            id=_required(row, "id"),
            kind=row["kind"],
            holder=row.list("holder"),
            reported_by=row["reported_by"],
            tie=_tie(row),
            directed=_directed(row),
            direction=row["direction"],
            outcome=row["outcome"],
            cause=row.list("cause"),
            third_party=row.list("third_party"),
            actors=row.list("actors"),
            factors=row.list("factors"),
            era=_required(row, "era"),
            modality=row["modality"] or "asserted",
            first_of=row["first_of"],
            paraphrase=row["paraphrase"],
            source=_required(row, "document"),
            passage=_passage(row, "char_start", "char_end", "passage_sha256"),
        )
    except BadValueError as error:
        raise _placed(error, row) from None


def quote_of(row: TableRow) -> Quote:
    """Read one row of quotes.csv; `said_start` and `said_end` are places in the document, not days.

    Raises
    ------
    BadValueError : a value that its column does not allow; it names file and line
    """
    try:
        return Quote(
            id=_required(row, "id"),
            line_key=row["line_key"],
            speaker=row.list("speaker"),
            speaker_office=row["speaker_office"],
            mode=row["mode"],
            dating=_dating(row),
            venue=row["venue"],
            addressee=row.list("addressee"),
            about=row.list("about"),
            paraphrase=row["paraphrase"],
            note=row["note"],
            source=_required(row, "document"),
            passage=_passage(row, "char_start", "char_end", "passage_sha256"),
            said=_passage(row, "said_start", "said_end", "said_sha256"),
        )
    except BadValueError as error:
        raise _placed(error, row) from None


def read_claims_csv(path: Path) -> list[Claim]:
    """Read a whole claims.csv, in the order of the file.

    Raises
    ------
    UnreadableFileError : not a table with exactly `CLAIM_COLUMNS`
    BadValueError : a value that its column does not allow, or an id used twice
    """
    return _read(path, CLAIM_COLUMNS, claim_of)


def read_quotes_csv(path: Path) -> list[Quote]:
    """Read a whole quotes.csv, in the order of the file.

    Raises
    ------
    UnreadableFileError : not a table with exactly `QUOTE_COLUMNS`
    BadValueError : a value that its column does not allow, or an id used twice
    """
    return _read(path, QUOTE_COLUMNS, quote_of)


def _read(path: Path, columns: Sequence[str], record_of: Callable[[TableRow], Record]) -> list[Record]:
    lines: dict[str, int] = {}
    records = []
    for row in read_table(path, columns):
        record = record_of(row)
        if record.id in lines:
            raise BadValueError(
                f"the id {record.id!r} is used twice",
                where=row.where,
                allowed=f"It stands in line {lines[record.id]} already.",
            )
        lines[record.id] = row.line
        records.append(record)
    return records


def _placed(error: BadValueError, row: TableRow) -> BadValueError:
    where = error.where or row.where
    return BadValueError(error.what, where=where, allowed=error.allowed, remedy=error.remedy)


def _required(row: TableRow, column: str) -> str:
    if not row[column]:
        raise BadValueError("an empty field", where=f"{row.where}, column {column}")
    return row[column]


def _tie(row: TableRow) -> tuple[str, str] | None:
    a, b = row["tie_a"], row["tie_b"]
    if not a and not b:
        return None
    if not a or not b or a == b:
        raise BadValueError(
            f"the tie {a!r} with {b!r}",
            where=f"{row.where}, columns tie_a and tie_b",
            allowed="Two different actors, or neither.",
        )
    return a, b


def _directed(row: TableRow) -> bool:
    try:
        return _YES_NO[row["directed"].strip().lower()]
    except KeyError:
        raise BadValueError(
            f"directed {row['directed']!r}", where=row.where, allowed="true, false, or empty for false."
        ) from None


def _dating(row: TableRow) -> Dating:
    where = f"{row.where}, column date_start or date_end"
    start, end = parse_day(row["date_start"], where=where), parse_day(row["date_end"], where=where)
    undated = start is None and end is None
    return Dating(
        start,
        end,
        row["precision"] or ("unknown" if undated else ""),
        row["basis"] or ("none" if undated else ""),
    )


def _passage(row: TableRow, start: str, end: str, sha256: str) -> Passage | None:
    if not row[start] and not row[end] and not row[sha256]:
        return None  # nothing of the kind stands in a document
    return Passage(
        document=_required(row, "document"),
        paragraph=row.integer("paragraph"),
        char_start=row.integer(start),
        char_end=row.integer(end),
        sha256=row[sha256],
    )
