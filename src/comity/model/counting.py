"""Negative binomial numbers: their chances, quantiles, and a regression with a given dispersion.

With mean μ and dispersion α the variance is μ + αμ²; at α = 0 it is a Poisson number.
"""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from comity.model.newton import Evaluation
from comity.model.state import Floats, Integers

NO_DISPERSION: Final = 1e-12  # below it, only rounding would tell the two distributions apart
SERIES: Final = 1e-3  # below this, differences of nearly equal numbers are replaced by their series


@dataclass(frozen=True, slots=True, eq=False)
class CountRegression:
    """The likelihood of numbers of acts with a given dispersion.

    Parameters
    ----------
    terms : (p, days), the first one ones
    acts : (days,)
    """

    terms: Floats
    acts: Integers
    dispersion: float
    thin: int = 1

    def evaluate(self, beta: Floats, *, thin: int = 1) -> Evaluation:
        """Work out the log likelihood, its gradient and its information."""
        eta = beta @ self.terms
        mean, y = np.exp(np.minimum(eta, 300.0)), self.acts
        spread = 1 + self.dispersion * mean
        value = float(log_chance(y, mean, self.dispersion).sum())
        gradient = self.terms @ ((y - mean) / spread)
        weight = mean * (1 + self.dispersion * y) / spread**2
        return Evaluation(value, gradient, (self.terms * weight) @ self.terms.T)

    def slope(self, beta: Floats) -> float:
        """Give the derivative of the log likelihood by the dispersion."""
        mean, y, alpha = np.exp(beta @ self.terms), self.acts, self.dispersion
        steps = np.arange(int(y.max(initial=0)))
        rising = np.concatenate([[0.0], np.cumsum(steps / (1 + alpha * steps))])
        return float((rising[y] + mean**2 * _bend(alpha * mean) - y * mean / (1 + alpha * mean)).sum())

    def joint_information(self, beta: Floats) -> Floats:
        """Give minus the second derivatives by the coefficients and, if it is above 0, by the dispersion."""
        inner = self.evaluate(beta).information
        if self.dispersion == 0:
            return inner
        mean, y, alpha = np.exp(beta @ self.terms), self.acts, self.dispersion
        m = alpha * mean
        steps = np.arange(int(y.max(initial=0)))
        rising = np.concatenate([[0.0], np.cumsum((steps / (1 + alpha * steps)) ** 2)])
        curve = mean**3 * np.where(m < SERIES, -2 / 3 + 1.5 * m, (1 / (1 + m) ** 2 - 2 * _bend(m)) / m)
        corner = float((rising[y] - curve - y * mean**2 / (1 + m) ** 2).sum())
        edge = self.terms @ ((y - mean) * mean / (1 + m) ** 2)
        return np.block([[inner, edge[:, None]], [edge[None, :], np.array([[corner]])]])

    def reach(self, move: Floats) -> float:
        """Give the largest change of a day's linear predictor."""
        return float(np.abs(move @ self.terms).max())

    def telling_terms(self) -> list[int]:
        """List the terms that are above zero only where there is no act at all."""
        none = self.acts == 0
        found = (self.terms[:, none].max(axis=1, initial=0.0) > 0) & ~(self.terms[:, ~none] > 0).any(axis=1)
        return [int(j) for j in np.flatnonzero(found)]


def log_chance(acts: Integers, mean: Floats, dispersion: float) -> Floats:
    """Give the log probability of each number of acts.

    Examples
    --------
    >>> log_chance(np.array([2]), np.array([1.0]), 1.0).round(6)    # geometric: (1/2) ** 3
    array([-2.079442])
    """
    steps = np.arange(int(acts.max(initial=0)))
    rising = np.concatenate([[0.0], np.cumsum(np.log1p(dispersion * steps) - np.log1p(steps))])
    falling = mean if dispersion < NO_DISPERSION else np.log1p(dispersion * mean) / dispersion
    damped = acts * np.log1p(dispersion * mean)
    found: Floats = rising[acts] + acts * np.log(mean) - damped - falling
    return found


def quantile(chance: float, mean: float, dispersion: float) -> int:
    """Give the smallest number up to which more than `chance` of the distribution lies.

    The same chance gives a number that rises with the mean, so that two worlds with one seed stay close.

    Examples
    --------
    >>> [quantile(chance, 1.0, 1.0) for chance in (0.0, 0.4, 0.6, 0.8)]    # 1/2, 3/4, 7/8, ...
    [0, 0, 1, 2]
    """
    share, odds = mean / (1 + dispersion * mean), dispersion * mean / (1 + dispersion * mean)
    none = mean if dispersion < NO_DISPERSION else math.log1p(dispersion * mean) / dispersion
    log_here, number = -none, 0
    total = math.exp(log_here)
    end = mean + 40 * math.sqrt(mean + dispersion * mean**2) + 40  # beyond it, only rounding is left
    while total <= chance and number < end:
        log_here += math.log((share + odds * number) / (number + 1))
        number += 1
        total += math.exp(log_here)
    return number


def _bend(m: Floats) -> Floats:
    """Give (log(1 + m) - m / (1 + m)) / m², which is 1/2 at 0."""
    safe = np.maximum(m, SERIES)
    found: Floats = np.where(
        m < SERIES, 0.5 - 2 * m / 3 + 0.75 * m**2, (np.log1p(safe) - safe / (1 + safe)) / safe**2
    )
    return found
