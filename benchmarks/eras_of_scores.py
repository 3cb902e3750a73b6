"""Breaks in daily scores of pairs, as a table for docs/background/eras-from-data.md.

Run ``python benchmarks/eras_of_scores.py ../shared/data/gdelt_daily_net``. The folder holds Parquet files
with the columns date, a, b and score, one row per day and undirected pair.
"""

import argparse
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from comity.ties import Proposal, propose_eras

PAIRS = ("JPN–RUS", "RUS–UKR", "CHN–JPN", "JPN–KOR", "JPN–UKR", "CHN–RUS", "PRK–RUS", "JPN–USA")
SCALES = {
    "tone": "sum(score) / nullif(sum(abs(score)), 0)",  # of the pair's own scores
    "balance": "100 * sum(score) / any_value(everyone)",  # per cent of the scores of all pairs
}
WEEKS = """
with scores as (
    select date_trunc('week', date)::date as week, least(a, b) || '–' || greatest(a, b) as pair,
        score::decimal(18, 4)::double as score
    from read_parquet($files)
), news as (select week, sum(abs(score)) as everyone from scores group by week)
select week, {scale} as level from scores join news using (week)
where pair = $pair group by week having level is not null order by week
"""


def weekly(files: str, pair: str, scale: str) -> tuple[list[date], list[float]]:
    """Sum the pair's scores by week and divide them; days without a file or a score are no zeros."""
    query = WEEKS.format(scale=SCALES[scale])
    rows = duckdb.execute(query, {"files": files, "pair": pair}).fetchall()
    return [week for week, _ in rows], [round(level, 6) for _, level in rows]


def lines(pair: str, found: Proposal) -> list[str]:
    """Write one line a break, or one that says that there is none."""
    weeks = len(found.weeks)
    if not found.breaks:
        return [f"| {pair} | {weeks} | {found.refused or 'none'} | | | | |"]
    cells = [_cells(one) for one in found.breaks]
    return [f"| {pair} | {weeks} | {cell}" for cell in cells]


def _cells(one: Any) -> str:
    return (
        f"{one.day} | {one.low} to {one.high} | {one.p:.3f} | {one.before:+.2f} | {one.after:+.2f} |".replace(
            "-0.00", "0.00"
        ).replace("+0.00", "0.00")
    )


def main() -> None:
    """Print a table for each scale."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    for scale in SCALES:
        print(f"\n{scale}\n\n| pair | weeks | break | 95 % interval | p | before | after |")
        print("|---|---:|---|---|---:|---:|---:|")
        for pair in PAIRS:
            found = propose_eras(
                weekly(str(arguments.folder / "*.parquet"), pair, scale), seed=arguments.seed
            )
            print("\n".join(lines(pair, found)), flush=True)


if __name__ == "__main__":
    main()
