"""How sure the mean of a few months is, when each month resembles the one before."""

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np

from comity.ties.memory import Floats
from comity.ties.pooling import QUANTILE

LAGS: Final = tuple(place / 50 for place in range(48))  # 0 to 0.94; a negative one would flatter
FEWEST_FREE: Final = 4  # months beyond one a period: below that nothing can be said


@dataclass(frozen=True, slots=True)
class Noise:
    """What months scatter by about the level of their period.

    Parameters
    ----------
    variance : of a month
    lag : how much of a month's deviation is left in the next, 0 to 1
    free : months beyond one a period that this was seen in
    """

    variance: float
    lag: float
    free: int

    @classmethod
    def of(cls, deviations: Iterable[Floats]) -> "Noise | None":
        """Estimate it from the deviations of months from the mean of their period; nothing if too few.

        Taking out the mean of six months hides most of what a slow wave does to it, so the sums of
        squares and of products of neighbours are compared with what they would be on average for each
        lag, the mean taken out as here.
        """
        known = [one for one in deviations if len(one) > 1]
        free = sum(len(one) - 1 for one in known)
        if free < FEWEST_FREE:
            return None
        lengths = tuple(sorted(len(one) for one in known))
        expected = _expected(lengths)
        squares = float(sum((one**2).sum() for one in known))
        products = float(sum((one[1:] * one[:-1]).sum() for one in known))
        if squares == 0.0:
            return cls(0.0, 0.0, free)
        ratios = [second / first for first, second in expected]  # rises with the lag
        lag = float(np.interp(products / squares, ratios, LAGS))
        return cls(squares / float(np.interp(lag, LAGS, [first for first, _ in expected])), lag, free)

    def within(self, deviations: Floats) -> "Noise":
        """Give the noise of one period: where it scatters more than the others, half of that counts."""
        first, _ = _moments(len(deviations), self.lag)
        own = float((deviations**2).sum()) / first if first else 0.0
        return replace(self, variance=max(self.variance, (self.variance + own) / 2))

    def of_mean(self, months: int) -> float:
        """Give the variance of the mean of consecutive months."""
        return self.variance * _of_mean(months, self.lag)

    def margin(self, variance: float) -> float:
        """Give half of a 95 % interval: Student's, for as many free months."""
        return _student(self.free) * math.sqrt(variance)


def _of_mean(months: int, lag: float) -> float:
    weights = [months - step for step in range(1, months)]
    return float(months + 2 * sum(w * lag**step for step, w in enumerate(weights, 1))) / months**2


@lru_cache(maxsize=64)
def _expected(lengths: tuple[int, ...]) -> list[tuple[float, float]]:
    """Sum the expected squares and products of neighbours up over periods, for each lag."""
    found = []
    for lag in LAGS:
        each = [(_moments(months, lag), lengths.count(months)) for months in sorted(set(lengths))]
        found.append((sum(one[0] * count for one, count in each), sum(one[1] * count for one, count in each)))
    return found


@lru_cache(maxsize=1024)
def _moments(months: int, lag: float) -> tuple[float, float]:
    """Give the expected sums of squares and of products of neighbours, variance 1, the mean taken out."""
    steps = np.arange(months)
    cov = lag ** np.abs(steps[:, None] - steps[None, :]).astype(np.float64)
    cov = cov - cov.mean(axis=0) - cov.mean(axis=1, keepdims=True) + cov.mean()
    return float(np.trace(cov)), float(np.trace(cov, offset=1))


def _student(free: int) -> float:
    """Give Student's 97.5 % point, by the expansion of Cornish and Fisher; within 0.01 from 4 on.

    Examples
    --------
    >>> round(_student(10), 2), round(_student(60), 2)
    (2.23, 2.0)
    """
    z = QUANTILE
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return float(z + sum(term / free**power for power, term in enumerate(terms, 1)))
