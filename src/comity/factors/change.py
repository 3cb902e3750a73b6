"""The change of a pair's value between two periods, term by term and third party by third party."""

from dataclasses import dataclass
from typing import Final, cast

import numpy as np

from comity.factors.coefficients import Coefficients, Floats
from comity.factors.period import Integers, Period
from comity.factors.splitting import levels, split
from comity.model import (
    Degree,
    History,
    Memory,
    PairMemory,
    Prediction,
    Reciprocation,
    Repetition,
    Statistic,
    Triad,
    predict_dyads,
    remember_pair,
)

DIRECTIONS: Final = ((0, 1), (1, 0))
IN_PAIR_MEMORY: Final = (Repetition, Reciprocation, Degree, Triad)
BETWEEN_THE_TWO: Final = (Repetition, Reciprocation)


@dataclass(frozen=True, slots=True, eq=False)
class Slopes:
    """What each part of a change is per unit of each coefficient, so that parts are sums of products.

    Parameters
    ----------
    own, eras, covariates, rounding : (eras, terms)
    third : (actors, eras, terms), zero for the two themselves
    level_before, level_after : (actors, eras, terms), of the values themselves
    """

    own: Floats
    eras: Floats
    covariates: Floats
    rounding: Floats
    third: Floats
    level_before: Floats
    level_after: Floats

    @classmethod
    def none(cls, actors: int, shape: tuple[int, int]) -> "Slopes":
        """Give zeros."""
        flat, deep = [np.zeros(shape) for _ in range(4)], [np.zeros((actors, *shape)) for _ in range(3)]
        return cls(*flat, *deep)

    def plus(self, other: "Slopes", *, share: float) -> "Slopes":
        """Add a share of another."""
        names = self.__slots__
        return Slopes(*(getattr(self, name) + share * getattr(other, name) for name in names))


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """How a pair's value changed.

    Parameters
    ----------
    before : the value before, the mean of both directions
    totals : (2,), of each direction
    system : (2,), −Δ log Σ exp η; zeros for the type of an act
    slopes : the mean of both directions
    """

    before: float
    totals: Floats
    system: Floats
    slopes: Slopes


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """A pair of positions in a history, two periods, and the coefficients that say what counts."""

    history: History
    ends: tuple[int, int]
    before: Period
    after: Period
    coefficients: Coefficients

    @property
    def days(self) -> Integers:
        """The mornings looked at, those before first."""
        return np.concatenate([self.before.mornings, self.after.mornings])

    @property
    def first(self) -> int:
        """How many of them lie before."""
        return len(self.before.mornings)

    @property
    def relative(self) -> bool:
        """Whether values are relative to what all other pairs do: they are for rates."""
        return self.coefficients.outcome != "type"

    def weights(self) -> tuple[Floats, Floats]:
        """Give (days,) twice: what each morning counts in the mean of the one and of the other period."""
        first = np.arange(len(self.days)) < self.first
        return first / self.first, ~first / (len(self.days) - self.first)


def work_out(question: Question) -> Change:
    """Work a change out exactly."""
    coefficients, days = question.coefficients, question.days
    a, b = question.ends
    prediction = predict_dyads(
        question.history,
        days,
        np.array([a, b]),
        np.array([b, a]),
        statistics=coefficients.statistics,
        betas=coefficients.betas(days),
        half_life_days=coefficients.half_life_days,
        transform=coefficients.transform,
        relative=question.relative,
    )
    before, after = question.weights()
    step = after - before
    eta = np.einsum("dt,dta->da", coefficients.betas(days), prediction.terms)
    if coefficients.intercepts:
        eta += (coefficients.eras(days) @ coefficients.estimates[:, 0])[:, None]
    system = np.full(2, -float(step @ prediction.log_sum))
    value = float((before @ eta).mean() - before @ prediction.log_sum)
    return Change(value, step @ eta + system, system, _mean_slopes(question, prediction))


def rework(question: Question) -> Slopes:
    """Work only the slopes out; the cut, and statistics other than the sixteen, are left out."""
    return _mean_slopes(question, None)


def remember(question: Question) -> PairMemory:
    """Give what the two remember, of each other and of third parties, on the mornings looked at."""
    return remember_pair(
        question.history,
        question.ends,
        question.days,
        half_life_days=question.coefficients.half_life_days,
    )


def _mean_slopes(question: Question, prediction: Prediction | None) -> Slopes:
    """Average both directions."""
    memory = remember(question)
    found = Slopes.none(len(question.history.actors), question.coefficients.estimates.shape)
    for direction in range(2):
        found = found.plus(_slopes(question, memory, prediction, direction), share=0.5)
    return found


def _slopes(question: Question, memory: PairMemory, prediction: Prediction | None, direction: int) -> Slopes:
    coefficients, days, first = question.coefficients, question.days, question.first
    era, (before, after) = coefficients.eras(days), question.weights()
    found = Slopes.none(len(question.history.actors), coefficients.estimates.shape)
    if coefficients.intercepts:
        found.eras[:, 0] = (after - before) @ era
    for j, statistic in enumerate(coefficients.statistics):
        columns = _columns(statistic, memory, prediction, direction)
        if columns is None:
            continue
        transform = "identity" if getattr(statistic, "as_given", False) else coefficients.transform
        term = coefficients.intercepts + j
        shown = None if prediction is None else prediction.terms[:, j, direction]
        one = split(columns, shown, era, first, transform=transform)
        found.eras[:, term], found.rounding[:, term] = one.eras, one.rounding
        if columns.shape[1] == 1 or not _by_actor(question.history, statistic):
            own = found.own if isinstance(statistic, BETWEEN_THE_TWO) else found.covariates
            own[:, term] = one.parts.sum(axis=0)
            continue
        where = _places(question.history, statistic, memory)
        found.third[where, :, term] = one.parts
        if prediction is not None:
            found.level_before[where, :, term] = levels(columns, era, before, transform=transform)
            found.level_after[where, :, term] = levels(columns, era, after, transform=transform)
        for end in question.ends:  # what passed between the two is their own history
            found.own[:, term] += found.third[end, :, term]
            for table in (found.third, found.level_before, found.level_after):
                table[end, :, term] = 0.0
    return found


def move_of_triad(question: Question, memory: PairMemory, triad: Triad, actor: str) -> Floats:
    """Give (eras,): how a third party's own transformed part in a triad moved, both directions' mean."""
    coefficients = question.coefficients
    found = np.zeros(len(coefficients.estimates))
    if actor not in memory.actors:
        return found
    era, place = coefficients.eras(question.days), memory.actors.index(actor)
    for direction in range(2):
        columns = _columns(triad, memory, None, direction)
        if columns is not None:
            alone = columns[:, [place]]
            one = split(alone, None, era, question.first, transform=coefficients.transform)
            found += one.parts[0] / 2
    return found


def _by_actor(history: History, statistic: Statistic) -> bool:
    """Tell whether the summands of a statistic are actors."""
    return set(getattr(statistic, "parties", ())) <= set(history.actors)


def _places(history: History, statistic: Statistic, memory: PairMemory) -> Integers:
    """Give the position of each summand's actor."""
    if isinstance(statistic, IN_PAIR_MEMORY):
        names = memory.actors
    else:
        names = getattr(statistic, "parties", history.actors)
    place = {name: i for i, name in enumerate(history.actors)}
    return np.array([place[name] for name in names], dtype=np.int64)


def _columns(
    statistic: Statistic, memory: PairMemory, prediction: Prediction | None, direction: int
) -> Floats | None:
    """Give (days, columns): what a statistic is the sum of; one column where it is no sum."""
    if isinstance(statistic, IN_PAIR_MEMORY):
        sender, receiver = (np.array([one]) for one in DIRECTIONS[direction])
        found = np.moveaxis(statistic.parts(cast(Memory, memory), sender, receiver)[0], -1, 0)
    elif prediction is not None:
        found = prediction.parts[statistic.name][:, direction]
    else:
        return None
    columns: Floats = found if found.ndim == 2 else found[:, None]
    return columns
