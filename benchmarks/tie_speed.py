"""How fast all ties of all months are summed over twenty million rows, beside bare group-bys of DuckDB.

The rows are those of four months of ICEWS that link two states or organisations, again and again with
other days, over 25 years. `bare` adds up weights by dyad and month; `bare acts` is the group-by that
forms acts, by day, pair and code group; ours does both, with decay, carried from month to month.
"""

import argparse
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import duckdb
from processes import in_turns
from replica import replicate

ROWS = 20_000_000
ROUNDS = 3
LIMIT = 3.0
ACTS_LIMIT = 1.5  # of the bare group-by that forms them: it compares texts, we compare numbers
SHIFT_DAYS = 37
FIRST_YEAR, LAST_YEAR = 1985, 2019
EPOCH = date(1970, 1, 1)
MONTHS = "date_trunc('month', DATE '1970-01-01' + day)"


def bare(store: Path) -> None:
    """Add up weights by dyad and month."""
    _ask(store, f"SELECT sender, receiver, {MONTHS}, SUM(weight), COUNT(*) FROM rows GROUP BY ALL")


def bare_acts(store: Path) -> None:
    """Group as acts are grouped, and nothing else."""
    _ask(
        store,
        "SELECT sender, receiver, day, event_type, sign, kind, joint, SUM(weight), COUNT(*) "
        "FROM rows GROUP BY ALL",
    )


def acts(store: Path) -> None:
    """All ties at the end of every month, counting acts."""
    _ties(store, "acts")


def rows(store: Path) -> None:
    """All ties at the end of every month, counting rows."""
    _ties(store, "rows")


CONTENDERS = {"bare": bare, "bare-acts": bare_acts, "acts": acts, "rows": rows}


def _ask(store: Path, question: str) -> None:
    with duckdb.connect(config={"memory_limit": "1GB", "temp_directory": str(store.parent)}) as engine:
        engine.execute(f"CREATE VIEW rows AS SELECT * FROM '{store}/icews/*.parquet' WHERE side = 'state'")
        engine.execute(f"CREATE TABLE answer AS {question}")


def _ties(store: Path, count: str) -> None:
    from comity.events import Events, EventStore
    from comity.ties import monthly_ties

    assert len(monthly_ties(Events.of(store=EventStore(store)), count=count))


def build(folder: Path, wanted: int) -> None:
    """Import the four months, then put the same rows on other days beside them."""
    from dataclasses import replace

    from comity.actors import load_registry
    from comity.events import EventStore, find_reader
    from comity.events.manifest import Manifest, Output

    store = EventStore(folder / "store")
    store.import_files(find_reader("icews"), [replicate(folder / "icews.tab", 224_883)], load_registry())
    manifest = store.manifest
    (one,) = manifest.imports
    (file,) = one.files
    listed = ", ".join(f"'{store.path / output.path}'" for output in one.outputs)
    outputs = []
    with duckdb.connect(config={"memory_limit": "1500MB", "temp_directory": str(folder)}) as engine:
        engine.execute(
            f"CREATE TABLE four AS SELECT ROW_NUMBER() OVER (ORDER BY line) AS n, * "
            f"FROM read_parquet([{listed}]) WHERE side = 'state'"
        )
        ((size,),) = engine.execute("SELECT COUNT(*) FROM four").fetchall()
        copies = -(-wanted // size)
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            first, after = ((date(one_year, 1, 1) - EPOCH).days for one_year in (year, year + 1))
            low, high = (f"(17955 - {edge}) // {SHIFT_DAYS}" for edge in (after, first))
            path = f"icews/{year}-{year:012x}.parquet"
            target = store.path / path
            written = engine.execute(f"""
                COPY (
                    SELECT * EXCLUDE (n) REPLACE (
                        CAST(copy * 1000003 + n AS UBIGINT) * 2654435761 AS id,
                        CAST(day - {SHIFT_DAYS} * copy AS INTEGER) AS day
                    )
                    FROM four, range(GREATEST({low} - 5, 0), LEAST({high} + 5, {copies})) AS t(copy)
                    WHERE day - {SHIFT_DAYS} * copy >= {first} AND day - {SHIFT_DAYS} * copy < {after}
                    ORDER BY day, id
                ) TO '{target}' (FORMAT PARQUET, COMPRESSION zstd)
            """).fetchall()
            if written[0][0]:
                outputs.append(Output(path, year, int(written[0][0]), target.stat().st_size, "0" * 64))
            else:
                target.unlink()
    known = [output for output in one.outputs if output.path not in {new.path for new in outputs}]
    for output in known:
        (store.path / output.path).unlink()
    first_day = 17836 - SHIFT_DAYS * copies
    whole = replace(one, outputs=tuple(outputs), files=(replace(file, first_day=first_day),))
    Manifest((whole,), manifest.next_file).write(store.path)
    print(f"{sum(output.rows for output in outputs):,} rows over {len(outputs)} years")


def main() -> int:
    """Compare, and fail if a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        subprocess.run([sys.executable, __file__, "build", name, str(chosen.rows)], check=True)
        store = Path(name) / "store"
        found = in_turns(__file__, tuple(CONTENDERS), store, chosen.rounds)
    for one, measured in found.items():
        print(
            f"  {one:<12}{measured.seconds:8.1f} s  {measured.cpu_seconds:8.1f} s of CPU"
            f" {measured.peak_mb:8.0f} MB"
        )
    kept = True
    for ours, theirs, limit in (
        ("rows", "bare", LIMIT),
        ("acts", "bare-acts", ACTS_LIMIT),
        ("acts", "bare", None),
    ):
        ratio = found[ours].seconds / found[theirs].seconds
        kept = kept and (limit is None or ratio <= limit)
        print(f"  {ours} / {theirs} {ratio:.2f}" + (f", at most {limit:g}" if limit else ", for comparison"))
    return 0 if kept else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["build"]:
        build(Path(sys.argv[2]), int(sys.argv[3]))
        sys.exit(0)
    if len(sys.argv) > 1 and sys.argv[1] in CONTENDERS:
        CONTENDERS[sys.argv[1]](Path(sys.argv[2]))
        sys.exit(0)
    sys.exit(main())
