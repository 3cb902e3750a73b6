"""How fast ICEWS files come in, beside DuckDB alone and beside pandas, on one file, in turns.

`python benchmarks/import_speed.py` compares at five million rows and fails over a limit;
`--growth` prints the table of docs/background/speed.md instead (it needs 6 GB of disk).
"""

import argparse
import sys
import tempfile
from pathlib import Path

from processes import Measured, in_turns
from replica import replicate

ROWS = 5_000_000
ROUNDS = 3
GROWTH = (100_000, 1_000_000, 5_000_000, 20_000_000)
TIMES_BARE = 3.0  # ours may take at most this many times DuckDB's own read_csv to Parquet
TIMES_FRAMES = 1.5  # pandas takes at least this many times ours
PEAK_MB = 1_500
FLAT_FROM, FLAT = 1_000_000, 1.2  # from so many rows on, no peak is over so many times the lowest one
SCRIPT = str(Path(__file__).with_name("contenders.py"))


def show(name: str, found: Measured) -> None:
    """Print one contender."""
    print(f"  {name:<24}{found.seconds:8.1f} s   {found.cpu_seconds:8.1f} s of CPU {found.peak_mb:8.0f} MB")


def compare(folder: Path, rows: int, rounds: int) -> bool:
    """Compare all three; tell whether the limits are kept."""
    found = in_turns(SCRIPT, ("bare", "ours", "frames"), replicate(folder / "icews.tab", rows), rounds)
    print(f"{rows:,} rows of ICEWS in one file, medians of {rounds}:")
    for name, label in (("bare", "DuckDB, CSV to Parquet"), ("ours", "comity import"), ("frames", "pandas")):
        show(label, found[name])
    bare, faster = (
        found["ours"].seconds / found["bare"].seconds,
        found["frames"].seconds / found["ours"].seconds,
    )
    print(f"  comity / DuckDB {bare:.2f}, at most {TIMES_BARE:g}")
    print(f"  pandas / comity {faster:.2f}, at least {TIMES_FRAMES:g}")
    print(f"  peak memory {found['ours'].peak_mb:.0f} MB, at most {PEAK_MB}")
    return bare <= TIMES_BARE and faster >= TIMES_FRAMES and found["ours"].peak_mb <= PEAK_MB


def growth(folder: Path) -> bool:
    """Print seconds and memory from 10⁵ to 2·10⁷ rows; tell whether memory keeps its limit and is flat."""
    print("| rows | comity, s | DuckDB, s | ratio | comity, MB |\n|---:|---:|---:|---:|---:|")
    peaks = {}
    for rows in GROWTH:
        path = replicate(folder / "icews.tab", rows)
        found = in_turns(SCRIPT, ("bare", "ours"), path, 1)
        path.unlink()
        ours, bare = found["ours"], found["bare"]
        ratio = ours.seconds / bare.seconds
        print(
            f"| {rows:,} | {ours.seconds:.1f} | {bare.seconds:.1f} | {ratio:.1f} | {ours.peak_mb:.0f} |",
            flush=True,
        )
        peaks[rows] = ours.peak_mb
    large = [peak for rows, peak in peaks.items() if rows >= FLAT_FROM]
    flat = max(large) / min(large)
    print(f"from {FLAT_FROM:,} rows on: peak memory {flat:.2f} times the lowest, at most {FLAT:g}")
    return max(peaks.values()) <= PEAK_MB and flat <= FLAT


def main() -> int:
    """Compare, or show growth; fail if a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--growth", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        kept = growth(Path(name)) if chosen.growth else compare(Path(name), chosen.rows, chosen.rounds)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
