"""Small panels for the tests: planted effects, actors that move alike."""

from collections.abc import Iterable

import numpy as np

from comity.events import MonthlyScores, MonthScore
from comity.factors.panel import Panel


def month_name(number: int) -> str:
    """Month 0 is January 2018."""
    return f"{2018 + number // 12}-{number % 12 + 1:02d}"


def scores_of(ties: Iterable[tuple[str, str, int, float]], *, days: int = 20) -> MonthlyScores:
    """Build from (a, b, month, tone)."""
    return MonthlyScores.of_rows(
        [
            MonthScore(*sorted((a, b)), month_name(month), 100 * tone, 100.0, days, days // 2, days // 4, 0)
            for a, b, month, tone in ties
        ]
    )


def panel_from(pair, month, outcome, terms, *, ends=None, names=("gap",), days=None) -> Panel:
    """Build rows by hand; by default every pair has two actors of its own."""
    pair = np.asarray(pair)
    a, b = (2 * pair, 2 * pair + 1) if ends is None else np.array([ends[one] for one in pair]).T
    return Panel(
        third="K",
        lag=1,
        names=tuple(names),
        a=np.asarray(a),
        b=np.asarray(b),
        pair=pair,
        month=np.asarray(month),
        outcome=np.asarray(outcome, dtype=float),
        terms=np.atleast_2d(np.asarray(terms, dtype=float)),
        days=np.ones(len(pair)) if days is None else np.asarray(days, dtype=float),
    )


def world(
    *,
    seed: int,
    actors: int = 14,
    months: int = 40,
    gap: float = 0.0,
    alignment: float = 0.0,
    shared: float = 0.0,
    lost: float = 0.1,
) -> MonthlyScores:
    """Draw ties with K that wander, and ties of pairs that follow gap and alignment a month later.

    Parameters
    ----------
    shared : size of what moves all ties of an actor for some months; the ties with K have it, too
    lost : share of the months of a pair without a score
    """
    rng = np.random.default_rng(seed)
    moods = wander(rng, (actors, months))
    with_k = 0.4 * wander(rng, (actors, months)) + shared * moods + rng.normal(0, 0.3, (actors, 1))
    month_effect, tied = rng.normal(0, 0.2, months), []
    for i in range(actors):
        tied += [(f"A{i:02d}", "K", t, float(with_k[i, t])) for t in range(months)]
        for j in range(i + 1, actors):
            apart = np.abs(with_k[i] - with_k[j])
            own = rng.normal(0, 0.3) + month_effect + shared * (moods[i] + moods[j])
            own = own + rng.normal(0, 0.4, months)
            own[1:] += gap * apart[:-1] + alignment * (with_k[i] * with_k[j])[:-1]
            kept = np.flatnonzero(rng.random(months) >= lost)
            tied += [(f"A{i:02d}", f"A{j:02d}", int(t), float(own[t])) for t in kept]
    return scores_of(tied)


def wander(rng: np.random.Generator, shape: tuple[int, int], *, stay: float = 0.7) -> np.ndarray:
    """Draw series that stay near where they were, of variance one."""
    found = rng.normal(size=shape)
    for t in range(1, shape[1]):
        found[:, t] = stay * found[:, t - 1] + np.sqrt(1 - stay**2) * found[:, t]
    return found
