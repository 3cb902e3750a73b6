"""The work of one import, in a temporary folder: rows in batches, counts by reason, what was refused."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.events.acts import EPOCH, day_number
from comity.events.counts import FileCounts
from comity.events.engine import literal
from comity.events.layout import LAYOUTS
from comity.events.manifest import ImportedFile, Output
from comity.events.readers import (
    REPEAT,
    UNKNOWN_ACTOR,
    Aside,
    Desk,
    Kept,
    LineStream,
    Reader,
    Refused,
    RowOutcome,
    outcomes_of,
)
from comity.events.refused import RefusedList
from comity.events.report import added, by_frequency
from comity.events.sheet import Sheet
from comity.events.sifting import ASK, KEPT, SHOWN, Sift, fetched
from comity.events.survey import Survey
from comity.events.writing import lay_aside, write_output
from comity.provenance import UnreadableFileError

if TYPE_CHECKING:
    import duckdb

REFUSED_LIST: Final = "refused.csv"
BATCH_ROWS: Final = 100_000
LEAST_BYTES: Final = 1 << 23  # a smaller file is read row by row before an engine is warm
IDS_AT_ONCE: Final = 2_000_000
MOST_FILES: Final = 2**31 - 1
BLOCK_LINES: Final = 20_000  # a file is cut between such blocks only
ROWS_AT_ONCE: Final = 250_000  # sorted and written to one file; more of a year go to several
UNMAPPED_PER_IMPORT: Final = 500
TOLD_EVERY: Final = 20_000  # rows between two reports of progress
COLUMNS: Final[dict[str, tuple[Any, str]]] = {
    "file": (np.int32, "INTEGER"),
    "line": (np.int32, "INTEGER"),
    "id": (np.uint64, "UBIGINT"),
    "day": (np.int32, "INTEGER"),
    "days": (np.int16, "SMALLINT"),
    "sender": (object, "VARCHAR"),
    "receiver": (object, "VARCHAR"),
    "sender_name": (object, "VARCHAR"),
    "receiver_name": (object, "VARCHAR"),
    "side": (object, "VARCHAR"),
    "cameo_code": (object, "VARCHAR"),
    "event_type": (object, "VARCHAR"),
    "mode": (object, "VARCHAR"),
    "sign": (np.int8, "TINYINT"),
    "kind": (object, "VARCHAR"),
    "joint": (np.int8, "TINYINT"),
    "weight": (np.float64, "DOUBLE"),
    "share": (np.float64, "DOUBLE"),
    "summary": (object, "VARCHAR"),
}


class Staging:
    """Takes rows file by file and writes Parquet by year; nothing of it is seen by a reader of the store."""

    def __init__(self, folder: Path, engine: "duckdb.DuckDBPyConnection") -> None:
        self.folder = folder
        self._engine = engine
        self._batch: list[tuple[Any, ...]] = []
        self._parts: list[str] = []
        self._decided: dict[int, Path] = {}
        self._years: set[date] = set()  # the first day of each
        self._actors: set[str] = set()
        self._repeats = 0
        self._files: dict[int, tuple[ImportedFile, FileCounts]] = {}
        self._refused = RefusedList(folder / REFUSED_LIST)

    @property
    def actors(self) -> tuple[str, ...]:
        """The actors that kept rows name, sorted."""
        return tuple(sorted(self._actors))

    @property
    def unmapped(self) -> tuple[tuple[str, int], ...]:
        """Names that nobody knows, over all files, the most frequent first."""
        total = added(counts.unmapped for _, counts in self._files.values())
        return by_frequency(total)[:UNMAPPED_PER_IMPORT]

    def read(
        self,
        number: int,
        stream: LineStream,
        reader: Reader,
        desk: Desk,
        *,
        status: str,
        told: Callable[[int], None],
    ) -> None:
        """Read one file row by row; `told` is called now and then with the bytes read.

        Raises
        ------
        UnreadableFileError : see `LineStream`, or no row after the header
        """
        name, counts = stream.path.name, FileCounts()
        outcomes = outcomes_of(reader, iter(stream), desk, reader.series(name), name=name)
        self._refused.add(
            name, self._refusals(number, outcomes, counts, partial(self._look_up, stream, told))
        )
        if not counts.rows:
            raise UnreadableFileError(f"{name} has a header and no rows", where=str(stream.path.parent))
        report = counts.report(name, stream.sha256, status)
        self._files[number] = ImportedFile(number, stream.bytes_read, report), counts

    def sift(
        self,
        number: int,
        source: Path,
        survey: Survey,
        reader: Reader,
        desk: Desk,
        *,
        status: str,
        told: Callable[[int], None],
    ) -> bool:
        """Decide on all rows of one file at once; false, and nothing done, where that cannot be.

        Raises
        ------
        UnreadableFileError : the file changed meanwhile
        """
        layout, series = LAYOUTS.get(reader.id), reader.series(source.name)
        if layout is None or survey.bytes < LEAST_BYTES:
            return False
        split, decided = (self.folder / f"{stage}-{number}.parquet" for stage in ("split", "decided"))
        sheet = Sheet.split(self._engine, source, survey, layout, split)
        if not survey.still(source):
            raise UnreadableFileError(f"{source.name} changed while it was read", where=str(source.parent))
        if sheet is None:
            return False
        told(survey.bytes // 2)  # about half of the time
        work = Sift(self._engine, sheet, layout, reader, desk, series)
        if not work.decide(decided):
            return False
        counts = FileCounts(rows=sheet.rows)
        for verdict, side, rows, first_day, last_day in work.counts(decided):
            if verdict == KEPT:
                counts.count_all(rows, side, first_day, last_day)
            elif verdict not in (ASK, UNKNOWN_ACTOR):
                counts.set_aside[verdict] += rows
        self._decided[number] = decided
        self._refused.add(source.name, self._refusals(number, work.others(decided), counts))
        split.unlink()
        report = counts.report(source.name, survey.sha256, status)
        self._files[number] = ImportedFile(number, survey.bytes, report), counts
        return True

    def finish(self, stored: str) -> tuple[ImportedFile, ...]:
        """Refuse the rows that are here twice, or in the store already, and settle the counts.

        Parameters
        ----------
        stored : SQL of the ids in force in the store, or empty
        """
        self._flush()
        self._survey_decided()
        if self._parts or self._decided:
            self._find_repeats(stored)
        return tuple(self._settled(number) for number in sorted(self._files))

    def write(self, import_id: str, reader: str) -> tuple[Output, ...]:
        """Write Parquet files by year, in the order of files and lines; a large year makes several."""
        self._refused.sync()
        return tuple(
            output for day in sorted(self._years) for output in self._write_year(day.year, import_id, reader)
        )

    def _refusals(
        self,
        number: int,
        outcomes: Iterable[RowOutcome],
        counts: FileCounts,
        look_up: Callable[[FileCounts], None] | None = None,
    ) -> Iterator[Refused]:
        """Take in what is kept, count everything, and give what is refused."""
        for outcome in outcomes:
            self._take(number, outcome, counts)
            if isinstance(outcome, Refused):
                yield outcome
            if look_up:
                counts.rows += 1
                if counts.rows % TOLD_EVERY == 0:
                    look_up(counts)

    def _take(self, number: int, outcome: RowOutcome, counts: FileCounts) -> None:
        if isinstance(outcome, Refused):
            counts.refuse(outcome)
        elif isinstance(outcome, Aside):
            counts.set_aside[outcome.reason] += 1
        else:
            pairs = (outcome,) if isinstance(outcome, Kept) else outcome.pairs
            side = max(pair.side for pair in pairs)  # "state" if one pair acts for states
            counts.count(side, pairs[0].day, pairs[0].day + pairs[0].days - 1)
            self._batch.extend((number, *pair) for pair in pairs)
            if len(self._batch) >= BATCH_ROWS:
                self._flush()

    def _look_up(self, stream: LineStream, told: Callable[[int], None], counts: FileCounts) -> None:
        told(stream.bytes_read)
        if counts.hopeless:
            reason, count = counts.refused.most_common(1)[0]
            raise UnreadableFileError(
                f"{stream.path.name}: of the first {counts.rows:,} rows most are refused, "
                f"{count:,} of them for {reason!r}",
                where=str(stream.path.parent),
                allowed="A file in the format of its reader; a few faulty rows do no harm.",
                remedy=f"The first: {counts.examples[0][1]} (line {counts.examples[0][0]}).",
            )

    def _flush(self) -> None:
        if not self._batch:
            return
        columns = dict(zip(COLUMNS, zip(*self._batch, strict=True), strict=True))
        arrays = {name: np.array(columns[name], dtype=dtype) for name, (dtype, _) in COLUMNS.items()}
        self._batch = []
        self._actors.update(name for side in ("sender", "receiver") for name in columns[side] if name)
        self._years.update(arrays["day"].astype("datetime64[D]").astype("datetime64[Y]").astype(object))
        part = self.folder / f"part-{len(self._parts):05d}.parquet"
        typed = ", ".join(f"CAST({name} AS {kind}) AS {name}" for name, (_, kind) in COLUMNS.items())
        self._engine.register("batch", arrays)
        lay_aside(self._engine, f"SELECT {typed} FROM batch", part)
        self._engine.unregister("batch")
        self._parts.append(str(part))

    @property
    def _staged(self) -> str:
        columns = ", ".join(COLUMNS)
        tables = [f"SELECT {columns} FROM read_parquet([{', '.join(map(literal, self._parts))}])"]
        tables = tables if self._parts else []
        tables += [_decided(number, path) for number, path in sorted(self._decided.items())]
        return f"({' UNION ALL '.join(tables)})"

    def _survey_decided(self) -> None:
        for number, path in sorted(self._decided.items()):
            rows = _decided(number, path)
            for side in ("sender", "receiver"):
                names = self._engine.execute(f"SELECT DISTINCT {side} FROM ({rows})").fetchall()
                self._actors.update(name for (name,) in names if name)
            for (day,) in self._engine.execute(f"SELECT DISTINCT day FROM ({rows})").fetchall():
                self._years.add(date((EPOCH + timedelta(day)).year, 1, 1))

    def _find_repeats(self, stored: str) -> None:
        kept = sum(counts.kept for _, counts in self._files.values())
        turns = 1 + kept // IDS_AT_ONCE  # a share of the ids at a time, so that many fit in little memory
        self._engine.execute("CREATE TEMP TABLE again (file INTEGER, line INTEGER)")
        for turn in range(turns):
            rows = f"SELECT file, line, id FROM {self._staged} WHERE id % {turns} = {turn}"
            here = f"SELECT id FROM ({stored}) WHERE id % {turns} = {turn}" if stored else ""
            in_store = f"SELECT file, line FROM mine WHERE id IN ({here}) UNION" if stored else ""
            self._engine.execute(f"""
                INSERT INTO again
                WITH mine AS ({rows}), twice AS (SELECT id FROM mine GROUP BY id HAVING COUNT(*) > 1),
                ranked AS (
                    SELECT file, line, ROW_NUMBER() OVER (PARTITION BY id ORDER BY file, line) AS place
                    FROM mine WHERE id IN (SELECT id FROM twice)
                )
                {in_store} SELECT file, line FROM ranked WHERE place > 1
            """)
        if not self._engine.execute("SELECT COUNT(*) FROM again").fetchall()[0][0]:
            return
        self._engine.execute(f"""
            CREATE TEMP TABLE repeats AS
            SELECT file, line, MAX(side) AS side
            FROM {self._staged} SEMI JOIN again USING (file, line) GROUP BY file, line
        """)
        for number in sorted(self._files):
            found = self._engine.execute(
                f"SELECT line, side FROM repeats WHERE file = {number} ORDER BY line"
            )
            self._refused.add(self._files[number][0].report.name, self._repeated(number, fetched(found)))

    def _repeated(self, number: int, found: Iterable[tuple[int, str]]) -> Iterator[Refused]:
        for line, side in found:
            self._files[number][1].refuse_repeat(line, side)
            self._repeats += 1
            yield Refused(line, REPEAT, "")

    def _settled(self, number: int) -> ImportedFile:
        imported, counts = self._files[number]
        report = counts.report(imported.report.name, imported.report.sha256, imported.report.status)
        if not counts.kept:
            return replace(imported, report=report)
        return replace(imported, report=report, first_day=counts.first_day, last_day=counts.last_day)

    def _write_year(self, year: int, import_id: str, reader: str) -> Iterator[Output]:
        first, after = (day_number(date(one, 1, 1)) for one in (year, year + 1))
        rows = f"SELECT * FROM {self._staged} WHERE day >= {first} AND day < {after}"
        for place, lines in enumerate(self._shares(rows)):
            share = f"{rows} AND {lines}"
            if self._repeats:
                repeats = f"SELECT file, line FROM repeats WHERE {lines}"
                share = f"SELECT * FROM ({share}) ANTI JOIN ({repeats}) AS repeats USING (file, line)"
            name = hashlib.sha256(f"{import_id}|{place}".encode()).hexdigest()[:12] if place else import_id
            path = self.folder / f"{year}-{name}.parquet"
            output = write_output(self._engine, share, path, reader=reader, year=year)
            if output:
                yield output

    def _shares(self, rows: str) -> list[str]:
        """Cut rows into shares, each of them sorted in little memory: conditions, in the order of lines."""
        blocks = self._engine.execute(
            f"SELECT file, line // {BLOCK_LINES} AS block, COUNT(*) FROM ({rows}) "
            "GROUP BY file, block ORDER BY file, block"
        ).fetchall()
        total, before = sum(count for _, _, count in blocks), 0
        starts: dict[int, tuple[int, int]] = {}
        for file, block, count in blocks:
            starts.setdefault(before * -(-total // ROWS_AT_ONCE) // total, (file, block * BLOCK_LINES))
            before += count
        places = list(starts.values())
        return [_between(*pair) for pair in zip(places, [*places[1:], None], strict=True)]


def _between(start: tuple[int, int], end: tuple[int, int] | None) -> str:
    (file, line), (last, after) = start, end or (MOST_FILES, 0)
    if file == last:
        return f"file = {file} AND line >= {line} AND line < {after}"
    begun = f"(file > {file} OR (file = {file} AND line >= {line}))"
    return f"{begun} AND (file < {last} OR (file = {last} AND line < {after}))"


def _decided(number: int, path: Path) -> str:
    shown = {
        "file": str(number), "days": "1", "share": "1.0", "summary": "''",
        "sender_name": f"LEFT(sender_name, {SHOWN})", "receiver_name": f"LEFT(receiver_name, {SHOWN})",
    }  # fmt: skip
    columns = ", ".join(
        f"CAST({shown.get(name, name)} AS {kind}) AS {name}" for name, (_, kind) in COLUMNS.items()
    )
    return f"SELECT {columns} FROM read_parquet({literal(path)}) WHERE verdict = {literal(KEPT)}"
