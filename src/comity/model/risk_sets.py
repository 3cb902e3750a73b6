"""The likelihood of which dyads act, over every ordered pair or over a weighted sample of them.

Each act of a day falls on one of the day's ordered pairs with probability proportional to exp(η):
``Σ_d [Σ_acts η - N_d log Σ_pairs exp η]``. An act that is told of several ordered pairs counts once, with the
sum of their chances.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from comity.model.clustering import DyadScores, add_by
from comity.model.drawing import draw_silent, live_dyads
from comity.model.history import History
from comity.model.likelihood import (
    Moments,
    add_day,
    add_full_risk_set,
    add_full_scores,
    add_rows,
    clear,
    new_moments,
    new_sums,
    new_workspace,
)
from comity.model.measuring import codes_of, extra_tables, kinds_of, measure_rows, needs_parts
from comity.model.memory import Morning, walk_mornings, whole
from comity.model.newton import Evaluation
from comity.model.several_pairs import SeveralPairs
from comity.model.sparse import SparseState
from comity.model.state import Floats, Integers, State
from comity.model.statistic import Statistic
from comity.model.tables import fill_tables, new_tables

MIN_CONTROLS: Final = 50  # on the quietest day
KEPT_NUMBERS: Final = 150_000_000  # terms of sampled rows held in memory (1.2 GB); the rest is made anew


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """What is to be explained, and by what.

    Parameters
    ----------
    observed : positions in `history` of the acts to be explained
    transform : the number of the transform
    """

    history: History
    observed: Integers
    statistics: tuple[Statistic, ...]
    half_life_days: float
    transform: int

    def days(self) -> Integers:
        """List the days with acts to be explained."""
        return np.unique(self.history.day[self.observed])

    def mornings(self, *, dense: bool = False, skip: int = 0) -> Iterator[tuple[int, Morning, Integers]]:
        """Walk through these days but the first `skip`: the day, the memories, the positions of its acts."""
        stops, starts = np.unique(self.history.day[self.observed], return_index=True)
        stops, starts, ends = stops[skip:], starts[skip:], np.append(starts[1:], len(self.observed))[skip:]
        parts = needs_parts(self.statistics, self.transform)
        steps = walk_mornings(
            self.history,
            stops.tolist(),
            half_life_days=self.half_life_days,
            parts=parts,
            dense=dense,
            kinds=kinds_of(self.statistics),
        )
        for (day, state), first, last in zip(steps, starts, ends, strict=True):
            yield day, state, self.observed[first:last]

    def extra_tables(self, day: int, state: Morning, present: Integers) -> Floats:
        """Fill a table for each statistic without a fast path."""
        return extra_tables(
            self.history, day, state, present, statistics=self.statistics, transform=self.transform
        )

    def measure(self, day: int, state: Morning, senders: Integers, receivers: Integers) -> Floats:
        """Give (terms, rows) on the present day of `state`."""
        return measure_rows(
            self.history,
            day,
            state,
            senders,
            receivers,
            statistics=self.statistics,
            transform=self.transform,
        )

    def measure_acts(self) -> Floats:
        """Give (terms, acts): the statistics of the acts themselves."""
        history = self.history
        blocks = [
            self.measure(day, state, history.sender[acts], history.receiver[acts])
            for day, state, acts in self.mornings()
        ]
        return np.concatenate(blocks, axis=1) if blocks else np.zeros((len(self.statistics), 0))


class Spread(NamedTuple):
    """Where the acts lie between the smallest and the largest value that each term had, summed over acts."""

    observed: Floats
    low: Floats
    high: Floats


@dataclass(slots=True, eq=False)
class RiskSet:
    """What both risk sets share: the acts' own terms, and adding the days up."""

    design: Design
    rows: int = 0
    spread: Spread | None = None
    thin: int = 1
    weights: Floats | None = None  # how often each day counts; by default once
    _acts: Floats = field(init=False)  # of each event: an act of several ordered pairs has several
    _several: SeveralPairs = field(init=False)
    _day_sums: Floats = field(init=False)  # of the acts of one pair
    _day_events: Integers = field(init=False)
    _day_acts: Floats = field(init=False)

    def __post_init__(self) -> None:
        history, observed = self.design.history, self.design.observed
        _, starts, day = np.unique(history.day[observed], return_index=True, return_inverse=True)
        numbers = history.act_numbers(observed)
        _, first = np.unique(numbers, return_index=True)
        self._day_events = np.diff(np.append(starts, len(observed)))
        self._day_acts = np.bincount(day[first], minlength=len(starts)).astype(np.float64)
        self._acts = self._measure_acts()
        self._several = SeveralPairs.of(numbers, self._acts, day)
        single = self._acts
        if len(self._several):
            single = self._acts.copy()
            single[:, self._several.places] = 0.0
        self._day_sums = np.add.reduceat(single, starts, axis=1).T

    def _measure_acts(self) -> Floats:
        return self.design.measure_acts()

    def evaluate(self, beta: Floats, *, thin: int = 1) -> Evaluation:
        """Work out the log likelihood, its gradient and its information, on each `thin`-th day."""
        value, rows, sums = 0.0, 0, new_sums(len(beta))
        for i, moments, day_rows in self.day_moments(beta, thin=thin):
            times = self._times(i)
            value += add_day(moments, times * self._day_acts[i], times * self._day_sums[i], beta, sums)
            rows += day_rows
        information = np.tril(sums.information) + np.tril(sums.information, -1).T
        if thin == 1:
            self.rows = rows
        if thin == 1 and self.weights is None:
            self.spread = Spread((self._acts * self.shares_of_acts()).sum(axis=1), sums.low, sums.high)
        found = Evaluation(value, sums.gradient, information)
        return self._with_several(found, beta, thin) if len(self._several) else found

    def _with_several(self, found: Evaluation, beta: Floats, thin: int) -> Evaluation:
        """Add the acts of several ordered pairs."""
        days = len(self._day_acts)
        counted = np.array([self._times(i) if self._counts(i, thin) else 0.0 for i in range(days)])
        added = self._several.add_up(beta, counted)
        information = found.information + added.information
        if np.linalg.eigvalsh(information)[0] <= 0:
            information = found.information  # far from the top: as if pairs were known, a step still climbs
        value = found.log_likelihood + added.value
        return Evaluation(value, found.gradient + added.gradient, information)

    def shares_of_acts(self, beta: Floats | None = None) -> Floats:
        """Give (events,): how likely each is to be the one that its act fell on."""
        found = np.ones(len(self.design.observed))
        if len(self._several):
            zero = np.zeros(len(self._acts))
            found[self._several.places] = self._several.shares(zero if beta is None else beta)
        return found

    def _counts(self, i: int, thin: int) -> bool:
        return i % thin == 0 and (self.weights is None or self.weights[i] > 0)

    def _times(self, i: int) -> float:
        return 1.0 if self.weights is None else float(self.weights[i])

    def reach(self, move: Floats) -> float:
        """Give the largest change of an act's linear predictor."""
        return float(np.abs(move @ self._acts).max())

    def telling_terms(self) -> list[int]:
        """List the terms that every act had at the largest, or at the smallest, value of its day."""
        if self.spread is None:
            return []
        observed, low, high = self.spread
        close = 1e-9 * (high - low)
        found = (high > low) & ((observed >= high - close) | (observed <= low + close))
        return [int(j) for j in np.flatnonzero(found)]

    def day_moments(self, beta: Floats, *, thin: int) -> Iterator[tuple[int, Moments, int]]:
        """Give each day's place, moments over its risk set (one object, overwritten) and number of rows."""
        raise NotImplementedError

    def scores_by_dyad(self, beta: Floats) -> DyadScores:
        """Give each dyad's share of the gradient over all days, as often as each counts."""
        raise NotImplementedError

    def sampling_noise(self, beta: Floats) -> Floats:
        """Give the variance of the gradient that comes from sampling the risk set."""
        return np.zeros((len(beta), len(beta)))


class FullRiskSet(RiskSet):
    """Every ordered pair of the actors at risk, streamed day by day, never held at once."""

    def day_moments(self, beta: Floats, *, thin: int) -> Iterator[tuple[int, Moments, int]]:
        """Go through the days; see `RiskSet`."""
        design = self.design
        actors, terms = len(design.history.actors), len(beta)
        tables, moments = new_tables(actors), new_moments(terms)
        work, codes = new_workspace(terms, actors=actors), _codes(design.statistics)
        for i, (day, state, _) in enumerate(design.mornings(dense=True)):
            if not self._counts(i, thin):
                continue
            present = design.history.present(day)
            clear(moments)
            fill_tables(_tables_of(state), design.transform, tables)
            extra = design.extra_tables(day, state, present)
            add_full_risk_set(tables, extra, codes, present, beta, work, moments)
            yield i, moments, len(present) * (len(present) - 1)

    def scores_by_dyad(self, beta: Floats) -> DyadScores:
        """Go through the days once more, for each with its mean at hand."""
        design = self.design
        actors, terms = len(design.history.actors), len(beta)
        tables, moments = new_tables(actors), new_moments(terms)
        work, codes = new_workspace(terms, actors=actors), _codes(design.statistics)
        scores, shares, place = np.zeros((actors, actors, terms)), self.shares_of_acts(beta), 0
        for i, (day, state, acts) in enumerate(design.mornings(dense=True)):
            some = slice(place, place + len(acts))
            place += len(acts)
            if not self._counts(i, 1):
                continue
            present = design.history.present(day)
            clear(moments)
            fill_tables(_tables_of(state), design.transform, tables)
            extra = design.extra_tables(day, state, present)
            add_full_risk_set(tables, extra, codes, present, beta, work, moments)
            counts = np.zeros((actors, actors))
            ends = design.history.sender[acts], design.history.receiver[acts]
            np.add.at(counts, ends, self._times(i) * shares[some])
            add_full_scores(tables, extra, codes, present, beta, counts, work, moments, scores)
        return DyadScores(np.arange(actors * actors), scores.reshape(-1, terms))


class DaySample(NamedTuple):
    """One day's sampled risk set: the rows that count once first, then `drawn` random ones.

    Parameters
    ----------
    dyad : (rows,), sender * n + receiver
    terms : (terms, rows)
    offset : (rows,), log of how many pairs each row stands for
    """

    dyad: Integers
    terms: Floats
    offset: Floats
    drawn: int


@dataclass(slots=True, eq=False)
class SampledRiskSet(RiskSet):
    """Every pair with live history, and a weighted random sample of the others.

    Parameters
    ----------
    controls : drawn on a day with the average number of acts; in proportion to the acts on others
    seed : of the draws; each day has a stream of its own
    """

    controls: int = 600
    seed: int = 1
    thin: int = 8
    _acts_in_all: float = field(init=False, default=0.0)
    _kept: list[DaySample] = field(init=False, default_factory=list)

    def day_moments(self, beta: Floats, *, thin: int) -> Iterator[tuple[int, Moments, int]]:
        """Go through the days; see `RiskSet`."""
        moments, work = new_moments(len(beta)), new_workspace(len(beta), actors=0)
        for i, sample in enumerate(self.samples()):
            if self._counts(i, thin):
                clear(moments)
                rows = len(sample.offset)
                add_rows(sample.terms, sample.offset, 0, rows, beta, work, moments)
                yield i, moments, rows

    def samples(self) -> Iterator[DaySample]:
        """Give each day's sample; the same draws every time."""
        yield from self._kept
        known = len(self._kept)
        for i, (day, state, _) in enumerate(self.design.mornings(skip=known), start=known):
            yield self._draw(i, day, state)

    def _measure_acts(self) -> Floats:
        """Measure them, and on the same way draw the samples of as many days as there is room for."""
        history, blocks, room = self.design.history, [], KEPT_NUMBERS
        self._acts_in_all = float(self._day_acts.sum())
        for i, (day, state, acts) in enumerate(self.design.mornings()):
            own = history.sender[acts] * len(history.actors) + history.receiver[acts]
            blocks.append(self._measure(day, state, own))
            if i == len(self._kept):
                sample = self._draw(i, day, state)
                room -= sample.terms.size
                if room >= 0:
                    self._kept.append(sample)
        return np.concatenate(blocks, axis=1)

    def _draw(self, i: int, day: int, state: Morning) -> DaySample:
        dyad, offset, drawn = self._choose(i, day, state)
        return DaySample(dyad, self._measure(day, state, dyad), offset, drawn)

    def _measure(self, day: int, state: Morning, dyad: Integers) -> Floats:
        actors = len(self.design.history.actors)
        return self.design.measure(day, state, dyad // actors, dyad % actors)

    def _choose(self, i: int, day: int, state: Morning) -> tuple[Integers, Floats, int]:
        """Choose the day's pairs, those drawn last, with their offsets and the number drawn."""
        present = self.design.history.present(day)
        live = live_dyads(whole(state), present)
        wanted = max(
            MIN_CONTROLS, round(self.controls * self._day_acts[i] * len(self._day_acts) / self._acts_in_all)
        )
        rng = np.random.default_rng([self.seed, day + 2**31])
        drawn, offset = draw_silent(whole(state), present, live, wanted, rng)
        certain = offset.size == 0
        offset = np.concatenate([np.zeros(len(live)), np.zeros(len(drawn)) if certain else offset])
        return np.concatenate([live, drawn]), offset, 0 if certain else len(drawn)

    def sampling_noise(self, beta: Floats) -> Floats:
        """Estimate it from the scatter of the drawn rows' contributions to the gradient, day by day."""
        noise = np.zeros((len(beta), len(beta)))
        for i, (acts, sample) in enumerate(zip(self._day_acts, self.samples(), strict=True)):
            if sample.drawn > 1 and self._counts(i, 1):
                share, mean = _shares(sample, beta)
                apart = sample.terms[:, -sample.drawn :] - mean[:, None]
                each = acts * sample.drawn * share[-sample.drawn :] * apart
                each -= each.mean(axis=1, keepdims=True)
                noise += self._times(i) ** 2 * (each @ each.T) / (sample.drawn * (sample.drawn - 1))
        return noise

    def scores_by_dyad(self, beta: Floats) -> DyadScores:
        """Add up by dyad, the acts' own rows among them."""
        history, actors = self.design.history, len(self.design.history.actors)
        dyads, scores, each = [], [], self.shares_of_acts(beta)
        place = 0
        for i, (acts, sample) in enumerate(zip(self._day_acts, self.samples(), strict=True)):
            some = slice(place, place + int(self._day_events[i]))
            place += int(self._day_events[i])
            if not self._counts(i, 1):
                continue
            share, mean = _shares(sample, beta)
            times = self._times(i)
            observed = self.design.observed[some]
            dyads += [history.sender[observed] * actors + history.receiver[observed], sample.dyad]
            scores += [times * (each[some] * (self._acts[:, some] - mean[:, None])).T]
            scores += [-(times * acts * share * (sample.terms - mean[:, None])).T]
        return DyadScores(*add_by(np.concatenate(dyads), np.concatenate(scores)))


def _tables_of(state: Morning) -> State:
    """Give the tables of every pair."""
    tables = whole(state)
    if isinstance(tables, SparseState):
        raise TypeError("a walk with dense=True gives tables of every pair")
    return tables


def _shares(sample: DaySample, beta: Floats) -> tuple[Floats, Floats]:
    """Give each row's probability (with what it stands for) and the mean of the terms."""
    eta = beta @ sample.terms + sample.offset
    share = np.exp(eta - eta.max())
    share /= share.sum()
    return share, sample.terms @ share


def _codes(statistics: Sequence[Statistic]) -> Integers:
    """Number the statistics for the tables: those without a fast path get 16 and above."""
    codes = codes_of(statistics)
    slow = codes < 0
    codes[slow] = 16 + np.arange(slow.sum())
    return codes
