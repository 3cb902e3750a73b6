"""The tie of an alliance or group, read off the ties of its members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from comity.events import Acts
from comity.ties.bootstrap import drawn_net, interval
from comity.ties.dyads import Dyad
from comity.ties.inquiry import Inquiry
from comity.ties.memory import Floats, Ints, Parts, codes, in_order, summed, sums
from comity.ties.pooling import pool
from comity.ties.reading import ALL, DAYS_FLOOR, MASS_FLOOR, Reading
from comity.ties.readings import CODED, of_kind, readings
from comity.ties.tie import READINGS, MemberTie, Tie

DOMINANT_SHARE: Final = 0.4  # of its side's rows
FEWEST: Final = {"members": 2, "pooled": 3}  # ties above the floor: one member alone is not the alliance


@dataclass(frozen=True, slots=True)
class Side:
    """One end of the tie: the actor asked for, and those who stand for it."""

    actor: str
    members: tuple[str, ...]
    left_out: tuple[str, ...] = ()  # members that the caller wants left out

    @classmethod
    def of(cls, inquiry: Inquiry, actor: str, *, other: str) -> "Side":
        """Find the members on the day, without those left out and without the other end."""
        members, without = inquiry.members(actor), inquiry.settings.without
        kept = tuple(one for one in members if one not in without and one != other)
        left_out = tuple(one for one in members if one in without)
        return cls(actor, kept if members else (actor,), left_out)


@dataclass(frozen=True, slots=True)
class MemberActs:
    """The acts of one kind between pairs of members, and the reading of each pair."""

    acts: Acts
    pair: Ints  # of each act, its place in `each`
    each: Sequence[Reading]
    at: int
    half_life_days: float

    def combined(self, view: str, question: Sequence[object]) -> tuple[Reading, Mapping[int, float]]:
        """Give the mean over the pairs above the floor and, where pooled, each pair's shrunken net."""
        if len(self.each) == 1:  # two states, or a group with one member left: nothing to combine
            return self.each[0], {}
        used = [place for place, one in enumerate(self.each) if one.refused is None]
        told = bool((self.acts.basis == CODED).any())
        pooled = view == "pooled"
        refused = _refusal(len(used), len(self.each), pooled=pooled, told=told)
        reading = replace(self._totals(used if refused is None else None), refused=refused)
        if refused is not None:
            return reading, {}
        nets = np.array([self.each[place].net for place in used], dtype=np.float64)
        reading = replace(reading, net=float(nets.mean()))
        if told:
            return reading, {}
        drawn = self._drawn(used, question)
        if not pooled:
            low, high = interval(drawn.mean(axis=0))
            return replace(reading, low=low, high=high), {}
        result = pool(nets, drawn.var(axis=1, ddof=1))
        reading = replace(reading, net=result.mean, low=result.low, high=result.high)
        return reading, dict(zip(used, result.shrunken, strict=True))

    def _totals(self, used: Sequence[int] | None) -> Reading:
        order = in_order(self.acts)
        acts = self.acts.select(order)
        parts = Parts.of(acts, self.at, self.half_life_days)
        total = sums(acts, parts, np.zeros(len(acts), dtype=np.int64), 1)
        shown = [one for place, one in enumerate(self.each) if used is None or place in used]
        count = max(len(shown), 1)
        return Reading(
            friendly=sum(one.friendly for one in shown) / count,
            hostile=sum(one.hostile for one in shown) / count,
            net=None,
            low=None,
            high=None,
            acts=int(total.acts[0]),
            rows=int(total.rows[0]),
            mass=float(total.mass[0]),
        )

    def _drawn(self, used: Sequence[int], question: Sequence[object]) -> Floats:
        """Compute the nets of the pairs `used` in 1000 worlds; all pairs share the days drawn."""
        column = np.full(len(self.each), -1)
        column[list(used)] = np.arange(len(used))
        acts, pair = self.acts.select(column[self.pair] >= 0), column[self.pair]
        pair = pair[pair >= 0]
        order = in_order(acts)
        acts, pair = acts.select(order), pair[order]
        parts = Parts.of(acts, self.at, self.half_life_days)
        day = codes(acts.day)
        shape = (int(day.max()) + 1, len(used))

        def by_day(points: Floats) -> Floats:
            return summed(points, day * shape[1] + pair, shape[0] * shape[1]).reshape(shape)

        return drawn_net(by_day(parts.friendly), by_day(parts.hostile), *question)


def group_tie(inquiry: Inquiry, sender: str, receiver: str, *, look_again: bool = True) -> Tie:
    """Measure the tie between two sides, of which either may be an alliance or group.

    Friendly, hostile and net are means over the pairs of members above the floor, every pair
    counting alike; acts, rows and mass are totals over all pairs.

    Parameters
    ----------
    inquiry : with the view "members" or "pooled"
    sender, receiver : actor ids; a side without members stands for itself
    look_again : measure once more without the members that hold over 40 % of the rows
    """
    settings = inquiry.settings
    sides = (Side.of(inquiry, sender, other=receiver), Side.of(inquiry, receiver, other=sender))
    pairs = [(a, b) for a in sides[0].members for b in sides[1].members if a != b]
    acts, pair = inquiry.between(pairs)
    seeds = [(settings.seed, *one) for one in pairs]
    each = readings(acts, pair, seeds, at=inquiry.day, half_life_days=settings.half_life_days)
    found: dict[str, Reading] = {}
    shrunken: Mapping[int, float] = {}
    for name in READINGS:
        chosen = of_kind(acts, name)
        kind = MemberActs(
            acts.select(chosen),
            pair[chosen],
            [one[name] for one in each],
            inquiry.day,
            settings.half_life_days,
        )
        question = (settings.seed, sender, receiver, "members", name, settings.half_life_days)
        found[name], drawn_in = kind.combined(settings.view, question)
        shrunken = drawn_in if name == ALL else shrunken
    listed = [
        _listed(one, read[ALL], shrunken.get(place))
        for place, (one, read) in enumerate(zip(pairs, each, strict=True))
    ]
    shares = [share for end, side in enumerate(sides) for share in _dominant(side, end, listed)]
    dominant = tuple(member for _, member, _ in shares)
    again = _without(inquiry, sender, receiver, dominant) if dominant and look_again else None
    return inquiry.tie(
        sender,
        receiver,
        found,
        acts,
        members=tuple(listed),
        dominant=dominant,
        without_dominant=again,
        notes=_notes(inquiry, sides, shares),
    )


def _refusal(used: int, pairs: int, *, pooled: bool, told: bool) -> str | None:
    if pairs == 0:
        return "no member is left"
    if pooled and told:
        return "pooling needs sampling intervals; these acts are told by authors"
    needed = FEWEST["pooled" if pooled else "members"]
    if used >= needed:
        return None
    return (
        f"{used} of {pairs} member ties above the floor of {MASS_FLOOR:g} acts on {DAYS_FLOOR} days; "
        f"{needed} needed"
    )


def _listed(pair: Dyad, reading: Reading, shrunken: float | None) -> MemberTie:
    return MemberTie(*pair, reading.net, shrunken, reading.acts, reading.rows, reading.mass, reading.refused)


def _dominant(side: Side, end: int, listed: Sequence[MemberTie]) -> list[tuple[str, str, float]]:
    """Find the members of a side that hold over 40 % of the rows: (side, member, share)."""
    total = sum(one.rows for one in listed)
    if len(side.members) < 2 or total == 0:
        return []
    held = dict.fromkeys(side.members, 0)
    for one in listed:
        held[(one.sender, one.receiver)[end]] += one.rows
    return [
        (side.actor, member, rows / total) for member, rows in held.items() if rows / total > DOMINANT_SHARE
    ]


def _without(inquiry: Inquiry, sender: str, receiver: str, dominant: Sequence[str]) -> Tie:
    without = tuple(sorted({*inquiry.settings.without, *dominant}))
    less = replace(inquiry, settings=replace(inquiry.settings, without=without))
    return group_tie(less, sender, receiver, look_again=False)


def _notes(inquiry: Inquiry, sides: tuple[Side, Side], shares: Sequence[tuple[str, str, float]]) -> list[str]:
    notes = [
        f"{member} holds {share:.0%} of the rows on the side of {side}" for side, member, share in shares
    ]
    left_out = {one for side in sides for one in side.left_out}
    idle = [one for one in inquiry.settings.without if one not in left_out]
    notes += [
        f"{one} is no member of either side on that day: leaving it out changes nothing" for one in idle
    ]
    notes += [f"left out of {side.actor}: {', '.join(side.left_out)}" for side in sides if side.left_out]
    return notes
