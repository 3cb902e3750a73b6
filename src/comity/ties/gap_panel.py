"""Scores of pairs by month on one scale, against one baseline: a table of pairs and months."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from comity.events import MonthlyScores, month_of
from comity.ties.memory import Floats, Ints

TONE: Final = "tone"
NONE: Final = "none"


@dataclass(frozen=True, eq=False)
class Grid:
    """Monthly scores as tables with a line a pair and a column a month; empty cells are 0 days."""

    scores: MonthlyScores

    @cached_property
    def first(self) -> int:
        """The month of the first column."""
        return month_of(self.scores.first_day)

    @cached_property
    def months(self) -> int:
        """How many columns there are."""
        return month_of(self.scores.last_day) - self.first + 1

    def column(self, name: str) -> Floats:
        """Lay out one column of `MonthlyScores`."""
        table = np.zeros((len(self.scores.pairs), self.months))
        table[self.scores.pair, self.scores.month - self.first] = getattr(self.scores, name)
        return table

    @cached_property
    def days(self) -> Floats:
        """Days with a score."""
        return self.column("days")

    @cached_property
    def size(self) -> Floats:
        """Sums of the sizes of scores."""
        return self.column("size")

    @cached_property
    def covered(self) -> Floats:
        """Days of each month that the data cover."""
        edges = np.arange(self.first, self.first + self.months + 1) - month_of_epoch()
        starts = edges.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
        lost = [self.scores.missing.get(self.first + place, 0) for place in range(self.months)]
        return np.asarray(np.maximum(np.diff(starts) - np.array(lost), 1).astype(np.float64))

    def lines(self, members: tuple[str, ...], third: str) -> tuple[list[str], list[int], dict[str, str]]:
        """Find the lines of members with a third party: who has one, where, and why others have none."""
        if (members, third) not in self._lines:
            places = self.scores.places
            found = {one: places.get((min(one, third), max(one, third))) for one in members}
            there = {one: line for one, line in found.items() if line is not None}
            absent = {one: f"no scores with {third}" for one in members if one not in there}
            self._lines[members, third] = (list(there), list(there.values()), absent)
        return self._lines[members, third]

    @cached_property
    def _lines(self) -> dict[tuple[tuple[str, ...], str], tuple[list[str], list[int], dict[str, str]]]:
        return {}

    @cached_property
    def ends(self) -> Ints:
        """The two actors of each line, as places in `MonthlyScores.actors`."""
        place = {actor: number for number, actor in enumerate(self.scores.actors)}
        return np.array([[place[end] for end in pair] for pair in self.scores.pairs], dtype=np.int64)


@dataclass(frozen=True, eq=False)
class Panel:
    """Values of pairs by month, NaN where there are none, and what each weighs by volume."""

    grid: Grid
    value: Floats
    weight: Floats

    @classmethod
    def of(cls, grid: Grid, scale: str = TONE) -> "Panel":
        """Lay scores out on a scale of `SCALES`."""
        return cls(grid, *SCALES[scale](grid))

    def centred(self, centring: str) -> "Panel":
        """Set the values against a baseline of `CENTRINGS`."""
        return Panel(self.grid, CENTRINGS[centring](self.grid, self.value), self.weight)

    @cached_property
    def known(self) -> NDArray[np.bool_]:
        """Which pairs and months have a value."""
        return ~np.isnan(self.value)

    def line(self, one: str, other: str) -> int | None:
        """Find the line of a pair."""
        return self.grid.scores.places.get((min(one, other), max(one, other)))


def month_of_epoch() -> int:
    """Number the month that numpy counts months from."""
    return 12 * 1970


def _tone(grid: Grid) -> tuple[Floats, Floats]:
    return _ratio(grid.column("total"), grid.size), grid.size


def _balance(grid: Grid) -> tuple[Floats, Floats]:
    return _ratio(grid.column("friendly_days") - grid.column("hostile_days"), grid.days), grid.days


def _sum(grid: Grid) -> tuple[Floats, Floats]:
    per_day = np.arcsinh(grid.column("total") / grid.covered)
    return np.where(grid.days > 0, per_day, np.nan), grid.days


def _ratio(above: Floats, below: Floats) -> Floats:
    found = np.full(above.shape, np.nan)
    return np.asarray(np.divide(above, below, out=found, where=below > 0))


def _uncentred(grid: Grid, value: Floats) -> Floats:
    del grid
    return value


def _own_mean(grid: Grid, value: Floats) -> Floats:
    """Take off the mean of what the two have with all other partners in the month, half of each."""
    known = ~np.isnan(value)
    filled = np.where(known, value, 0.0)
    sums, counts = _by_actor(grid, filled), _by_actor(grid, known.astype(np.float64))
    means = [_ratio(sums[grid.ends[:, end]] - filled, counts[grid.ends[:, end]] - known) for end in (0, 1)]
    return value - (means[0] + means[1]) / 2


def _by_actor(grid: Grid, table: Floats) -> Floats:
    """Add lines up by the actors at their ends."""
    found = np.zeros((len(grid.scores.actors), table.shape[1]))
    for end in (0, 1):
        actors = grid.ends[:, end]
        order = np.argsort(actors, kind="stable")
        there, starts = np.unique(actors[order], return_index=True)
        if len(there):
            found[there] += np.add.reduceat(table[order], starts, axis=0)
    return found


def _standing(grid: Grid, value: Floats) -> Floats:
    """Take off the mean of all pairs in the month, and divide by their standard deviation."""
    known = ~np.isnan(value)
    count = np.maximum(known.sum(axis=0), 1)
    filled = np.where(known, value, 0.0)
    mean = filled.sum(axis=0) / count
    spread = np.sqrt((np.where(known, value - mean, 0.0) ** 2).sum(axis=0) / count)
    return np.where(spread > 0, (value - mean) / np.where(spread > 0, spread, 1.0), np.nan)


SCALES: Final[Mapping[str, Callable[[Grid], tuple[Floats, Floats]]]] = {
    TONE: _tone,  # sum of scores by sum of their sizes
    "balance of days": _balance,  # friendly less hostile days, by days with a score
    "sum": _sum,  # asinh of the sum per day covered: grows with the news
}
CENTRINGS: Final[Mapping[str, Callable[[Grid, Floats], Floats]]] = {
    NONE: _uncentred,
    "own partners": _own_mean,
    "all pairs": _standing,
}
