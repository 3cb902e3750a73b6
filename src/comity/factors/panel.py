"""A panel of pairs by months: each pair's later tie beside its gap and alignment with one third party."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from comity.events import MonthlyScores
from comity.provenance import NothingFoundError, UsageError

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SCALES: Final = ("tone", "days")
GAP: Final = "gap"
ALIGNMENT: Final = "alignment"
LEVEL: Final = "level"
OWN_PAST: Final = "own past"
TERMS: Final = (GAP, ALIGNMENT, LEVEL, OWN_PAST)
FEWEST_MONTHS: Final = 12  # of a pair, below which its own level is mostly noise
BUSY_DAYS: Final = 10.0  # scored days a month, on average over the months with any


@dataclass(frozen=True, slots=True, eq=False)
class TieCube:
    """Every pair's tie in every month.

    Parameters
    ----------
    actors : sorted
    months : how many, one after another
    value, days : (n, n, months), symmetric; NaN and 0 where a pair has no score in a month
    """

    actors: tuple[str, ...]
    first_month: int
    value: Floats
    days: Floats

    @classmethod
    def of(cls, scores: MonthlyScores, *, scale: str = "tone") -> "TieCube":
        """Lay monthly scores out.

        Parameters
        ----------
        scale : "tone", sum of scores by sum of their sizes; "days", friendly days minus hostile ones by days
            with a score; both lie between -1 and 1, whatever the news volume

        Raises
        ------
        UsageError : another scale
        NothingFoundError : there are no scores
        """
        if scale not in SCALES:
            raise UsageError(f"unknown scale {scale!r}", allowed=f"One of {', '.join(SCALES)}.")
        if len(scores) == 0:
            raise NothingFoundError("no scores of pairs", remedy="Import daily scores first.")
        actors = scores.actors
        place = {name: i for i, name in enumerate(actors)}
        ends = np.array([(place[a], place[b]) for a, b in scores.pairs], dtype=np.int64)[scores.pair]
        first = int(scores.month.min())
        shape = (len(actors), len(actors), int(scores.month.max()) - first + 1)
        value, days = np.full(shape, np.nan), np.zeros(shape)
        with np.errstate(invalid="ignore", divide="ignore"):
            tone = scores.total / scores.size
            balance = (scores.friendly_days - scores.hostile_days) / scores.days
        tie = tone if scale == "tone" else balance
        for one, other in ((0, 1), (1, 0)):
            where = ends[:, one], ends[:, other], scores.month - first
            value[where], days[where] = tie, scores.days
        days[np.isnan(value)] = 0.0
        return cls(actors, first, value, days)

    def position(self, actor: str) -> int:
        """Find an actor.

        Raises
        ------
        NothingFoundError : it has no scores
        """
        if actor not in self.actors:
            raise NothingFoundError(f"no scores of {actor!r}", allowed=f"Scored: {', '.join(self.actors)}.")
        return self.actors.index(actor)

    def shifted(self, third: int, months: int) -> "TieCube":
        """Move one actor's ties by so many months, the last ones to the front: a placebo."""
        value, days = self.value.copy(), self.days.copy()
        for cube in (value, days):
            cube[third] = np.roll(cube[third], months, axis=-1)
            cube[:, third] = cube[third]
        return replace(self, value=value, days=days)


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """The rows of a regression, one a pair and month.

    Parameters
    ----------
    a, b, pair, month : (rows,), places of the two actors, of the pair, and the month of the gap
    outcome : (rows,), the pair's tie `lag` months later
    terms : (names, rows); see `TERMS`
    days : (rows,), with a score of the pair in the month of the outcome
    """

    third: str
    lag: int
    names: tuple[str, ...]
    a: Integers
    b: Integers
    pair: Integers
    month: Integers
    outcome: Floats
    terms: Floats
    days: Floats

    def __len__(self) -> int:
        return len(self.outcome)

    def select(self, kept: NDArray[np.bool_]) -> "Panel":
        """Keep some rows, and number the pairs anew."""
        _, pair = np.unique(self.pair[kept], return_inverse=True)
        rows = {name: getattr(self, name)[kept] for name in ("a", "b", "month", "outcome", "days")}
        return replace(self, pair=pair, terms=self.terms[:, kept], **rows)


def panel_of(
    cube: TieCube,
    third: str,
    *,
    lag: int = 1,
    busy: bool = False,
    own_past: bool = False,
    pairs: Sequence[tuple[str, str]] = (),
) -> Panel:
    """Line up every pair's tie with the gap and alignment that it had with a third party `lag` months before.

    For the pair i, j and the third party k in a month: the gap is \\|tie(i,k) − tie(j,k)\\|, the alignment
    tie(i,k)·tie(j,k), the level (tie(i,k) + tie(j,k)) / 2, own past tie(i,j).

    Parameters
    ----------
    busy : only pairs of which all three ties have ten scored days in an average month
    own_past : only months in which the pair's own tie is known, too; it becomes a term
    pairs : only these (default: all)

    Raises
    ------
    NothingFoundError : no pair has enough months
    """
    if lag < 1:
        raise UsageError(f"a lag of {lag} months", allowed="1 or more: what comes first cannot follow.")
    k = cube.position(third)
    span = cube.value.shape[2]
    i, j = np.triu_indices(len(cube.actors), 1)
    chosen = (i != k) & (j != k)
    if pairs:
        wanted = {tuple(sorted((cube.position(a), cube.position(b)))) for a, b in pairs}
        chosen &= np.array([(int(a), int(b)) in wanted for a, b in zip(i, j, strict=True)])
    if busy:
        chosen &= _busy(cube, k)[i, j]
    i, j = i[chosen], j[chosen]
    one, other = cube.value[i, k, : max(0, span - lag)], cube.value[j, k, : max(0, span - lag)]
    own, later = cube.value[i, j, : max(0, span - lag)], cube.value[i, j, lag:]
    known = ~(np.isnan(one) | np.isnan(other) | np.isnan(later))
    if own_past:
        known &= ~np.isnan(own)
    known &= known.sum(axis=1, keepdims=True) >= FEWEST_MONTHS
    row, month = np.nonzero(known)
    if len(row) == 0:
        raise NothingFoundError(
            f"no pair has {FEWEST_MONTHS} months with all three ties", where=third,
            remedy="Take scores of more pairs, or of a longer time.",
        )  # fmt: skip
    u, v = one[known], other[known]
    terms = [np.abs(u - v), u * v, (u + v) / 2, *([own[known]] if own_past else [])]
    _, pair = np.unique(row, return_inverse=True)
    return Panel(
        third=third,
        lag=lag,
        names=TERMS[: len(terms)],
        a=i[row],
        b=j[row],
        pair=pair,
        month=month,
        outcome=later[known],
        terms=np.array(terms),
        days=cube.days[i, j, lag:][known],
    )


def _busy(cube: TieCube, third: int) -> NDArray[np.bool_]:
    months = (cube.days > 0).sum(axis=2)
    usual = cube.days.sum(axis=2) / np.maximum(1, months) >= BUSY_DAYS
    found: NDArray[np.bool_] = usual & usual[:, third][:, None] & usual[third][None, :]
    return found
