"""Rows of scores on their way in, from any form: checked, and sorted out."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.actors import Registry
from comity.events.acts import EPOCH, day_number
from comity.events.readers import UNKNOWN_ACTOR, Refused
from comity.events.readers.fields import FIRST_YEAR, LAST_YEAR, NUMBER, SHOWN, SHOWN_VALUE, Days, Refusal
from comity.events.scores import Floats, Ints, Scores
from comity.provenance import NothingFoundError

MAX_SCORE: Final = 1e9
FIRST_DAY: Final = day_number(date(FIRST_YEAR, 1, 1))
LAST_DAY: Final = day_number(date(LAST_YEAR, 12, 31))
UNREAD: Final = -(10**9)  # of a day
DAYS: Final = 1 << 18  # more than lie between 1900 and 2100, twice
MOST_ACTORS: Final = 1 << 20
UNKNOWN: Final = -1  # of an actor
MOST_NAMES: Final = 100_000  # remembered; a set of pairs of states has a few hundred
FAULTS: Final = (
    "wrong number of fields", "not a day of the calendar", UNKNOWN_ACTOR, "a pair with itself",
    "score is not a number",
)  # fmt: skip
TWICE: Final = "a second score of a pair and day"
Columns = Sequence[Sequence[Any]]  # dates, one side, the other, scores; texts, or numbers for scores
Refuse = Callable[[Iterable[Refused]], None]


class _Days(dict[str, int]):
    """Days as written, to days since 1970."""

    def __init__(self) -> None:
        self._days = Days()

    def __missing__(self, written: str) -> int:
        try:
            found = day_number(self._days.read(written))
        except Refusal:
            return UNREAD
        self[written] = found
        return found


@dataclass
class Intake:
    """Rows of scores on their way in: checked, actors by number, and refused ones told at once."""

    registry: Registry
    refuse: Refuse
    actors: list[str] = field(default_factory=list)
    rows: int = 0
    _days: _Days = field(default_factory=_Days)
    _names: dict[str, int] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)
    _taken: list[tuple[NDArray[Any], ...]] = field(default_factory=list)

    def take(self, lines: Sequence[int], columns: Columns) -> None:
        """Take rows that have four fields: texts, or arrays of day numbers and of scores."""
        self.rows += len(lines)
        day = self._read_days(columns[0])
        self._meet(day, columns)
        names = self._names
        one, other = (
            np.array([names.get(name, UNKNOWN) for name in side], dtype=np.int64) for side in columns[1:3]
        )
        score = _numbers(columns[3])
        faults = (
            day == UNREAD,
            (one == UNKNOWN) | (other == UNKNOWN),
            one == other,
            ~(np.abs(score) <= MAX_SCORE),  # of what is no number, too
        )
        faulty = np.logical_or.reduce(faults)
        if faulty.any():
            first = np.argmax(np.stack(faults), axis=0)
            self.refuse(
                [
                    self._refused(lines[row], int(first[row]), [column[row] for column in columns])
                    for row in np.flatnonzero(faulty).tolist()
                ]
            )
        sound = ~faulty
        number = np.array(lines, dtype=np.int64)
        self._taken.append((number[sound], day[sound], one[sound], other[sound], score[sound]))

    def miscounted(self, line: int, fields: int) -> None:
        """Refuse a row that has another number of fields."""
        self.rows += 1
        self.refuse([Refused(line, FAULTS[0], str(fields))])

    def table(self) -> "Table":
        """Give what was taken, and begin anew."""
        taken, self._taken = self._taken, []
        empty = (np.zeros(0, dtype=np.int64),) * 4 + (np.zeros(0),)
        line, day, one, other, score = (np.concatenate(column) for column in zip(empty, *taken, strict=True))
        names = np.array([*self.actors, ""], dtype=object)
        swap = (names[one] > names[other]).astype(bool)
        a, b = np.where(swap, other, one), np.where(swap, one, other)
        return Table(tuple(self.actors), line, a, b, day, score)

    def _read_days(self, written: Sequence[Any]) -> Ints:
        if isinstance(written, np.ndarray):
            return np.where((written >= FIRST_DAY) & (written <= LAST_DAY), written, UNREAD)
        return np.array([self._days[one] for one in written], dtype=np.int64)

    def _meet(self, day: Ints, columns: Columns) -> None:
        fresh = (set(columns[1]) | set(columns[2])) - self._names.keys()
        if not fresh:
            return
        if len(self._names) > MOST_NAMES:
            self._names = {name: number for name, number in self._names.items() if number != UNKNOWN}
        for place, pair in enumerate(zip(columns[1], columns[2], strict=True)):
            for name in pair:
                if name in fresh and day[place] != UNREAD:
                    fresh.discard(name)
                    self._names[name] = self._number(name, EPOCH + timedelta(int(day[place])))

    def _number(self, name: str, day: date) -> int:
        try:
            actor = self.registry.canonical(self.registry.resolve(name, at=day).id)
        except NothingFoundError:
            return UNKNOWN
        return self.number_of(actor)

    def number_of(self, actor: str) -> int:
        """Give the number of an actor's id; a new one gets the next."""
        if actor not in self._numbers:
            self._numbers[actor] = len(self.actors)
            self.actors.append(actor)
        return self._numbers[actor]

    def _refused(self, line: int, fault: int, row: Sequence[Any]) -> Refused:
        if fault == 0:
            return Refused(line, FAULTS[1], _shown_day(row[0]))
        if fault == 1:
            strange = tuple(str(name)[:SHOWN] for name in row[1:3] if self._names.get(name, UNKNOWN) < 0)
            return Refused(line, FAULTS[2], "; ".join(strange), strange)
        if fault == 2:
            return Refused(line, FAULTS[3], self.actors[self._names[row[1]]])
        return Refused(line, FAULTS[4], str(row[3])[:SHOWN_VALUE])


@dataclass(frozen=True, slots=True)
class Table:
    """Rows taken in, actors by their number in `actors`, the first side the earlier in the alphabet."""

    actors: tuple[str, ...]
    line: Ints
    a: Ints
    b: Ints
    day: Ints
    score: Floats

    def __len__(self) -> int:
        return len(self.day)

    def keep(self, rows: NDArray[np.bool_] | Ints) -> "Table":
        """Keep some rows, in the order given."""
        line, a, b, day = (column[rows] for column in (self.line, self.a, self.b, self.day))
        return Table(self.actors, line, a, b, day, self.score[rows])

    @property
    def key(self) -> Ints:
        """Number pairs and days: the same number, the same pair and day."""
        return key_of(self.a, self.b, self.day)

    def split(self, seen: Ints) -> tuple["Table", "Table"]:
        """Part the rows into the first of each pair and day, and those that come again, or are in `seen`."""
        key = self.key
        order = np.argsort(key, kind="stable")
        again = np.zeros(len(self), dtype=bool)
        again[order[1:]] = key[order][1:] == key[order][:-1]
        again |= np.isin(key, seen)
        return self.keep(~again), self.keep(again)

    def in_order(self) -> "Table":
        """Sort by pair, in the order of the alphabet, and day."""
        rank = np.empty(len(self.actors), dtype=np.int64)
        rank[np.argsort(np.array(self.actors, dtype=object))] = np.arange(len(self.actors))
        return self.keep(np.lexsort((self.day, rank[self.b], rank[self.a])))

    @property
    def names(self) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        """The actors of both sides."""
        names = np.array([*self.actors, ""], dtype=object)
        return names[self.a], names[self.b]

    def repeats(self) -> Iterator[Refused]:
        """Refuse all of these rows."""
        rows = zip(*(column.tolist() for column in (self.line, self.a, self.b, self.day)), strict=True)
        for line, a, b, day in rows:
            written = EPOCH + timedelta(day)
            yield Refused(line, TWICE, f"{self.actors[a]} {self.actors[b]} {written}")

    def scores(self, refused: Sequence[Refused] = ()) -> Scores:
        """Make `Scores` of rows that are sorted and each of another pair and day."""
        told = tuple((one.line, f"{one.reason}: {one.detail}") for one in refused)
        return Scores.of_rows(*self.names, self.day, self.score, refused=told)


def key_of(a: Ints, b: Ints, day: Ints) -> Ints:
    """Number pairs of actors and days, whatever else is taken in."""
    return (a * MOST_ACTORS + b) * DAYS + day + DAYS // 2


def _shown_day(written: Any) -> str:
    if isinstance(written, str):
        return written[:SHOWN_VALUE]
    return "no day" if written == UNREAD else f"day {written} from {EPOCH}"


def _numbers(printed: Sequence[Any]) -> Floats:
    if isinstance(printed, np.ndarray):
        return printed.astype(np.float64)
    return np.array([_number(one) for one in printed], dtype=np.float64)


def _number(printed: Any) -> float:
    if isinstance(printed, str):
        return float(printed) if NUMBER.fullmatch(printed) else math.nan
    return math.nan if printed is None or isinstance(printed, bool) else float(printed)
