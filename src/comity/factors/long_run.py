"""The long-run account: what would have come of the pair had a third party's ties stayed as they were.

Two worlds run from the end of the period before to the end of the period after. In one the third parties act
as they did; in the other a third party's ties with everybody stay at their mean of the period before. All
other acts are simulated, with common random numbers; what differs is what came of the third party's change,
by whatever way: through the pair's own history, too.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from comity.factors.change import Question
from comity.factors.coefficients import Coefficients, Floats
from comity.factors.period import Integers, number_of
from comity.model import History, Propensity, Replay, Watch, remember_pair

RATES: Final = ("cooperation", "conflict")
LEAST: Final = 0.01  # memories below it are forgotten by the model
RUNS: Final = 20

Told = Callable[[str, int, int], None]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class LongRun:
    """What the simulated worlds gave, run by run.

    Parameters
    ----------
    as_it_was : (runs,), the pair's value after, with all third parties as they acted
    differences : (runs, third parties), that value less the one with this third party's ties frozen
    together : (runs,), the same with the ties of all of them frozen
    """

    as_it_was: Floats
    differences: Floats
    together: Floats

    @property
    def by_third_party(self) -> tuple[Floats, Floats, Floats]:
        """Give their parts, the parts' standard deviations over worlds, and their Monte Carlo errors."""
        spreads = self.differences.std(axis=0, ddof=1)
        return self.differences.mean(axis=0), spreads, spreads / np.sqrt(len(self.differences))


def run_worlds(
    question: Question,
    third: Sequence[int],
    rates: Mapping[str, Coefficients],
    *,
    runs: int = RUNS,
    seed: int = 1,
    told: Told | None = None,
) -> LongRun:
    """Simulate the worlds.

    Parameters
    ----------
    third : positions of the third parties
    rates : coefficients of "rate:cooperation" and "rate:conflict", those of the era of the period after
    told : called with what is being done, how much is done and how much there is
    """
    stage = _Stage.of(question, tuple(third))
    worlds = [(), *((k,) for k in third), tuple(third)] if len(third) > 1 else [(), tuple(third)]
    rng = np.random.default_rng([seed, 3])
    replays = [stage.replay(rates, rng) for _ in range(runs)]
    prepared = [
        (replace(replays[0], before=before).start(), given) for before, given in map(stage.world, worlds)
    ]
    values = np.zeros((runs, len(worlds)))
    for i, replay in enumerate(replays):
        for j, (start, given) in enumerate(prepared):
            seen = replay.run(given, start, seed=seed * 100_003 + i).seen
            values[i, j] = seen[question.after.mornings - stage.first].mean()
            if told is not None:
                told("simulating worlds", i * len(worlds) + j + 1, runs * len(worlds))
    differences = values[:, :1] - values[:, 1 : 1 + len(third)]
    return LongRun(values[:, 0], differences, values[:, 0] - values[:, -1])


@dataclass(frozen=True, slots=True, eq=False)
class _Stage:
    """What all worlds share."""

    question: Question
    third: tuple[int, ...]
    first: int
    last: int

    @classmethod
    def of(cls, question: Question, third: tuple[int, ...]) -> "_Stage":
        return cls(question, third, number_of(question.before.end) + 1, number_of(question.after.end))

    @property
    def involved(self) -> Mask:
        """(events,): whether a third party is an end of it."""
        return _has_end(self.question.history, self.third)

    def world(self, frozen: tuple[int, ...]) -> tuple[History, History]:
        """Give what happened before and what is given afterwards, with the ties of some frozen."""
        history = self.question.history
        theirs = _has_end(history, frozen)
        within = (history.day >= self.first) & (history.day <= self.last)
        before = history.take((history.day < self.first) & ~theirs)
        given = history.take(within & self.involved & ~theirs)
        if frozen:
            ends, tables = self._frozen(frozen)
            doubling = 2.0 ** (1 / self.question.coefficients.half_life_days)
            before = _joined(before, ends, tables * doubling, [self.first - 1])
            given = _joined(given, ends, tables * (doubling - 1), range(self.first, self.last + 1))
        return before, given

    def _frozen(self, frozen: tuple[int, ...]) -> tuple[tuple[Integers, Integers, Integers], Floats]:
        """Give sign, sender and receiver, and the mean memory before, of each tie of the frozen ones."""
        question = self.question
        actors = len(question.history.actors)
        table = np.zeros((2, actors, actors))
        for k in frozen:
            other = next(one for one in range(actors) if one != k)
            memory = remember_pair(
                question.history,
                (k, other),
                question.before.mornings,
                half_life_days=question.coefficients.half_life_days,
            )
            place = np.array([question.history.actors.index(name) for name in memory.actors])
            table[:, k, place] = memory.outgoing[:, 0].mean(axis=2)
            table[:, place, k] = memory.incoming[:, 0].mean(axis=2)
        sign, sender, receiver = np.nonzero(table >= LEAST)
        return (sign, sender, receiver), table[sign, sender, receiver]

    def replay(self, rates: Mapping[str, Coefficients], rng: np.random.Generator) -> Replay:
        """Draw coefficients from their covariance, and put the stage up."""
        question, history = self.question, self.question.history
        actors = len(history.actors)
        free = np.ones((actors, actors), dtype=bool)
        free[list(self.third)] = False
        free[:, list(self.third)] = False
        own = _drawn(question.coefficients, question, rng)
        betas = {
            name: own
            if rates[name].outcome == question.coefficients.outcome
            else _drawn(rates[name], question, rng)
            for name in RATES
        }
        once = history.once
        kept = ~self.involved & (history.day >= self.first) & (history.day <= self.last)
        acts = {
            name: np.bincount(
                history.day[kept & once & (history.sign == sign)] - self.first,
                minlength=self.last - self.first + 1,
            ).astype(np.float64)
            for sign, name in enumerate(RATES)
        }
        a, b = question.ends
        skip = question.coefficients.intercepts
        return Replay(
            before=history.take(history.day < self.first),
            first=self.first,
            last=self.last,
            free=dict.fromkeys(RATES, free),
            propensities={
                name: Propensity(
                    rates[name].statistics,
                    betas[name],
                    0.0,
                    _sizes(history, sign),
                    history.joint_share(kept & (history.sign == sign)),
                )
                for sign, name in enumerate(RATES)
            },
            acts=acts,
            watch=Watch(
                question.coefficients.statistics,
                own[skip:],
                float(own[0]) if skip else 0.0,
                np.array([a, b]),
                np.array([b, a]),
                question.relative,
            ),
            half_life_days=question.coefficients.half_life_days,
            transform=question.coefficients.transform,
        )


def _drawn(coefficients: Coefficients, question: Question, rng: np.random.Generator) -> Floats:
    """Draw the coefficients of the era in which the period after starts."""
    era = int(coefficients.eras(question.after.mornings[:1])[0].argmax())
    size = len(coefficients.terms)
    some = slice(era * size, (era + 1) * size)
    covariance = coefficients.covariance[some, some]
    values, vectors = np.linalg.eigh(covariance)
    spread: Floats = vectors @ (np.sqrt(np.maximum(values, 0.0)) * rng.standard_normal(size))
    found: Floats = coefficients.estimates[era] + spread
    return found


def _sizes(history: History, sign: int) -> Floats:
    found: Floats = np.sort(history.size[history.once & (history.sign == sign) & (history.size > 0)])
    return found if len(found) else np.ones(1)


def _has_end(history: History, actors: tuple[int, ...]) -> Mask:
    return np.isin(history.sender, actors) | np.isin(history.receiver, actors)


def _joined(
    history: History, ends: tuple[Integers, Integers, Integers], sizes: Floats, days: Sequence[int]
) -> History:
    """Add an act of each tie on each of the days, in order of days."""
    sign, sender, receiver = ends
    times = len(days)
    number = np.concatenate([history.day, np.repeat(np.array(days, dtype=np.int64), len(sizes))])
    order = np.argsort(number, kind="stable")
    return replace(
        history,
        sender=np.concatenate([history.sender, np.tile(sender, times)])[order],
        receiver=np.concatenate([history.receiver, np.tile(receiver, times)])[order],
        day=number[order],
        sign=np.concatenate([history.sign, np.tile(sign, times)])[order],
        size=np.concatenate([history.size, np.tile(sizes, times)])[order],
        kind=None,
        act=None,
    )
