"""Whether a row would stand in its table without breaking a rule."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from comity.cases.layout import TABLES
from comity.cases.links import event_keys
from comity.cases.loading import Loaded
from comity.cases.problem import Problem
from comity.cases.row_rules import Surroundings, texts
from comity.cases.table_rules import ROW_RULES
from comity.claims import quote_of
from comity.events import Event, event_of
from comity.pledges import statement_of
from comity.provenance import ComityError, TableRow

_RECORD_OF: Final[dict[str, Callable[[TableRow], Any]]] = {
    "events.csv": event_of,
    "pledges.csv": statement_of,
    "quotes.csv": quote_of,
}


def problems_of(row: TableRow, table: Sequence[TableRow], around: Surroundings) -> list[Problem]:
    """List what 'comity check' would say of a row if it stood at the end of its table."""
    name = next(name for name, columns in TABLES.items() if tuple(row.fields) == columns)
    found = [*texts(row), *ROW_RULES[name](row, around)]
    if any(other["id"] == row["id"] for other in table):
        found.append(Problem(row.file, 0, "duplicate-id", f"id {row['id']!r} stands in {name} already"))
    if any(one.severity == "error" for one in found):
        return found
    try:
        record = _RECORD_OF[name](row)
    except ComityError as error:
        return [*found, Problem(row.file, 0, "value", f"{error.what}. {error.allowed}".strip())]
    if isinstance(record, Event) and record.event_key:
        found += _key_problems(record, row, table)
    return found


def _key_problems(event: Event, row: TableRow, table: Sequence[TableRow]) -> list[Problem]:
    """Compare the event with those of the same key; a row without a key goes by its id."""
    records = [*_alike(event.event_key, table), event]
    loaded = Loaded("events.csv", tuple(records), tuple(range(len(records))), ())
    own = len(records) - 1
    return [replace(one, file=row.file, line=0) for one in event_keys(loaded) if one.line == own]


def _alike(key: str, table: Sequence[TableRow]) -> Iterator[Event]:
    for other in table:
        if (other["event_key"] or other["id"]) == key:
            try:
                yield replace(event_of(other), event_key=key)
            except ComityError:  # 'comity check' reports it
                continue
