"""Worlds in which some acts are given and the others simulated, alike but for what is given.

Every ordered pair, day and type has a random number of its own, so two worlds with one seed draw the same
acts wherever their chances are the same: differences between them are little but effects.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from comity.model.chances import Predictor, pairs_at, place_of
from comity.model.history import TYPES, History
from comity.model.measuring import kinds_of, needs_parts, transform_code
from comity.model.memory import check_size
from comity.model.predicting import log_sum_exp
from comity.model.propensity import Propensity
from comity.model.state import Floats, Integers, State, advance, new_state, push
from comity.model.statistic import Statistic
from comity.model.tables import fill_tables, new_tables
from comity.provenance import UsageError

GOLDEN: Final = 0.6180339887498949  # spreads the worths of several acts of one pair and day


@dataclass(frozen=True, slots=True, eq=False)
class Watch:
    """What is read off each morning: the predictor of some dyads.

    Parameters
    ----------
    senders, receivers : positions in the history's actors
    relative : take it relative to log Σ exp η over all pairs, as the value of a rate is
    """

    statistics: tuple[Statistic, ...]
    beta: Floats
    intercept: float
    senders: Integers
    receivers: Integers
    relative: bool


class Replayed(NamedTuple):
    """One world.

    Parameters
    ----------
    seen : (days, dyads), what was watched on each morning
    acts : those given and those simulated
    """

    seen: Floats
    acts: History


@dataclass(frozen=True, slots=True, eq=False)
class Replay:
    """What happens from the first to the last day, and what is looked at.

    Parameters
    ----------
    before : the actors, and all acts before the first day
    first, last : days since 1970-01-01, both included
    free : by type, (n, n), the ordered pairs whose acts are simulated
    propensities : by type; only coefficients, sizes and the share of joint acts are used
    acts : by type, (days,), the mean number of simulated acts of each day
    """

    before: History
    first: int
    last: int
    free: Mapping[str, NDArray[np.bool_]]
    propensities: Mapping[str, Propensity]
    acts: Mapping[str, Floats]
    watch: Watch
    half_life_days: float
    transform: str

    def __post_init__(self) -> None:
        chosen = [*self.watch.statistics, *(s for one in self.propensities.values() for s in one.statistics)]
        if kinds_of(chosen) or needs_parts(chosen, transform_code(self.transform)):
            raise UsageError(
                "worlds are not replayed with statistics of one kind or with further ones",
                allowed="The sixteen statistics, with log1p of the sum or the sum itself.",
            )

    def start(self) -> State:
        """Give the memories at the end of the day before the first."""
        actors = len(self.before.actors)
        check_size(actors, parts=False)
        origin = int(self.before.day.min(initial=self.first))
        state = new_state(actors, origin, capacity=2 * actors * actors, parts=False)
        for day in np.unique(self.before.day).tolist():
            at = self.before.day == day
            advance(state, day, self.half_life_days)
            push(state, *_some(self.before, at))
        return state

    def run(self, given: History, start: State, *, seed: int) -> Replayed:
        """Let the days pass.

        Parameters
        ----------
        given : acts that happen as they are, from the first day on
        start : from `start`, or the like; it stays as it is
        """
        state = State(**{name: table.copy() for name, table in start._asdict().items()})
        code = transform_code(self.transform)
        tables = new_tables(len(self.before.actors))
        predictors = {
            name: Predictor.of(self.before, one.statistics, transform=code, tables=tables)
            for name, one in self.propensities.items()
        }
        watched = Predictor.of(self.before, self.watch.statistics, transform=code, tables=tables)
        seen = np.zeros((self.last - self.first + 1, len(self.watch.senders)))
        simulated: list[tuple[Any, ...]] = []
        bounds = np.searchsorted(given.day, np.arange(self.first, self.last + 2))
        for i, day in enumerate(range(self.first, self.last + 1)):
            advance(state, day, self.half_life_days)
            fill_tables(state, code, tables)
            present = self.before.present(day)
            seen[i] = self._look(watched.eta(day, state, present, self.watch.beta), present)
            drawn = []
            for name, one in predictors.items():
                eta = one.eta(day, state, present, self.propensities[name].beta)
                drawn.append(self._draw(name, eta, present, day, seed))
            some = slice(bounds[i], bounds[i + 1])
            push(state, *_some(given, some))
            for acts in drawn:
                push(state, *acts)
                simulated.append((*acts, np.full(len(acts[0]), day)))
        return Replayed(seen, self._together(given, simulated))

    def _together(self, given: History, simulated: list[tuple[Any, ...]]) -> History:
        """Put given and simulated acts in order of days."""
        mine = (given.sender, given.receiver, given.sign, given.size, given.day)
        sender, receiver, sign, size, day = (
            np.concatenate(one) for one in zip(mine, *simulated, strict=True)
        )
        order = np.argsort(day, kind="stable")
        return replace(
            self.before,
            sender=sender[order],
            receiver=receiver[order],
            day=day[order],
            sign=sign[order],
            size=size[order],
            kind=None,
            act=None,
        )

    def _look(self, eta: Floats, present: Integers) -> Floats:
        watch = self.watch
        found: Floats = eta[place_of(present, watch.senders, watch.receivers)] + watch.intercept
        return found - log_sum_exp(eta) if watch.relative else found

    def _draw(
        self, name: str, eta: Floats, present: Integers, day: int, seed: int
    ) -> tuple[Integers, Integers, Integers, Floats]:
        """Let each free pair have a Poisson number of acts, from its own random number."""
        sign, sizes = TYPES.index(name), self.propensities[name].sizes
        rows = self.free[name][np.ix_(present, present)]
        free = rows[~np.eye(len(present), dtype=bool)]
        eta = np.where(free, eta, -np.inf)
        rate = np.exp(eta - log_sum_exp(eta)) * self.acts[name][day - self.first]
        rng = np.random.default_rng([seed, sign, day + 2**31])
        chance, worth = rng.random((2, len(eta)))
        twice = rng.random(len(eta))
        places = np.flatnonzero(chance > np.exp(-rate))
        number = _poisson(rate[places], chance[places])
        at = np.repeat(places, number)
        which = np.arange(len(at)) - np.repeat(np.cumsum(number) - number, number)
        quantile = (worth[at] + GOLDEN * which) % 1.0
        a, b = pairs_at(present, at)
        both = (twice[at] + GOLDEN * which) % 1.0 < self.propensities[name].joint
        size = sizes[(quantile * len(sizes)).astype(np.int64)]
        a, b, size = np.append(a, b[both]), np.append(b, a[both]), np.append(size, size[both])
        return a, b, np.full(len(a), sign), size


def _some(history: History, at: Any) -> tuple[Integers, Integers, Integers, Floats]:
    return history.sender[at], history.receiver[at], history.sign[at], history.size[at]


def _poisson(rate: Floats, chance: Floats) -> Integers:
    """Give the numbers below which `chance` of each Poisson distribution lies; all are at least one."""
    number, mass = np.zeros(len(rate), dtype=np.int64), np.exp(-rate)
    reached = mass.copy()
    while (left := reached < chance).any() and number.max(initial=0) < 10_000:
        number[left] += 1
        mass[left] *= rate[left] / number[left]
        reached[left] += mass[left]
    return number
