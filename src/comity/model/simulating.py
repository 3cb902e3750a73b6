"""Simulating streams of acts: who acts on whom each day, as a fitted model has it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np

from comity.model.chances import Predictor, pairs_at
from comity.model.history import TYPES, History, day_of, number_of
from comity.model.measuring import kinds_of, measure_rows, needs_parts, transform_code
from comity.model.memory import check_size
from comity.model.propensity import Propensity, TypeChance
from comity.model.state import Floats, Integers, State, advance, new_state, push
from comity.model.tables import Tables, fill_tables, new_tables
from comity.model.volume import ACT, WEEK, DayCount
from comity.provenance import UsageError

STREAMS: Final = (*TYPES, ACT, "type")  # the random streams of a day, by number

_Drawn = tuple[Integers, Integers, Integers, Integers, Floats, Integers]


def simulate(
    before: History,
    propensities: Mapping[str, Propensity],
    *,
    first: date,
    last: date,
    half_life_days: float = 30.0,
    transform: str = "log1p",
    seed: int = 1,
    volume: Mapping[str, DayCount] | None = None,
    types: TypeChance | None = None,
) -> History:
    """Simulate every day from `first` to `last` (inclusive), each day given all that came before it.

    Parameters
    ----------
    before : the actors and the events that are remembered at the start; it may be empty
    propensities : for "cooperation", "conflict", or both; with `types` for "act" alone
    seed : each day and type has a stream of its own, so that two worlds with one seed share their chance
    volume : what says how many acts a day has, such as `fit_volume`; by default a Poisson number with the
        propensity's mean
    types : decides the type of each act; by default each type has a propensity of its own

    Returns
    -------
    the events before and the simulated ones; a joint act is an event in each direction

    Raises
    ------
    UsageError : events before that are not before `first`; too many actors; propensities of something else;
        a volume that runs away
    """
    _check(before, propensities, number_of(first), types)
    counted = volume or {}
    world = _World.of(before, propensities, number_of(first), half_life_days, transform_code(transform))
    past = {name: _last_week(before, name, number_of(first)) for name in propensities}
    drawn: list[_Drawn] = []
    numbers = before.act_numbers(np.arange(len(before)))
    told = len(numbers)
    for day in range(number_of(first), number_of(last) + 1):
        world.wake(day)
        today = []
        for name, chosen in sorted(propensities.items()):
            rng = _stream(seed, name, day)
            acts = _how_many(chosen, counted.get(name), day, past[name], rng)
            a, b = world.draw_pairs(name, chosen, acts, rng)
            past[name] = np.append(past[name][1:], len(a))
            if types is None:
                sign, size = np.full(len(a), TYPES.index(name)), rng.choice(chosen.sizes, size=len(a))
            else:
                sign, size = world.draw_types(types, a, b, _stream(seed, "type", day))
            act = told + np.arange(len(a))
            told += len(a)
            today.append(_both_ways((a, b, np.full(len(a), day), sign, size, act), chosen.joint, rng))
        world.remember(today)
        drawn += today
    old = (before.sender, before.receiver, before.day, before.sign, before.size, numbers)
    sender, receiver, number, sign, size, act = (
        np.concatenate(column) for column in zip(old, *drawn, strict=True)
    )
    joint = before.act is not None or any(one.joint > 0 for one in propensities.values())
    return replace(
        before,
        sender=sender,
        receiver=receiver,
        day=number,
        sign=sign,
        size=size,
        kind=None,
        act=act if joint else None,
    )


@dataclass(slots=True, eq=False)
class _World:
    """The memories of the present day, and what makes chances of them."""

    before: History
    half_life_days: float
    transform: int
    state: State
    tables: Tables
    predictors: dict[str, Predictor]
    day: int = 0

    @classmethod
    def of(
        cls,
        before: History,
        propensities: Mapping[str, Propensity],
        start: int,
        half_life_days: float,
        transform: int,
    ) -> "_World":
        actors = len(before.actors)
        statistics = [one for chosen in propensities.values() for one in chosen.statistics]
        parts = needs_parts(statistics, transform)
        check_size(actors, parts=parts)
        first = int(before.day.min(initial=start))
        state = new_state(actors, first, capacity=2 * actors * actors, parts=parts)
        for day in np.unique(before.day).tolist():
            at = before.day == day
            advance(state, day, half_life_days)
            push(state, before.sender[at], before.receiver[at], before.sign[at], before.size[at])
        tables = new_tables(actors)
        predictors = {
            name: Predictor.of(before, chosen.statistics, transform=transform, tables=tables)
            for name, chosen in propensities.items()
        }
        return cls(before, half_life_days, transform, state, tables, predictors)

    def wake(self, day: int) -> None:
        """Move to the morning of a day."""
        self.day = day
        advance(self.state, day, self.half_life_days)
        fill_tables(self.state, self.transform, self.tables)

    def draw_pairs(
        self, name: str, chosen: Propensity, acts: int, rng: np.random.Generator
    ) -> tuple[Integers, Integers]:
        """Let each act fall on an ordered pair with probability proportional to exp(η)."""
        present = self.before.present(self.day)
        if len(present) < 2:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        eta = self.predictors[name].eta(self.day, self.state, present, chosen.beta)
        steps = np.cumsum(np.exp(eta - eta.max()))
        places = np.searchsorted(steps, rng.random(acts) * steps[-1], side="right")
        return pairs_at(present, np.minimum(places, len(eta) - 1))

    def draw_types(
        self, types: TypeChance, a: Integers, b: Integers, rng: np.random.Generator
    ) -> tuple[Integers, Floats]:
        """Decide each act's type, then its worth."""
        terms = measure_rows(
            self.before, self.day, self.state, a, b, statistics=types.statistics, transform=self.transform
        )
        friendly = 1 / (1 + np.exp(-np.clip(types.beta[0] + types.beta[1:] @ terms, -700, 700)))
        sign = (rng.random(len(a)) >= friendly).astype(np.int64)
        sizes = [rng.choice(types.sizes[name], size=len(a)) for name in TYPES]
        return sign, np.where(sign == 0, *sizes)

    def remember(self, today: Sequence[_Drawn]) -> None:
        """Add the day's acts; they count from tomorrow on."""
        for sender, receiver, _, sign, size, _ in today:
            push(self.state, sender, receiver, sign, size)


def _check(
    before: History, propensities: Mapping[str, Propensity], start: int, types: TypeChance | None
) -> None:
    if (before.day >= start).any():
        raise UsageError("events on the first day to simulate, or later", where=str(day_of(start)))
    kinds = kinds_of([one for chosen in propensities.values() for one in chosen.statistics])
    if kinds:
        raise UsageError(
            f"statistics of acts of {' and '.join(kinds)}",
            allowed="Statistics of all acts: simulated ones have no kind.",
        )
    known = TYPES if types is None else (ACT,)
    if not propensities or not set(propensities) <= set(known):
        raise UsageError(
            f"propensities of {', '.join(propensities) or 'nothing'}",
            allowed=f"Of {' and '.join(known)}" + (", whose types are given." if types else "."),
        )


def _stream(seed: int, name: str, day: int) -> np.random.Generator:
    return np.random.default_rng([seed, STREAMS.index(name), day + 2**31])


def _last_week(before: History, name: str, start: int) -> Integers:
    """Count the acts of the seven days before the first, oldest first."""
    kept = before.once & (before.day >= start - WEEK)
    if name != ACT:
        kept = kept & (before.sign == TYPES.index(name))
    return np.bincount(before.day[kept] - (start - WEEK), minlength=WEEK)


def _both_ways(acts: _Drawn, joint: float, rng: np.random.Generator) -> _Drawn:
    """Add the other direction of the acts that both sides do; chance decides which these are."""
    if joint == 0:
        return acts
    both = rng.random(len(acts[0])) < joint
    sender, receiver, day, sign, size, act = (np.concatenate([one, one[both]]) for one in acts)
    some = slice(len(both), None)
    sender[some], receiver[some] = receiver[some].copy(), sender[some].copy()
    return sender, receiver, day, sign, size, act


def _how_many(
    chosen: Propensity, counted: DayCount | None, day: int, past: Integers, rng: np.random.Generator
) -> int:
    if counted is None:
        return int(rng.poisson(chosen.acts_per_day))
    return counted.acts(day, past, float(rng.random()))
