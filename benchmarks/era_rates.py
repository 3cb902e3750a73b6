"""How often eras break by chance, and how often the interval of a planted break holds its date.

Run ``python benchmarks/era_rates.py [series] [planted] [seed]`` (default 1000 300 1). It takes ten
minutes on two idle processors. Lag-1 is spread evenly from 0.3 to 0.9, of the weeks or of the days that
are made into weeks. A planted break is one standard deviation of the weekly series high and lies anywhere
in the middle 60 % of the span.
"""

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from comity.ties import propose_eras

MONDAY = date(2018, 1, 1)
LOWEST, HIGHEST = 0.3, 0.9
RUN_IN = 400
BANDS = ((0.3, 0.5), (0.5, 0.7), (0.7, 0.9))

Task = tuple[int, int, int, float, bool]
Outcome = tuple[float, bool, bool, float]  # lag-1, found, held, weeks in the interval


def autoregression(rng: np.random.Generator, length: int, lag: float) -> np.ndarray:
    """Make a first-order autoregression of variance 1."""
    noise = rng.standard_normal(length + RUN_IN) * np.sqrt(1 - lag**2)
    series = np.empty(length + RUN_IN)
    level = 0.0
    for place, one in enumerate(noise):
        level = lag * level + one
        series[place] = level
    return series[RUN_IN:]


def deviation_of_means(lag: float, days: int) -> float:
    """Give the standard deviation of means of so many days in a row."""
    apart = np.abs(np.subtract.outer(np.arange(days), np.arange(days)))
    return float(np.sqrt((lag**apart).mean()))


def outcome(task: Task) -> Outcome:
    """Make one series, look for breaks, and compare with what was planted."""
    seed, weeks, per_week, lag, planted = task
    rng = np.random.default_rng([seed, weeks, per_week, planted])
    values = autoregression(rng, weeks * per_week, lag)
    place = int(rng.integers(round(0.2 * weeks), round(0.8 * weeks) + 1))
    if planted:
        values[place * per_week :] += deviation_of_means(lag, per_week)
    days = [MONDAY + timedelta(days=number * 7 // per_week) for number in range(len(values))]
    breaks = propose_eras((days, values.tolist()), seed=seed).breaks
    if not breaks:
        return lag, False, False, 0.0
    true = MONDAY + timedelta(weeks=place)
    nearest = min(breaks, key=lambda one: abs(one.day - true))
    return lag, True, nearest.low <= true <= nearest.high, (nearest.high - nearest.low).days / 7


def shares(outcomes: np.ndarray, column: int) -> str:
    """Print the share of a column as a whole and by band of lag-1."""
    parts = [outcomes]
    parts += [outcomes[(outcomes[:, 0] >= low) & (outcomes[:, 0] <= high)] for low, high in BANDS]
    return " | ".join(f"{part[:, column].mean():.1%}" if len(part) else "-" for part in parts)


def main(series: int, planted: int, seed: int) -> None:
    """Print one line for each kind of series, span and question."""
    print("world | overall | lag-1 0.3-0.5 | 0.5-0.7 | 0.7-0.9")
    with ProcessPoolExecutor(2) as pool:
        for per_week in (1, 7):
            for weeks in (156, 260):
                name = f"{weeks} weeks, {'daily' if per_week == 7 else 'weekly'}"
                for count, plant in ((series, False), (planted, True)):
                    tasks = [
                        (1_000_000 * seed + number, weeks, per_week, float(lag), plant)
                        for number, lag in enumerate(np.linspace(LOWEST, HIGHEST, count))
                    ]
                    outcomes = np.array(list(pool.map(outcome, tasks, chunksize=10)))
                    print(f"{name}, {'planted' if plant else 'none'}: found | {shares(outcomes, 1)}")
                    if plant:
                        found = outcomes[outcomes[:, 1] == 1]
                        width = np.median(found[:, 3]) if len(found) else 0
                        print(
                            f"{name}: held | {shares(found, 2)} | median width {width:.0f} weeks", flush=True
                        )


if __name__ == "__main__":
    main(*(int(one) for one in (sys.argv[1:] + ["1000", "300", "1"][len(sys.argv) - 1 :])))
