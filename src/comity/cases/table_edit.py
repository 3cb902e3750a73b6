"""Adding rows to a table that people edit by hand, and taking them out; every other byte stays."""

import csv
import io
from collections.abc import Collection, Sequence
from pathlib import Path

from comity.cases.layout import TABLES
from comity.cases.writing import write_whole
from comity.provenance import TableRow, read_table


def table_rows(folder: Path, name: str) -> list[TableRow]:
    """Read the rows of a table as they are, those with another number of fields left out.

    Raises
    ------
    UnreadableFileError : it is no table with the columns of the format
    """
    return list(read_table(folder / name, TABLES[name], refused=[]))


def add_rows(folder: Path, name: str, rows: Sequence[dict[str, str]]) -> None:
    """Add rows at the end; one whose id is there already is not added again.

    Raises
    ------
    UnreadableFileError, ComityError : the table cannot be read, or written
    """
    there = {row["id"] for row in table_rows(folder, name)}
    new = [row for row in rows if row["id"] not in there]
    if not new:
        return
    content = (folder / name).read_bytes()
    end = b"\r\n" if b"\r\n" in content else b"\n"
    if not content.endswith(b"\n"):
        content += end
    buffer = io.StringIO(newline="")
    csv.DictWriter(buffer, TABLES[name], lineterminator=end.decode()).writerows(new)
    write_whole(folder, folder / name, content + buffer.getvalue().encode("utf-8"))


def remove_rows(folder: Path, name: str, ids: Collection[str]) -> None:
    """Take out the rows with these ids.

    Raises
    ------
    UnreadableFileError, ComityError : the table cannot be read, or written
    """
    if not any(row["id"] in ids for row in table_rows(folder, name)):
        return
    content = (folder / name).read_bytes()
    lines = list(io.StringIO(content.decode("utf-8"), newline=""))
    kept, start = [], 0
    reader = csv.reader(lines, strict=True)
    columns = TABLES[name]
    for fields in reader:
        gone = start > 0 and len(fields) == len(columns) and fields[columns.index("id")] in ids
        kept += [] if gone else lines[start : reader.line_num]
        start = reader.line_num
    write_whole(folder, folder / name, "".join(kept).encode("utf-8"))
