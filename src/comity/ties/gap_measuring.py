"""Measuring gaps on scores: sides, periods, intervals, changes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from comity.ties.gap import GapChange, GapPeriod, SideTie, ThirdParty
from comity.ties.gap_noise import Noise
from comity.ties.gap_panel import Panel
from comity.ties.gap_periods import Period
from comity.ties.gap_scores import EQUAL, Level, level, side_tie
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
    found = []
    for end in BOTH:
        members, left_out = sides.members(end, third, period.start)
        one = level(panel, members, third, period, weights)
        found.append(replace(one, left_out={**left_out, **one.left_out}))
    return Levels(period, *found)


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
        gap = self.noise()
        own = [
            Noise.of([side.deviations for side in self._side(end) if side.tie is not None]) for end in BOTH
        ]
        return [self._third_party(both, gap, own) for both in self.shown]

    def noise(self) -> Noise | None:
        """What the gap's months scatter by."""
        return Noise.of([one for both in self.known if (one := both.deviations) is not None])

    def _third_party(self, both: Levels, gap: Noise | None, own: Sequence[Noise | None]) -> ThirdParty:
        a, b = (self._side_tie(end, both, own[end]) for end in BOTH)
        margin = gap.margin(gap.of_mean(both.period.months)) if gap else None
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

    def changes(self, periods: Sequence[GapPeriod]) -> list[GapChange]:
        """Split the change from each period to the next, and from the first to the last, into who moved."""
        noise = self.noise() if self.sides.view != "pooled" else None
        at = [place for place, period in enumerate(periods) if period.of(self.third).gap is not None]
        steps = [(one, other) for one, other in pairwise(at) if other == one + 1]
        if len(at) > 1 and (at[0], at[-1]) not in steps:
            steps.append((at[0], at[-1]))
        return [self._change(periods[one], periods[other], one, other, noise) for one, other in steps]

    def _change(
        self, before: GapPeriod, after: GapPeriod, one: int, other: int, noise: Noise | None
    ) -> GapChange:
        first, last = before.of(self.third), after.of(self.third)
        moved_a = _difference(first.a, last.a)
        moved_b = -_difference(first.b, last.b)
        composition = 0.0
        if self.sides.view == "members":
            here, there = self.shown[one], self.shown[other]
            steady = _steady(here.a, there.a) - _steady(here.b, there.b)
            composition = moved_a + moved_b - steady
        low = high = None
        if noise:
            months = (self.shown[one].period.months, self.shown[other].period.months)
            margin = noise.margin(sum(noise.of_mean(count) for count in months))
            low, high = moved_a + moved_b - margin, moved_a + moved_b + margin
        return GapChange(self.third, before, after, moved_a, moved_b, composition, low, high)


def _difference(before: SideTie, after: SideTie) -> float:
    return (after.tie or 0.0) - (before.tie or 0.0)


def _steady(before: Level, after: Level) -> float:
    """What the tie would have risen by, had only those counted who count in both periods."""
    both = [one for one in before.members if one in after.members]
    if not both:
        return 0.0
    rises = [after.own[after.members.index(one)] - before.own[before.members.index(one)] for one in both]
    return float(np.mean(rises))


def _joined(a: SideTie, b: SideTie) -> float | None:
    if a.low is None or a.high is None or b.low is None or b.high is None:
        return None
    return float(np.hypot(a.high - a.low, b.high - b.low)) / 2
