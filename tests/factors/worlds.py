"""Small worlds and coefficients for the tests of the factors."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from comity.factors import Coefficients, Period
from comity.factors.change import Question
from comity.model import STATISTICS, History, Statistic
from tests.model.worlds import FIRST, day


def period(first: int, last: int) -> Period:
    """Day 0 is 2020-01-01; both days are included."""
    return Period(day(first), day(last))


def make_coefficients(
    *estimates: Sequence[float],
    statistics: tuple[Statistic, ...] = STATISTICS,
    outcome: str = "rate:cooperation",
    transform: str = "log1p",
    half_life_days: float = 30.0,
    error: float = 0.1,
    starts: tuple[date, ...] = (),
) -> Coefficients:
    """Give coefficients, one line for each era, with equal and independent errors."""
    names = tuple(one.name for one in statistics)
    terms = ("(Intercept)", *names) if outcome == "type" else names
    table = np.array(estimates, dtype=np.float64)
    return Coefficients(
        outcome=outcome,
        terms=terms,
        estimates=table,
        covariance=np.eye(table.size) * error**2,
        half_life_days=half_life_days,
        transform=transform,
        source="made up",
        n_events=1000,
        date_start=FIRST,
        date_end=FIRST + timedelta(days=365),
        starts=starts,
        given=statistics,
    )


def ask(
    history: History, coefficients: Coefficients, before: Period, after: Period, pair: str = "a0 a1"
) -> Question:
    """Ask of a history, whose actors are named."""
    a, b = (history.actors.index(name) for name in pair.split())
    return Question(history, (a, b), before, after, coefficients)
