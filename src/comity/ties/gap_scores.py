"""Ties on scores of pairs: of a state, or of an alliance by its members, in a period."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from comity.events import month_name
from comity.ties.gap import SideTie
from comity.ties.gap_noise import Noise
from comity.ties.gap_panel import Panel
from comity.ties.gap_periods import Period
from comity.ties.memory import Floats

FEWEST_MONTHS: Final = 3  # with a value, for a pair to count in a period
EQUAL: Final = "equal"
VOLUME: Final = "volume"
Side = tuple[tuple[str, ...], Mapping[str, str]]  # as `Sides.members` gives it


@dataclass(frozen=True, eq=False)
class Level:
    """The tie of one side with a third party in one period, with the months behind it.

    Parameters
    ----------
    tie : ``None`` where no member has enough months
    members, lines : who counts, and the line of each in the panel
    values : by member and month, NaN where there is none
    left_out : who does not count, and why
    """

    tie: float | None
    members: tuple[str, ...]
    lines: tuple[int, ...]
    values: Floats
    left_out: Mapping[str, str]

    @property
    def known(self) -> NDArray[np.bool_]:
        """In which months any member has a value."""
        return np.asarray((~np.isnan(self.values)).any(axis=0))

    @cached_property
    def own(self) -> Floats:
        """The mean of each member over its months."""
        return _means(self.values)

    @cached_property
    def deviations(self) -> Floats:
        """What each month adds to the tie beyond its even part, times the months."""
        return np.asarray(self._deviations.mean(axis=0))

    def deviations_of(self, place: int) -> Floats:
        """The same for one member by itself."""
        return np.asarray(self._deviations[place])

    @cached_property
    def _deviations(self) -> Floats:
        known = ~np.isnan(self.values)
        off = np.where(known, self.values - self.own[:, None], 0.0)
        return np.asarray(off * (known.shape[1] / known.sum(axis=1, keepdims=True)))


def level(panel: Panel, side: Side, third: str, period: Period, weights: str = EQUAL) -> Level:
    """Measure the tie of a side with a third party in a period.

    With equal weights it is the mean over members of their mean over months; by volume every pair and
    month weighs what it has of news.

    Parameters
    ----------
    side : who stands for it, and who does not and why
    """
    members, apart = side
    first = period.first_month - panel.grid.first
    columns = slice(max(first, 0), max(first + period.months, 0))
    there, places, absent = panel.grid.lines(members, third)
    counts = panel.known[places, columns].sum(axis=1).tolist()
    used, lines, left_out = there, places, {**apart, **absent}
    if counts and min(counts) < FEWEST_MONTHS:
        left_out |= {
            member: f"{count} of {FEWEST_MONTHS} months with {third}"
            for member, count in zip(there, counts, strict=True)
            if count < FEWEST_MONTHS
        }
        enough = [place for place, count in enumerate(counts) if count >= FEWEST_MONTHS]
        used, lines = [there[place] for place in enough], [places[place] for place in enough]
    values = panel.value[lines, columns] if lines else np.zeros((0, period.months))
    if not used:
        return Level(None, (), (), values, left_out)
    if weights == EQUAL:
        tie = float(_means(values).mean())
    else:
        weight = np.where(np.isnan(values), 0.0, panel.weight[lines, columns])
        tie = float((np.where(np.isnan(values), 0.0, values) * weight).sum() / weight.sum())
    return Level(tie, tuple(used), tuple(lines), values, left_out)


def _means(values: Floats) -> Floats:
    """Give the mean of each line over what it has; every line has something."""
    missing = np.isnan(values)
    if not missing.any():
        return np.asarray(values.mean(axis=1))
    return np.asarray(np.where(missing, 0.0, values).sum(axis=1) / (~missing).sum(axis=1))


def side_tie(
    panel: Panel, found: Level, third: str, period: Period, noise: Noise | None, *, alone: bool
) -> SideTie:
    """Put the tie of one side together, with its interval and what it stands on.

    Parameters
    ----------
    alone : the side is one actor, so that why it is left out is why there is no tie
    """
    if found.tie is None:
        reason = _refusal(found.left_out, third, alone=alone)
        return SideTie(None, None, None, 0, 0, {}, found.left_out, (), reason)
    margin = noise.margin(noise.within(found.deviations).of_mean(period.months)) if noise else None
    columns = slice(period.first_month - panel.grid.first, period.last_month - panel.grid.first + 1)
    counted = ~np.isnan(found.values)
    days = np.where(counted, panel.grid.days[list(found.lines), columns], 0)
    return SideTie(
        found.tie,
        None if margin is None else max(found.tie - margin, -1.0),
        None if margin is None else min(found.tie + margin, 1.0),
        int(found.known.sum()),
        int(days.sum()),
        dict(zip(found.members, found.own.tolist(), strict=True)),
        found.left_out,
        _evidence(panel, found, period, counted),
    )


def _evidence(panel: Panel, found: Level, period: Period, counted: NDArray[np.bool_]) -> tuple[str, ...]:
    names = [f" {month_name(month)}" for month in range(period.first_month, period.last_month + 1)]
    said: list[str] = []
    for line, row in zip(found.lines, counted.tolist(), strict=True):
        pair = "-".join(panel.grid.scores.pairs[line])
        said += [pair + name for name, there in zip(names, row, strict=True) if there]
    return tuple(said)


def _refusal(left_out: Mapping[str, str], third: str, *, alone: bool) -> str:
    if alone and left_out:
        return next(iter(left_out.values()))
    if not left_out:
        return "nobody is left to stand for it"
    return f"no member has {FEWEST_MONTHS} months with {third}"
