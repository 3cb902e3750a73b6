"""Where coefficients come from: a fit on the acts at hand, or the table that comes with the package."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from comity.factors.coefficients import Coefficients, widened
from comity.factors.period import day_of, number_of
from comity.factors.shipped import shipped_coefficients
from comity.model import (
    STATISTICS,
    CollinearityError,
    History,
    SeparationError,
    Statistic,
    TooFewEventsError,
    fit,
    joint_covariance,
)

ENOUGH_PER_TERM: Final = 50  # acts; with fewer, intervals clustered by dyad are too hopeful
CANNOT_FIT: Final = (TooFewEventsError, CollinearityError, SeparationError)


def fit_coefficients(
    history: History,
    outcome: str,
    *,
    half_life_days: float = 30.0,
    transform: str = "log1p",
    statistics: Sequence[Statistic] = STATISTICS,
    since: date | None = None,
    until: date | None = None,
    starts: Sequence[date] = (),
    seed: int = 1,
) -> Coefficients:
    """Fit coefficients for an account, with a covariance that takes acts of one dyad to be alike.

    Where few dyads tell of a term, clustering finds too little error: no term's is below that of acts that
    are independent given the past.

    Parameters
    ----------
    since : first day explained; earlier acts are history (default: one half-life after the first act)
    starts : first days of the second era and later ones; each era is fitted apart

    Raises
    ------
    TooFewEventsError, CollinearityError, SeparationError : see `comity.model.fit`
    """
    first = since or _day(history, 0) + timedelta(days=round(half_life_days))
    last = until or _day(history, -1)
    bounds = [first, *(one for one in starts if first < one <= last)]
    ends = [*(one - timedelta(days=1) for one in bounds[1:]), last]
    found = []
    for start, end in zip(bounds, ends, strict=True):
        one = fit(
            history,
            outcome=outcome,
            statistics=statistics,
            half_life_days=half_life_days,
            transform=transform,
            since=start,
            until=end,
            seed=seed,
        )
        errors = np.array([each.std_error for each in one.coefficients])
        covariance = widened(joint_covariance(history, one, statistics=statistics), errors)
        source = f"these data: {one.n_events:,} acts, {start} to {end}, {len(history.actors)} actors"
        out = [name for name, day in zip(history.actors, history.enters, strict=True) if day > number_of(end)]
        source += f", acts of {', '.join(out)} set aside" if out else ""
        one_era = Coefficients.of_fit(one, source=source, covariance=covariance, statistics=statistics)
        found.append(replace(one_era, of_these_data=True))
    return Coefficients.by_era(found, bounds[1:]) if len(found) > 1 else found[0]


def choose_coefficients(
    history: History,
    outcome: str,
    *,
    kind: str | None = None,
    half_life_days: float = 30.0,
    starts: Sequence[date] = (),
    seed: int = 1,
) -> Coefficients:
    """Fit where there are enough acts, else take the table that comes with the package.

    Parameters
    ----------
    kind : "talk", "institutions" or "deeds", if the history holds only acts of this kind
    """
    signs = {"rate:cooperation": (0,), "rate:conflict": (1,)}.get(outcome, (0, 1))
    reason = "there are no acts"
    if len(history):
        since = _day(history, 0) + timedelta(days=round(half_life_days))
        out = history.enters > history.day.max()  # set aside
        acted = history.once & ~out[history.sender] & ~out[history.receiver]
        explained = sum(
            int((acted & (history.sign == sign) & (history.day >= number_of(since))).sum()) for sign in signs
        )
        enough = ENOUGH_PER_TERM * len(STATISTICS)
        reason = f"{explained:,} acts are too few of their own ({enough:,} needed)"
        if explained >= enough:
            try:
                return fit_coefficients(
                    history, outcome, half_life_days=half_life_days, starts=starts, seed=seed
                )
            except CANNOT_FIT as error:
                reason = f"no fit of their own: {error.what}"
    return shipped_coefficients(outcome, kind=kind, because=reason)


def _day(history: History, place: int) -> date:
    return day_of(int(history.day[place]))
