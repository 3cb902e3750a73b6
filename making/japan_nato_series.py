"""Make series.csv of the embedded case from daily scores of pairs.

Run ``python making/japan_nato_series.py FILE…`` on the files of the GDELT daily network (CSV or Parquet with
date, a, b, score); it writes ``src/comity/cases/japan-nato/series.csv`` (or ``-o FILE``). Aggregates only:
one row a pair and month, sums rounded to seven digits, which is what the scores themselves have.

Pairs: Japan and every member of NATO at the start of a half-year of the data, each with Russia, China, North
Korea, the United States and the fourteen other actors outside NATO that have the most scored days (who can
stand beside the third parties asked about); and the first four with all of these, so that another actor can
stand in Japan's place.
"""

import argparse
import csv
from collections import Counter
from datetime import date
from pathlib import Path

from comity.actors import Registry, load_registry
from comity.events import MonthlyScores, MonthScore, read_scores

OUTPUT = Path(__file__).parents[1] / "src/comity/cases/japan-nato/series.csv"
COLUMNS = (
    "a", "b", "month", "total", "size", "days", "friendly_days", "hostile_days", "missing_days", "source",
)  # fmt: skip
SOURCE = "gdelt"  # in sources.toml
FOCAL = ("CHN", "PRK", "RUS", "USA")
COMPARED = 14


def sides(scores: MonthlyScores, registry: Registry) -> set[str]:
    """Japan, and who is a member of NATO on the first day of a half-year."""
    years = range(scores.first_day.year, scores.last_day.year + 1)
    starts = [date(year, month, 1) for year in years for month in (1, 7)]
    held = [day for day in starts if scores.first_day <= day <= scores.last_day]
    members = {one for day in held for one in registry.members("NATO", day)}
    return {"JPN", *members} & set(scores.actors)


def third_parties(scores: MonthlyScores, ours: set[str]) -> set[str]:
    """The four asked about, and the busiest others outside; ties in the order of the alphabet."""
    days: Counter[str] = Counter()
    for row in scores.rows():
        days.update({row.a: row.days, row.b: row.days})
    outside = [one for one in scores.actors if one not in ours and one not in FOCAL]
    return {*FOCAL, *sorted(outside, key=lambda one: (-days[one], one))[:COMPARED]}


def kept(scores: MonthlyScores, registry: Registry) -> list[MonthScore]:
    """Choose the rows of the pairs that are needed."""
    ours = sides(scores, registry)
    third = third_parties(scores, ours)

    def wanted(a: str, b: str) -> bool:
        return (a in ours and b in third) or (a in FOCAL and b in third)

    return [row for row in scores.rows() if wanted(row.a, row.b) or wanted(row.b, row.a)]


def main() -> None:
    """Read the files and write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--output", type=Path, default=OUTPUT)
    arguments = parser.parse_args()
    registry = load_registry()
    rows = kept(read_scores(arguments.files, registry).monthly(), registry)
    with arguments.output.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for row in rows:
            sums = (f"{row.total:.7g}", f"{row.size:.7g}")
            counts = (row.days, row.friendly_days, row.hostile_days, row.missing)
            writer.writerow((row.a, row.b, row.month, *sums, *counts, SOURCE))
    print(f"{len(rows):,} rows, {arguments.output.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
