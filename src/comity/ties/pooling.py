"""Partial pooling: a mean of several numbers that differ among themselves and are each uncertain."""

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from comity.ties.memory import Floats

LEAST_VARIANCE: Final = 1e-6  # of a net number: a standard error of 0.001
QUANTILE: Final = 1.959963984540054  # of the normal distribution, for 95 %


@dataclass(frozen=True, slots=True)
class Pooled:
    """The mean of the population that the values come from, and the values drawn towards it."""

    mean: float
    low: float
    high: float
    between: float  # variance between values, beyond what their own uncertainty explains
    shrunken: tuple[float, ...]


def pool(values: Floats, variances: Floats) -> Pooled:
    """Pool values by the random-effects estimate of DerSimonian and Laird.

    Parameters
    ----------
    values : one per member; at least two
    variances : their sampling variances

    Notes
    -----
    In the paper's symbols: `values` are y, `variances` are s², `between` is Δ² (cut at
    0); weights are 1 / (s² + Δ²), the interval is normal, and each shrunken value is
    ``(Δ² y + s² mean) / (Δ² + s²)``. With few members the interval is too narrow.

    Examples
    --------
    >>> import numpy as np
    >>> pool(np.array([0.1, 0.1, 0.1]), np.array([0.01, 0.01, 0.01])).between
    0.0

    References
    ----------
    [DerSimonianLaird1986]; entry in docs/bibliography.md
    """
    variances = np.maximum(variances, LEAST_VARIANCE)
    fixed = 1.0 / variances
    centre = float(fixed @ values / fixed.sum())
    spread = float(fixed @ (values - centre) ** 2)
    between = max(0.0, (spread - (len(values) - 1)) / float(fixed.sum() - (fixed**2).sum() / fixed.sum()))
    weights = 1.0 / (variances + between)
    mean = float(weights @ values / weights.sum())
    margin = QUANTILE / math.sqrt(float(weights.sum()))
    shrunken = (between * values + variances * mean) / (between + variances)
    return Pooled(mean, max(-1.0, mean - margin), min(1.0, mean + margin), between, tuple(shrunken.tolist()))
