"""Files of any size from the four months of ICEWS beside the checkout, with ids of their own."""

import os
import subprocess
import sys
from pathlib import Path

import duckdb

ROOT = Path(__file__).resolve().parents[1]
NAMES = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number",
    "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip


def published() -> Path:
    """Find the rows as published."""
    shared = Path(os.environ.get("COMITY_SHARED", ROOT.parent / "shared"))
    found = shared / "data" / "icews_raw" / "events_2018-11_2019-02.parquet"
    if not found.exists():
        raise SystemExit(f"no {found}: set COMITY_SHARED to the folder of shared data")
    return found


def replicate(path: Path, rows: int) -> Path:
    """Write a file in a process of its own, so that its memory is not taken for that of a contender."""
    subprocess.run([sys.executable, __file__, str(path), str(rows)], check=True)
    return path


def write_icews(path: Path, rows: int) -> None:
    """Write one .tab file of this many rows: the four months again and again, each row with its own id."""
    shown = {
        "Event Date": "strftime(event_date, '%Y-%m-%d')",
        "Intensity": "regexp_replace(printf('%.1f', CAST(intensity AS DOUBLE)), '\\.0$', '')",
        "Latitude": "regexp_replace(printf('%.4f', CAST(latitude AS DOUBLE)), '\\.?0+$', '')",
        "Longitude": "regexp_replace(printf('%.4f', CAST(longitude AS DOUBLE)), '\\.?0+$', '')",
        "Event ID": "10000000 + copy * size + place",
    }
    columns = ", ".join(f'{shown.get(name, name.lower().replace(" ", "_"))} AS "{name}"' for name in NAMES)
    with duckdb.connect(config={"memory_limit": "1GB"}) as engine:
        engine.execute(
            f"CREATE TABLE four AS SELECT ROW_NUMBER() OVER () - 1 AS place, * FROM '{published()}'"
        )
        ((size,),) = engine.execute("SELECT COUNT(*) FROM four").fetchall()
        copies = -(-rows // size)
        parts = f"SELECT {columns} FROM (SELECT *, {size} AS size FROM four), range({copies}) AS t(copy)"
        engine.execute(
            f"COPY ({parts} ORDER BY copy, place LIMIT {rows}) TO '{path}' "
            "(FORMAT CSV, HEADER, DELIMITER '\t', QUOTE '', ESCAPE '')"
        )


if __name__ == "__main__":
    write_icews(Path(sys.argv[1]), int(sys.argv[2]))
