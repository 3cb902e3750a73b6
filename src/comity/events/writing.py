"""Writing one Parquet file of a store: in the order of files and lines, hashed, and safe on disk."""

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from comity.events.engine import literal
from comity.events.manifest import Output

if TYPE_CHECKING:
    import duckdb

FORM: Final = "FORMAT PARQUET, COMPRESSION zstd, COMPRESSION_LEVEL 9"


def write_output(
    engine: "duckdb.DuckDBPyConnection", rows: str, path: Path, *, reader: str, year: int
) -> Output | None:
    """Write the rows that a query gives; no file where it gives none.

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
