"""Gaps on acts: what each side does towards a third party in a period, nothing decayed."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from comity.events import KINDS, Acts, Events, month_of
from comity.provenance import NothingFoundError
from comity.ties.bootstrap import drawn_net, interval
from comity.ties.dyads import ByDyad
from comity.ties.evidence import ids_of
from comity.ties.gap import SideTie, ThirdParty
from comity.ties.gap_periods import Period
from comity.ties.gap_sides import Sides
from comity.ties.inquiry import Inquiry
from comity.ties.members import FEWEST
from comity.ties.memory import EPOCH, Floats, Parts, codes, day_number, in_order, summed, sums
from comity.ties.pooling import pool
from comity.ties.reading import ALL, net_of, refusal
from comity.ties.readings import CODED, of_kind
from comity.ties.settings import COUNTS, Settings

ENDLESS: Final = float("inf")  # half-life in days
EQUAL: Final = "equal"
VOLUME: Final = "volume"
BOTH: Final = (0, 1)


@dataclass(frozen=True, slots=True, eq=False)
class Towards:
    """What the members of one side did towards a third party in a period, member by member."""

    acts: Acts
    place: NDArray[np.int64]  # of each act's member
    members: tuple[str, ...]
    left_out: Mapping[str, str]
    nets: Mapping[str, float]  # of those above the floor
    points: tuple[float, float]  # friendly and hostile, of these together
    rows: int

    def tie(self, fewest: int, weights: str = EQUAL) -> float | None:
        """Give the mean of the members above the floor, or all their points balanced at once."""
        if len(self.nets) < fewest:
            return None
        return net_of(*self.points) if weights == VOLUME else float(np.mean(list(self.nets.values())))

    @property
    def counted(self) -> Acts:
        """The acts of the members above the floor."""
        above = [place for place, member in enumerate(self.members) if member in self.nets]
        return self.acts.select(np.isin(self.place, above))


@dataclass(frozen=True)
class Acted:
    """Acts as what ties are read off; the tie is that of the side towards the third party."""

    inquiry: Inquiry
    scale: ClassVar[str] = "acts"
    choices: ClassVar[Mapping[str, Sequence[str]]] = {
        "count": COUNTS,
        "kind": (ALL, *KINDS),
        "weights": (EQUAL, VOLUME),
    }
    default: ClassVar[Mapping[str, str]] = {"count": "acts", "kind": ALL, "weights": EQUAL}
    _loaded: dict[tuple[str, str | None], ByDyad] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, source: Any, sides: Sides, seed: int) -> "Acted":
        """Take events as they are, or from a frame."""
        settings = Settings(view=sides.view, without=sides.without, seed=seed)
        inquiry = Inquiry.of(source, date.max, settings, sides.registry)
        inquiry.dyad(*sides.pair)  # raises for an actor that nobody knows
        return cls(inquiry)

    @property
    def source(self) -> Events:
        """The events."""
        return self.inquiry.events

    @property
    def editions(self) -> Mapping[str, str]:
        """What the acts come from."""
        return self.source.editions

    @cached_property
    def span(self) -> tuple[date, date]:
        """First and last day of the data, or of the coded events.

        Raises
        ------
        NothingFoundError : there are no acts
        """
        found = self.source.data_span if self.inquiry.basis == "data" else None
        if found:
            return found
        day = self._acts("acts", None).acts.day
        if not len(day):
            raise NothingFoundError("no acts to measure on", remedy="Bring event data in: 'comity import'.")
        return EPOCH + timedelta(int(day.min())), EPOCH + timedelta(int(day.max()))

    @cached_property
    def actors(self) -> tuple[str, ...]:
        """Everybody whom a dated act names."""
        return tuple(sorted({end for dyad in self._acts("acts", None).dyads for end in dyad}))

    def measured(self, sides: Sides, third: str, known: Sequence[Period], shown: Sequence[Period]) -> "Doing":
        """Measure one third party in every period asked for."""
        del known
        return Doing(self, sides, third, tuple(shown))

    def ties(
        self, sides: Sides, third: str, period: Period, choice: Mapping[str, str]
    ) -> tuple[float, float] | None:
        """Give both ties with a third party under a choice; nothing where there is too little."""
        found = []
        for end in BOTH:
            side = self.towards(sides, end, third, period, choice["kind"], choice["count"])
            found.append(side.tie(self.fewest(sides, end, period), choice["weights"]))
        a, b = found
        return None if a is None or b is None else (a, b)

    def fewest(self, sides: Sides, end: int, period: Period) -> int:
        """How many members above the floor a side needs: one alone is not the alliance."""
        return FEWEST[sides.view] if sides.of(sides.pair[end], period.start) else 1

    def towards(
        self, sides: Sides, end: int, third: str, period: Period, kind: str = ALL, count: str = "acts"
    ) -> Towards:
        """Sum up what one side did towards a third party in a period, member by member."""
        members, left_out = sides.members(end, third, period.start)
        acts, place = self._acts(count, third).between([(member, third) for member in members])
        here = (acts.day >= day_number(period.start)) & (acts.day <= day_number(period.end))
        here[np.setdiff1d(np.arange(len(acts)), of_kind(acts, kind))] = False
        acts, place = acts.select(here), place[here]
        order = in_order(acts)
        acts, place = acts.select(order), place[order]
        total = sums(acts, Parts.of(acts, self.inquiry.day, ENDLESS), place, len(members))
        why = dict(left_out)
        nets, used = {}, []
        for number, member in enumerate(members):
            refused = refusal(float(total.mass[number]), int(total.days[number]), int(total.signed[number]))
            if refused:
                why[member] = (
                    refused.removeprefix("decayed ") if total.acts[number] else f"no act towards {third}"
                )
                continue
            used.append(number)
            nets[member] = net_of(float(total.friendly[number]), float(total.hostile[number]))
        points = (float(total.friendly[used].sum()), float(total.hostile[used].sum()))
        return Towards(acts, place, members, why, nets, points, int(total.rows[used].sum()))

    def notes(self, sides: Sides, shown: Sequence[Period]) -> list[str]:
        """Say what a reader must know of the data."""
        del shown
        notes = [f"{' and '.join(sides.pair)} towards each third party: acts have a direction"]
        if self.inquiry.basis == CODED:
            notes.append("as told by these authors: no sampling interval")
        return notes

    def _acts(self, count: str, third: str | None) -> ByDyad:
        """Load all acts, or those towards one actor, once; of all those loaded, no part is loaded again."""
        everything = (count, None)
        key = everything if everything in self._loaded else (count, third)
        if key not in self._loaded:
            acts = self.source.acts(
                receivers=None if third is None else [third],
                basis=self.inquiry.basis,
                count=count,
                nonstate=self.inquiry.settings.nonstate,
            )
            self._loaded[key] = ByDyad.of(acts)
        return self._loaded[key]


@dataclass(frozen=True)
class Doing:
    """One third party in all periods, on acts."""

    acted: Acted
    sides: Sides
    third: str
    shown: tuple[Period, ...]

    def third_parties(self) -> list[ThirdParty]:
        """Give the ties and the gap of every period asked for, with intervals."""
        return self._found

    @cached_property
    def _found(self) -> list[ThirdParty]:
        return [self._third_party(period) for period in self.shown]

    def margin(self, one: int, other: int) -> float | None:
        """Give half of the 95 % interval of the change: the two periods share no day."""
        square = 0.0
        for place in (one, other):
            found = self._found[place]
            if found.low is None or found.high is None:
                return None
            square += (found.high - found.low) ** 2
        return math.sqrt(square) / 2

    def _third_party(self, period: Period) -> ThirdParty:
        found = [self.acted.towards(self.sides, end, self.third, period) for end in BOTH]
        fewest = [self.acted.fewest(self.sides, end, period) for end in BOTH]
        drawn = self._drawn(found, period)
        a, b = (self._side_tie(*one) for one in zip(found, fewest, drawn, strict=True))
        months = [set(_months(side.counted)) for side in found]
        one = ThirdParty(self.sides.pair, self.third, a, b, None, None, len(months[0] & months[1]))
        if one.gap is None or drawn[0] is None or drawn[1] is None:
            return one
        low, high = interval(drawn[0].mean(axis=0) - drawn[1].mean(axis=0))
        return ThirdParty(one.pair, one.actor, one.a, one.b, low, high, one.months)

    def _side_tie(self, side: Towards, need: int, drawn: Floats | None) -> SideTie:
        counted = side.counted
        tie = side.tie(need)
        if tie is None:
            return SideTie(None, None, None, 0, side.rows, {}, side.left_out, (), self._refusal(side, need))
        low = high = None
        if drawn is not None:
            low, high = interval(drawn.mean(axis=0))
            if self.sides.view == "pooled" and need > 1:
                pooled = pool(np.array(list(side.nets.values())), drawn.var(axis=1, ddof=1))
                tie, low, high = pooled.mean, pooled.low, pooled.high
        months = len(set(_months(counted)))
        return SideTie(tie, low, high, months, side.rows, side.nets, side.left_out, ids_of(counted))

    def _refusal(self, side: Towards, need: int) -> str:
        if need == 1:
            return next(iter(side.left_out.values()), "nobody is left to stand for it")
        return f"{len(side.nets)} of {need} members have enough acts towards {self.third}"

    def _drawn(self, sides: Sequence[Towards], period: Period) -> list[Floats | None]:
        """Compute the nets of all members above the floor in 1000 worlds; both sides share the days drawn."""
        parts: list[tuple[Acts, NDArray[np.int64]]] = []
        widths: list[int] = []
        for side in sides:
            above = [place for place, member in enumerate(side.members) if member in side.nets]
            column = np.full(max(len(side.members), 1), -1)
            column[above] = np.arange(len(above)) + sum(widths)
            chosen = np.isin(side.place, above)
            parts.append((side.acts.select(chosen), column[side.place[chosen]]))
            widths.append(len(above))
        told = any((acts.basis == CODED).any() for acts, _ in parts)
        if told or not all(widths):
            return [None, None]
        days = codes(np.concatenate([acts.day for acts, _ in parts]))
        shape = (int(days.max()) + 1, sum(widths))
        friendly, hostile, done = np.zeros(shape), np.zeros(shape), 0
        for acts, column in parts:
            each = Parts.of(acts, self.acted.inquiry.day, ENDLESS)
            cell = days[done : done + len(acts)] * shape[1] + column
            friendly += summed(each.friendly, cell, shape[0] * shape[1]).reshape(shape)
            hostile += summed(each.hostile, cell, shape[0] * shape[1]).reshape(shape)
            done += len(acts)
        seed = self.acted.inquiry.settings.seed
        nets = drawn_net(friendly, hostile, seed, *self.sides.pair, self.third, "gap", period.label)
        return [nets[: widths[0]], nets[widths[0] :]]


def _months(acts: Acts) -> list[int]:
    return [month_of(EPOCH + timedelta(day)) for day in np.unique(acts.day).tolist()]
