"""Coefficients of third parties' own, pulled towards what all have in common where data are thin.

A triad's statistic is a sum over third parties. With its coefficient β for all of them and a deviation δ of
each one named, drawn from a normal distribution around zero of spread τ, k's own coefficient is β + δ_k.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, Final

import numpy as np

from comity.model.clustering import scatter
from comity.model.errors import UnknownStatisticError
from comity.model.fit import NORMAL_95
from comity.model.fitting import Outcome, Question, prepare
from comity.model.history import History, positions
from comity.model.measuring import measure_fast, transform_code
from comity.model.memory import Memory
from comity.model.newton import Evaluation, Optimum, inverse, maximise
from comity.model.rows import EACH, IDENTITY, LOG1P
from comity.model.state import Floats, Integers
from comity.model.statistic import Statistic
from comity.model.statistics import STATISTICS, Triad
from comity.provenance import UsageError

FEWEST_PARTIES: Final = 3  # with two, how far they lie apart says next to nothing of τ
FIRST: Final = 0.05  # of the smallest standard error of a deviation: τ this small is none
RATIO: Final = 1.6  # from one τ of the grid to the next
MOST_STEPS: Final = 40
NEGLIGIBLE: Final = 1e-3

Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class PartOf:
    """One third party's part in a triad's transformed statistic; the parts of all add up to it.

    Under ``log1p`` the part of k is log1p(s)·x_k/s, with s the sum over third parties: what k adds by the
    logarithmic mean, counted from nothing.
    """

    triad: Triad
    third: int
    actor: str
    transform: int
    as_given: ClassVar[bool] = True

    @property
    def name(self) -> str:
        """The statistic and the third party."""
        return f"{self.triad.name}:{self.actor}"

    def parts(self, memory: Memory, senders: Integers, receivers: Integers) -> Floats:
        """Give one number per row."""
        part = self.triad.through(self.third, memory, senders, receivers)
        if self.transform != LOG1P:
            each: Floats = np.log1p(part)
            return each if self.transform == EACH else part
        total = np.maximum(measure_fast(self.triad, memory, senders, receivers, IDENTITY), part)
        # Without a tie both are zero, and so is the part.
        found: Floats = np.log1p(total) * part / np.maximum(total, np.finfo(np.float64).tiny)
        return found


@dataclass(frozen=True, slots=True)
class PartyCoefficient:
    """A third party's own coefficient.

    Parameters
    ----------
    estimate, std_error : averaged over τ as the data weigh it; the error includes that τ is not known
    alone : with next to no pull towards the others
    """

    term: str
    actor: str
    estimate: float
    std_error: float
    alone: float

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval."""
        return self.estimate - NORMAL_95 * self.std_error, self.estimate + NORMAL_95 * self.std_error

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values."""
        low, high = self.interval
        return {
            **{name: getattr(self, name) for name in self.__dataclass_fields__},
            "low": low,
            "high": high,
        }


@dataclass(frozen=True, slots=True)
class PooledTerms:
    """What a term does with each third party, and with all.

    Parameters
    ----------
    common : by term, the coefficient that all third parties have in common, and its standard error
    spread, spread_low, spread_high : τ, its mean and 95 % interval
    """

    outcome: str
    parties: tuple[PartyCoefficient, ...]
    common: dict[str, tuple[float, float]]
    spread: float
    spread_low: float
    spread_high: float
    grid: tuple[tuple[float, float], ...] = field(repr=False)

    def of(self, term: str, actor: str) -> PartyCoefficient:
        """Give one third party's coefficient."""
        for one in self.parties:
            if (one.term, one.actor) == (term, actor):
                return one
        raise KeyError((term, actor))

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values."""
        return {
            "spread": {"estimate": self.spread, "low": self.spread_low, "high": self.spread_high},
            "common": [
                {"term": term, "estimate": value, "std_error": error}
                for term, (value, error) in self.common.items()
            ],
            "third_parties": [one.to_dict() for one in self.parties],
        }


def pool_third_parties(
    history: History,
    third_parties: Sequence[str],
    *,
    terms: Sequence[str] = ("friend.of.friend", "friend.of.enemy", "enemy.of.friend", "enemy.of.enemy"),
    outcome: str = "rate:cooperation",
    statistics: Sequence[Statistic] = STATISTICS,
    half_life_days: float = 30.0,
    transform: str = "log1p",
    since: date | None = None,
    until: date | None = None,
    risk_set: str = "sampled",
    controls: int = 600,
    seed: int = 1,
    clustered: bool | str = False,
    told: Told | None = None,
) -> PooledTerms:
    """Fit each named third party's coefficients, pooled towards what all share; the rest is as in `fit`.

    One τ serves all `terms`. It is not chosen but averaged over: a flat prior on τ [Gelman2006], weights by
    Laplace's approximation of the likelihood with the deviations integrated out [TierneyKadane1986].

    Parameters
    ----------
    third_parties : three or more actors; all others share the common coefficient
    terms : triads among `statistics`
    clustered : let acts of a "dyad" (or ``True``), "pair" or "actor" be alike, if that gives more error

    Raises
    ------
    UsageError : fewer than three third parties, or one named twice; no terms
    UnknownStatisticError : a term that is no triad among the statistics
    """
    named = tuple(third_parties)
    if len(set(named)) < max(FEWEST_PARTIES, len(named)):
        raise UsageError(
            f"{len(named)} third parties: {', '.join(named)}",
            allowed=f"At least {FEWEST_PARTIES}, each named once; fewer say too little of how they differ.",
        )
    if not terms:
        raise UsageError(
            "third parties, and no triad among the statistics",
            remedy="Add triads such as friend.of.friend, or leave the third parties out.",
        )
    places = positions(history.actors, named, what="third party").tolist()
    code = transform_code(transform)
    parts = [
        PartOf(_triad(statistics, term), place, actor, code)
        for term in terms
        for place, actor in zip(places, named, strict=True)
    ]
    question = Question(
        outcome, (*statistics, *parts), half_life_days, transform, since, until, risk_set, controls, seed
    )
    likelihood, names, _ = prepare(history, question)
    by = "dyad" if clustered is True else clustered
    walk = _Walk(likelihood, names, len(parts), by, len(history.actors), told)
    return _averaged(outcome, names, parts, walk.along_grid())


@dataclass(frozen=True, slots=True, eq=False)
class _Pulled:
    """A likelihood with a normal distribution around zero for its last coefficients."""

    likelihood: Outcome
    precision: Floats
    thin: int = 1

    def evaluate(self, beta: Floats, *, thin: int = 1) -> Evaluation:
        """Subtract the pull."""
        found = self.likelihood.evaluate(beta)
        value = found.log_likelihood - float(self.precision @ beta**2) / 2
        gradient = found.gradient - self.precision * beta
        return Evaluation(value, gradient, found.information + np.diag(self.precision))

    def reach(self, move: Floats) -> float:
        """Give the largest change of an act's linear predictor."""
        return self.likelihood.reach(move)

    def telling_terms(self) -> list[int]:
        """List common terms that tell the outcome; a deviation is held back by the pull."""
        return [j for j in self.likelihood.telling_terms() if self.precision[j] == 0]


@dataclass(frozen=True, slots=True, eq=False)
class _Stop:
    """One τ: the log of its weight, the coefficients, and their covariances, plain and clustered."""

    tau: float
    log_weight: float
    beta: Floats
    covariances: tuple[Floats, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Walk:
    """From no differences between third parties to as large ones as data allow."""

    likelihood: Outcome
    names: Sequence[str]
    deviations: int
    by: bool | str
    actors: int
    told: Told | None

    def along_grid(self) -> list[_Stop]:
        """Climb at each τ, from where the one before ended, until τ is out of the question."""
        common = len(self.names) - self.deviations
        # Held at next to nothing, the deviations tell how well each would be known by itself.
        tiny = self._climb(1e-4, np.zeros(len(self.names)), first=True)
        known = np.diag(self.likelihood.evaluate(tiny.beta).information)[common:]
        tau = FIRST / np.sqrt(known.max())
        stops: list[_Stop] = []
        beta = tiny.beta
        for step in range(MOST_STEPS):
            if self.told:
                self.told("third parties", step, MOST_STEPS)
            best = self._climb(tau, beta)
            beta = best.beta
            stops.append(self._stop(tau, best))
            weights = np.array([one.log_weight for one in stops]) + np.log([one.tau for one in stops])
            if step > 6 and weights[-1] - weights.max() < np.log(NEGLIGIBLE):
                break
            tau *= RATIO
        return stops

    def _climb(self, tau: float, start: Floats, *, first: bool = False) -> Optimum:
        precision = np.zeros(len(self.names))
        precision[-self.deviations :] = tau**-2
        pulled = _Pulled(self.likelihood, precision)
        return maximise(pulled, self.names, start=None if first else start)

    def _stop(self, tau: float, best: Optimum) -> _Stop:
        information = best.evaluation.information
        log_weight = (
            best.evaluation.log_likelihood
            - self.deviations * np.log(tau)
            - np.linalg.slogdet(information)[1] / 2
        )
        spread, noise = inverse(information), self.likelihood.sampling_noise(best.beta)
        meats = [information]
        if self.by:
            found = self.likelihood.scores_by_dyad(best.beta)
            pull = np.zeros(len(self.names))
            pull[-self.deviations :] = tau**-2
            meats.append(scatter(found, actors=self.actors, by=str(self.by)) + np.diag(pull))
        covariances = tuple(spread @ (meat + noise) @ spread for meat in meats)
        return _Stop(tau, float(log_weight), best.beta, covariances)


def _averaged(
    outcome: str, names: Sequence[str], parts: Sequence[PartOf], stops: Sequence[_Stop]
) -> PooledTerms:
    tau = np.array([one.tau for one in stops])
    log_weight = np.array([one.log_weight for one in stops])
    weight = np.exp(log_weight - log_weight.max()) * np.gradient(tau)
    weight /= weight.sum()

    def combined(row: Floats) -> tuple[float, float]:
        means = np.array([row @ one.beta for one in stops])
        within = np.array([max(row @ covariance @ row for covariance in one.covariances) for one in stops])
        mean = float(weight @ means)
        return mean, float(np.sqrt(weight @ (within + (means - mean) ** 2)))

    parties, common = [], {}
    for j, part in enumerate(parts, start=len(names) - len(parts)):
        row = np.zeros(len(names))
        row[names.index(part.triad.name)] = 1.0
        common[part.triad.name] = combined(row)
        row[j] = 1.0
        value, error = combined(row)
        alone = float(row @ stops[-1].beta)
        parties.append(PartyCoefficient(part.triad.name, part.actor, value, error, alone))
    steps = np.cumsum(weight)
    low, high = (float(tau[min(len(tau) - 1, int(np.searchsorted(steps, at)))]) for at in (0.025, 0.975))
    grid = tuple(zip(tau.tolist(), weight.tolist(), strict=True))
    return PooledTerms(outcome, tuple(parties), common, float(weight @ tau), low, high, grid)


def _triad(statistics: Sequence[Statistic], term: str) -> Triad:
    triads = {one.name: one for one in statistics if isinstance(one, Triad)}
    if term not in triads:
        raise UnknownStatisticError(
            f"{term!r} has no third parties here",
            allowed=f"Triads among the statistics: {', '.join(triads)}.",
        )
    return triads[term]
