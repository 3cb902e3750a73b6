"""Fitting: choose the outcome and the risk set, climb to the best coefficients, say how sure they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from comity.model.clustering import scatter
from comity.model.errors import PooledSampleError, TooFewEventsError
from comity.model.fit import WORDS, Coefficient, Fit
from comity.model.history import TYPES, History, day_of, number_of
from comity.model.measuring import transform_code
from comity.model.newton import Optimum, maximise
from comity.model.risk_sets import Design, FullRiskSet, RiskSet, SampledRiskSet
from comity.model.setting_aside import at_risk
from comity.model.state import Floats, Integers
from comity.model.statistics import STATISTICS, Statistic, find_statistics
from comity.model.type_outcome import INTERCEPT, TypeOutcome
from comity.provenance import UsageError

FEWEST_PER_TERM: Final = 2  # below, a fit is refused
WANTED_PER_TERM: Final = 10  # below, it is called weak [PeduzziConcatoKemperHolfordFeinstein1996]
RISK_SETS: Final = ("full", "sampled")
INVALID_RISK_SETS: Final = ("pooled", "unweighted", "case-control")
CONTROLS: Final = 600
POOLED_REASON: Final = (
    "A day's acts and controls, thrown together without the probability that each was drawn with, do not"
    " give the likelihood of the risk set: coefficients shrink or change their sign (measured: 0.065 instead"
    " of 0.950)."
)


def fit(
    history: History,
    *,
    outcome: str = "rate:cooperation",
    statistics: Sequence[Statistic] = STATISTICS,
    half_life_days: float = 30.0,
    transform: str = "log1p",
    since: date | None = None,
    until: date | None = None,
    risk_set: str = "sampled",
    controls: int = CONTROLS,
    seed: int = 1,
    clustered: bool | str = False,
) -> Fit:
    """Estimate what moves actors to act on each other, or to be friendly when they do.

    Parameters
    ----------
    outcome : "rate:cooperation" or "rate:conflict", which dyads act given the day's number of acts; or
        "type", cooperation rather than conflict given an act
    half_life_days : age at which an event counts half; a modelling choice with large effects
    transform : "log1p" of the sum, "each" (log1p of each third party's part, then added) or "identity"
    since, until : first and last day of the acts to be explained, both inclusive; earlier ones are history
    risk_set : "sampled", every pair with live history and a weighted sample of the others; or "full"
    controls : pairs drawn on an average day; more for busier days
    seed : of the draws
    clustered : give standard errors clustered by "dyad" (or ``True``; the ordered pair), by "pair" (both
        directions) or by "actor" (all dyads that share one), too

    Raises
    ------
    PooledSampleError : an unweighted sample of the risk set is asked for
    TooFewEventsError, SeparationError, CollinearityError : the data cannot answer

    Examples
    --------
    >>> days = [date(2020, 1, 1 + i // 6) for i in range(60)]
    >>> history = History.of(list("AAABBC") * 10, list("BBCCAA") * 10, days, [1.0] * 60, actors=list("ABCD"))
    >>> from comity.model import Repetition
    >>> found = fit(history, statistics=[Repetition(0)], risk_set="full")
    >>> found.n_events, found.n_rows, found["coop.repetition"].estimate > 0
    (60, 120, True)
    """
    question = Question(
        outcome, tuple(statistics), half_life_days, transform, since, until, risk_set, controls, seed
    )
    likelihood, names, observed = prepare(history, question)
    best = maximise(likelihood, names)
    errors = clustered_errors(best, likelihood, "dyad" if clustered is True else clustered, history)
    return describe(history, question, likelihood, best, observed, errors)


Outcome = RiskSet | TypeOutcome


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a history; the parameters of `fit`."""

    outcome: str
    statistics: tuple[Statistic, ...]
    half_life_days: float
    transform: str
    since: date | None
    until: date | None
    risk_set: str
    controls: int
    seed: int

    def __post_init__(self) -> None:
        _check_question(self.outcome, self.risk_set, self.half_life_days)

    @classmethod
    def of_fit(cls, found: Fit, statistics: Sequence[Statistic] | None = None) -> "Question":
        """Ask again what a fit answered; give its statistics if they are not all registered."""
        names = tuple(one.term for one in found.coefficients if one.term != INTERCEPT)
        return cls(
            found.outcome,
            tuple(statistics) if statistics else find_statistics(names),
            found.half_life_days,
            found.transform,
            found.date_start,
            found.date_end,
            "full" if found.risk_set == "none" else found.risk_set,
            found.controls or 1,
            found.seed or 0,
        )

    @property
    def terms(self) -> list[str]:
        """The names of the coefficients."""
        intercept = [INTERCEPT] if self.outcome == "type" else []
        return [*intercept, *(one.name for one in self.statistics)]


def prepare(history: History, question: Question) -> tuple[Outcome, list[str], Integers]:
    """Build the likelihood, the names of its coefficients, and the positions of the acts explained.

    Raises
    ------
    TooFewEventsError : see `fit`
    """
    outcome, since, until = question.outcome, question.since, question.until
    signs = (0, 1) if outcome == "type" else (TYPES.index(outcome.removeprefix("rate:")),)
    observed = np.isin(history.sign, signs)
    observed &= history.day >= (history.day.min(initial=0) if since is None else number_of(since))
    observed &= history.day <= (history.day.max(initial=0) if until is None else number_of(until))
    observed &= at_risk(history)  # acts of actors set aside are remembered, not explained
    _check_numbers(history, observed, question.terms, outcome)
    places = np.flatnonzero(observed)
    transform = transform_code(question.transform)
    design = Design(history, places, question.statistics, question.half_life_days, transform)
    return _likelihood(design, question), question.terms, places


def _likelihood(design: Design, question: Question) -> Outcome:
    if question.outcome == "type":
        history, acts = design.history, design.observed
        terms = np.vstack([np.ones(len(acts)), design.measure_acts()])
        dyad = history.sender[acts] * len(history.actors) + history.receiver[acts]
        friendly = (history.sign[acts] == 0).astype(np.float64)
        return TypeOutcome(terms, friendly, dyad, history.day[acts], np.ones(len(acts)), history.sides(acts))
    if question.risk_set == "full":
        return FullRiskSet(design)
    return SampledRiskSet(design, controls=question.controls, seed=question.seed)


def describe(
    history: History,
    question: "Question",
    likelihood: Outcome,
    best: Optimum,
    observed: Integers,
    errors: Mapping[str, Floats],
) -> Fit:
    """Put what was found into words and figures; `errors` by their field of `Coefficient`."""
    covariance = with_sampling(best, likelihood)
    sampled = isinstance(likelihood, SampledRiskSet)
    acts = history.act_sizes(observed)
    return Fit(
        outcome=question.outcome,
        risk_set="none" if question.outcome == "type" else question.risk_set,
        transform=question.transform,
        half_life_days=question.half_life_days,
        date_start=question.since or day_of(int(history.day[observed][0])),
        date_end=question.until or day_of(int(history.day[observed][-1])),
        seed=question.seed if sampled else None,
        controls=question.controls if sampled else None,
        actors=history.actors,
        n_events=len(acts),
        n_rows=likelihood.rows,
        log_likelihood=float(best.evaluation.log_likelihood),
        steps=best.steps,
        coefficients=_coefficients(question.terms, best, covariance, errors),
        covariance=tuple(tuple(line) for line in covariance.tolist()),
        notes=_notes(acts, len(question.terms)),
    )


def weigh(likelihood: Outcome, days: Integers, times: Floats) -> Outcome:
    """Count each of `days`, all those with acts to explain, so many times."""
    if isinstance(likelihood, TypeOutcome):
        return replace(likelihood, weight=times[np.searchsorted(days, likelihood.day)])
    likelihood.weights = times
    return likelihood


def with_sampling(best: Optimum, likelihood: Outcome) -> Floats:
    """Give the covariance of the coefficients with the sampling of the risk set in it."""
    noise = likelihood.sampling_noise(best.beta)
    found: Floats = best.covariance + best.covariance @ noise @ best.covariance
    return found


def clustered_errors(
    best: Optimum, likelihood: Outcome, by: str | bool, history: History
) -> dict[str, Floats]:
    """Give the clustered standard errors under the name of their field, if they are asked for."""
    if not by:
        return {}
    meat = scatter(likelihood.scores_by_dyad(best.beta), actors=len(history.actors), by=str(by))
    meat += likelihood.sampling_noise(best.beta)
    return {f"std_error_{by}": np.sqrt(np.diag(best.covariance @ meat @ best.covariance))}


def _coefficients(
    names: Sequence[str], best: Optimum, covariance: Floats, clustered: Mapping[str, Floats]
) -> tuple[Coefficient, ...]:
    errors = np.sqrt(np.diag(covariance)).tolist()
    return tuple(
        Coefficient(name, value, error, **{field: float(of[j]) for field, of in clustered.items()})
        for j, (name, value, error) in enumerate(zip(names, best.beta.tolist(), errors, strict=True))
    )


def _check_question(outcome: str, risk_set: str, half_life_days: float) -> None:
    if outcome not in WORDS:
        raise UsageError(f"unknown outcome {outcome!r}", allowed=f"One of {', '.join(WORDS)}.")
    if risk_set in INVALID_RISK_SETS:
        raise PooledSampleError(
            f"a {risk_set} sample of the risk set is refused",
            allowed=POOLED_REASON,
            remedy="Use 'sampled', which weights what it draws, or 'full'.",
        )
    if risk_set not in RISK_SETS:
        raise UsageError(f"unknown risk set {risk_set!r}", allowed=f"One of {', '.join(RISK_SETS)}.")
    if not 0 < half_life_days < float("inf"):
        raise UsageError(f"a half-life of {half_life_days:g} days", allowed="A number of days above 0.")


def _check_numbers(history: History, observed: NDArray[np.bool_], names: Sequence[str], outcome: str) -> None:
    acts = len(history.act_sizes(np.flatnonzero(observed)))
    if acts < max(1, FEWEST_PER_TERM * len(names)):
        raise TooFewEventsError(
            f"{acts} events for {len(names)} terms",
            where=outcome,
            allowed=f"At least {FEWEST_PER_TERM} events a term; {WANTED_PER_TERM} are advisable.",
            remedy="Fit a longer stretch, or fewer terms.",
        )
    if outcome == "type" and len(np.unique(history.sign[observed])) < 2:
        raise TooFewEventsError(
            f"all {acts} events are of one type", where=outcome, remedy="Fit a longer stretch."
        )


def _notes(acts: Integers, terms: int) -> tuple[str, ...]:
    """Warn of too few acts, and tell how many of them have several ordered pairs; by their sizes."""
    notes, several = [], int((acts > 1).sum())
    if len(acts) < WANTED_PER_TERM * terms:
        notes.append(f"Only {len(acts)} events for {terms} terms: the standard errors are too hopeful.")
    if several:
        notes.append(
            f"{several:,} of the acts are told of several ordered pairs, as meetings are of both directions:"
            " each counts once, with the sum of their chances."
        )
    return tuple(notes)
