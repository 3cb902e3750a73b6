"""How often breaks are proposed where there are none, and where there are: the tables of the docs.

Run it by hand: ``python tests/ties/false_alarms.py 500``. It takes some minutes, prints its numbers,
and tests nothing.
"""

import sys
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from comity.ties import propose_eras

SPANS = (104, 156, 260, 520)
MONDAY = date(2010, 1, 4)


def wavering(rng: np.random.Generator, weeks: int, persistence: float) -> np.ndarray:
    """A first-order autoregression of variance 1."""
    noise = rng.standard_normal(weeks + 300) * np.sqrt(1 - persistence**2)
    series = list(noise[:1])
    for one in noise[1:]:
        series.append(persistence * series[-1] + one)
    return np.array(series[300:])


def steps(weeks: int, *jumps: tuple[float, float]) -> np.ndarray:
    """A level that jumps at the given parts of the span."""
    level = np.zeros(weeks)
    for part, height in jumps:
        level[round(part * weeks) :] += height
    return level


World = Callable[[np.random.Generator, int], np.ndarray]
WORLDS: dict[str, World] = {
    "lag-1 0.3": lambda rng, weeks: wavering(rng, weeks, 0.3),
    "lag-1 0.5": lambda rng, weeks: wavering(rng, weeks, 0.5),
    "lag-1 0.7": lambda rng, weeks: wavering(rng, weeks, 0.7),
    "lag-1 0.9": lambda rng, weeks: wavering(rng, weeks, 0.9),
    "slow wave under noise": lambda rng, weeks: wavering(rng, weeks, 0.9) + rng.standard_normal(weeks),
    "step of 1, lag-1 0.5": lambda rng, weeks: wavering(rng, weeks, 0.5) + steps(weeks, (0.55, 1)),
    "step of 2, lag-1 0.5": lambda rng, weeks: wavering(rng, weeks, 0.5) + steps(weeks, (0.55, 2)),
    "step of 2, lag-1 0.7": lambda rng, weeks: wavering(rng, weeks, 0.7) + steps(weeks, (0.55, 2)),
    "up and down by 2, lag-1 0.5": lambda rng, weeks: (
        wavering(rng, weeks, 0.5) + steps(weeks, (0.4, 2), (0.7, -2))
    ),
}


def main(runs: int) -> None:
    """Print, for each world and span, the share of runs with a break and how often its interval holds."""
    for name, world in WORLDS.items():
        for weeks in SPANS:
            days = [MONDAY + timedelta(weeks=week) for week in range(weeks)]
            with_break, holds, first = 0, 0, MONDAY + timedelta(weeks=round(0.55 * weeks))
            for run in range(runs):
                rng = np.random.default_rng([run, weeks, *name.encode()])
                found = propose_eras((days, world(rng, weeks).tolist()), seed=run).breaks
                with_break += bool(found)
                holds += any(one.low <= first <= one.high for one in found)
            print(
                f"{name:30} {weeks:4} weeks: breaks in {with_break / runs:6.1%}, held {holds / runs:6.1%}",
                flush=True,
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
