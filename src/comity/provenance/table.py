"""Reading the tables that people edit by hand, line by line, and saying which line is wrong."""

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol, TypeVar

from comity.provenance.dating import Dating, parse_day
from comity.provenance.errors import BadValueError, ComityError, UnreadableFileError
from comity.provenance.passage import Passage

MAX_BYTES: Final = 64 * 1024 * 1024  # a table edited by hand; event data go through a reader
LIST_SEPARATOR: Final = ";"


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Record = TypeVar("Record", bound=_Named)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its file, its line (the header is line 1) and its fields by column."""

    file: str
    line: int
    fields: dict[str, str]

    @property
    def where(self) -> str:
        """The place, for an error message."""
        return f"{self.file}, line {self.line}"

    def __getitem__(self, column: str) -> str:
        return self.fields[column]

    def list(self, column: str) -> tuple[str, ...]:
        """Split a field at its semicolons."""
        return tuple(part.strip() for part in self.fields[column].split(LIST_SEPARATOR) if part.strip())

    def required(self, column: str) -> str:
        """Read a field that may not be empty.

        Raises
        ------
        BadValueError : it is empty
        """
        if not self.fields[column].strip():
            raise BadValueError(f"no {column}", where=f"{self.where}, column {column}")
        return self.fields[column]

    def dating(self, start: str, end: str, precision: str, basis: str) -> Dating | None:
        """Read an interval from four columns; neither start nor end is no date.

        Raises
        ------
        BadValueError : not a day, the ends the wrong way round, an unknown precision or basis
        """
        where = f"{self.where}, column {start} or {end}"
        first, last = parse_day(self.fields[start], where=where), parse_day(self.fields[end], where=where)
        if first is None and last is None:
            return None
        return Dating(first, last, self.fields[precision], self.fields[basis])

    def passage(
        self, start: str = "char_start", end: str = "char_end", sha256: str = "passage_sha256"
    ) -> Passage | None:
        """Read the place in a document that the row stands on; all three empty is no passage.

        Raises
        ------
        BadValueError : half a place, no document, or no SHA-256
        """
        if not (self.fields[start] or self.fields[end] or self.fields[sha256]):
            return None
        return Passage(
            self.required("document"),
            self.integer("paragraph"),
            self.integer(start),
            self.integer(end),
            self.fields[sha256],
        )

    def integer(self, column: str) -> int:
        """Read a whole number.

        Raises
        ------
        BadValueError : the field holds something else
        """
        try:
            return int(self.fields[column])
        except ValueError:
            raise BadValueError(
                f"{self.fields[column]!r} is not a whole number", where=f"{self.where}, column {column}"
            ) from None


def read_text(path: Path, *, max_bytes: int = MAX_BYTES) -> str:
    """Read a whole text file as UTF-8, a byte-order mark allowed.

    Raises
    ------
    UnreadableFileError : missing, a folder, empty, too large, binary, or in another encoding
    """
    if not path.exists():
        raise UnreadableFileError(f"no file {path.name}", where=str(path.parent))
    if not path.is_file():
        raise UnreadableFileError(f"{path.name} is not a file", where=str(path.parent))
    size = path.stat().st_size
    if size > max_bytes:
        raise UnreadableFileError(
            f"{path.name} has {size:,} bytes",
            where=str(path.parent),
            allowed=f"At most {max_bytes:,} bytes are read here.",
            remedy="Bring large event data in with 'comity import'.",
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(
            f"{path.name} cannot be read: {error.strerror}", where=str(path.parent)
        ) from None
    if not content:
        raise UnreadableFileError(f"{path.name} is empty", where=str(path.parent))
    if b"\0" in content:
        raise UnreadableFileError(
            f"{path.name} is a binary file", where=str(path.parent), allowed="Text in UTF-8."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableFileError(
            f"{path.name} is not UTF-8: byte 0x{content[error.start]:02x}",
            where=f"{path.parent}, line {line}",
            remedy="Save it again with the encoding UTF-8 (in Excel: 'CSV UTF-8').",
        ) from None


def read_table(
    path: Path, columns: Sequence[str], *, refused: list[ComityError] | None = None
) -> Iterator[TableRow]:
    """Read a CSV table whose header is exactly `columns`, one row at a time.

    Parameters
    ----------
    path, columns : the file and its header
    refused : if given, lines with another number of fields are left out and their errors put here

    Raises
    ------
    UnreadableFileError : see `read_text`; or the header differs
    BadValueError : a line with another number of fields, where `refused` is not given
    """
    text = read_text(path)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader, [])  # a file that holds nothing but a byte-order mark
        if header != list(columns):
            raise UnreadableFileError(
                f"{path.name} has the wrong header",
                where=f"{path}, line 1",
                allowed=f"Expected: {','.join(columns)}.",
                remedy=_header_difference(header, columns),
            )
        name, start = path.name, reader.line_num + 1
        for fields in reader:
            line, start = start, reader.line_num + 1
            if not fields:
                continue
            if len(fields) != len(columns):
                error = BadValueError(
                    f"{len(fields)} fields",
                    where=f"{path.name}, line {line}",
                    allowed=f"A row has {len(columns)} fields.",
                    remedy="Quote a field that contains a comma or a line break.",
                )
                if refused is None:
                    raise error
                refused.append(error)
                continue
            yield TableRow(name, line, dict(zip(columns, fields, strict=True)))
    except csv.Error as fault:
        raise UnreadableFileError(
            f"{path.name} is not a CSV table: {fault}", where=f"line {reader.line_num}"
        ) from None


def read_records(path: Path, columns: Sequence[str], record_of: Callable[[TableRow], Record]) -> list[Record]:
    """Read a whole table of records, in the order of the file; an id stands once.

    Raises
    ------
    UnreadableFileError : see `read_text`; or the header differs
    BadValueError : the first row with a fault, or with an id used before; it names file and line
    """
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


def _header_difference(header: Sequence[str], columns: Sequence[str]) -> str:
    missing = [name for name in columns if name not in header]
    unknown = [name[:40] for name in header if name not in columns]
    parts = []
    if missing:
        parts.append(f"Missing: {', '.join(missing)}.")
    if unknown:
        parts.append(f"Unknown: {', '.join(unknown)}.")
    return " ".join(parts) or "The columns stand in another order."
