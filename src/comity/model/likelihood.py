"""One day's share of the likelihood, its gradient and its information: which dyads act, given how many."""

from typing import Final, NamedTuple

import numpy as np

from comity.model.compiling import kernel
from comity.model.state import Floats, Integers
from comity.model.tables import Tables, fill_block

BLOCK_ROWS: Final = 512  # 16 terms of it stay in the processor's cache


class Moments(NamedTuple):
    """Weighted sums over a risk set, scaled by exp(-peak): of 1, of the terms, of their products.

    Parameters
    ----------
    zeroth : (2,), the sum of exp(η - peak), and the peak
    first : (p,)
    second : (p, p), its lower triangle
    low, high : (p,), smallest and largest value of each term
    """

    zeroth: Floats
    first: Floats
    second: Floats
    low: Floats
    high: Floats


class Workspace(NamedTuple):
    """Room for one block of rows: (p, rows) terms, one of them weighted, and the linear predictors."""

    terms: Floats
    weighted: Floats
    eta: Floats


def new_moments(terms: int) -> Moments:
    """Make empty sums."""
    moments = Moments(
        np.zeros(2), np.zeros(terms), np.zeros((terms, terms)), np.zeros(terms), np.zeros(terms)
    )
    clear(moments)
    return moments


def new_workspace(terms: int, *, actors: int) -> Workspace:
    """Make room for a block of at least one sender's rows."""
    rows = max(BLOCK_ROWS, actors)
    return Workspace(np.zeros((terms, rows)), np.zeros(rows), np.zeros(rows))


@kernel
def clear(moments: Moments) -> None:
    """Begin a new risk set."""
    moments.zeroth[0], moments.zeroth[1] = 0.0, -np.inf
    for j in range(moments.first.shape[0]):
        moments.first[j], moments.low[j], moments.high[j] = 0.0, np.inf, -np.inf
        for k in range(moments.first.shape[0]):
            moments.second[j, k] = 0.0


class Sums(NamedTuple):
    """What days add up to: (p,) the gradient, (p, p) the information's lower triangle, (p,) the spread."""

    gradient: Floats
    information: Floats
    low: Floats
    high: Floats


def new_sums(terms: int) -> Sums:
    """Make empty sums."""
    return Sums(np.zeros(terms), np.zeros((terms, terms)), np.zeros(terms), np.zeros(terms))


@kernel
def add_day(moments: Moments, acts: float, sums: Floats, beta: Floats, into: Sums) -> float:
    """Add a day with so many acts and sums of their terms; give its log likelihood."""
    total = moments.zeroth[0]
    value = -acts * (np.log(total) + moments.zeroth[1])
    for j in range(beta.shape[0]):
        mean = moments.first[j] / total
        value += beta[j] * sums[j]
        into.gradient[j] += sums[j] - acts * mean
        into.low[j] += acts * moments.low[j]
        into.high[j] += acts * moments.high[j]
        for k in range(j + 1):
            into.information[j, k] += acts * (
                moments.second[j, k] / total - mean * (moments.first[k] / total)
            )
    return float(value)


@kernel
def _lift(moments: Moments, peak: float) -> None:
    """Rescale the sums to a higher peak."""
    if peak > moments.zeroth[1]:
        factor = np.exp(moments.zeroth[1] - peak)
        moments.zeroth[0] *= factor
        for j in range(moments.first.shape[0]):
            moments.first[j] *= factor
            for k in range(moments.first.shape[0]):
                moments.second[j, k] *= factor
        moments.zeroth[1] = peak


@kernel
def predict(terms: Floats, rows: int, beta: Floats, offset: Floats, eta: Floats) -> float:
    """Fill `eta` with the linear predictors of the block's rows; give the largest."""
    for i in range(rows):
        eta[i] = offset[i] if offset.shape[0] > 0 else 0.0
    for j in range(beta.shape[0]):
        line, slope = terms[j], beta[j]
        for i in range(rows):
            eta[i] += slope * line[i]
    peak = -np.inf
    for i in range(rows):
        peak = max(peak, eta[i])
    return peak


@kernel
def add_block(
    terms: Floats, rows: int, beta: Floats, offset: Floats, work: Workspace, moments: Moments
) -> None:
    """Add a block of rows; `offset` is empty, or the log of how many rows each stands for."""
    eta = work.eta
    _lift(moments, predict(terms, rows, beta, offset, eta))
    for i in range(rows):
        eta[i] = np.exp(eta[i] - moments.zeroth[1])
        moments.zeroth[0] += eta[i]
    for j in range(beta.shape[0]):
        line, weighted = terms[j], work.weighted
        first, low, high = 0.0, np.inf, -np.inf
        for i in range(rows):
            weighted[i] = eta[i] * line[i]
            first += weighted[i]
            low = min(low, line[i])
            high = max(high, line[i])
        moments.first[j] += first
        moments.low[j] = min(moments.low[j], low)
        moments.high[j] = max(moments.high[j], high)
        for k in range(j + 1):
            other, total = terms[k], 0.0
            for i in range(rows):
                total += weighted[i] * other[i]
            moments.second[j, k] += total


@kernel
def add_full_risk_set(
    tables: Tables,
    extra: Floats,
    codes: Integers,
    present: Integers,
    beta: Floats,
    work: Workspace,
    moments: Moments,
) -> None:
    """Add every ordered pair of present actors."""
    n = present.shape[0]
    step = max(1, work.eta.shape[0] // max(1, n - 1))
    nothing = np.zeros(0)
    for first in range(0, n, step):
        last = min(n, first + step)
        rows = fill_block(tables, extra, codes, present, first, last, work.terms)
        add_block(work.terms, rows, beta, nothing, work, moments)


@kernel
def add_rows(
    terms: Floats, offset: Floats, first: int, last: int, beta: Floats, work: Workspace, moments: Moments
) -> None:
    """Add the given rows from `first` to before `last`, block by block."""
    step = work.eta.shape[0]
    for start in range(first, last, step):
        rows = min(step, last - start)
        for j in range(terms.shape[0]):
            for i in range(rows):
                work.terms[j, i] = terms[j, start + i]
        add_block(work.terms, rows, beta, offset[start : start + rows], work, moments)


@kernel
def add_full_scores(
    tables: Tables,
    extra: Floats,
    codes: Integers,
    present: Integers,
    beta: Floats,
    counts: Floats,
    work: Workspace,
    moments: Moments,
    scores: Floats,
) -> None:
    """Add each dyad's share of the score, (acts - expected acts) times (terms - their mean).

    `counts` (n, n) holds the day's acts; `scores` (n, n, p) is added to.
    """
    n = present.shape[0]
    acts = 0.0
    for a in range(counts.shape[0]):
        for b in range(counts.shape[1]):
            acts += counts[a, b]
    nothing = np.zeros(0)
    for s in range(n):
        rows = fill_block(tables, extra, codes, present, s, s + 1, work.terms)
        predict(work.terms, rows, beta, nothing, work.eta)
        for i in range(rows):
            a, b = present[s], present[i if i < s else i + 1]
            expected = acts * np.exp(work.eta[i] - moments.zeroth[1]) / moments.zeroth[0]
            left = counts[a, b] - expected
            for j in range(beta.shape[0]):
                scores[a, b, j] += left * (work.terms[j, i] - moments.first[j] / moments.zeroth[0])
