"""Plain tables of events, actors and rows, as other tools write them: CSV, compressed or not.

Names are taken as they are written, and rows counted as they are; other columns are left alone.
"""

import csv
import gzip
import hashlib
import io
import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.provenance import BadValueError, UnreadableFileError, parse_day

if TYPE_CHECKING:
    from comity.model import History

SEPARATORS: Final = (",", ";", "\t")
SENDER: Final = ("source", "sender")
RECEIVER: Final = ("target", "receiver")

Stay = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True)
class PlainTable:
    """A table in memory: its header and its lines, each with its number in the file."""

    path: Path
    header: tuple[str, ...]
    lines: tuple[tuple[int, list[str]], ...]
    sha256: str

    def place(self, names: Sequence[str], *, needed: bool = True) -> int | None:
        """Find the column that has one of `names`.

        Raises
        ------
        UnreadableFileError : it is needed and not there
        """
        for i, name in enumerate(self.header):
            if name.strip().lower() in names:
                return i
        if not needed:
            return None
        raise UnreadableFileError(
            f"no column {' or '.join(names)}",
            where=f"{self.path}, line 1",
            allowed=f"Columns found: {', '.join(self.header)[:200]}.",
        )

    def column(self, names: Sequence[str]) -> list[str]:
        """Give a column that is needed."""
        place = self.place(names)
        return [fields[place] for _, fields in self.lines] if place is not None else []

    def days(self, names: Sequence[str]) -> list[date]:
        """Read a column of days, none of them empty.

        Raises
        ------
        BadValueError : not a day of the calendar
        """
        known: dict[str, date] = {}
        found = []
        for (line, _), text in zip(self.lines, self.column(names), strict=True):
            if text not in known:
                known[text] = self._day(text, line)
            found.append(known[text])
        return found

    def stay(self, names: Sequence[str]) -> list[date | None]:
        """Read a column of days that may be empty or missing."""
        place = self.place(names, needed=False)
        if place is None:
            return [None] * len(self.lines)
        return [self._day(fields[place], line) if fields[place] else None for line, fields in self.lines]

    def numbers(self, names: Sequence[str]) -> list[float]:
        """Read a column of numbers.

        Raises
        ------
        BadValueError : not a finite number
        """
        found = []
        for (line, _), text in zip(self.lines, self.column(names), strict=True):
            try:
                number = float(text)
            except ValueError:
                number = math.nan
            if not math.isfinite(number):
                raise BadValueError(f"{text!r} is not a number", where=f"{self.path}, line {line}")
            found.append(number)
        return found

    def _day(self, text: str, line: int) -> date:
        try:
            found = parse_day(text)
        except BadValueError as error:
            raise BadValueError(
                error.what, where=f"{self.path}, line {line}", allowed=error.allowed
            ) from None
        if found is None:
            raise BadValueError("an empty date", where=f"{self.path}, line {line}")
        return found


def read_plain_table(path: Path) -> PlainTable:
    """Read a CSV table, or one compressed with gzip, separated by commas, semicolons or tabs.

    Raises
    ------
    UnreadableFileError : missing, empty, cut short, binary, not UTF-8, or no table
    BadValueError : a line with another number of fields than the header
    """
    content = _content(path)
    text = _decoded(path, content)
    first = text.partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        header = tuple(next(reader, []))
        lines = tuple(_lines(path, reader, len(header)))
    except csv.Error as fault:
        raise UnreadableFileError(
            f"not a CSV table: {fault}", where=f"{path}, line {reader.line_num}"
        ) from None
    return PlainTable(path, header, lines, hashlib.sha256(content).hexdigest())


def read_actors(table: PlainTable) -> dict[str, Stay]:
    """Read who is at risk: a column `actor`, and perhaps `date_start` and `date_end`, both inclusive.

    Raises
    ------
    BadValueError : an actor without a name, or named twice
    """
    stays: dict[str, Stay] = {}
    entries = zip(
        table.lines, table.column(("actor", "name")), table.stay(("date_start",)), table.stay(("date_end",)),
        strict=True,
    )  # fmt: skip
    for (line, _), name, start, end in entries:
        if not name or name in stays:
            what = f"actor {name!r} is named twice" if name else "an actor without a name"
            raise BadValueError(what, where=f"{table.path}, line {line}")
        stays[name] = (start, end)
    return stays


def read_history(table: PlainTable, actors: Mapping[str, Stay] | None, *, joint: bool = False) -> "History":
    """Read events: `source` or `sender`, `target` or `receiver`, `date`, `weight`, perhaps `type`, `kind`.

    Parameters
    ----------
    joint : take events with the same word in a column `act` for one act, if there is such a column

    Raises
    ------
    BadValueError, UnreadableFileError : see `History.of`, here with the line of the file
    """
    from comity.model import History

    typed, of_kinds = (table.place((name,), needed=False) is not None for name in ("type", "kind"))
    days, weights = table.days(("date",)), table.numbers(("weight",))
    try:
        return History.of(
            table.column(SENDER),
            table.column(RECEIVER),
            days,
            weights,
            types=table.column(("type",)) if typed else None,
            kinds=table.column(("kind",)) if of_kinds else None,
            acts=_acts(table) if joint else None,
            actors=actors,
        )
    except BadValueError as error:
        raise type(error)(
            error.what, where=in_file(table, error.where), allowed=error.allowed, remedy=error.remedy
        ) from None


def _acts(table: PlainTable) -> list[str | int] | None:
    """Read the keys of acts; an event without one is an act of its own."""
    if table.place(("act",), needed=False) is None:
        return None
    return [key or line for (line, _), key in zip(table.lines, table.column(("act",)), strict=True)]


def in_file(table: PlainTable, where: str) -> str:
    """Turn 'event 3' or 'row 3' into the line of the file that it stands on."""
    words = where.replace(",", " ").split()
    if len(words) > 1 and words[0] in ("event", "row") and words[1].isdigit():
        return f"{table.path}, line {table.lines[int(words[1]) - 1][0]}"
    return f"{table.path}, {where}" if where else str(table.path)


def _content(path: Path) -> bytes:
    if not path.is_file():
        raise UnreadableFileError(f"no file {path.name}", where=str(path.parent))
    content = path.read_bytes()
    if content[:2] == b"\x1f\x8b":
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError, zlib.error):
            raise UnreadableFileError(
                f"{path.name} is cut short or damaged", where=str(path.parent)
            ) from None
    if not content.strip():
        raise UnreadableFileError(f"{path.name} is empty", where=str(path.parent))
    return content


def _decoded(path: Path, content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise UnreadableFileError(
            f"{path.name} is not UTF-8", where=f"{path}, line {line}", remedy="Save it again as UTF-8."
        ) from None
    if "\0" in text:
        raise UnreadableFileError(f"{path.name} is a binary file", where=str(path.parent))
    return text


def _lines(path: Path, reader: Iterator[list[str]], width: int) -> Iterator[tuple[int, list[str]]]:
    line = reader.line_num + 1  # type: ignore[attr-defined]
    for fields in reader:
        if fields:
            if len(fields) != width:
                raise BadValueError(
                    f"{len(fields)} fields", where=f"{path}, line {line}", allowed=f"The header has {width}."
                )
            yield line, fields
        line = reader.line_num + 1  # type: ignore[attr-defined]
