"""How sure each third party's part is: from the coefficients, and from which weeks happened to have acts."""

from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from comity.factors.change import Question, Slopes, rework
from comity.factors.coefficients import Coefficients, Floats
from comity.factors.period import Integers
from comity.model import History

WEEK: Final = 7
FEWEST_BLOCKS: Final = 4  # a period shorter than four weeks is drawn again by days, or a few days
DRAWS: Final = 100  # their standard deviation is known to about 7 %
REMEMBERED: Final = 8.0  # half-lives after which an act counts less than 0.4 %


class Errors(NamedTuple):
    """Standard errors of each actor's part, (actors,) each, from one source and from the other."""

    coefficients: Floats
    weeks: Floats


def errors_of(question: Question, slopes: Slopes, *, seed: int, draws: int = DRAWS) -> Errors:
    """Work out how sure each actor's part is; without draws the luck of the weeks is left out."""
    return Errors(
        coefficient_errors(question.coefficients, slopes.third), week_errors(question, seed=seed, draws=draws)
    )


def coefficient_errors(coefficients: Coefficients, slopes: Floats) -> Floats:
    """Give (actors,), exact: numbers are sums of slopes (actors, eras, terms) times coefficients."""
    flat = slopes.reshape(len(slopes), -1)
    variance = np.einsum("ki,ij,kj->k", flat, coefficients.covariance, flat, optimize=True)
    found: Floats = np.sqrt(np.maximum(variance, 0.0))
    return found


def week_errors(question: Question, *, seed: int, draws: int = DRAWS) -> Floats:
    """Give (actors,): how much the parts scatter when the weeks of each period are drawn again.

    A week's acts move together, to the place of another week of the same period [Künsch1989]; what came
    before, between and after is drawn from its own weeks likewise.
    """
    if not len(question.history) or draws == 0:
        return np.zeros(len(question.history.actors))
    rng = np.random.default_rng([seed, 2])
    involved, stretches = _involved(question), _stretches(question)
    parts = []
    for _ in range(draws):
        history = _drawn(question.history, involved, stretches, rng)
        slopes = rework(replace(question, history=history))
        parts.append(np.einsum("ket,et->k", slopes.third, question.coefficients.estimates))
    found: Floats = np.std(parts, axis=0, ddof=1)
    return found


def _involved(question: Question) -> Integers:
    """List the events of the two that are still remembered in the first period, by day."""
    history = question.history
    first = question.days[0] - REMEMBERED * question.coefficients.half_life_days
    found = np.isin(history.sender, question.ends) | np.isin(history.receiver, question.ends)
    return np.flatnonzero(found & (history.day >= first) & (history.day < question.days[-1]))


def _stretches(question: Question) -> list[Integers]:
    """Give the first days of the weeks of each stretch of time, and the first day after it."""
    days, first = question.days, question.first
    begin = int(days[0] - REMEMBERED * question.coefficients.half_life_days)
    begin = min(max(begin, int(question.history.day.min())), int(days[0]))
    turns = [begin, int(days[0]), int(days[first - 1]) + 1, int(days[first]), int(days[-1]) + 1]
    stretches = []
    for start, end in pairwise(turns):
        if end > start:
            length = min(WEEK, max(1, (end - start) // FEWEST_BLOCKS))
            stretches.append(np.array([*range(start, end, length), end], dtype=np.int64))
    return stretches


def _drawn(
    history: History, involved: Integers, stretches: list[Integers], rng: np.random.Generator
) -> History:
    places, days = [], []
    day = history.day[involved]
    for bounds in stretches:
        starts, ends = np.searchsorted(day, bounds[:-1]), np.searchsorted(day, bounds[1:])
        for target, chosen in enumerate(rng.integers(len(starts), size=len(starts)).tolist()):
            some = np.arange(starts[chosen], ends[chosen])
            moved = day[some] - bounds[chosen] + bounds[target]
            inside = moved < bounds[target + 1]  # a last, shorter week has no room for a whole one
            places.append(involved[some[inside]])
            days.append(moved[inside])
    at, number = np.concatenate(places), np.concatenate(days)
    order = np.argsort(number, kind="stable")
    at, number = at[order], number[order]
    return replace(history.take(at), day=number, kind=None, act=None)
