"""Rows of a CSV table from numbered lines, each with the number of the line that it begins on."""

import csv
from collections.abc import Iterator
from typing import Final

from comity.events.readers.reader import Lines
from comity.provenance import UnreadableFileError

MAX_LINES: Final = 200  # of one row; more is a quotation mark that is never closed


def header_of(line: str, separator: str = ",") -> list[str]:
    """Take a header apart; a line that no CSV table could begin with has no columns."""
    try:
        return next(csv.reader([line], delimiter=separator, strict=True), [])
    except csv.Error:
        return []


def csv_rows(lines: Lines, *, after: int = 0, separator: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Give every row that is not blank; see `csv_lines`."""
    return (
        (number, fields) for number, fields in csv_lines(lines, after=after, separator=separator) if fields
    )


def csv_lines(lines: Lines, *, after: int = 0, separator: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Give every row with the line that it begins on, and every line that begins none with no fields.

    Parameters
    ----------
    after : lines that were taken from `lines` before

    Raises
    ------
    UnreadableFileError : a quotation mark out of place, or never closed
    """
    begun = 0

    def counted() -> Iterator[str]:
        for number, line in lines:
            if number - after - begun > MAX_LINES:
                raise UnreadableFileError(
                    "not a CSV table: a quotation mark is opened and not closed",
                    where=f"line {begun + after + 1}",
                )
            yield f"{line}\n"

    reader = csv.reader(counted(), strict=True, delimiter=separator)
    while True:
        begun = reader.line_num
        try:
            fields = next(reader, None)
        except csv.Error as error:
            where = f"line {reader.line_num + after}"
            raise UnreadableFileError(f"not a CSV table: {error}", where=where) from None
        if fields is None:
            return
        yield begun + after + 1, fields
        yield from ((line + after, []) for line in range(begun + 2, reader.line_num + 1))
