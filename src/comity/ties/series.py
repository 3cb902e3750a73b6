"""A tie through time, for figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from comity.actors import Registry
from comity.events import Acts
from comity.provenance import UsageError
from comity.ties.bootstrap import DRAWS, day_counts, interval, nets
from comity.ties.evidence import ids_of
from comity.ties.frame import tidy
from comity.ties.inquiry import Inquiry
from comity.ties.members import group_tie
from comity.ties.memory import Floats, Ints, codes, day_number, in_order
from comity.ties.reading import ALL, net_of, refusal
from comity.ties.readings import CODED, of_kind
from comity.ties.settings import HALF_LIFE_DAYS, Settings
from comity.ties.tie import READINGS

COLUMNS: Final[Mapping[str, type]] = {
    "sender": str,
    "receiver": str,
    "kind": str,
    "half_life_days": float,
    "day": date,
    "friendly": float,
    "hostile": float,
    "net": float,
    "low": float,
    "high": float,
    "mass": float,
    "acts": int,
    "refused": str,
}


@dataclass(frozen=True, slots=True)
class TiePoint:
    """The tie on one day of a series."""

    day: date
    friendly: float
    hostile: float
    net: float | None
    low: float | None
    high: float | None
    mass: float
    refused: str | None
    new: tuple[str, ...]  # ids of the acts since the point before; at the first, over as long a step

    @property
    def acts(self) -> int:
        """How many acts came in since the point before."""
        return len(self.new)


@dataclass(frozen=True, slots=True)
class TieSeries:
    """One kind of one tie, day after day; each point is what `measure` says of that day."""

    sender: str
    receiver: str
    kind: str
    half_life_days: float
    points: tuple[TiePoint, ...]

    def __len__(self) -> int:
        return len(self.points)

    def frame(self, native: str | None = None) -> Any:
        """Lay the points out in a tidy frame of pandas, polars or pyarrow."""
        fixed = {name: getattr(self, name) for name in ("sender", "receiver", "kind", "half_life_days")}
        columns = {
            name: [fixed[name] if name in fixed else getattr(point, name) for point in self.points]
            for name in COLUMNS
        }
        return tidy(columns, COLUMNS, native)


def days_between(first: date, last: date, *, step_days: int = 7) -> tuple[date, ...]:
    """List days from `first` to `last`, `step_days` apart; `last` is always among them.

    Examples
    --------
    >>> [day.day for day in days_between(date(2019, 1, 1), date(2019, 1, 16))]
    [1, 8, 15, 16]
    """
    if step_days < 1 or last < first:
        raise UsageError(f"days from {first} to {last} in steps of {step_days}", allowed="Forward steps.")
    count = (last - first).days // step_days
    days = [first + timedelta(days=step_days * step) for step in range(count + 1)]
    return tuple(days if days[-1] == last else [*days, last])


def trace_tie(
    events: Any,
    sender: str,
    receiver: str,
    *,
    days: Sequence[date],
    kind: str = ALL,
    half_life_days: float = HALF_LIFE_DAYS,
    view: str = "own",
    without: Sequence[str] = (),
    count: str = "acts",
    basis: str | None = None,
    seed: int = 1,
    registry: Registry | None = None,
    nonstate: bool = False,
) -> TieSeries:
    """Follow one tie through time.

    What is left of the acts is carried from day to day, so that a long series costs little more
    than its last point. In the views "members" and "pooled" each day is measured anew, with the
    members of that day.

    Parameters
    ----------
    events, sender, receiver : as in `measure`
    days : the days to measure on, in any order; see `days_between`
    kind : "all", "talk", "institutions" or "deeds"
    half_life_days, view, without, count, basis, seed, registry, nonstate : as in `measure`

    Raises
    ------
    UsageError : no day, or a setting outside what is allowed
    """
    if not days:
        raise UsageError("no day to measure on")
    if kind not in READINGS:
        raise UsageError(f"unknown kind {kind!r}", allowed=f"One of {', '.join(READINGS)}.")
    settings = Settings(half_life_days, view, without, count, basis, seed, nonstate)
    inquiry = Inquiry.of(events, max(days), settings, registry)
    sender, receiver = inquiry.dyad(sender, receiver)
    in_turn = sorted(set(days))
    if view == "own":
        points = _carried(inquiry, sender, receiver, kind, in_turn)
    else:
        points = _measured(inquiry, sender, receiver, kind, in_turn)
    return TieSeries(sender, receiver, kind, half_life_days, tuple(points))


def _measured(
    inquiry: Inquiry, sender: str, receiver: str, kind: str, days: Sequence[date]
) -> list[TiePoint]:
    points, seen = [], frozenset[str]()
    for day in days:
        tie = group_tie(replace(inquiry, at=day), sender, receiver, look_again=False)
        one = tie.readings[kind]
        new = tuple(id for id in tie.evidence if id not in seen)
        seen |= frozenset(new)
        points.append(
            TiePoint(day, one.friendly, one.hostile, one.net, one.low, one.high, one.mass, one.refused, new)
        )
    return points


@dataclass(frozen=True, slots=True)
class _Pieces:
    """Acts cut into single days, in the order of those days."""

    day: Ints
    place: Ints  # of the act's first day among the distinct first days
    parts: Floats  # shape (3, days): friendly and hostile points, mass

    @classmethod
    def of(cls, acts: Acts) -> "_Pieces":
        act = np.repeat(np.arange(len(acts)), acts.days)
        starts = np.cumsum(acts.days) - acts.days
        day = acts.day[act] + np.arange(len(act)) - starts[act]
        mass = (acts.share / acts.days)[act]
        points = np.abs(acts.weight)[act] * mass
        sign = acts.sign[act]
        order = np.argsort(day, kind="stable")
        parts = np.stack([np.where(sign > 0, points, 0.0), np.where(sign < 0, points, 0.0), mass])
        return cls(day[order], codes(acts.day)[act][order], parts[:, order])


def _carried(inquiry: Inquiry, sender: str, receiver: str, kind: str, days: Sequence[date]) -> list[TiePoint]:
    acts = inquiry.acts([sender], [receiver])
    acts = acts.select(of_kind(acts, kind))
    acts = acts.select(in_order(acts))
    told = bool((acts.basis == CODED).any())
    pieces = _Pieces.of(acts)
    first_days = np.cumsum(np.diff(acts.day, prepend=-(2**60)) > 0)  # up to and with each act
    signed = np.cumsum(acts.sign != 0)
    half_life_days = inquiry.settings.half_life_days
    question = (inquiry.settings.seed, sender, receiver, kind, float(half_life_days))
    active = int(first_days[-1]) if len(acts) and not told else 0
    counts = np.concatenate([np.zeros((0, DRAWS)), *day_counts(active, *question)])
    sums, drawn = np.zeros(3), np.zeros((2, DRAWS))
    points: list[TiePoint] = []
    cut, last = 0, day_number(days[0])
    begun = int(np.searchsorted(acts.day, last - _first_step(days)))
    for day in days:
        at = day_number(day)
        fade = 2.0 ** (-(at - last) / half_life_days)
        new = slice(cut, int(np.searchsorted(pieces.day, at)))
        left = pieces.parts[:, new] * 2.0 ** (-(at - pieces.day[new]) / half_life_days)
        sums = sums * fade + left.sum(axis=1)
        if not told:
            drawn = drawn * fade + left[:2] @ counts[pieces.place[new]]
        started = int(np.searchsorted(acts.day, at))
        past = (int(first_days[started - 1]), int(signed[started - 1])) if started else (0, 0)
        ids = ids_of(acts.select(np.arange(begun, started)))
        points.append(_point(day, sums, None if told else drawn, past, ids))
        cut, begun, last = new.stop, started, at
    return points


def _first_step(days: Sequence[date]) -> int:
    return (days[1] - days[0]).days if len(days) > 1 else 2**40


def _point(
    day: date, sums: Floats, drawn: Floats | None, past: tuple[int, int], new: tuple[str, ...]
) -> TiePoint:
    friendly, hostile, mass = (float(one) for one in sums)
    refused = refusal(mass, *past)
    if refused is not None:
        return TiePoint(day, friendly, hostile, None, None, None, mass, refused, new)
    low, high = (None, None) if drawn is None else interval(nets(*drawn))
    return TiePoint(day, friendly, hostile, net_of(friendly, hostile), low, high, mass, None, new)
