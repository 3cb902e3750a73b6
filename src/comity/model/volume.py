"""The day's number of acts, for simulation: a negative binomial regression on the days before.

With mean μ and dispersion α the variance is μ + αμ²; at α = 0 it is a Poisson number.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Protocol

import numpy as np

from comity.model.counting import CountRegression, quantile
from comity.model.errors import TooFewEventsError
from comity.model.fit import Coefficient
from comity.model.history import TYPES, History, day_of, number_of
from comity.model.newton import inverse, maximise
from comity.model.state import Floats, Integers
from comity.model.type_outcome import INTERCEPT
from comity.provenance import UsageError

ACT: Final = "act"  # an act of either type
WEEK: Final = 7
FEWEST_DAYS: Final = 56  # eight of each weekday
WEEKDAYS: Final = ("tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")  # against Monday
YESTERDAY: Final = "log1p.yesterday"
LAST_WEEK: Final = "log1p.last.week"
DISPERSION: Final = "(dispersion)"
LOW: Final = 1e-7  # a dispersion below it makes a Poisson number
HIGH: Final = 1e3
HALVINGS: Final = 60
RUNAWAY: Final = 50.0  # times the largest number of acts seen


class DayCount(Protocol):
    """What says how many acts a simulated day has."""

    def acts(self, day: int, past: Integers, chance: float) -> int:
        """Give the number; `past` has those of the seven days before, `chance` is uniform in [0, 1)."""


@dataclass(frozen=True, slots=True)
class GivenCounts:
    """Each day's number of acts as it was, by number of the day; none on other days."""

    counts: dict[int, int]

    @classmethod
    def of(cls, history: History, outcome: str) -> "GivenCounts":
        """Count the acts of a type, or of both (`act`)."""
        days, counts = np.unique(history.day[_of_type(history, outcome)], return_counts=True)
        return cls(dict(zip(days.tolist(), counts.tolist(), strict=True)))

    def acts(self, day: int, past: Integers, chance: float) -> int:
        """Give the number of that day."""
        return self.counts.get(day, 0)


@dataclass(frozen=True, slots=True)
class Volume:
    """A fitted regression of the day's number of acts.

    Parameters
    ----------
    outcome : "cooperation", "conflict", or "act" for both
    eras : first days of the second era and later ones
    dispersion : α; 0 is a Poisson number
    covariance : of the coefficients, then of the dispersion if it is above 0
    poisson_log_likelihood : of the best Poisson regression on the same terms
    most : the largest number of acts that was seen
    """

    outcome: str
    eras: tuple[date, ...]
    date_start: date
    date_end: date
    n_days: int
    n_events: int
    coefficients: tuple[Coefficient, ...]
    dispersion: float
    dispersion_std_error: float | None
    covariance: tuple[tuple[float, ...], ...]
    log_likelihood: float
    poisson_log_likelihood: float
    most: int
    notes: tuple[str, ...] = ()

    def __getitem__(self, term: str) -> Coefficient:
        for one in self.coefficients:
            if one.term == term:
                return one
        raise KeyError(term)

    @property
    def likelihood_in_words(self) -> str:
        """What is explained."""
        what = "acts" if self.outcome == ACT else f"acts of {self.outcome}"
        form = "negative binomial" if self.dispersion > 0 else "Poisson"
        return f"the day's number of {what}, given those of the days before; {form}"

    def mean(self, day: int, past: Integers) -> float:
        """Give the expected number of acts; `past` has those of the seven days before, oldest first."""
        terms = _terms(np.array([day]), np.asarray(past, dtype=np.float64)[None, :], self.eras)[:, 0]
        names = term_names(self.eras)
        by_name = {one.term: one.estimate for one in self.coefficients}
        return math.exp(sum(by_name.get(name, 0.0) * x for name, x in zip(names, terms, strict=True)))

    def acts(self, day: int, past: Integers, chance: float) -> int:
        """Give the number below which `chance` of the distribution lies.

        Raises
        ------
        UsageError : the numbers grow without end
        """
        mean = self.mean(day, past)
        if mean > RUNAWAY * max(1, self.most):
            raise UsageError(
                f"{mean:,.0f} acts are expected on one day; the most ever seen are {self.most:,}",
                where=f"simulated {day_of(day)}",
                remedy="Each day adds to the next: simulate a shorter stretch, or give acts a day.",
            )
        return quantile(chance, mean, self.dispersion)

    def summary(self) -> str:
        """Write the fit as a table of text."""
        wide = max(len(one.term) for one in self.coefficients)
        lines = [
            self.likelihood_in_words,
            f"{self.n_events:,} acts on {self.n_days:,} days, {self.date_start} to {self.date_end}",
            "",
            f"{'term':<{wide}}  {'estimate':>10}  {'std. error':>10}  {'z':>8}  {'p':>8}",
        ]
        lines += [
            f"{one.term:<{wide}}  {one.estimate:>10.4f}  {one.std_error:>10.4f}  {one.z:>8.2f}"
            f"  {one.p_value:>8.2g}"
            for one in self.coefficients
        ]
        error = "" if self.dispersion_std_error is None else f" (std. error {self.dispersion_std_error:.4f})"
        lines += [
            "",
            f"dispersion {self.dispersion:.4f}{error}: the variance is μ + {self.dispersion:.4f} μ²",
        ]
        gain = self.log_likelihood - self.poisson_log_likelihood
        return "\n".join(
            [*lines, f"log likelihood {self.log_likelihood:,.3f}, {gain:,.3f} above Poisson", *self.notes]
        )

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values."""
        return {
            "outcome": f"volume:{self.outcome}",
            "likelihood": self.likelihood_in_words,
            "date_start": self.date_start.isoformat(),
            "date_end": self.date_end.isoformat(),
            "eras": [one.isoformat() for one in self.eras],
            "n_days": self.n_days,
            "n_events": self.n_events,
            "log_likelihood": self.log_likelihood,
            "poisson_log_likelihood": self.poisson_log_likelihood,
            "dispersion": self.dispersion,
            "dispersion_std_error": self.dispersion_std_error,
            "coefficients": [one.to_dict() for one in self.coefficients],
            "notes": list(self.notes),
        }


def fit_volume(
    history: History,
    *,
    outcome: str = "cooperation",
    since: date | None = None,
    until: date | None = None,
    eras: Sequence[date] = (),
    weekdays: bool = True,
) -> Volume:
    """Regress the day's number of acts on yesterday's, the last seven days', the weekday and the era.

    Parameters
    ----------
    outcome : "cooperation", "conflict", or "act" for both
    since, until : first and last day explained, both inclusive; by default all days with seven before them
    eras : the first day of each era but the first
    weekdays : leave them out where some never have an act

    Returns
    -------
    Volume : the terms are log1p of yesterday's number, log1p of the mean of the last seven, six weekdays
        against Monday, and each later era against the first

    Raises
    ------
    UsageError : no such outcome; eras that are not within the days, in order
    TooFewEventsError : fewer than 56 days, or no acts

    References
    ----------
    [CameronTrivedi1998]; the quadratic variance is their NB2.
    """
    if outcome not in (*TYPES, ACT):
        raise UsageError(f"unknown outcome {outcome!r}", allowed=f"One of {', '.join((*TYPES, ACT))}.")
    kept = history.day[_of_type(history, outcome)]
    first = int(history.day.min(initial=2**40)) + WEEK
    first = first if since is None else max(first, number_of(since))
    last = int(history.day.max(initial=0)) if until is None else number_of(until)
    if len(kept) == 0 or last - first + 1 < FEWEST_DAYS:
        raise TooFewEventsError(
            f"{len(kept)} acts on {max(0, last - first + 1)} days with seven days before them",
            where=f"the day's number of acts ({outcome})",
            allowed=f"At least {FEWEST_DAYS} days.",
            remedy="Give a longer stretch.",
        )
    if list(eras) != sorted({*eras}) or any(not first < number_of(one) <= last for one in eras):
        raise UsageError(
            f"eras from {', '.join(one.isoformat() for one in eras)}",
            allowed=f"Rising days after {day_of(first)}, at most {day_of(last)}.",
        )
    inside = kept[(kept >= first - WEEK) & (kept <= last)] - (first - WEEK)
    counts = np.bincount(inside, minlength=last - first + 1 + WEEK)
    return _fitted(counts, first, outcome=outcome, eras=tuple(eras), weekdays=weekdays)


def _fitted(counts: Integers, first: int, *, outcome: str, eras: tuple[date, ...], weekdays: bool) -> Volume:
    """Fit to the numbers of the days from `first` on; the seven days before it come first."""
    number = np.arange(first, first + len(counts) - WEEK)
    past = np.lib.stride_tricks.sliding_window_view(counts[:-1], WEEK).astype(np.float64)
    kept = [i for i, name in enumerate(term_names(eras)) if weekdays or name not in WEEKDAYS]
    names = [term_names(eras)[i] for i in kept]
    terms, acts = _terms(number, past, eras)[kept], counts[WEEK:]
    regression = CountRegression(terms, acts, 0.0)
    poisson = maximise(regression, names, start=_start(acts, names))
    beta, dispersion = _disperse(regression, names, poisson.beta)
    regression = replace(regression, dispersion=dispersion)
    information = regression.joint_information(beta)
    covariance = inverse(information)
    errors = np.sqrt(np.diag(covariance)).tolist()
    notes = () if dispersion > 0 else ("The numbers scatter no more than Poisson numbers do.",)
    return Volume(
        outcome=outcome,
        eras=eras,
        date_start=day_of(first),
        date_end=day_of(int(number[-1])),
        n_days=len(number),
        n_events=int(acts.sum()),
        coefficients=tuple(
            Coefficient(*entry) for entry in zip(names, beta.tolist(), errors[: len(names)], strict=True)
        ),
        dispersion=dispersion,
        dispersion_std_error=errors[-1] if dispersion > 0 else None,
        covariance=tuple(tuple(line) for line in covariance.tolist()),
        log_likelihood=regression.evaluate(beta).log_likelihood,
        poisson_log_likelihood=poisson.evaluation.log_likelihood,
        most=int(acts.max()),
        notes=notes,
    )


def term_names(eras: Sequence[date]) -> list[str]:
    """Name the terms."""
    return [INTERCEPT, YESTERDAY, LAST_WEEK, *WEEKDAYS, *(f"from.{one.isoformat()}" for one in eras)]


def _of_type(history: History, outcome: str) -> Any:
    """Mark one event of each act of a type, or of both."""
    once = history.once
    return once if outcome == ACT else once & (history.sign == TYPES.index(outcome))


def _terms(number: Integers, past: Floats, eras: Sequence[date]) -> Floats:
    """Give (terms, days); `past` is (days, 7)."""
    weekday = (number + 3) % WEEK  # 1970-01-01 was a Thursday, three days after a Monday
    starts = np.array([number_of(one) for one in eras], dtype=np.int64)
    era = np.searchsorted(starts, number, side="right")
    return np.vstack(
        [
            np.ones(len(number)),
            np.log1p(past[:, -1]),
            np.log1p(past.mean(axis=1)),
            *((weekday == i).astype(np.float64) for i in range(1, WEEK)),
            *((era == i + 1).astype(np.float64) for i in range(len(starts))),
        ]
    )


def _start(acts: Integers, names: Sequence[str]) -> Floats:
    start = np.zeros(len(names))
    start[0] = math.log(max(acts.mean(), 1e-3))
    return start


def _disperse(regression: CountRegression, names: Sequence[str], beta: Floats) -> tuple[Floats, float]:
    """Seek the dispersion at which the best coefficients have no slope left towards more or less of it."""
    if replace(regression, dispersion=LOW).slope(beta) <= 0:
        return beta, 0.0
    low, high = math.log(LOW), math.log(HIGH)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        tried = replace(regression, dispersion=math.exp(middle))
        beta = maximise(tried, names, start=beta).beta
        low, high = (middle, high) if tried.slope(beta) > 0 else (low, middle)
    return beta, math.exp((low + high) / 2)
