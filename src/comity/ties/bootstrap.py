"""Intervals by drawing days again."""

import hashlib
from collections.abc import Iterator
from typing import Final

import numpy as np

from comity.ties.memory import Floats
from comity.ties.reading import PRIOR_POINTS

DRAWS: Final = 1_000
TAILS: Final = (2.5, 97.5)  # per cent, for an interval of 95 %
CHUNK: Final = 256  # days drawn at once


def generator(*question: object) -> "np.random.Generator":  # in quotes: numpy loads it when it is first used
    """Make the random numbers that belong to a question, whatever was asked before it."""
    digest = hashlib.sha256("\0".join(str(part) for part in question).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))


def day_counts(days: int, *question: object) -> Iterator[Floats]:
    """Draw how often each active day occurs in each of 1000 worlds, day after day.

    Every calendar day occurs Poisson(1) times, independently of the others: the bootstrap of days
    with its total left free. A silent day adds nothing however often it is drawn, so only active
    ones are drawn. The first days get the same counts however many follow: two dates of one
    tie, and the points of a series, share their draws.

    Parameters
    ----------
    days : active days
    question : what the draws belong to: seed, dyad, kind, half-life

    Yields
    ------
    array of shape (up to 256 days, 1000 draws)

    References
    ----------
    [HanleyMacGibbon2006]; entry in docs/bibliography.md
    """
    rng = generator(*question)
    for start in range(0, days, CHUNK):
        yield rng.poisson(1.0, size=(min(CHUNK, days - start), DRAWS)).astype(np.float64)


def drawn_net(friendly: Floats, hostile: Floats, *question: object) -> Floats:
    """Compute net in each of 1000 worlds.

    Parameters
    ----------
    friendly, hostile : points by active day, in order of days; shape (days,) or, for several dyads
        that share their days, (days, dyads)

    Returns
    -------
    shape (1000,) or (dyads, 1000)
    """
    shape = (*friendly.shape[1:], DRAWS)
    warm, cold = np.zeros(shape), np.zeros(shape)
    done = 0
    for counts in day_counts(len(friendly), *question):
        part = slice(done, done + len(counts))
        warm += friendly[part].T @ counts
        cold += hostile[part].T @ counts
        done += len(counts)
    return nets(warm, cold)


def nets(friendly: Floats, hostile: Floats) -> Floats:
    """Balance whole arrays of points, as `net_of` does two numbers."""
    balance: Floats = (friendly - hostile) / (friendly + hostile + PRIOR_POINTS)
    return balance


def interval(drawn: Floats) -> tuple[float, float]:
    """Give the middle 95 % of the draws."""
    low, high = np.percentile(drawn, TAILS)
    return float(low), float(high)
