"""The roll-up of an import on an engine that holds the raw rows: small tables go there, no row comes back."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from comity.actors import Registry
from comity.events.layout import LAYOUTS
from comity.events.lookups import Lookups, columns_of
from comity.events.monthly import Columns
from comity.events.ontology import load_ontology
from comity.events.readers import NONSTATE, REPEAT, UNKNOWN_ACTOR, Desk, Refused, find_reader
from comity.events.readers.reader import DOMESTIC, SELF
from comity.events.report import by_frequency
from comity.events.sifting import ASK, KEPT, PARTIES, PARTS, VERDICT_SQL
from comity.provenance import UsageError

MOST_VALUES: Final = 1_000_000  # different days, codes or names that are looked up here
MOST_UNMAPPED: Final = 500
LONGEST_ID: Final = 20  # digits
NAMES: Final = ("days", "codings", "roll_ups", "faults")

FIELDS_SQL: Final = """
SELECT
    CASE WHEN {plain} THEN COALESCE(p.reason, q.reason) ELSE {no_id} END AS line,
    CASE WHEN {plain} THEN r.row_id END AS row_number,
    r.*
FROM ({raw}) AS r
LEFT JOIN (SELECT one, reason FROM {faults} WHERE field = 'day') AS p ON r.written = p.one
LEFT JOIN (SELECT one, other, reason FROM {faults} WHERE field = 'coding') AS q
    ON r.code = q.one AND r.intensity = q.other
"""
# `line` is the reader's reason for a refusal: rows of a table have no lines, and the engine asks nobody.
ROLLED_UP_SQL: Final = """
WITH fields AS ({fields}), days AS (SELECT * FROM {days}), codings AS (SELECT * FROM {codings}),
roll_ups AS (SELECT * FROM {roll_ups}), verdicts AS ({verdicts}), ranked AS (
    SELECT *, ROW_NUMBER() OVER (
        PARTITION BY verdict, row_number ORDER BY day, sender_name, receiver_name, cameo_code
    ) AS place
    FROM verdicts
)
SELECT row_number AS id, day, 1 AS days, sender, receiver, sender_name, receiver_name,
    sender_known, receiver_known, side, cameo_code, event_type, mode, sign, kind, joint, weight,
    CAST(1 AS DOUBLE) AS share,
    CASE
        WHEN verdict = '{ask}' THEN line
        WHEN verdict = '{kept}' AND place > 1 THEN '{repeat}'
        ELSE verdict
    END AS verdict
FROM ranked
"""

ACCEPTED_SQL: Final = """
WITH last_names AS (SELECT DISTINCT actor, canonical FROM {roll_ups} WHERE actor IS NOT NULL)
SELECT r.id, r.day, r.days, s.canonical AS sender, t.canonical AS receiver, r.event_type, r.sign, r.kind,
    r.joint, r.weight, r.share
FROM {rolled_up} AS r
JOIN last_names AS s ON r.sender = s.actor
JOIN last_names AS t ON r.receiver = t.actor
WHERE r.verdict = '{kept}' AND r.side = 'state'
"""


@dataclass(frozen=True, slots=True)
class RolledUp:
    """What became of every row of a raw table; accepted, set aside and refused add up to `rows`.

    Parameters
    ----------
    table : all rows there, with `verdict`: "kept", or why it is set aside or refused
    accepted_table : the rows that acts are formed from, each actor by its last name in time, ready
        for `OtherEngine`
    set_aside, refused : rows by reason
    unmapped : names that nobody knows, with the number of rows, the most frequent first
    """

    table: str
    accepted_table: str
    rows: int
    accepted: int
    set_aside: Mapping[str, int] = field(default_factory=dict)
    refused: Mapping[str, int] = field(default_factory=dict)
    unmapped: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class RollingUp:
    """The work on one raw table: `ask` gives columns, `write` makes a small table, `keep` a large one."""

    table: str
    prefix: str
    lookups: Lookups
    columns: Mapping[str, str]
    ask: Callable[[str], Columns]
    write: Callable[[str, Columns], None]
    keep: Callable[[str, str], None]

    def run(self, into: str) -> RolledUp:
        """Look everything up, decide there, and count."""
        days = self._different(("written",))
        codings = self._different(("code", "intensity"))
        found = {"days": self.lookups.days(days), "codings": self.lookups.codings(codings)}
        if not all(found.values()):
            self._refuse_all(days, codings)
        for name, rows in found.items():
            self.write(self.prefix + name, columns_of(name, rows))
        self.write(f"{self.prefix}faults", self._faults(days, codings))
        self.write(f"{self.prefix}roll_ups", columns_of("roll_ups", self._roll_ups()))
        called = {name: self.prefix + name for name in NAMES}
        fields = FIELDS_SQL.format(
            raw=self._raw, plain=_plain("r.row_id"), no_id=_quoted(self._no_id), **called
        )
        self.keep(
            into,
            ROLLED_UP_SQL.format(
                fields=fields, verdicts=VERDICT_SQL, ask=ASK, kept=KEPT, repeat=REPEAT, **called
            ),
        )
        accepted = f"{into}_accepted"
        self.keep(accepted, ACCEPTED_SQL.format(rolled_up=into, kept=KEPT, roll_ups=called["roll_ups"]))
        return self._counted(into, accepted)

    @property
    def _raw(self) -> str:
        header = self.lookups.reader.expects.split("\t")
        places = {"row_id": self.lookups.layout.row_id, "written": self.lookups.layout.day}
        places |= dict(zip(("code", "intensity"), self.lookups.layout.coding, strict=True))
        for party, three in zip(
            PARTIES, (self.lookups.layout.sender, self.lookups.layout.receiver), strict=True
        ):
            places |= {f"{party}_{part}": place for part, place in zip(PARTS, three, strict=True)}
        there = {name: self.columns.get(header[place], header[place]) for name, place in places.items()}
        chosen = (
            f"COALESCE(CAST({_identifier(column)} AS VARCHAR), '') AS {name}"
            for name, column in there.items()
        )
        return f"SELECT {', '.join(chosen)} FROM {self.table}"

    @property
    def _no_id(self) -> str:
        return self._reason((self.lookups.layout.row_id,), ("",))

    def _reason(self, places: tuple[int, ...], values: tuple[str, ...]) -> str:
        outcome = self.lookups.outcome(places, values)
        return outcome.reason if isinstance(outcome, Refused) else ""

    def _faults(self, days: list[tuple[str, ...]], codings: list[tuple[str, ...]]) -> Columns:
        rows = [("id", "", "", self._no_id)]
        rows += [("day", one, "", self._reason((self.lookups.layout.day,), (one,))) for (one,) in days]
        rows += [
            ("coding", one, other, self._reason(self.lookups.layout.coding, (one, other)))
            for one, other in codings
        ]
        found = zip(*(row for row in rows if row[-1]), strict=True)
        return {
            name: np.array(column, dtype=object)
            for name, column in zip(("field", "one", "other", "reason"), found, strict=True)
        }

    def _roll_ups(self) -> list[tuple[Any, ...]]:
        parties = " UNION ALL ".join(
            f"SELECT {party}_name AS name, {party}_country AS country, {party}_sectors AS sectors, written "
            f"FROM ({self._raw}) AS {party}s"
            for party in PARTIES
        )
        keys = self._listed(
            self.ask(
                "SELECT p.name, p.country, p.sectors, MIN(d.day) AS first_day, MAX(d.day) AS last_day "
                f"FROM ({parties}) AS p LEFT JOIN {self.prefix}days AS d ON p.written = d.written "
                "GROUP BY p.name, p.country, p.sectors"
            ),
            (*PARTS, "first_day", "last_day"),
        )
        return [
            span
            for name, country, sectors, first, last in keys
            for span in self.lookups.spans(name, country, sectors, _day(first), _day(last))
        ]

    def _different(self, names: tuple[str, ...]) -> list[tuple[str, ...]]:
        columns = ", ".join(names)
        return self._listed(self.ask(f"SELECT DISTINCT {columns} FROM ({self._raw}) AS r"), names)

    def _listed(self, found: Columns, names: tuple[str, ...]) -> list[tuple[Any, ...]]:
        rows = list(zip(*(found[name].tolist() for name in names), strict=True))
        if len(rows) > MOST_VALUES:
            raise UsageError(
                f"{len(rows):,} different values of {', '.join(names)}", allowed=f"At most {MOST_VALUES:,}."
            )
        return sorted(rows, key=lambda row: row[: len(PARTS)])

    def _refuse_all(self, days: list[tuple[str, ...]], codings: list[tuple[str, ...]]) -> None:
        shown = "; ".join(" ".join(values) for values in (*days[:1], *codings[:1]))
        raise UsageError(
            f"no row of {self.table} has a day and a code as in {self.lookups.reader.title}",
            where=shown or "no rows",
            allowed="Days such as 2018-11-01, codes and weights as published.",
            remedy="Name the columns that hold them with columns={published name: name there}.",
        )

    def _counted(self, into: str, accepted: str) -> RolledUp:
        found = self.ask(f"SELECT verdict, side, COUNT(*) AS total FROM {into} GROUP BY verdict, side")
        ((rows,),) = self._listed(self.ask(f"SELECT COUNT(*) AS total FROM {self.table}"), ("total",))
        kept: Counter[str] = Counter()
        set_aside: Counter[str] = Counter()
        refused: Counter[str] = Counter()
        for verdict, side, total in self._listed(found, ("verdict", "side", "total")):
            if verdict == KEPT and side == "state":
                kept[verdict] += int(total)
            elif verdict in (KEPT, SELF, DOMESTIC):
                set_aside[NONSTATE if verdict == KEPT else verdict] += int(total)
            else:
                refused[verdict] += int(total)
        told = kept.total() + set_aside.total() + refused.total()
        if told != rows:
            raise UsageError(
                f"{told:,} rows have a verdict, and {self.table} has {rows:,}: it changed meanwhile"
            )
        return RolledUp(
            into, accepted, int(rows), kept[KEPT], _sorted(set_aside), _sorted(refused), self._unmapped(into)
        )

    def _unmapped(self, into: str) -> tuple[tuple[str, int], ...]:
        unknown: Counter[str] = Counter()
        for party in PARTIES:
            found = self.ask(
                f"SELECT {party}_name AS name, COUNT(*) AS total FROM {into} "
                f"WHERE verdict = '{UNKNOWN_ACTOR}' AND {party}_known = 0 GROUP BY {party}_name"
            )
            for name, total in self._listed(found, ("name", "total")):
                unknown[name] += int(total)
        return by_frequency(unknown)[:MOST_UNMAPPED]


def lookups_for(registry: Registry, reader: str) -> Lookups:
    """Prepare the look-ups of a reader whose rows can be decided on all at once.

    Raises
    ------
    UsageError : no such reader, or its rows can only be read one by one
    """
    found, layout = find_reader(reader), LAYOUTS.get(reader)
    if layout is None:
        raise UsageError(
            f"rows of {reader} cannot be rolled up on another engine",
            allowed=f"One of {', '.join(sorted(LAYOUTS))}.",
            remedy="Import the files with comity import.",
        )
    return Lookups(layout, found, Desk(registry, load_ontology()), found.series(""))


def _plain(text: str) -> str:
    """Say in SQL without patterns that a text consists of digits, and not too many."""
    rest = text
    for digit in range(10):
        rest = f"REPLACE({rest}, '{digit}', '')"
    return f"({rest} = '' AND LENGTH({text}) BETWEEN 1 AND {LONGEST_ID})"


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _day(value: Any) -> int | None:
    return None if value is None or value != value else int(value)


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))
