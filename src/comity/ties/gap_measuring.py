"""Measuring gaps on scores: sides, periods, intervals, changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import ClassVar, Final

import numpy as np

from comity.events import MonthlyScores
from comity.ties.gap import SideTie, ThirdParty
from comity.ties.gap_noise import Noise
from comity.ties.gap_panel import CENTRINGS, NONE, SCALES, TONE, Grid, Panel
from comity.ties.gap_periods import Period
from comity.ties.gap_scores import EQUAL, VOLUME, Level, level, side_tie
from comity.ties.gap_sides import Sides
from comity.ties.memory import Floats
from comity.ties.pooling import pool

FEWEST_POOLED: Final = 3  # members
BOTH: Final = (0, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Both sides with one third party in one period."""

    period: Period
    a: Level
    b: Level

    @property
    def deviations(self) -> Floats | None:
        """What each month adds to the gap beyond its even part, times the months."""
        if self.a.tie is None or self.b.tie is None:
            return None
        return self.a.deviations - self.b.deviations


def levels(panel: Panel, sides: Sides, third: str, period: Period, weights: str = EQUAL) -> Levels:
    """Measure both sides with one third party in one period."""
    a, b = (level(panel, sides.members(end, third, period.start), third, period, weights) for end in BOTH)
    return Levels(period, a, b)


@dataclass(frozen=True, eq=False)
class Measured:
    """One third party in all periods: what a gap on scores is put together from.

    Parameters
    ----------
    known : both sides in every period of the data, for the noise
    shown : those of the periods asked for
    """

    panel: Panel
    sides: Sides
    third: str
    known: tuple[Levels, ...]
    shown: tuple[Levels, ...]

    @classmethod
    def of(
        cls, panel: Panel, sides: Sides, third: str, known: Sequence[Period], shown: Sequence[Period]
    ) -> "Measured":
        """Measure every period once."""
        each = {one: levels(panel, sides, third, one) for one in dict.fromkeys((*known, *shown))}
        return cls(panel, sides, third, tuple(each[one] for one in known), tuple(each[one] for one in shown))

    def third_parties(self) -> list[ThirdParty]:
        """Give the ties and the gap of every period asked for, with intervals."""
        gap = self.noise
        own = [
            Noise.of([side.deviations for side in self._side(end) if side.tie is not None]) for end in BOTH
        ]
        return [self._third_party(both, gap, own) for both in self.shown]

    @cached_property
    def noise(self) -> Noise | None:
        """What the gap's months scatter by."""
        return Noise.of([one for both in self.known if (one := both.deviations) is not None])

    def _third_party(self, both: Levels, gap: Noise | None, own: Sequence[Noise | None]) -> ThirdParty:
        a, b = (self._side_tie(end, both, own[end]) for end in BOTH)
        margin = gap.margin(_variance_of(both, gap)) if gap else None
        if self.sides.view == "pooled":
            margin = _joined(a, b)
        known = int((both.a.known & both.b.known).sum()) if both.a.members and both.b.members else 0
        one = ThirdParty(self.sides.pair, self.third, a, b, None, None, known)
        if one.gap is None or margin is None:
            return one
        return replace(one, low=max(one.gap - margin, -2.0), high=min(one.gap + margin, 2.0))

    def _side_tie(self, end: int, both: Levels, noise: Noise | None) -> SideTie:
        found = (both.a, both.b)[end]
        alone = not self.sides.of(self.sides.pair[end], both.period.start)
        tie = side_tie(self.panel, found, self.third, both.period, noise, alone=alone)
        if self.sides.view != "pooled" or alone or tie.tie is None:
            return tie
        return self._pooled(end, found, both.period, tie)

    def _pooled(self, end: int, found: Level, period: Period, tie: SideTie) -> SideTie:
        if len(found.members) < FEWEST_POOLED:
            said = f"{len(found.members)} of {FEWEST_POOLED} members to pool have enough months"
            return replace(tie, tie=None, low=None, high=None, refused=said)
        variances = [self._variance(end, member, period) for member in found.members]
        result = pool(found.own, np.array(variances))
        return replace(tie, tie=result.mean, low=result.low, high=result.high)

    def _variance(self, end: int, member: str, period: Period) -> float:
        seen = [one for one in self._side(end) if member in one.members]
        noise = Noise.of([one.deviations_of(one.members.index(member)) for one in seen])
        return (
            noise.of_mean(period.months) if noise else 1.0
        )  # a tie lies between -1 and 1: it weighs nothing

    def _side(self, end: int) -> list[Level]:
        return [(one.a, one.b)[end] for one in self.known]

    def margin(self, one: int, other: int) -> float | None:
        """Give half of the 95 % interval of the change between two of the periods asked for."""
        noise = self.noise
        if noise is None:
            return None
        return noise.margin(sum(_variance_of(self.shown[place], noise) for place in (one, other)))


def _variance_of(both: Levels, noise: Noise) -> float:
    deviations = both.deviations
    here = noise if deviations is None else noise.within(deviations)
    return here.of_mean(both.period.months)


def _joined(a: SideTie, b: SideTie) -> float | None:
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return None
    return float(np.hypot(a.high - a.low, b.high - b.low)) / 2


@dataclass(frozen=True)
class Scored:
    """Scores of pairs as what ties are read off."""

    source: MonthlyScores
    scale: ClassVar[str] = "scores"
    choices: ClassVar[Mapping[str, Sequence[str]]] = {
        "scale": tuple(SCALES),
        "centring": tuple(CENTRINGS),
        "weights": (EQUAL, VOLUME),
    }
    default: ClassVar[Mapping[str, str]] = {"scale": TONE, "centring": NONE, "weights": EQUAL}

    @property
    def span(self) -> tuple[date, date]:
        """First and last day of the data."""
        return self.source.first_day, self.source.last_day

    @property
    def actors(self) -> tuple[str, ...]:
        """Everybody who has a score."""
        return self.source.actors

    @property
    def editions(self) -> Mapping[str, str]:
        """What the scores come from."""
        return self.source.editions

    def measured(
        self, sides: Sides, third: str, known: Sequence[Period], shown: Sequence[Period]
    ) -> Measured:
        """Measure one third party in every period."""
        return Measured.of(self._panel(TONE, NONE), sides, third, known, shown)

    def ties(
        self, sides: Sides, third: str, period: Period, choice: Mapping[str, str]
    ) -> tuple[float, float] | None:
        """Give both ties with a third party under a choice; nothing where there is too little."""
        panel = self._panel(choice["scale"], choice["centring"])
        found = levels(panel, sides, third, period, choice["weights"])
        return None if found.a.tie is None or found.b.tie is None else (found.a.tie, found.b.tie)

    def notes(self, sides: Sides, shown: Sequence[Period]) -> list[str]:
        """Say what a reader must know of the data."""
        notes = []
        for actor in sides.pair:
            members = sides.registry.members(actor, shown[0].start) if actor in sides.registry else ()
            if sides.view == "own" and members and actor not in self.actors:
                notes.append(f"the scores have no {actor} of its own: see the view 'members'")
        first, last = shown[0].first_month, shown[-1].last_month
        lost = sum(days for month, days in self.source.missing.items() if first <= month <= last)
        if lost:
            notes.append(f"on {lost} days of these periods no pair has a score: lost files, not silence")
        return notes

    def _panel(self, scale: str, centring: str) -> Panel:
        """Lay the scores out on a scale and against a baseline, once each."""
        if (scale, centring) not in self._panels:
            self._panels[scale, centring] = (
                Panel.of(self._grid, scale)
                if centring == NONE
                else self._panel(scale, NONE).centred(centring)
            )
        return self._panels[scale, centring]

    @cached_property
    def _grid(self) -> Grid:
        return Grid(self.source)

    @cached_property
    def _panels(self) -> dict[tuple[str, str], Panel]:
        return {}
