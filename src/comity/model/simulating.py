"""Simulating streams of acts: who acts on whom each day, as a fitted model has it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from comity.model.fit import Fit
from comity.model.history import TYPES, History, number_of
from comity.model.measuring import measure_rows, needs_parts, transform_code
from comity.model.memory import check_size
from comity.model.state import Floats, Integers, State, advance, new_state, push
from comity.model.statistics import Statistic, find_statistics
from comity.provenance import BadValueError, UsageError


@dataclass(frozen=True, slots=True, eq=False)
class Propensity:
    """How likely each ordered pair is to get one act of a type, and how many acts there are.

    Parameters
    ----------
    beta : (terms,), one coefficient per statistic
    acts_per_day : the mean of a Poisson number
    sizes : worths without a sign, one of which is drawn for each act
    """

    statistics: tuple[Statistic, ...]
    beta: Floats
    acts_per_day: float
    sizes: Floats

    def __post_init__(self) -> None:
        if len(self.statistics) != len(self.beta):
            raise BadValueError(
                f"{len(self.beta)} coefficients for {len(self.statistics)} statistics",
                allowed="One for each.",
            )
        if self.acts_per_day < 0 or len(self.sizes) == 0 or not (self.sizes > 0).all():
            raise BadValueError("acts a day below 0, or sizes that are not above 0", where="propensity")

    @classmethod
    def of_fit(cls, fit: Fit, history: History) -> "Propensity":
        """Take coefficients from a fitted rate, volume and sizes from the acts that it explained.

        Raises
        ------
        UsageError : a fit of the type
        """
        if not fit.outcome.startswith("rate:"):
            raise UsageError(
                f"a fit of {fit.outcome} gives no rate", allowed="A fit of rate:cooperation or rate:conflict."
            )
        sign = TYPES.index(fit.outcome.removeprefix("rate:"))
        first, last = number_of(fit.date_start), number_of(fit.date_end)
        kept = (history.sign == sign) & (history.day >= first) & (history.day <= last) & (history.size > 0)
        return cls(
            find_statistics(tuple(one.term for one in fit.coefficients)),
            np.array([one.estimate for one in fit.coefficients]),
            int(kept.sum()) / (last - first + 1),
            history.size[kept],
        )


def simulate(
    before: History,
    propensities: Mapping[str, Propensity],
    *,
    first: date,
    last: date,
    half_life_days: float = 30.0,
    transform: str = "log1p",
    seed: int = 1,
) -> History:
    """Simulate every day from `first` to `last` (inclusive), each day given all that came before it.

    Parameters
    ----------
    before : the actors and the events that are remembered at the start; it may be empty
    propensities : for "cooperation", "conflict", or both
    seed : each day and type has a stream of its own, so that two worlds with one seed share their chance

    Returns
    -------
    the events before and the simulated ones

    Raises
    ------
    UsageError : events before that are not before `first`; too many actors
    """
    start, code = number_of(first), transform_code(transform)
    if (before.day >= start).any():
        raise UsageError("events on the first day to simulate, or later", where=str(first))
    statistics = tuple(one for chosen in propensities.values() for one in chosen.statistics)
    parts = needs_parts(statistics, code)
    actors = len(before.actors)
    check_size(actors, parts=parts)
    origin = int(before.day.min(initial=start))
    state = new_state(actors, origin, capacity=2 * actors * actors, parts=parts)
    for day in np.unique(before.day).tolist():
        at = before.day == day
        advance(state, day, half_life_days)
        push(state, before.sender[at], before.receiver[at], before.sign[at], before.size[at])
    drawn: list[tuple[Integers, Integers, Integers, Integers, Floats]] = []
    for day in range(start, number_of(last) + 1):
        advance(state, day, half_life_days)
        today = [
            _one_day(before, day, state, TYPES.index(name), chosen, code, seed)
            for name, chosen in sorted(propensities.items())
        ]
        for sender, receiver, _, sign, size in today:
            push(state, sender, receiver, sign, size)
        drawn += today
    old = (before.sender, before.receiver, before.day, before.sign, before.size)
    sender, receiver, number, sign, size = (
        np.concatenate(column) for column in zip(old, *drawn, strict=True)
    )
    return History(before.actors, sender, receiver, number, sign, size, before.enters, before.leaves)


def _one_day(
    before: History,
    day: int,
    state: State,
    sign: int,
    chosen: Propensity,
    transform: int,
    seed: int,
) -> tuple[Integers, Integers, Integers, Integers, Floats]:
    rng = np.random.default_rng([seed, sign, day + 2**31])
    present = before.present(day)
    a, b = np.repeat(present, len(present)), np.tile(present, len(present))
    a, b = a[a != b], b[a != b]
    acts = int(rng.poisson(chosen.acts_per_day)) if len(a) else 0
    terms = measure_rows(before, day, state, a, b, statistics=chosen.statistics, transform=transform)
    eta = chosen.beta @ terms
    steps = np.cumsum(np.exp(eta - eta.max(initial=0.0)))
    where = np.searchsorted(steps, rng.random(acts) * (steps[-1] if len(steps) else 0.0), side="right")
    size = rng.choice(chosen.sizes, size=acts)
    return a[where], b[where], np.full(acts, day), np.full(acts, sign), size
