"""How often the interval of a period's level holds it, on simulated months, for docs/background/gap.md.

Run ``python benchmarks/gap_intervals.py [worlds] [seed]`` (default 1000 1). A world has 66 months of
variance 1 about a level, each resembling the one before; the periods are half-years or quarters. In the
last two lines three of eleven half-years scatter twice as much, or half of the variance is a slow wave
(lag-1 0.95) that the level is taken to exclude.
"""

import sys

import numpy as np
from numpy.typing import NDArray

from comity.ties.gap_noise import Noise

MONTHS = 66
RUN_IN = 200
Series = NDArray[np.float64]


def wave(rng: np.random.Generator, lag: float) -> Series:
    """Simulate months of variance 1 with one lag."""
    drawn = rng.normal(size=MONTHS + RUN_IN) * np.sqrt(1 - lag**2)
    for place in range(1, len(drawn)):
        drawn[place] += lag * drawn[place - 1]
    return drawn[RUN_IN:]


def held(months: Series, length: int) -> Series:
    """Tell for each period whether its interval holds 0, the level."""
    periods = months.reshape(-1, length)
    off = [one - one.mean() for one in periods]
    noise = Noise.of(off)
    if noise is None:
        raise SystemExit("too few months")
    margins = [noise.margin(noise.within(one).of_mean(length)) for one in off]
    return (np.abs(periods.mean(axis=1)) <= margins).astype(np.float64)


def main() -> None:
    """Print one line a world."""
    worlds, seed = (int(word) for word in (*sys.argv[1:], *("1000", "1")[len(sys.argv) - 1 :]))
    rng = np.random.default_rng(seed)
    for lag in (0.0, 0.2, 0.4, 0.6, 0.8):
        rates = [np.mean([held(wave(rng, lag), length) for _ in range(worlds)]) for length in (6, 3)]
        print(f"lag-1 {lag:.1f}: half-years {rates[0]:.1%}, quarters {rates[1]:.1%}", flush=True)
    wild = np.repeat([1.0] * 8 + [2.0] * 3, 6)
    found = np.mean([held(wave(rng, 0.3) * wild, 6) for _ in range(worlds)], axis=0)
    print(
        f"lag-1 0.3, three wild half-years: these {found[8:].mean():.1%}, the others {found[:8].mean():.1%}"
    )
    slow = [held((wave(rng, 0.2) + wave(rng, 0.95)) / np.sqrt(2), 6) for _ in range(worlds)]
    print(f"lag-1 0.2 and a slow wave: {np.mean(slow):.1%}")


if __name__ == "__main__":
    main()
