"""Whether the level of a weekly series breaks, where, and how sure that is.

Weeks resemble their neighbours, so shuffling them one by one would call any slow wave a break. Here
the resemblance is estimated (four lags), taken out, what is left is permuted in blocks, and the
resemblance is put back: worlds like this one, but without a break.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from comity.ties.memory import Floats, Ints

SHORTEST_ERA: Final = 8  # weeks on either side of a break
LAGS: Final = 4  # weeks; one lag mistakes a slow wave under weekly noise for a break
BLOCK: Final = 4  # weeks permuted together
RUN_IN: Final = 60  # weeks that a simulated world runs before it is looked at
CORRECTIONS: Final = 2
PILOTS: Final = 200  # worlds behind a correction
MOST_PERSISTENT: Final = 0.985  # largest root of a simulated world
LEAST_DAMPING: Final = 0.05  # 1 minus the sum of the lags, from below
NOISE_FLOOR: Final = 1e-12  # of the variance: a series without noise is compared with nothing


@dataclass(frozen=True, slots=True)
class Splits:
    """The best single break of each of several series of one length."""

    place: Ints  # weeks before the break
    strength: Floats  # squared jump over the long-run variance
    lags: Floats  # shape (series, LAGS)
    residual: Floats  # shape (series, weeks): the series less its level on either side


@dataclass(frozen=True, slots=True)
class Waves:
    """The best break of one series, and how the series wavers beside it."""

    place: int  # weeks before the break
    strength: float
    lags: Floats
    innovations: Floats  # what the lags leave of each week
    uncertainty: Floats  # shape (PILOTS, LAGS): how far off the lags may be


def best_splits(series: Floats) -> tuple[Ints, Floats]:
    """Find the break that explains most of each series.

    Parameters
    ----------
    series : shape (series, weeks)

    Returns
    -------
    weeks before the break, and the sum of squares that it explains
    """
    weeks = series.shape[1]
    before = np.arange(SHORTEST_ERA, weeks - SHORTEST_ERA + 1)
    sums = np.cumsum(series - series.mean(axis=1, keepdims=True), axis=1)[:, before - 1]
    explained = sums**2 * weeks / (before * (weeks - before))
    best = explained.argmax(axis=1)
    return before[best], explained[np.arange(len(series)), best]


def measure_splits(series: Floats) -> Splits:
    """Find the best break of each series and weigh it against the series' own long waves."""
    place, explained = best_splits(series)
    residual = series - levels(series, place)
    lags, noise = _fitted_lags(residual)
    damping = np.maximum(1.0 - lags.sum(axis=1), LEAST_DAMPING)
    floor = NOISE_FLOOR * np.maximum(series.var(axis=1), NOISE_FLOOR)
    return Splits(place, explained * damping**2 / np.maximum(noise, floor), lags, residual)


def levels(series: Floats, place: Ints) -> Floats:
    """Give each series' mean before and after its break, week by week."""
    weeks = series.shape[1]
    before = np.arange(weeks) < place[:, None]
    left = (series * before).sum(axis=1) / place
    right = (series * ~before).sum(axis=1) / (weeks - place)
    both: Floats = np.where(before, left[:, None], right[:, None])
    return both


def fit_waves(values: Floats, rng: "np.random.Generator") -> Waves:
    """Find the best break of a series, and the lags that make its weeks resemble each other.

    A series from which the best break was removed looks less persistent than it is. So worlds with
    the fitted lags are simulated and fitted in the same way, and the lags are moved by the
    difference, as [Kilian1998] does.

    Parameters
    ----------
    values : one per week, at least twice `SHORTEST_ERA`
    """
    found = measure_splits(values[None, :])
    residual, fitted = found.residual[0], found.lags[0]
    lags = fitted
    for _ in range(CORRECTIONS):
        innovations = _innovations(residual, lags)
        drawn = innovations[rng.integers(len(innovations), size=(PILOTS, len(values) + RUN_IN))]
        again = measure_splits(_worlds(drawn, lags)).lags
        middle = np.median(again, axis=0)
        lags = _steadied((lags + fitted - middle)[None, :])[0]
    innovations = _innovations(residual, lags)
    return Waves(int(found.place[0]), float(found.strength[0]), lags, innovations, again - middle)


def chance_of(
    waves: Waves, rng: "np.random.Generator", *, weeks: int, permutations: int, block: int
) -> float:
    """Tell how often a world without a break shows one as strong: the p-value.

    Parameters
    ----------
    waves : of the series in question
    weeks : its length
    permutations : worlds without a break
    block : weeks permuted together, >= 4

    Notes
    -----
    A sieve bootstrap [Bühlmann1997] that permutes blocks [Künsch1989] in place of single
    innovations. Each world has lags of its own, as far from the fitted ones as these may be wrong.
    """
    plausible = _plausible_lags(waves, rng, permutations)
    run_in = waves.innovations[rng.integers(len(waves.innovations), size=(permutations, RUN_IN))]
    shuffled = _permuted_blocks(waves.innovations, rng, permutations, weeks, block)
    worlds = _worlds(np.concatenate([run_in, shuffled], axis=1), plausible)
    as_strong = measure_splits(worlds).strength >= waves.strength * (1.0 - 1e-12)
    return float((1 + as_strong.sum()) / (permutations + 1))


def drawn_places(
    values: Floats, waves: Waves, rng: "np.random.Generator", *, draws: int, block: int, level: float
) -> Ints:
    """Find the break again in worlds that have it where it was found.

    A break is found because it stands out, so its jump looks larger than it is, and its date surer.
    The worlds with the jump as seen tell by how much: those whose break passes the test show a larger
    one than was put in. The jump is taken back by that before the worlds are searched.

    Parameters
    ----------
    values : of the weeks that the waves were fitted to
    draws : worlds; blocks of weeks drawn with replacement, each world with plausible lags of its own
    block : weeks drawn together
    level : of the test that a break has to pass
    """
    length = len(values) + RUN_IN
    starts = rng.integers(len(waves.innovations), size=(draws, -(-length // block)))
    index = (starts[:, :, None] + np.arange(block)) % len(waves.innovations)
    innovations = waves.innovations[index.reshape(draws, -1)[:, :length]]
    worlds = _worlds(innovations, _plausible_lags(waves, rng, draws))
    after = np.arange(len(values)) >= waves.place
    seen = _jumps(values[None, :], np.array([waves.place]))[0]
    again = measure_splits(worlds + seen * after)
    found = again.strength >= np.quantile(measure_splits(worlds).strength, 1.0 - level)
    larger = np.median(_jumps(worlds + seen * after, again.place)[found]) - seen if found.any() else 0.0
    jump = np.clip(seen - larger, min(seen, 0.0), max(seen, 0.0))
    return best_splits(worlds + jump * after)[0]


def _jumps(series: Floats, place: Ints) -> Floats:
    both = levels(series, place)
    risen: Floats = both[:, -1] - both[:, 0]
    return risen


def _plausible_lags(waves: Waves, rng: "np.random.Generator", worlds: int) -> Floats:
    """Draw lags as far from the fitted ones as these may be wrong."""
    return _steadied(waves.lags + waves.uncertainty[rng.integers(PILOTS, size=worlds)])


def _fitted_lags(residual: Floats) -> tuple[Floats, Floats]:
    """Solve the Yule-Walker equations of each series: its lags, and the variance they leave."""
    weeks = residual.shape[1]
    moments = np.stack(
        [(residual[:, lag:] * residual[:, : weeks - lag]).sum(axis=1) / weeks for lag in range(LAGS + 1)],
        axis=1,
    )
    places = np.abs(np.subtract.outer(np.arange(LAGS), np.arange(LAGS)))
    ridge = NOISE_FLOOR + 1e-9 * moments[:, 0]
    matrix = moments[:, places] + ridge[:, None, None] * np.eye(LAGS)
    lags = np.linalg.solve(matrix, moments[:, 1:, None])[:, :, 0].astype(np.float64)
    return lags, moments[:, 0] - (lags * moments[:, 1:]).sum(axis=1)


def _steadied(lags: Floats) -> Floats:
    """Shrink the roots of each set of lags so far that its series stays bounded."""
    companions = np.tile(np.eye(LAGS, k=-1), (len(lags), 1, 1))
    companions[:, 0, :] = lags
    roots = np.abs(np.linalg.eigvals(companions)).max(axis=1)
    shrunk = np.minimum(1.0, MOST_PERSISTENT / np.maximum(roots, NOISE_FLOOR))
    steadied: Floats = lags * shrunk[:, None] ** np.arange(1, LAGS + 1)
    return steadied


def _innovations(residual: Floats, lags: Floats) -> Floats:
    known = np.stack([residual[LAGS - lag : -lag] for lag in range(1, LAGS + 1)])
    left = residual[LAGS:] - lags @ known
    centred: Floats = left - left.mean()
    return centred


def _worlds(innovations: Floats, lags: Floats) -> Floats:
    worlds = np.zeros((len(innovations), innovations.shape[1] + LAGS))
    backwards = lags[..., ::-1]
    for week in range(innovations.shape[1]):
        carried = (worlds[:, week : week + LAGS] * backwards).sum(axis=1)
        worlds[:, week + LAGS] = innovations[:, week] + carried
    kept: Floats = worlds[:, RUN_IN + LAGS :]
    return kept


def _permuted_blocks(
    innovations: Floats, rng: "np.random.Generator", worlds: int, weeks: int, block: int
) -> Floats:
    """Cut the innovations into blocks at a random offset, and put the blocks in a random order."""
    length = len(innovations)
    blocks = -(-length // block)
    order = rng.permuted(np.tile(np.arange(blocks), (worlds, 1)), axis=1)
    places = (order[:, :, None] * block + np.arange(block)).reshape(worlds, -1)
    kept = places[places < length].reshape(worlds, length)
    offset = rng.integers(length, size=(worlds, 1))
    shuffled = innovations[(kept + offset) % length]
    filled: Floats = shuffled[:, np.arange(weeks) % length]
    return filled
