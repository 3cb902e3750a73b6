"""Deciding on all rows of a sheet at once: lookups by each different value, then one join.

The rule is that of the readers (`readers`): a row that it does not plainly keep or set aside goes back
to its reader, which says why in words.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.events.engine import literal
from comity.events.layout import Layout
from comity.events.lookups import LOWEST, TYPES, Lookups, columns_of
from comity.events.readers import UNKNOWN_ACTOR, Desk, Reader, Refused
from comity.events.readers.reader import DOMESTIC, SELF, NoRow, RowOutcome
from comity.events.sheet import Sheet
from comity.events.writing import lay_aside

if TYPE_CHECKING:
    import duckdb

CHUNK_ROWS: Final = 20_000
MOST_VALUES: Final = 100_000  # different days, or codes: a file with more goes to its reader
SHOWN: Final = 200  # characters of a name
AS_WRITTEN: Final = "join_order,build_side_probe_side"  # the rows stream by, the lookups stay in memory
KEPT: Final = "kept"
ASK: Final = "ask the reader"

# In portable SQL: plain joins and comparisons, so that any engine can run it.
VERDICT_SQL: Final = f"""
SELECT f.line, f.row_number, d.day, s.actor AS sender, t.actor AS receiver,
    f.sender_name, f.receiver_name, s.known AS sender_known, t.known AS receiver_known,
    CASE WHEN s.acting + t.acting = 2 THEN 'state' ELSE 'nonstate' END AS side,
    c.cameo_code, c.event_type, c.mode, c.sign, c.kind, c.joint, c.weight,
    CASE
        WHEN f.row_number IS NULL OR d.day IS NULL OR c.sign IS NULL THEN '{ASK}'
        WHEN s.known + t.known < 2 THEN '{UNKNOWN_ACTOR}'
        WHEN f.sender_name = f.receiver_name THEN '{SELF}'
        WHEN s.canonical = t.canonical THEN '{DOMESTIC}'
        ELSE '{KEPT}'
    END AS verdict
FROM fields AS f
LEFT JOIN days AS d ON f.written = d.written
LEFT JOIN codings AS c ON f.code = c.code AND f.intensity = c.intensity
JOIN roll_ups AS s ON f.sender_name = s.name AND f.sender_country = s.country
    AND f.sender_sectors = s.sectors
JOIN roll_ups AS t ON f.receiver_name = t.name AND f.receiver_country = t.country
    AND f.receiver_sectors = t.sectors
WHERE COALESCE(d.day, {LOWEST}) BETWEEN s.first_day AND s.last_day
    AND COALESCE(d.day, {LOWEST}) BETWEEN t.first_day AND t.last_day
"""
PARTIES: Final = ("sender", "receiver")
PARTS: Final = ("name", "country", "sectors")
SQL_TYPES: Final = {object: "VARCHAR", np.int8: "TINYINT", np.int32: "INTEGER", np.float64: "DOUBLE"}


@dataclass(frozen=True)
class Sift:
    """The decisions on one sheet, and the engine that makes them."""

    engine: "duckdb.DuckDBPyConnection"
    sheet: Sheet
    layout: Layout
    reader: Reader
    desk: Desk
    series: str

    def decide(self, target: Path) -> bool:
        """Write one row per line: its verdict and, where kept, what the store holds of it.

        Gives false where the values are too many to look up, or the lookups leave a row out.
        """
        if not (self._look_up_days() and self._look_up_codings()):
            return False
        self._look_up_actors()
        self.engine.execute(f"CREATE OR REPLACE TEMP VIEW fields AS {self._fields}")
        name = f"{literal(f'{self.reader.id}|{self.series}|')} || row_number"  # as `row_hash` does
        shown = f"verdict IN ('{KEPT}', '{UNKNOWN_ACTOR}')"
        names = ", ".join(f"CASE WHEN {shown} THEN {side}_name END AS {side}_name" for side in PARTIES)
        rows = (
            f"SELECT * EXCLUDE (row_number) REPLACE ({names}), "
            f"CASE WHEN verdict = '{KEPT}' THEN md5_number_lower({name}) END AS id "
            f"FROM ({VERDICT_SQL}) AS verdicts"
        )
        self.engine.execute(f"SET disabled_optimizers = '{AS_WRITTEN}'")
        count = lay_aside(self.engine, rows, target)
        self.engine.execute("RESET disabled_optimizers")
        return count == self.sheet.rows

    def others(self, decided: Path) -> Iterator[RowOutcome]:
        """Give the outcomes of the rows that are neither kept nor set aside, in the order of lines."""
        rows = f"read_parquet({literal(decided)})"
        unknown = self.engine.cursor().execute(
            "SELECT line, sender_name, receiver_name, sender_known, receiver_known "
            f"FROM {rows} WHERE verdict = {literal(UNKNOWN_ACTOR)} ORDER BY line"
        )
        yield from merge((_unknown(*row) for row in fetched(unknown)), self._answers(rows), key=_line)

    def _answers(self, rows: str) -> Iterator[RowOutcome]:
        fields = ", ".join(f"f{place}" for place in self.layout.used)
        asked = self.engine.cursor().execute(
            f"SELECT line, text, row_number, {fields} FROM {self.sheet.relation} AS sheet "
            f"WHERE line IN (SELECT line FROM {rows} AS decided WHERE verdict = {literal(ASK)}) ORDER BY line"
        )
        header = (1, self.reader.expects)
        lines = chain([header], ((row[0], self._whole(row[1], row[2], row[3:])) for row in fetched(asked)))
        outcomes = self.reader.outcomes(iter(lines), self.desk, self.series)
        return (outcome for outcome in outcomes if not isinstance(outcome, NoRow))

    def counts(self, decided: Path) -> list[tuple[str, str, int, int, int]]:
        """Count by verdict and side: verdict, side, rows, first and last day."""
        return self.engine.execute(
            f"SELECT verdict, side, COUNT(*), MIN(day), MAX(day) FROM read_parquet({literal(decided)}) "
            "GROUP BY verdict, side ORDER BY verdict, side"
        ).fetchall()

    def _whole(self, text: str | None, row_number: int | None, fields: tuple[str | None, ...]) -> str:
        if text is not None:
            return text
        values = dict(zip(self.layout.used, fields, strict=True))
        values |= {} if row_number is None else {self.layout.row_id: str(row_number)}
        return self.layout.line([(place, value or "") for place, value in values.items()])

    @property
    def _fields(self) -> str:
        columns = [f"f{self.layout.day} AS written"]
        columns += [
            f"f{place} AS {name}"
            for name, place in zip(("code", "intensity"), self.layout.coding, strict=True)
        ]
        for party, places in zip(PARTIES, (self.layout.sender, self.layout.receiver), strict=True):
            columns += [f"f{place} AS {party}_{part}" for part, place in zip(PARTS, places, strict=True)]
        return f"SELECT line, row_number, {', '.join(columns)} FROM {self.sheet.relation} AS sheet"

    def _look_up_days(self) -> bool:
        values = self._different((self.layout.day,))
        return self._table("days", self._lookups.days(values), len(values))

    def _look_up_codings(self) -> bool:
        values = self._different(self.layout.coding)
        return self._table("codings", self._lookups.codings(values), len(values))

    def _look_up_actors(self) -> None:
        parties = " UNION ALL ".join(
            f"SELECT f{places[0]} AS name, f{places[1]} AS country, f{places[2]} AS sectors, "
            f"f{self.layout.day} AS written FROM {self.sheet.relation} AS sheet"
            for places in (self.layout.sender, self.layout.receiver)
        )
        keys = self.engine.cursor().execute(
            f"SELECT name, country, sectors, MIN(day), MAX(day) FROM ({parties}) AS parties "
            "LEFT JOIN days USING (written) GROUP BY name, country, sectors"
        )
        self._table("roll_ups", [], 0)
        lookups = self._lookups
        while chunk := keys.fetchmany(CHUNK_ROWS):
            self._insert("roll_ups", [row for key in chunk for row in lookups.spans(*key)])

    @property
    def _lookups(self) -> Lookups:
        return Lookups(self.layout, self.reader, self.desk, self.series)

    def _different(self, places: tuple[int, ...]) -> list[tuple[str, ...]]:
        columns = ", ".join(f"f{place}" for place in places)
        return self.engine.execute(
            f"SELECT DISTINCT {columns} FROM {self.sheet.relation} AS sheet "
            f"WHERE row_number IS NOT NULL ORDER BY ALL LIMIT {MOST_VALUES + 1}"
        ).fetchall()

    def _table(self, name: str, rows: list[tuple[Any, ...]], values: int) -> bool:
        columns = ", ".join(f"{column} {SQL_TYPES[dtype]}" for column, dtype in TYPES[name].items())
        self.engine.execute(f"CREATE OR REPLACE TABLE {name} ({columns})")
        self._insert(name, rows)
        return values <= MOST_VALUES

    def _insert(self, name: str, rows: list[tuple[Any, ...]]) -> None:
        if rows:
            self.engine.register("looked_up", columns_of(name, rows))
            self.engine.execute(f"INSERT INTO {name} SELECT * FROM looked_up")
            self.engine.unregister("looked_up")


def _line(outcome: RowOutcome) -> int:
    return outcome.line


def fetched(found: "duckdb.DuckDBPyConnection") -> Iterator[tuple[Any, ...]]:
    """Give the rows of an answer, some thousands at a time."""
    while rows := found.fetchmany(CHUNK_ROWS):
        yield from rows


def _unknown(line: int, sender: str, receiver: str, sender_known: int, receiver_known: int) -> Refused:
    named = ((sender, sender_known), (receiver, receiver_known))
    unknown = [name for name, known in named if not known]
    return Refused(line, UNKNOWN_ACTOR, "; ".join(unknown)[:SHOWN], tuple(name[:SHOWN] for name in unknown))
