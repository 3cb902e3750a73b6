"""Scores of pairs by day and month, as the GDELT daily network has them: never counted as events."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields
from datetime import date, timedelta
from functools import cached_property
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.events.acts import EPOCH, day_number
from comity.events.monthly import month_end, month_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Pair = tuple[str, str]
EPOCH_MONTHS: Final = month_of(EPOCH)


@dataclass(frozen=True, slots=True)
class Tone:
    """The tone of a pair in a month: sum of scores by sum of their sizes, -1 to 1, whatever the news volume.

    Parameters
    ----------
    days, missing : days of the month with a score of the pair, and days that the data lack altogether
    """

    a: str
    b: str
    month: str
    tone: float | None
    days: int
    missing: int


@dataclass(frozen=True, slots=True)
class MonthScore:
    """What the scores of one pair add up to in one month.

    Parameters
    ----------
    a, b : actor ids, a before b in the alphabet
    month : as "2022-02"
    total, size : sum of the scores, and sum of their sizes
    days, friendly_days, hostile_days : days with a score, with one above 0, with one below
    missing : days of the month on which the data have no score of any pair
    """

    a: str
    b: str
    month: str
    total: float
    size: float
    days: int
    friendly_days: int
    hostile_days: int
    missing: int

    @property
    def tone(self) -> float | None:
        """``total / size``, -1 to 1; ``None`` where nothing but zeros was scored."""
        return self.total / self.size if self.size else None


@dataclass(frozen=True)
class Scores:
    """Undirected scores, one a pair and day, in the order of pair and day.

    Parameters
    ----------
    a, b : actor ids, a before b in the alphabet; object, shape (n,)
    day : days since 1970-01-01; int64, shape (n,)
    score : float64, shape (n,)
    missing : the days between the first and the last on which no pair has a score: lost files, no silence
    refused : line and reason of every row that was not read
    editions : name to SHA-256 of the files that they come from, where these are kept in a case
    """

    a: NDArray[np.object_]
    b: NDArray[np.object_]
    day: Ints
    score: Floats
    missing: tuple[date, ...]
    refused: tuple[tuple[int, str], ...] = ()
    editions: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_rows(
        cls,
        a: NDArray[np.object_],
        b: NDArray[np.object_],
        day: Ints,
        score: Floats,
        *,
        refused: tuple[tuple[int, str], ...] = (),
        editions: Mapping[str, str] | None = None,
    ) -> "Scores":
        """Take rows in the order of pair and day; the days that all pairs lack are found."""
        first = int(day.min()) if len(day) else 0
        seen = np.zeros(int(day.max()) - first + 1 if len(day) else 0, dtype=bool)
        seen[day - first] = True
        missing = tuple(EPOCH + timedelta(first + lost) for lost in np.flatnonzero(~seen).tolist())
        return cls(a, b, day, score, missing, refused, editions or {})

    def __len__(self) -> int:
        return len(self.day)

    @cached_property
    def places(self) -> Mapping[Pair, slice]:
        """Where the rows of each pair stand, in the order of pairs."""
        if not len(self):
            return {}
        new = np.ones(len(self), dtype=bool)
        new[1:] = (self.a[1:] != self.a[:-1]) | (self.b[1:] != self.b[:-1])
        starts = np.flatnonzero(new).tolist()
        return {
            (str(self.a[start]), str(self.b[start])): slice(start, end)
            for start, end in zip(starts, [*starts[1:], len(self)], strict=True)
        }

    def of(self, one: str, other: str) -> "Scores":
        """Give the scores of one pair; the order of the two does not matter."""
        rows = self.places.get((min(one, other), max(one, other)), slice(0))
        return Scores(self.a[rows], self.b[rows], self.day[rows], self.score[rows], self.missing)

    def tone(self) -> list[Tone]:
        """Give the tone of every pair and month, by pair and month; see `Tone`.

        The sums of raw scores grow with the number of news; the tone does not.
        """
        return [
            Tone(one.a, one.b, one.month, one.tone, one.days, one.missing) for one in self.monthly().rows()
        ]

    def monthly(self) -> "MonthlyScores":
        """Add the scores up by pair and month."""
        sizes = [rows.stop - rows.start for rows in self.places.values()]
        pair = np.repeat(np.arange(len(sizes)), sizes)
        month = EPOCH_MONTHS + self.day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        new = np.ones(len(self), dtype=bool)
        new[1:] = (pair[1:] != pair[:-1]) | (month[1:] != month[:-1])
        group = np.cumsum(new) - 1

        def summed(values: Floats) -> Floats:
            return np.bincount(group, weights=values, minlength=int(new.sum())).astype(np.float64)

        first, last = (int(self.day.min()), int(self.day.max())) if len(self) else (0, -1)
        return MonthlyScores(
            pairs=tuple(self.places),
            pair=pair[new],
            month=month[new],
            total=summed(self.score),
            size=summed(np.abs(self.score)),
            days=np.bincount(group, minlength=int(new.sum())),
            friendly_days=summed((self.score > 0).astype(np.float64)).astype(np.int64),
            hostile_days=summed((self.score < 0).astype(np.float64)).astype(np.int64),
            first_day=EPOCH + timedelta(first),
            last_day=EPOCH + timedelta(last),
            missing=_by_month(self.missing),
            editions=self.editions,
            daily=self,
        )


@dataclass(frozen=True, eq=False)
class MonthlyScores:
    """What undirected scores add up to, one entry a pair and month, in the order of pair and month.

    Parameters
    ----------
    pairs : actor ids, a before b in the alphabet, each pair once, sorted
    pair : of each entry, the place of its pair; int64, shape (n,)
    month : as `month_of` numbers them, 12 a year from the year 0; int64, shape (n,)
    total, size : sum of the scores, and sum of their sizes; float64, shape (n,)
    days, friendly_days, hostile_days : days with a score, with one above 0, with one below; int64, shape (n,)
    first_day, last_day : what the data span; the last before the first where there are none
    missing : by month, the days on which the data have no score of any pair
    editions : name to SHA-256 of what they come from
    daily : the scores themselves, where they are at hand and not only their sums
    """

    pairs: tuple[Pair, ...]
    pair: Ints
    month: Ints
    total: Floats
    size: Floats
    days: Ints
    friendly_days: Ints
    hostile_days: Ints
    first_day: date
    last_day: date
    missing: Mapping[int, int]
    editions: Mapping[str, str] = field(default_factory=dict)
    daily: Scores | None = field(default=None, repr=False)

    @classmethod
    def of_rows(
        cls, rows: Iterable[MonthScore], *, editions: Mapping[str, str] | None = None
    ) -> "MonthlyScores":
        """Take rows in any order, each of another pair and month; whole months are spanned."""
        columns = list(zip(*(astuple(row) for row in rows), strict=True)) or [()] * len(fields(MonthScore))
        months = [month_of(date.fromisoformat(f"{month}-01")) for month in columns[2]]
        sums = [np.array(column, dtype=np.float64) for column in columns[3:5]]
        counts = [np.array(column, dtype=np.int64) for column in columns[5:]]
        return cls.of_columns((*columns[:2], months, *sums, *counts), editions=editions or {})

    @classmethod
    def of_columns(cls, columns: Sequence[Any], *, editions: Mapping[str, str]) -> "MonthlyScores":
        """Take the columns of `MonthScore`, in its order, months as numbers; see `of_rows`."""
        ends = [(a, b) if a < b else (b, a) for a, b in zip(*columns[:2], strict=True)]
        pairs = tuple(sorted(set(ends)))
        place = {pair: number for number, pair in enumerate(pairs)}
        pair = np.array([place[end] for end in ends], dtype=np.int64)
        month = np.array(columns[2], dtype=np.int64)
        order = np.lexsort((month, pair))
        total, size, days, friendly, hostile, missing = (column[order] for column in columns[3:])
        first, last = (int(month.min()), int(month.max())) if len(month) else (EPOCH_MONTHS, EPOCH_MONTHS - 1)
        lost = dict(zip(month[order].tolist(), missing.tolist(), strict=True))
        return cls(
            pairs=pairs,
            pair=pair[order],
            month=month[order],
            total=total,
            size=size,
            days=days,
            friendly_days=friendly,
            hostile_days=hostile,
            first_day=EPOCH + timedelta(month_end(first - 1)),
            last_day=EPOCH + timedelta(month_end(last) - 1),
            missing={number: lost[number] for number in sorted(lost) if lost[number]},
            editions=editions,
        )

    def __len__(self) -> int:
        return len(self.pair)

    @cached_property
    def actors(self) -> tuple[str, ...]:
        """The actors that have a score, sorted."""
        return tuple(sorted({end for pair in self.pairs for end in pair}))

    @cached_property
    def places(self) -> Mapping[Pair, int]:
        """The place of each pair in `pairs`."""
        return {pair: place for place, pair in enumerate(self.pairs)}

    def of(self, one: str, other: str) -> tuple[MonthScore, ...]:
        """List the months of one pair; the order of the two does not matter."""
        place = self.places.get((min(one, other), max(one, other)))
        if place is None:
            return ()
        begin, end = np.searchsorted(self.pair, (place, place + 1)).tolist()
        return tuple(self._row(entry) for entry in range(begin, end))

    def rows(self) -> Iterator[MonthScore]:
        """Give every entry."""
        return (self._row(entry) for entry in range(len(self)))

    def days_behind(self, one: str, other: str, start: date, end: date) -> tuple[tuple[date, float], ...]:
        """List the days of a pair with their scores, from `start` to `end`, both included.

        Nothing where only monthly sums are at hand.
        """
        if self.daily is None:
            return ()
        mine = self.daily.of(one, other)
        rows = slice(*np.searchsorted(mine.day, (day_number(start), day_number(end) + 1)).tolist())
        days, scores = mine.day[rows].tolist(), mine.score[rows].tolist()
        return tuple((EPOCH + timedelta(day), score) for day, score in zip(days, scores, strict=True))

    def _row(self, entry: int) -> MonthScore:
        month = int(self.month[entry])
        a, b = self.pairs[self.pair[entry]]
        return MonthScore(
            a,
            b,
            month_name(month),
            float(self.total[entry]),
            float(self.size[entry]),
            int(self.days[entry]),
            int(self.friendly_days[entry]),
            int(self.hostile_days[entry]),
            self.missing.get(month, 0),
        )


def month_name(month: int) -> str:
    """Write a month that is numbered from the year 0.

    Examples
    --------
    >>> month_name(24265)
    '2022-02'
    """
    year, place = divmod(month, 12)
    return f"{year:04d}-{place + 1:02d}"


def _by_month(days: tuple[date, ...]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for day in days:
        counts[month_of(day)] = counts.get(month_of(day), 0) + 1
    return counts
