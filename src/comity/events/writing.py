"""Writing Parquet: the files of a store, hashed and safe on disk, and what an import lays aside."""

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.events.engine import literal
from comity.events.manifest import Output

if TYPE_CHECKING:
    import duckdb

FORM: Final = "FORMAT PARQUET, COMPRESSION zstd, COMPRESSION_LEVEL 9"
GROUP_ROWS: Final = 40_960  # laid aside at a time: each core holds some such groups in memory


def lay_aside(engine: "duckdb.DuckDBPyConnection", rows: str, path: Path) -> int:
    """Write rows for a later step of the same import; gives their number."""
    form = f"FORMAT PARQUET, ROW_GROUP_SIZE {GROUP_ROWS}"
    written = engine.execute(f"COPY ({rows}) TO {literal(path)} ({form})").fetchall()
    return int(written[0][0])


def write_output(
    engine: "duckdb.DuckDBPyConnection", rows: str, path: Path, *, reader: str, year: int
) -> Output | None:
    """Write the rows that a query gives, in the order of files and lines; no file where it gives none.

    Parameters
    ----------
    path : in a temporary folder; its name is kept when the file is moved to the reader's folder
    """
    written = engine.execute(f"COPY ({rows} ORDER BY file, line, id) TO {literal(path)} ({FORM})").fetchall()
    count = int(written[0][0])
    if not count:
        path.unlink()
        return None
    with path.open("rb+") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fsync(file.fileno())
    return Output(f"{reader}/{path.name}", year, count, path.stat().st_size, digest)
