"""Fitting to rows of the risk set that somebody else has drawn, with what each of them stands for."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

import numpy as np
from numpy.typing import NDArray

from comity.model.errors import PooledSampleError
from comity.model.fit import Fit
from comity.model.fitting import POOLED_REASON, Question, _check_numbers, clustered_errors, describe
from comity.model.history import TYPES, History, day_of, number_of, positions
from comity.model.measuring import transform_code
from comity.model.memory import Morning
from comity.model.newton import maximise
from comity.model.risk_sets import Design, SampledRiskSet
from comity.model.state import Floats, Integers
from comity.model.statistics import STATISTICS, Statistic
from comity.provenance import BadValueError, NothingFoundError, UsageError

NEAR_ENOUGH: Final = 0.1  # how far the pairs that rows stand for may be from those there are, without a note


@dataclass(frozen=True, slots=True, eq=False)
class GivenRows:
    """Rows of the risk set: which pair, on which day, and how many pairs it stands for.

    Parameters
    ----------
    sender, receiver, day : (rows,), positions in the history's actors; days since 1970-01-01
    stands_for : (rows,), 1 for the pair of an act; for the others the inverse of the probability (or
        of the expected number of times) that they were drawn with
    """

    sender: Integers
    receiver: Integers
    day: Integers
    stands_for: Floats

    @classmethod
    def of(
        cls,
        history: History,
        senders: Sequence[str],
        receivers: Sequence[str],
        days: Sequence[date],
        stands_for: Sequence[float],
    ) -> "GivenRows":
        """Build from columns, in any order.

        Raises
        ------
        UnknownNameError : a row names an actor that is not at hand
        BadValueError : a row of an actor with itself, or who is not at risk; a number that is not above 0
        """
        found = cls(
            positions(history.actors, senders, what="row"),
            positions(history.actors, receivers, what="row"),
            np.array([number_of(day) for day in days], dtype=np.int64),
            np.asarray(stands_for, dtype=np.float64),
        )
        absent = np.zeros(len(found.day), dtype=bool)
        for end in (found.sender, found.receiver):
            absent |= (found.day < history.enters[end]) | (found.day > history.leaves[end])
        for wrong, what in (
            (~(np.isfinite(found.stands_for) & (found.stands_for > 0)), "a row that stands for no pair"),
            (found.sender == found.receiver, "a row of an actor with itself"),
            (absent, "a row of an actor who is not at risk"),
        ):
            if wrong.any():
                raise BadValueError(what, where=f"row {int(np.flatnonzero(wrong)[0]) + 1}")
        return found


def fit_rows(
    history: History,
    rows: GivenRows,
    *,
    outcome: str = "rate:cooperation",
    statistics: Sequence[Statistic] = STATISTICS,
    half_life_days: float = 30.0,
    transform: str = "log1p",
    clustered: bool | str = False,
) -> Fit:
    """Estimate which dyads act from rows that somebody else has drawn from the risk set.

    Acts are those of the history on the days of the rows whose pair has a row. An act's pair counts once
    on a day, however many rows and acts it has; another pair that was drawn twice counts twice.

    Raises
    ------
    PooledSampleError : rows that all stand for themselves alone, although they are not all pairs
    BadValueError : the row of an act that stands for more than itself
    NothingFoundError : no row is of a pair that acted on its day
    """
    if not outcome.startswith("rate:"):
        raise UsageError(
            f"rows given for {outcome}",
            allowed="Rows of the risk set are for rate:cooperation or rate:conflict.",
        )
    question = Question(outcome, tuple(statistics), half_life_days, transform, None, None, "sampled", 1, 0)
    sign = TYPES.index(outcome.removeprefix("rate:"))
    acts, notes = _acts_with_rows(history, rows, sign)
    _check_numbers(history, acts, question.terms, outcome)
    observed = np.flatnonzero(acts)
    design = Design(history, observed, question.statistics, half_life_days, transform_code(transform))
    given = GivenRiskSet(design, given=rows)
    notes += _check_weights(history, rows, given)
    best = maximise(given, question.terms)
    errors = clustered_errors(best, given, "dyad" if clustered is True else clustered, history)
    found = describe(history, question, given, best, observed, errors)
    return replace(found, risk_set="given", seed=None, controls=None, notes=(*found.notes, *notes))


@dataclass(slots=True, eq=False)
class GivenRiskSet(SampledRiskSet):
    """The rows of each day that somebody else has drawn."""

    given: GivenRows = field(kw_only=True)
    _order: Integers = field(init=False)

    def __post_init__(self) -> None:
        self._order = np.argsort(self.given.day, kind="stable")
        SampledRiskSet.__post_init__(self)  # a plain super() does not find its way with slots

    def _choose(self, i: int, day: int, state: Morning) -> tuple[Integers, Floats, int]:
        history, rows = self.design.history, self.given
        days = rows.day[self._order]
        some = self._order[np.searchsorted(days, day) : np.searchsorted(days, day, side="right")]
        actors = len(history.actors)
        dyad, group = np.unique(rows.sender[some] * actors + rows.receiver[some], return_inverse=True)
        counts = np.bincount(group, weights=rows.stands_for[some])
        today = self.design.observed[history.day[self.design.observed] == day]
        counts[np.isin(dyad, history.sender[today] * actors + history.receiver[today])] = 1.0
        certain = counts == 1.0
        order = np.concatenate([np.flatnonzero(certain), np.flatnonzero(~certain)])
        dyad, counts = dyad[order], counts[order]
        return dyad, np.log(counts), int((~certain).sum())


def _acts_with_rows(
    history: History, rows: GivenRows, sign: int
) -> tuple[NDArray[np.bool_], tuple[str, ...]]:
    """Mark the acts that have a row on their day; tell how many of these days have none."""
    size = len(history.actors)
    days, place = np.unique(rows.day, return_inverse=True)
    known = np.unique(place * size**2 + rows.sender * size + rows.receiver)
    at = np.searchsorted(days, history.day)
    same_day = np.zeros(len(history), dtype=bool)
    inside = at < len(days)
    same_day[inside] = days[at[inside]] == history.day[inside]
    wanted = same_day & (history.sign == sign)
    key = at * size**2 + history.sender * size + history.receiver
    found = wanted & np.isin(key, known)
    if not found.any():
        raise NothingFoundError(
            "no row is of a pair that acted on its day",
            where=f"rate:{TYPES[sign]}",
            remedy="Give rows of the same events: acts and the pairs drawn beside them.",
        )
    idle = len(days) - len(np.unique(history.day[found]))
    notes = []
    if left := int(wanted.sum() - found.sum()):
        notes.append(f"{left:,} acts of these days have no row and are left out.")
    if idle:
        notes.append(f"{idle:,} days with rows but no act are left out.")
    acts_of_rows = np.isin(place * size**2 + rows.sender * size + rows.receiver, key[found])
    if (wrong := acts_of_rows & (rows.stands_for != 1.0)).any():
        row = int(np.flatnonzero(wrong)[0])
        raise BadValueError(
            f"the row of an act stands for {rows.stands_for[row]:g} pairs",
            where=f"row {row + 1}",
            allowed="1 (an offset of 0): an act's own pair is in the sample for certain.",
            remedy="Weight the other rows only.",
        )
    return found, tuple(notes)


def _check_weights(history: History, rows: GivenRows, given: "GivenRiskSet") -> tuple[str, ...]:
    """Refuse samples that stand for themselves alone, and compare what rows stand for with what there is."""
    stood_for, pairs = 0.0, 0
    for day, sample in zip(given.design.days().tolist(), given.samples(), strict=True):
        present = len(history.present(day))
        there = present * (present - 1)
        stood_for, pairs = stood_for + float(np.exp(sample.offset).sum()), pairs + there
        if sample.drawn == 0 and len(sample.dyad) < there:
            raise PooledSampleError(
                f"each of the {len(sample.dyad):,} rows stands for itself alone, of {there:,} pairs",
                where=str(day_of(day)),
                allowed=POOLED_REASON,
                remedy="Say for each drawn row how many pairs it stands for, or fit without rows.",
            )
    if abs(stood_for / pairs - 1) > NEAR_ENOUGH:
        return (
            f"The rows stand for {stood_for / pairs:.2f} times the pairs that could act: check the offsets.",
        )
    return ()
