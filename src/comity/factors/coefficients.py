"""The coefficients that an account rests on: whose they are, in which era, and how sure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from comity.factors.period import Integers, era_places
from comity.model import Fit, Statistic, find_statistics
from comity.provenance import BadValueError, UsageError

Floats = NDArray[np.float64]
INTERCEPT = "(Intercept)"


@dataclass(frozen=True, slots=True, eq=False)
class Coefficients:
    """One outcome's coefficients, by era.

    Parameters
    ----------
    outcome : "rate:cooperation", "rate:conflict" or "type"
    terms : names of statistics, perhaps with an intercept
    estimates : (eras, terms)
    covariance : (eras * terms, eras * terms), era by era
    starts : first days of the second era and later ones
    source : in words, what they were estimated on
    n_events, date_start, date_end : the acts that they were estimated on
    of_these_data : whether these are the acts that are accounted for
    """

    outcome: str
    terms: tuple[str, ...]
    estimates: Floats
    covariance: Floats
    half_life_days: float
    transform: str
    source: str
    n_events: int
    date_start: date
    date_end: date
    starts: tuple[date, ...] = ()
    given: tuple[Statistic, ...] = ()
    of_these_data: bool = False

    def __post_init__(self) -> None:
        eras, terms = len(self.starts) + 1, len(self.terms)
        if self.estimates.shape != (eras, terms) or self.covariance.shape != (eras * terms, eras * terms):
            raise BadValueError(
                f"estimates {self.estimates.shape} and covariance {self.covariance.shape}",
                where="coefficients",
                allowed=f"{eras} eras of {terms} terms.",
            )
        if list(self.starts) != sorted(set(self.starts)):
            raise BadValueError("eras that do not follow each other", where="coefficients")

    @classmethod
    def of_fit(
        cls,
        fit: Fit,
        *,
        source: str = "",
        covariance: Floats | None = None,
        statistics: Sequence[Statistic] = (),
    ) -> "Coefficients":
        """Take them from a fit; without a covariance, the fit's own, widened to its largest standard errors.

        Parameters
        ----------
        statistics : those of the fit, if they are not all registered
        """
        if covariance is None:
            errors = np.array([one.widest for one in fit.coefficients])
            covariance = widened(np.array(fit.covariance), errors)
        return cls(
            outcome=fit.outcome,
            terms=tuple(one.term for one in fit.coefficients),
            estimates=np.array([[one.estimate for one in fit.coefficients]]),
            covariance=covariance,
            half_life_days=fit.half_life_days,
            transform=fit.transform,
            source=source or f"a fit of {fit.n_events:,} acts, {fit.date_start} to {fit.date_end}",
            n_events=fit.n_events,
            date_start=fit.date_start,
            date_end=fit.date_end,
            given=tuple(statistics),
        )

    @classmethod
    def by_era(cls, fits: Sequence["Coefficients"], starts: Sequence[date]) -> "Coefficients":
        """Put the coefficients of eras one after the other; each era was estimated apart.

        Parameters
        ----------
        starts : first days of the second era and later ones
        """
        first = fits[0]
        alike = {(one.outcome, one.terms, one.half_life_days, one.transform) for one in fits}
        if len(alike) > 1 or any(one.starts for one in fits):
            raise UsageError("eras of different models", where="coefficients")
        size = len(first.terms)
        covariance = np.zeros((len(fits) * size, len(fits) * size))
        for i, one in enumerate(fits):
            covariance[i * size : (i + 1) * size, i * size : (i + 1) * size] = one.covariance
        return cls(
            outcome=first.outcome,
            terms=first.terms,
            estimates=np.concatenate([one.estimates for one in fits]),
            covariance=covariance,
            half_life_days=first.half_life_days,
            transform=first.transform,
            source="; ".join(one.source for one in fits),
            n_events=sum(one.n_events for one in fits),
            date_start=first.date_start,
            date_end=fits[-1].date_end,
            starts=tuple(starts),
            given=first.given,
            of_these_data=all(one.of_these_data for one in fits),
        )

    @property
    def statistics(self) -> tuple[Statistic, ...]:
        """The statistics, in the order of the terms, without the intercept."""
        return self.given or find_statistics(self.terms[self.intercepts :])

    @property
    def intercepts(self) -> int:
        """How many terms are an intercept: 1 for the type of an act, else 0."""
        return int(self.terms[0] == INTERCEPT)

    def eras(self, days: Integers) -> Floats:
        """Give (days, eras): 1 for each day's era."""
        return np.eye(len(self.starts) + 1)[era_places(self.starts, days)]

    def betas(self, days: Integers) -> Floats:
        """Give (days, terms), without the intercept."""
        return self.estimates[era_places(self.starts, days), self.intercepts :]


def widened(covariance: Floats, errors: Floats) -> Floats:
    """Widen a covariance so that no standard error is below those given; correlations stay."""
    wider = np.maximum(1.0, errors / np.sqrt(np.diag(covariance)))
    found: Floats = covariance * np.outer(wider, wider)
    return found
