"""Reading daily scores of pairs, from files or a frame, a batch of rows at a time."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.actors import Registry
from comity.events.acts import EPOCH, day_number
from comity.events.engine import connect, literal
from comity.events.readers import UNKNOWN_ACTOR, LineStream, Refused
from comity.events.readers.csv_rows import csv_rows, header_of
from comity.events.readers.fields import NUMBER, SHOWN, SHOWN_VALUE, Days, Refusal
from comity.events.scores import Floats, Ints, Scores
from comity.provenance import BadValueError, NothingFoundError, UnreadableFileError

HEADERS: Final = (("date", "country_a", "country_b", "score"), ("date", "a", "b", "score"))
PARQUET: Final = b"PAR1"
MAX_SCORE: Final = 1e9
BATCH_ROWS: Final = 20_000
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
Told = Callable[[int], None]


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
        """Take rows that have four fields."""
        self.rows += len(lines)
        day = np.array([self._days[written] for written in columns[0]], dtype=np.int64)
        self._meet(day, columns)
        names = self._names
        one, other = (
            np.array([names.get(name, UNKNOWN) for name in side], dtype=np.int64) for side in columns[1:3]
        )
        score = np.array([_number(printed) for printed in columns[3]], dtype=np.float64)
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
            return Refused(line, FAULTS[1], str(row[0])[:SHOWN_VALUE])
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


def read_scores(paths: Sequence[Path], registry: Registry) -> Scores:
    """Read the columns date, country_a, country_b, score of CSV (also gzipped or zipped) or Parquet.

    A row of a country that the registry does not know, of a pair with itself or with a day or score
    that is none is refused, with its line; so is a second score of a pair and day.

    Raises
    ------
    UnreadableFileError : see `LineStream`; or other columns
    NothingFoundError : no row can be used
    """
    refused: list[Refused] = []
    intake = Intake(registry, refused.extend)
    for path in paths:
        read_file(path, intake, told=lambda _: None)
    return _scores(intake, refused)


def scores_from_frame(frame: Any, registry: Registry) -> Scores:
    """Read a frame of narwhals' kinds with the columns date, a (or country_a), b (country_b) and score.

    Raises
    ------
    BadValueError : a column is missing
    NothingFoundError : no row can be used
    """
    import narwhals  # only a notebook hands us frames

    table = narwhals.from_native(frame, eager_only=True)
    columns = next((names for names in HEADERS if set(names) <= set(table.columns)), None)
    if columns is None:
        raise BadValueError("columns are missing", allowed=f"Columns: {', '.join(HEADERS[0])}.")
    refused: list[Refused] = []
    intake = Intake(registry, refused.extend)
    date_column, *others = (table[name].to_list() for name in columns)
    days = [str(day)[:10] for day in date_column]
    sides = [[str(name) for name in side] for side in others[:2]]
    if days:
        intake.take(range(1, len(days) + 1), [days, *sides, others[2]])
    return _scores(intake, refused)


def is_scores(path: Path) -> bool:
    """Tell whether a file has the columns of scores; one that cannot be read has none."""
    try:
        return _columns(path) is not None
    except UnreadableFileError:
        return False


def read_file(path: Path, intake: Intake, told: Told) -> None:
    """Read one file into an intake; `told` is given the bytes done.

    Raises
    ------
    UnreadableFileError : see `LineStream`; or other columns
    """
    columns = check_columns(path)
    if _is_parquet(path):
        _read_parquet(path, columns, intake)
    else:
        _read_csv(path, intake, told)


def check_columns(path: Path) -> Sequence[str]:
    """Find the columns of scores in a file.

    Raises
    ------
    UnreadableFileError : see `LineStream`; or other columns
    """
    columns = _columns(path)
    if columns is None:
        raise UnreadableFileError(
            f"{path.name} has no scores of pairs: its columns are others",
            where=str(path.parent),
            allowed=f"Expected: {','.join(HEADERS[0])}.",
        )
    return columns


def _columns(path: Path) -> Sequence[str] | None:
    """Find the columns of scores in a file, as it writes them."""
    if _is_parquet(path):
        with connect() as engine:
            described = engine.execute(f"DESCRIBE SELECT * FROM read_parquet({literal(path)})").fetchall()
        written = {str(row[0]).lower(): str(row[0]) for row in described}
        return next(
            ([written[name] for name in names] for names in HEADERS if set(names) <= set(written)), None
        )
    header = header_of(next(iter(LineStream(path, lenient=True)), (1, ""))[1].lower())
    return header if tuple(header) in HEADERS else None


def _is_parquet(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(len(PARQUET)) == PARQUET
    except OSError:
        return False


def _read_csv(path: Path, intake: Intake, told: Told) -> None:
    stream = LineStream(path)
    lines = iter(stream)
    next(lines, None)
    rows = csv_rows(lines, after=1)
    while batch := list(islice(rows, BATCH_ROWS)):
        told(stream.bytes_read)
        sound = [row for row in batch if len(row[1]) == len(HEADERS[0])]
        if len(sound) < len(batch):
            for line, fields in batch:
                if len(fields) != len(HEADERS[0]):
                    intake.miscounted(line, len(fields))
        if sound:
            intake.take([line for line, _ in sound], list(zip(*(fields for _, fields in sound), strict=True)))


def _read_parquet(path: Path, columns: Sequence[str], intake: Intake) -> None:
    """Take the rows of a table; its rows count from 1, as they stand."""
    day, one, other, score = (f'"{name.replace(chr(34), chr(34) * 2)}"' for name in columns)
    with connect() as engine:
        engine.execute("SET preserve_insertion_order = true")
        found = engine.execute(
            f"SELECT LEFT(CAST({day} AS VARCHAR), {len('2022-02-24')}), CAST({one} AS VARCHAR), "
            f"CAST({other} AS VARCHAR), {score} FROM read_parquet({literal(path)})"
        )
        done = 0
        while batch := found.fetchmany(BATCH_ROWS):
            rows = list(zip(*batch, strict=True))
            texts = [[value or "" for value in column] for column in rows[:3]]
            intake.take(range(done + 1, done + len(batch) + 1), [*texts, rows[3]])
            done += len(batch)


def _scores(intake: Intake, refused: list[Refused]) -> Scores:
    first, again = intake.table().split(np.zeros(0, dtype=np.int64))
    refused = sorted([*refused, *again.repeats()], key=lambda one: one.line)
    if not len(first):
        told = f"{refused[0].reason}: {refused[0].detail}" if refused else ""
        raise NothingFoundError("no score can be used", allowed=told)
    return first.in_order().scores(refused)


def _number(printed: Any) -> float:
    if isinstance(printed, str):
        return float(printed) if NUMBER.fullmatch(printed) else math.nan
    return math.nan if printed is None or isinstance(printed, bool) else float(printed)
