"""Reading claims.csv and quotes.csv."""

from pathlib import Path
from typing import Final

from comity.claims.record import Claim, Quote
from comity.provenance import BadValueError, Dating, TableRow, read_records

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


def claim_of(row: TableRow) -> Claim:
    """Read one row of claims.csv; an empty `modality` means an asserted claim.

    Raises
    ------
    BadValueError : a value that its column does not allow; it names file and line
    """
    try:
        return Claim(
            id=row.required("id"),
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
            era=row.required("era"),
            modality=row["modality"] or "asserted",
            first_of=row["first_of"],
            paraphrase=row["paraphrase"],
            source=row.required("document"),
            passage=row.passage(),
        )
    except BadValueError as error:
        raise error.placed(row.where) from None


def quote_of(row: TableRow) -> Quote:
    """Read one row of quotes.csv; `said_start` and `said_end` are places in the document, not days.

    Raises
    ------
    BadValueError : a value that its column does not allow; it names file and line
    """
    try:
        return Quote(
            id=row.required("id"),
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
            source=row.required("document"),
            passage=row.passage(),
            said=row.passage("said_start", "said_end", "said_sha256"),
        )
    except BadValueError as error:
        raise error.placed(row.where) from None


def read_claims_csv(path: Path) -> list[Claim]:
    """Read a whole claims.csv, in the order of the file.

    Raises
    ------
    UnreadableFileError : not a table with exactly `CLAIM_COLUMNS`
    BadValueError : a value that its column does not allow, or an id used twice
    """
    return read_records(path, CLAIM_COLUMNS, claim_of)


def read_quotes_csv(path: Path) -> list[Quote]:
    """Read a whole quotes.csv, in the order of the file.

    Raises
    ------
    UnreadableFileError : not a table with exactly `QUOTE_COLUMNS`
    BadValueError : a value that its column does not allow, or an id used twice
    """
    return read_records(path, QUOTE_COLUMNS, quote_of)


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
    return row.dating("date_start", "date_end", "precision", "basis") or Dating(None, None, "unknown", "none")
