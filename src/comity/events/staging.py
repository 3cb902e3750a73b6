"""The work of one import, in a temporary folder: rows in batches, counts by reason, what was refused."""

import csv
import hashlib
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.events.acts import day_number
from comity.events.counts import FileCounts
from comity.events.engine import literal
from comity.events.manifest import ImportedFile, Output
from comity.events.readers import (
    REPEAT,
    Aside,
    Desk,
    Kept,
    LineStream,
    Outcome,
    Reader,
    Refused,
)
from comity.events.report import added, by_frequency
from comity.provenance import UnreadableFileError

if TYPE_CHECKING:
    import duckdb

BATCH_ROWS: Final = 100_000
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


def inert(text: str) -> str:
    """Keep a spreadsheet from taking a text of unknown origin for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


class Staging:
    """Takes rows file by file and writes Parquet by year; nothing of it is seen by a reader of the store."""

    def __init__(self, folder: Path, engine: "duckdb.DuckDBPyConnection") -> None:
        self.folder = folder
        self._engine = engine
        self._batch: list[tuple[Any, ...]] = []
        self._parts: list[str] = []
        self._years: set[date] = set()  # the first day of each
        self._actors: set[str] = set()
        self._repeats = 0
        self._files: dict[int, tuple[ImportedFile, FileCounts]] = {}
        self.refused_path = folder / "refused.csv"
        with self.refused_path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(("file", "line", "reason", "detail"))

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
        told: Callable[[], None],
    ) -> None:
        """Read one file to its end; `told` is called now and then.

        Raises
        ------
        UnreadableFileError : see `LineStream`, or no row after the header
        """
        name, counts = stream.path.name, FileCounts()
        outcomes = reader.outcomes(iter(stream), desk, reader.series(name))
        with self.refused_path.open("a", encoding="utf-8", newline="") as file:
            listing = csv.writer(file, lineterminator="\n")
            for outcome in outcomes:
                counts.rows += 1
                self._take(number, outcome, counts)
                if isinstance(outcome, Refused):
                    listing.writerow((name, outcome.line, outcome.reason, inert(outcome.detail)))
                if counts.rows % TOLD_EVERY == 0:
                    told()
                    self._check_sense(stream, counts)
        if not counts.rows:
            raise UnreadableFileError(f"{name} has a header and no rows", where=str(stream.path.parent))
        report = counts.report(name, stream.sha256, status)
        self._files[number] = ImportedFile(number, stream.bytes_read, report), counts

    def finish(self, stored: str) -> tuple[ImportedFile, ...]:
        """Refuse the rows that are here twice, or in the store already, and settle the counts.

        Parameters
        ----------
        stored : SQL of the ids in force in the store, or empty
        """
        self._flush()
        if self._parts:
            self._find_repeats(stored)
        return tuple(self._settled(number) for number in sorted(self._files))

    def write(self, import_id: str, reader: str) -> tuple[Output, ...]:
        """Write one Parquet file per year, in the order of files and lines."""
        with self.refused_path.open("rb+") as file:
            os.fsync(file.fileno())
        written = (self._write_year(day.year, import_id, reader) for day in sorted(self._years))
        return tuple(output for output in written if output)

    def _take(self, number: int, outcome: Outcome, counts: FileCounts) -> None:
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

    def _check_sense(self, stream: LineStream, counts: FileCounts) -> None:
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
        self._engine.execute(f"COPY (SELECT {typed} FROM batch) TO {literal(part)} (FORMAT PARQUET)")
        self._engine.unregister("batch")
        self._parts.append(str(part))

    @property
    def _staged(self) -> str:
        return f"read_parquet([{', '.join(map(literal, self._parts))}])"

    def _find_repeats(self, stored: str) -> None:
        in_store = f"SELECT file, line FROM {self._staged} WHERE id IN ({stored}) UNION" if stored else ""
        self._engine.execute(f"""
            CREATE TEMP TABLE repeats AS
            WITH twice AS (SELECT id FROM {self._staged} GROUP BY id HAVING COUNT(*) > 1),
            ranked AS (
                SELECT file, line, ROW_NUMBER() OVER (PARTITION BY id ORDER BY file, line) AS place
                FROM {self._staged} WHERE id IN (SELECT id FROM twice)
            ),
            again AS ({in_store} SELECT file, line FROM ranked WHERE place > 1)
            SELECT file, line, MAX(side) AS side
            FROM {self._staged} JOIN again USING (file, line) GROUP BY file, line
        """)
        found = self._engine.execute("SELECT file, line, side FROM repeats ORDER BY file, line")
        with self.refused_path.open("a", encoding="utf-8", newline="") as file:
            listing = csv.writer(file, lineterminator="\n")
            while rows := found.fetchmany(BATCH_ROWS):
                for number, line, side in rows:
                    imported, counts = self._files[number]
                    counts.refuse_repeat(line, side)
                    listing.writerow((imported.report.name, line, REPEAT, ""))
                    self._repeats += 1

    def _settled(self, number: int) -> ImportedFile:
        imported, counts = self._files[number]
        report = counts.report(imported.report.name, imported.report.sha256, imported.report.status)
        if not counts.kept:
            return replace(imported, report=report)
        return replace(imported, report=report, first_day=counts.first_day, last_day=counts.last_day)

    def _write_year(self, year: int, import_id: str, reader: str) -> Output | None:
        path = self.folder / f"{year}-{import_id}.parquet"
        first, after = (day_number(date(one, 1, 1)) for one in (year, year + 1))
        rows = f"SELECT * FROM {self._staged} WHERE day >= {first} AND day < {after}"
        if self._repeats:
            rows = f"SELECT * FROM ({rows}) ANTI JOIN repeats USING (file, line) ORDER BY file, line, id"
        written = self._engine.execute(
            f"COPY ({rows}) TO {literal(path)} (FORMAT PARQUET, COMPRESSION zstd, COMPRESSION_LEVEL 9)"
        ).fetchone()
        count = int(written[0]) if written else 0
        if not count:
            path.unlink()
            return None
        with path.open("rb+") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        return Output(f"{reader}/{path.name}", year, count, path.stat().st_size, digest)
