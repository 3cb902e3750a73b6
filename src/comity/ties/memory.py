"""How much of an act is left on a later day, and the sums of what is left."""

import math
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.events import Acts

EPOCH: Final = date(1970, 1, 1)
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def day_number(day: date) -> int:
    """Count days since 1970-01-01."""
    return (day - EPOCH).days


def in_order(acts: Acts) -> Ints:
    """Sort acts by content, so that the order they came in reaches no sum; give their places."""
    keys = (acts.rows, acts.share, acts.weight, acts.days, acts.day)
    return np.lexsort(keys).astype(np.int64)


def remaining(day: Ints, days: Ints, at: int, half_life_days: float) -> Floats:
    """Tell what part of each act counts on the day `at`: ``2 ** (-(at - day) / half_life_days)``.

    An act of several days is spread evenly over them, and only its days before `at` count. With L
    days, of which m are past, that is the mean of m powers, summed as a geometric series.

    Parameters
    ----------
    day : first day of each act, as days since 1970-01-01
    days : its length in days, >= 1
    at : the day of the question; days on it or later do not count
    half_life_days : > 0; infinite means that nothing is forgotten

    Returns
    -------
    array of the same length, each in [0, 1]
    """
    past = np.clip(at - day, 0, days)
    fade = math.log(2.0) / half_life_days
    if fade == 0.0:
        return past / days
    newest = np.exp(-fade * (np.maximum(at - day, 1) - np.maximum(past, 1) + 1))
    sum_of_powers = np.where(past == 1, 1.0, np.expm1(-fade * past) / math.expm1(-fade))
    return newest * sum_of_powers / days


@dataclass(frozen=True, slots=True)
class Parts:
    """What each act adds on one day: friendly and hostile points, and its part of an act."""

    day: Ints
    friendly: Floats
    hostile: Floats
    mass: Floats

    @classmethod
    def of(cls, acts: Acts, at: int, half_life_days: float) -> "Parts":
        """Decay `acts` to the day `at`."""
        mass = acts.share * remaining(acts.day, acts.days, at, half_life_days)
        points = np.abs(acts.weight) * mass
        return cls(acts.day, np.where(acts.sign > 0, points, 0.0), np.where(acts.sign < 0, points, 0.0), mass)

    def __getitem__(self, rows: NDArray[np.bool_] | Ints) -> "Parts":
        return Parts(self.day[rows], self.friendly[rows], self.hostile[rows], self.mass[rows])


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over groups of acts; every field has one entry per group."""

    friendly: Floats
    hostile: Floats
    mass: Floats
    days: Ints  # distinct first days
    signed: Ints  # acts that are friendly or hostile
    acts: Ints
    rows: Ints


def sums(acts: Acts, parts: Parts, group: Ints, groups: int) -> Sums:
    """Sum `parts` by group: plain aggregates, one pass each.

    Parameters
    ----------
    acts : sorted by `in_order`
    parts : of the same acts
    group : group of each act, from 0 to ``groups - 1``
    groups : how many there are
    """

    return Sums(
        friendly=summed(parts.friendly, group, groups),
        hostile=summed(parts.hostile, group, groups),
        mass=summed(parts.mass, group, groups),
        days=_distinct(group, acts.day, groups),
        signed=np.bincount(group[acts.sign != 0], minlength=groups),
        acts=_distinct(group, codes(acts.key), groups),
        rows=_rows(acts, group, groups),
    )


def summed(values: Floats, group: Ints, groups: int) -> Floats:
    """Sum values by group, one after the other."""
    return np.bincount(group, weights=values, minlength=groups).astype(np.float64)


def codes(values: NDArray[Any]) -> Ints:
    """Number the values of a column, equal ones alike."""
    return np.unique(values, return_inverse=True)[1].astype(np.int64)


def _distinct(group: Ints, value: Ints, groups: int) -> Ints:
    first = _first_of_pairs(group, value)
    return np.bincount(group[first], minlength=groups)


def _rows(acts: Acts, group: Ints, groups: int) -> Ints:
    # A row that names several parties gives several pairs; within one group it is still one row.
    first = _first_of_pairs(group, codes(acts.id))
    return np.bincount(group[first], weights=acts.rows[first], minlength=groups).astype(np.int64)


def _first_of_pairs(group: Ints, value: Ints) -> Ints:
    if not len(group):
        return np.zeros(0, dtype=np.int64)
    dense = value - value.min()
    return np.unique(group * (int(dense.max()) + 1) + dense, return_index=True)[1].astype(np.int64)


def per_day(parts: Parts) -> Parts:
    """Add up the parts that fall on one first day, in the order of days."""
    day, place = np.unique(parts.day, return_inverse=True)
    columns = (parts.friendly, parts.hostile, parts.mass)
    return Parts(day, *(summed(column, place.astype(np.int64), len(day)) for column in columns))
