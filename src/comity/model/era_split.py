"""Coefficients that may differ between eras, and tests of whether they do.

The memories run through; only the acts to be explained are parted, so the log likelihood is a sum over eras.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any, Final

import numpy as np

from comity.events import Era
from comity.model.clustering import DyadScores, scatter
from comity.model.errors import TooFewEventsError
from comity.model.fit import Fit
from comity.model.fitting import (
    FEWEST_PER_TERM,
    Outcome,
    Question,
    clustered_errors,
    describe,
    prepare,
    weigh,
    with_sampling,
)
from comity.model.history import FOREVER, History, number_of
from comity.model.newton import Evaluation, Optimum, maximise
from comity.model.state import Floats, Integers
from comity.model.statistics import STATISTICS, Statistic
from comity.model.tails import chi_square_tail, f_tail
from comity.provenance import UsageError

ALL_TERMS: Final = "all"
RATIO: Final = "likelihood ratio"
TRUST: Final = (
    "The likelihood ratio takes acts as independent given the past; where one story is told in several acts"
    " it finds splits that are not there. The Wald tests allow for acts of one cluster that are alike: trust"
    " them, term by term; the joint one needs many more clusters with acts than it tests numbers."
)

Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class SplitTest:
    """Whether a coefficient, or all of them, is the same in every era.

    Parameters
    ----------
    term : one term, or "all"
    test : "likelihood ratio", or "Wald by dyad", "by pair", "by actor"
    statistic : about chi-square with `df` degrees of freedom if nothing differs
    clusters : of a Wald test, those with acts; p is that of statistic / df in F(df, clusters − df)
    """

    term: str
    test: str
    statistic: float
    df: int
    p_value: float
    clusters: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class EraSplit:
    """One fit over all eras, one in each, and the tests.

    Parameters
    ----------
    fits : in the order of `eras`
    """

    pooled: Fit
    eras: tuple[Era, ...]
    fits: tuple[Fit, ...]
    tests: tuple[SplitTest, ...]

    def __getitem__(self, era: str) -> Fit:
        for one, found in zip(self.eras, self.fits, strict=True):
            if one.id == era:
                return found
        raise KeyError(era)

    def test(self, term: str = ALL_TERMS, *, ratio: bool = False) -> SplitTest:
        """Give the Wald test of a term or of all, or the likelihood ratio."""
        for one in self.tests:
            if one.term == term and (one.test == RATIO) == ratio:
                return one
        raise KeyError(term)

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values, as ``comity fit --split … --json`` prints them."""
        eras = [
            {"era": era.id, "label": era.label, **found.to_dict()}
            for era, found in zip(self.eras, self.fits, strict=True)
        ]
        tests = [one.to_dict() for one in self.tests]
        return {**self.pooled.to_dict(), "eras": eras, "tests": tests, "trust": TRUST}


def eras_at(turns: Sequence[date]) -> tuple[Era, ...]:
    """Part all time at the days given; each begins an era.

    Examples
    --------
    >>> [one.label for one in eras_at([date(2022, 2, 24)])]
    ['before 2022-02-24', 'from 2022-02-24']
    """
    days = sorted(set(turns))
    starts, ends = [None, *days], [*(day - timedelta(days=1) for day in days), None]
    eras = []
    for start, end in zip(starts, ends, strict=True):
        following = None if end is None else end + timedelta(days=1)
        words = f"from {start}" if start else f"before {following}" if following else "all"
        if start and following:
            words = f"from {start}, before {following}"
        eras.append(Era(id=start.isoformat() if start else "start", label=words, start=start, end=end))
    return tuple(eras)


def split_by_era(
    history: History,
    eras: Sequence[Era],
    *,
    outcome: str = "rate:cooperation",
    statistics: Sequence[Statistic] = STATISTICS,
    half_life_days: float = 30.0,
    transform: str = "log1p",
    since: date | None = None,
    until: date | None = None,
    risk_set: str = "sampled",
    controls: int = 600,
    seed: int = 1,
    cluster_by: str = "dyad",
    ratio_by_term: bool = True,
    told: Told | None = None,
) -> EraSplit:
    """Fit each era's coefficients and test whether they differ; the other parameters are those of `fit`.

    Every day keeps the draws of its risk set whatever the era, so that the fits can be compared.

    Parameters
    ----------
    eras : two or more without overlap; acts between them are history only
    cluster_by : "dyad", "pair" or "actor", for the Wald tests
    ratio_by_term : work out a likelihood ratio for each term, too: one more fit a term
    told : called with what is being done, how much is done and how much there is

    Raises
    ------
    UsageError : fewer than two eras, or eras that overlap
    TooFewEventsError : an era has too few acts for so many terms

    Examples
    --------
    >>> days = [date(2020, 1, 1 + i // 6) for i in range(120)]
    >>> pairs = list("AAABBC") * 20, list("BBCCAA") * 20
    >>> history = History.of(*pairs, days, [1.0] * 120, actors=list("ABCD"))
    >>> eras = eras_at([date(2020, 1, 11)])
    >>> found = split_by_era(history, eras, statistics=STATISTICS[:1], risk_set="full")
    >>> [one.n_events for one in found.fits], found.test(ratio=True).df
    ([60, 60], 1)
    """
    question = Question(
        outcome, tuple(statistics), half_life_days, transform, since, until, risk_set, controls, seed
    )
    likelihood, names, observed = prepare(history, question)
    days = np.unique(history.day[observed])
    shares = _days_of_eras(eras, days)
    parts = [observed[np.isin(history.day[observed], days[share > 0])] for share in shares]
    for era, part in zip(eras, parts, strict=True):
        if len(part) < FEWEST_PER_TERM * len(names):
            raise TooFewEventsError(
                f"{len(part)} events for {len(names)} terms",
                where=f"era {era.label}",
                allowed=f"At least {FEWEST_PER_TERM} events a term in every era.",
                remedy="Split elsewhere, or fit fewer terms.",
            )
    pooled, together = _fit_days(history, question, likelihood, observed, np.add.reduce(shares), cluster_by)
    fits, bests, whole = [], [], []
    for era, share in zip(eras, shares, strict=True):
        asked = replace(question, since=_later(era.start, since), until=_earlier(era.end, until))
        found, best = _fit_days(history, asked, likelihood, observed, share, cluster_by, start=together.beta)
        fits.append(found)
        bests.append(best)
        whole.append(_influence(weigh(likelihood, days, share), best))
    tests = [_joint_ratio(pooled, fits)]
    if ratio_by_term and len(names) > 1:
        tests += _ratios_by_term(likelihood, days, shares, names, bests, told)
    tests += _wald_tests(names, bests, whole, history, np.concatenate(parts), cluster_by)
    return EraSplit(pooled, tuple(eras), tuple(fits), tuple(tests))


@dataclass(frozen=True, slots=True, eq=False)
class _Influence:
    """What an era's coefficients owe to each dyad, and to the sampling of the risk set."""

    by_dyad: DyadScores
    sampling: Floats


def _days_of_eras(eras: Sequence[Era], days: Integers) -> list[Floats]:
    if len(eras) < 2:
        raise UsageError("fewer than two eras", where="eras", allowed="A split needs two or more.")
    shares = []
    for era in eras:
        first = -FOREVER if era.start is None else number_of(era.start)
        last = FOREVER if era.end is None else number_of(era.end)
        shares.append(((days >= first) & (days <= last)).astype(np.float64))
    ordered = sorted(eras, key=lambda era: (era.start is not None, era.start or date.min))
    for one, other in pairwise(ordered):
        if one.end is None or other.start is None or one.end >= other.start:
            raise UsageError(f"eras {one.label!r} and {other.label!r} overlap", where="eras")
    return shares


def _fit_days(
    history: History,
    question: Question,
    likelihood: Outcome,
    observed: Integers,
    share: Floats,
    cluster_by: str,
    *,
    start: Floats | None = None,
) -> tuple[Fit, Optimum]:
    days = np.unique(history.day[observed])
    part = observed[np.isin(history.day[observed], days[share > 0])]
    counted = weigh(likelihood, days, share)
    best = maximise(counted, question.terms, start=start)
    errors = clustered_errors(best, counted, cluster_by, history)
    found = describe(history, question, counted, best, part, errors)
    return (replace(found, n_rows=len(part)) if question.outcome == "type" else found), best


def _influence(likelihood: Outcome, best: Optimum) -> _Influence:
    found = likelihood.scores_by_dyad(best.beta)
    noise = with_sampling(best, likelihood) - best.covariance
    return _Influence(DyadScores(found.dyad, found.scores @ best.covariance), noise)


def _joint_ratio(pooled: Fit, fits: Sequence[Fit]) -> SplitTest:
    gain = 2 * (sum(one.log_likelihood for one in fits) - pooled.log_likelihood)
    return _ratio(ALL_TERMS, gain, len(pooled.coefficients) * (len(fits) - 1))


def _ratio(term: str, gain: float, df: int) -> SplitTest:
    return SplitTest(term, RATIO, max(0.0, gain), df, chi_square_tail(gain, df))


def _ratios_by_term(
    likelihood: Outcome,
    days: Integers,
    shares: Sequence[Floats],
    names: Sequence[str],
    bests: Sequence[Optimum],
    told: Told | None,
) -> list[SplitTest]:
    free = sum(one.evaluation.log_likelihood for one in bests)
    tests = []
    for j, name in enumerate(names):
        if told:
            told(f"split of {name}", j, len(names))
        tied = _OneTermTied(likelihood, days, tuple(shares), j)
        beta = np.array([one.beta for one in bests])
        weight = np.array([one.evaluation.information[j, j] for one in bests])
        start = np.append(np.delete(beta, j, axis=1).ravel(), beta[:, j] @ weight / weight.sum())
        best = maximise(tied, [f"{i}" for i in range(len(start))], start=start)
        tests.append(_ratio(name, 2 * (free - best.evaluation.log_likelihood), len(shares) - 1))
    return tests


@dataclass(frozen=True, slots=True, eq=False)
class _OneTermTied:
    """All eras' likelihoods together: one term with one coefficient, the last; the others era by era."""

    likelihood: Outcome
    days: Integers
    shares: tuple[Floats, ...]
    term: int
    thin: int = 1

    def _place(self, era: int, terms: int) -> Integers:
        """Say where in the long vector the era's coefficients stand."""
        others = era * (terms - 1) + np.arange(terms - 1)
        return np.insert(others, self.term, len(self.shares) * (terms - 1))

    def evaluate(self, beta: Floats, *, thin: int = 1) -> Evaluation:
        """Add the eras up."""
        size = len(beta)
        terms = (size - 1) // len(self.shares) + 1
        value, gradient, information = 0.0, np.zeros(size), np.zeros((size, size))
        for era, share in enumerate(self.shares):
            place = self._place(era, terms)
            one = weigh(self.likelihood, self.days, share).evaluate(beta[place])
            value += one.log_likelihood
            gradient[place] += one.gradient
            information[np.ix_(place, place)] += one.information
        return Evaluation(value, gradient, information)

    def reach(self, move: Floats) -> float:
        """Give the largest change of an act's linear predictor."""
        terms = (len(move) - 1) // len(self.shares) + 1
        places = [self._place(era, terms) for era in range(len(self.shares))]
        return max(self.likelihood.reach(move[place]) for place in places)

    def telling_terms(self) -> list[int]:
        """Give none: each era was climbed before."""
        return []


def _wald_tests(
    names: Sequence[str],
    bests: Sequence[Optimum],
    influences: Sequence[_Influence],
    history: History,
    acts: Integers,
    by: str,
) -> list[SplitTest]:
    """Test differences from the first era; a dyad's part in one era may go with its part in another."""
    eras, terms, actors = len(bests), len(names), len(history.actors)
    every = np.unique(np.concatenate([one.by_dyad.dyad for one in influences]))
    stacked = np.zeros((len(every), eras * terms))
    for e, one in enumerate(influences):
        stacked[np.searchsorted(every, one.by_dyad.dyad), e * terms : (e + 1) * terms] = one.by_dyad.scores
    covariance = scatter(DyadScores(every, stacked), actors=actors, by=by)
    for e, one in enumerate(influences):
        some = slice(e * terms, (e + 1) * terms)
        covariance[some, some] += one.sampling
    clusters = _clusters(history, acts, by)
    beta = np.concatenate([one.beta for one in bests])
    kind = f"Wald by {by}"
    tests = []
    for name, chosen in [(ALL_TERMS, range(terms)), *((name, [j]) for j, name in enumerate(names))]:
        apart = np.zeros(((eras - 1) * len(chosen), eras * terms))
        for row, (e, j) in enumerate((e, j) for e in range(1, eras) for j in chosen):
            apart[row, e * terms + j], apart[row, j] = 1.0, -1.0
        difference = apart @ beta
        middle = apart @ covariance @ apart.T
        statistic = float(difference @ np.linalg.pinv(middle, hermitian=True) @ difference)
        df = len(difference)
        # As many clusters as numbers, or fewer, cannot carry a joint test.
        chance = f_tail(statistic / df, df, clusters - df) if clusters > df else float("nan")
        tests.append(SplitTest(name, kind, statistic, df, chance, clusters))
    return tests


def _clusters(history: History, acts: Integers, by: str) -> int:
    """Count the clusters that have acts."""
    sender, receiver = history.sender[acts], history.receiver[acts]
    if by == "actor":
        return len(np.unique(np.concatenate([sender, receiver])))
    if by == "pair":
        sender, receiver = np.minimum(sender, receiver), np.maximum(sender, receiver)
    return len(np.unique(sender * len(history.actors) + receiver))


def _later(one: date | None, other: date | None) -> date | None:
    return max((day for day in (one, other) if day), default=None)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day), default=None)
