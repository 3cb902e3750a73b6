"""Reading daily scores of pairs, from files or a frame, a batch of rows at a time."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.actors import Registry
from comity.events.acts import EPOCH
from comity.events.engine import connect, literal
from comity.events.errors import StoreError
from comity.events.readers import LineStream, Refused
from comity.events.readers.csv_rows import csv_rows, header_of
from comity.events.scores import Scores
from comity.events.scores_intake import UNREAD, Intake
from comity.provenance import BadValueError, NothingFoundError, UnreadableFileError

if TYPE_CHECKING:
    import duckdb

HEADERS: Final = (("date", "country_a", "country_b", "score"), ("date", "a", "b", "score"))
PARQUET: Final = b"PAR1"
BATCH_ROWS: Final = 20_000
CHUNK_ROWS: Final = 400_000  # of a Parquet file
Told = Callable[[int], None]


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
    if not path.is_file():  # a pipe would keep us waiting
        return False
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


def _scores(intake: Intake, refused: list[Refused]) -> Scores:
    first, again = intake.table().split(np.zeros(0, dtype=np.int64))
    refused = sorted([*refused, *again.repeats()], key=lambda one: one.line)
    if not len(first):
        told = f"{refused[0].reason}: {refused[0].detail}" if refused else ""
        raise NothingFoundError("no score can be used", allowed=told)
    return first.in_order().scores(refused)
