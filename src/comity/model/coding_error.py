"""What coding errors do to coefficients and their intervals: code the acts wrongly again, and fit again."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

import numpy as np

from comity.model.errors import CollinearityError, SeparationError
from comity.model.fit import NORMAL_95, Fit
from comity.model.fitting import fit
from comity.model.history import History
from comity.model.state import Floats, Integers
from comity.model.statistic import Statistic
from comity.model.statistics import find_statistics
from comity.model.type_outcome import INTERCEPT
from comity.provenance import UsageError

FEWEST_REFITS: Final = 2
TRIES: Final = 50  # for another actor who is there that day and is not the other end

Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """Shares of acts that are coded wrongly, each between 0 and 1/2.

    Parameters
    ----------
    cooperation, conflict : of the acts recorded as one, those that are the other
    sender, receiver : of all acts, those that have a wrong actor there
    source : who says so
    """

    cooperation: float = 0.0
    conflict: float = 0.0
    sender: float = 0.0
    receiver: float = 0.0
    source: str = ""

    def __post_init__(self) -> None:
        for name, rate in self.rates.items():
            if not 0 <= rate <= 0.5:
                raise UsageError(f"an error rate of {rate:g} for {name}", allowed="A share from 0 to 0.5.")
        if not any(self.rates.values()):
            raise UsageError("no error rate above 0", allowed=f"Rates of {', '.join(self.rates)}.")

    @property
    def rates(self) -> dict[str, float]:
        """The rates by name."""
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "source"}

    @classmethod
    def of(cls, rates: Mapping[str, float], *, source: str = "") -> "ErrorRates":
        """Take rates by name.

        Raises
        ------
        UsageError : another name
        """
        known = [one.name for one in fields(cls) if one.name != "source"]
        for name in rates:
            if name not in known:
                raise UsageError(f"no error rate {name!r}", allowed=f"Rates of {', '.join(known)}.")
        return cls(**rates, source=source)


@dataclass(frozen=True, slots=True)
class MiscodedTerm:
    """A coefficient as coded, and what more errors do to it.

    Parameters
    ----------
    estimate, std_error : as coded; the largest standard error there is
    again : mean over refits to acts coded wrongly once more: the pull of one more round of errors
    std_error_again : root mean square of the refits' standard errors, of the same sort
    scatter : standard deviation of the refits
    """

    term: str
    estimate: float
    std_error: float
    again: float
    std_error_again: float
    scatter: float
    refits: int

    @property
    def std_error_widened(self) -> float:
        """With the scatter that errors add, as multiple imputation adds it [Rubin1987]."""
        return float(np.hypot(self.std_error, self.scatter * np.sqrt(1 + 1 / self.refits)))

    @property
    def corrected(self) -> float:
        """As far from the estimate as `again`, the other way: one round of errors less, if it were linear."""
        return 2 * self.estimate - self.again

    @property
    def std_error_corrected(self) -> float:
        """Of the correction, its variance led back in the same way, and never below that as coded."""
        once_more = self.std_error_again**2 - self.scatter**2 * (1 + 1 / self.refits)
        return float(np.sqrt(max(self.std_error**2, 2 * self.std_error**2 - once_more)))

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values, with the three intervals side by side."""

        def interval(middle: float, error: float) -> dict[str, float]:
            return {
                "estimate": middle,
                "std_error": error,
                "low": middle - NORMAL_95 * error,
                "high": middle + NORMAL_95 * error,
            }

        return {
            "term": self.term,
            "as_coded": interval(self.estimate, self.std_error),
            "widened": interval(self.estimate, self.std_error_widened),
            "corrected": interval(self.corrected, self.std_error_corrected),
            "again": self.again,
            "scatter": self.scatter,
        }


@dataclass(frozen=True, slots=True)
class CodingError:
    """What coding errors do to a fit.

    Parameters
    ----------
    failed : refits for which no finite coefficients exist; they are left out
    """

    rates: ErrorRates
    terms: tuple[MiscodedTerm, ...]
    refits: int
    failed: int

    def __getitem__(self, term: str) -> MiscodedTerm:
        for one in self.terms:
            if one.term == term:
                return one
        raise KeyError(term)

    def to_dict(self) -> dict[str, Any]:
        """Give the plain values."""
        return {
            "rates": self.rates.rates,
            "source": self.rates.source,
            "refits": self.refits,
            "failed": self.failed,
            "terms": [one.to_dict() for one in self.terms],
        }


def miscode(history: History, rates: ErrorRates, *, seed: int = 1) -> History:
    """Code acts wrongly, each for itself, at the rates given; all events of an act get the same type.

    A wrong actor is drawn as often as it occurs at that end, among those at risk on the day.

    Examples
    --------
    >>> from datetime import date
    >>> history = History.of(list("ABC") * 40, list("BCA") * 40, [date(2020, 1, 1)] * 120, [1.0] * 120)
    >>> bool(0 < miscode(history, ErrorRates(cooperation=0.2)).sign.mean() < 0.4)
    True
    """
    rng = np.random.default_rng(seed)
    chance = rng.random(len(history))[history.act_numbers(np.arange(len(history)))]
    flips = chance < np.where(history.sign == 0, rates.cooperation, rates.conflict)
    wrong = replace(history, sign=np.where(flips, 1 - history.sign, history.sign))
    sender = _other_actors(wrong, history.sender, history.receiver, rates.sender, rng)
    receiver = _other_actors(wrong, history.receiver, sender, rates.receiver, rng)
    return replace(wrong, sender=sender, receiver=receiver)


def allow_for_coding_error(
    history: History,
    found: Fit,
    rates: ErrorRates,
    *,
    statistics: Sequence[Statistic] | None = None,
    refits: int = 20,
    seed: int = 1,
    told: Told | None = None,
) -> CodingError:
    """Fit again and again to acts coded wrongly once more, history and outcome alike.

    Two things come of it. The scatter of the refits is what errors of this size add to the standard error.
    The mean of the refits shows where errors pull: as far as one more round pulls, the first round has pulled
    already, if it were linear [CookStefanski1994].

    Parameters
    ----------
    history, found : what was fitted, and the fit
    statistics : those of the fit, if they are not all registered
    seed : of the errors; the sampled risk set keeps the fit's own draws

    Raises
    ------
    UsageError : fewer than two refits, or none of them has finite coefficients
    """
    if refits < FEWEST_REFITS:
        raise UsageError(f"{refits} refits", allowed=f"At least {FEWEST_REFITS}; 20 or more are advisable.")
    names = [one.term for one in found.coefficients]
    chosen = tuple(statistics or find_statistics(tuple(name for name in names if name != INTERCEPT)))
    draws = []
    for number in range(refits):
        if told:
            told("coding errors", number, refits)
        try:
            again = fit(
                miscode(history, rates, seed=seed * 1_000_003 + number),
                outcome=found.outcome,
                statistics=chosen,
                half_life_days=found.half_life_days,
                transform=found.transform,
                since=found.date_start,
                until=found.date_end,
                risk_set="full" if found.risk_set == "none" else found.risk_set,
                controls=found.controls or 1,
                seed=found.seed or 0,
            )
        except (CollinearityError, SeparationError):
            continue
        draws.append([(one.estimate, one.std_error) for one in again.coefficients])
    if len(draws) < FEWEST_REFITS:
        raise UsageError("hardly any refit has finite coefficients", remedy="State smaller error rates.")
    values, errors = np.moveaxis(np.array(draws), 2, 0)
    again, spread = values.mean(axis=0).tolist(), values.std(axis=0, ddof=1).tolist()
    usual = np.sqrt((errors**2).mean(axis=0)).tolist()
    terms = []
    for j, one in enumerate(found.coefficients):
        once_more = usual[j] * one.widest / one.std_error
        terms.append(
            MiscodedTerm(one.term, one.estimate, one.widest, again[j], once_more, spread[j], len(draws))
        )
    return CodingError(rates, tuple(terms), refits, refits - len(draws))


def _other_actors(
    history: History, actors: Integers, others: Integers, rate: float, rng: np.random.Generator
) -> Integers:
    """Put another actor into a share of the acts."""
    found = actors.copy()
    left = np.flatnonzero(rng.random(len(actors)) < rate)
    often: Floats = np.bincount(actors, minlength=len(history.actors)).astype(np.float64)
    steps = np.cumsum(often)
    for _ in range(TRIES):
        if len(left) == 0:
            break
        drawn = np.searchsorted(steps, rng.random(len(left)) * steps[-1], side="right")
        day = history.day[left]
        good = (drawn != others[left]) & (drawn != actors[left])
        good &= (history.enters[drawn] <= day) & (day <= history.leaves[drawn])
        found[left[good]] = drawn[good]
        left = left[~good]
    return found  # nobody else was there for those that are left
