"""One statistic's part of a change, shared out exactly among what it is the sum of.

A statistic is a sum over third parties, s = Σ_k x_k, and enters as log1p(s). Between two days its change is
shared out with the logarithmic mean [Ang2005], the coefficient's with the midpoint [Kitagawa1955]; over two
periods the shares are averaged over every pair of a day before and a day after.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


class Split(NamedTuple):
    """What one term contributes, per unit of its coefficient in each era.

    Parameters
    ----------
    parts : (columns, eras), by what the statistic is the sum of
    eras : (eras,), by the change of the coefficient
    rounding : (eras,), by what the model's memory cuts off
    """

    parts: Floats
    eras: Floats
    rounding: Floats


def split(columns: Floats, shown: Floats | None, era: Floats, before: int, *, transform: str) -> Split:
    """Share out one term's change from the first `before` days to the others.

    Parameters
    ----------
    columns : (days, columns), the statistic's summands, without any cut
    shown : (days,), the transformed statistic as the model has it, if rounding is asked for
    era : (days, eras), 1 for each day's era
    transform : "log1p" of the sum, "each" (the sum of each log1p) or "identity"
    """
    summed = transform == "log1p"
    x = np.log1p(columns) if transform == "each" else columns
    total = x.sum(axis=1)
    value = np.log1p(total) if summed else total
    first, second = slice(0, before), slice(before, len(x))
    sign = np.repeat([-1.0, 1.0], [before, len(x) - before])
    share = np.concatenate([np.full(before, 1 / before), np.full(len(x) - before, 1 / (len(x) - before))])
    mean = _mean_slopes(total[first], total[second]) if summed else 1.0
    both = share[first][:, None] * share[second][None, :] * mean
    rows, sums = both @ np.ones(len(x) - before), np.ones(before) @ both
    leaving = (rows[:, None] * era[first] + both @ era[second]) / 2
    coming = (sums[:, None] * era[second] + both.T @ era[first]) / 2
    weight = (share * sign)[:, None] * era
    return Split(
        parts=x[second].T @ coming - x[first].T @ leaving,
        eras=_by_era_change(value, share[:, None] * era, share, before),
        rounding=np.zeros(era.shape[1]) if shown is None else (shown - value) @ weight,
    )


def levels(columns: Floats, era: Floats, period: Floats, *, transform: str) -> Floats:
    """Give (columns, eras): how much of the transformed statistic each summand is, on average of a period.

    Parameters
    ----------
    period : (days,), the weight of each day
    """
    if transform == "each":
        shared = np.log1p(columns)
    elif transform == "identity":
        shared = columns
    else:
        shared = columns * _mean_slopes(np.zeros(1), columns.sum(axis=1))[0][:, None]
    found: Floats = shared.T @ (period[:, None] * era)
    return found


def _mean_slopes(start: Floats, end: Floats) -> Floats:
    """Give (starts, ends): [log1p e − log1p s] / (e − s), in the limit 1/(1 + s)."""
    rise = (end[None, :] - start[:, None]) / (1 + start[:, None])
    flat = rise == 0
    found: Floats = np.where(flat, 1.0, np.log1p(rise) / np.where(flat, 1.0, rise)) / (1 + start[:, None])
    return found


def _by_era_change(value: Floats, here: Floats, share: Floats, before: int) -> Floats:
    """Average the mean value times the coefficient's change over pairs of a day before and a day after."""
    if here.shape[1] == 1:
        return np.zeros(1)
    one, other = here[:before], here[before:]
    risen = value[before:] @ other + (value[:before] @ share[:before]) * other.sum(axis=0)
    fallen = value[:before] @ one + (value[before:] @ share[before:]) * one.sum(axis=0)
    found: Floats = (risen - fallen) / 2
    return found
