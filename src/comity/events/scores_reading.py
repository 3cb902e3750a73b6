"""Reading daily scores of pairs, from files or a frame, a batch of rows at a time."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.actors import Registry
from comity.events.acts import EPOCH, day_number
from comity.events.engine import connect, literal
from comity.events.errors import StoreError
from comity.events.readers import UNKNOWN_ACTOR, LineStream, Refused
from comity.events.readers.csv_rows import csv_rows, header_of
from comity.events.readers.fields import FIRST_YEAR, LAST_YEAR, NUMBER, SHOWN, SHOWN_VALUE, Days, Refusal
from comity.events.scores import Floats, Ints, Scores
from comity.provenance import BadValueError, NothingFoundError, UnreadableFileError

if TYPE_CHECKING:
    import duckdb

HEADERS: Final = (("date", "country_a", "country_b", "score"), ("date", "a", "b", "score"))
PARQUET: Final = b"PAR1"
MAX_SCORE: Final = 1e9
BATCH_ROWS: Final = 20_000
CHUNK_ROWS: Final = 400_000  # of a Parquet file
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
        _read_parquet(path, columns, intake, told)
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
        with _opened(path) as engine:
            written = {name.lower(): name for name, _ in _described(engine, path)}
        known = next((names for names in HEADERS if set(names) <= set(written)), None)
        return [written[name] for name in known] if known else None
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


def _read_parquet(path: Path, columns: Sequence[str], intake: Intake, told: Told) -> None:
    """Take the rows of a table; its rows count from 1, as they stand."""
    size = path.stat().st_size
    with _opened(path) as engine:
        kinds = dict(_described(engine, path))
        day, one, other, score = (_quoted(name) for name in columns)
        dated = kinds[columns[0]].startswith(("DATE", "TIMESTAMP"))
        days = f"COALESCE(CAST({day} AS DATE) - DATE '{EPOCH}', {UNREAD})"
        days = days if dated else f"COALESCE(CAST({day} AS VARCHAR), '')"
        printed = kinds[columns[3]] == "VARCHAR"
        scores = f"COALESCE({score}, '')" if printed else f"COALESCE(CAST({score} AS DOUBLE), 'nan'::DOUBLE)"
        rows = f"read_parquet({literal(path)}, file_row_number = true)"
        (count,) = engine.execute(f"SELECT COUNT(*) FROM {rows}").fetchall()[0]
        for begin in range(0, count, CHUNK_ROWS):
            told(size * begin // count)
            found = engine.execute(
                f"SELECT {days} AS day, COALESCE(CAST({one} AS VARCHAR), '') AS one, "
                f"COALESCE(CAST({other} AS VARCHAR), '') AS other, {scores} AS score FROM {rows} "
                f"WHERE file_row_number >= {begin} AND file_row_number < {begin + CHUNK_ROWS} "
                "ORDER BY file_row_number"
            ).fetchnumpy()
            table: list[Any] = [np.ma.getdata(found[name]) for name in ("day", "one", "other", "score")]
            table = [column.tolist() if column.dtype == object else column for column in table]
            intake.take(range(begin + 1, begin + 1 + len(table[1])), table)


@contextmanager
def _opened(path: Path) -> "Iterator[duckdb.DuckDBPyConnection]":
    try:
        with connect() as engine:
            yield engine
    except StoreError as error:
        raise UnreadableFileError(
            f"{path.name} is a damaged Parquet file",
            where=str(path.parent),
            allowed=f"{error.what}.",
            remedy="Download it again.",
        ) from None


def _described(engine: "duckdb.DuckDBPyConnection", path: Path) -> list[tuple[str, str]]:
    rows = engine.execute(f"DESCRIBE SELECT * FROM read_parquet({literal(path)})").fetchall()
    return [(str(row[0]), str(row[1])) for row in rows]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _shown_day(written: Any) -> str:
    if isinstance(written, str):
        return written[:SHOWN_VALUE]
    return "no day" if written == UNREAD else f"day {written} from {EPOCH}"


def _scores(intake: Intake, refused: list[Refused]) -> Scores:
    first, again = intake.table().split(np.zeros(0, dtype=np.int64))
    refused = sorted([*refused, *again.repeats()], key=lambda one: one.line)
    if not len(first):
        told = f"{refused[0].reason}: {refused[0].detail}" if refused else ""
        raise NothingFoundError("no score can be used", allowed=told)
    return first.in_order().scores(refused)


def _numbers(printed: Sequence[Any]) -> Floats:
    if isinstance(printed, np.ndarray):
        return printed.astype(np.float64)
    return np.array([_number(one) for one in printed], dtype=np.float64)


def _number(printed: Any) -> float:
    if isinstance(printed, str):
        return float(printed) if NUMBER.fullmatch(printed) else math.nan
    return math.nan if printed is None or isinstance(printed, bool) else float(printed)
