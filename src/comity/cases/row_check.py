"""Whether a row would stand in its table without breaking a rule."""

from collections.abc import Callable, Iterable, Iterator
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


class Standing:
    """The rows of a table by id and by key; a row without a key goes by its id."""

    def __init__(self, rows: Iterable[TableRow] = ()) -> None:
        self.by_id: dict[str, TableRow] = {}
        self.by_key: dict[str, list[TableRow]] = {}
        for row in rows:
            self.add(row)

    def add(self, row: TableRow) -> None:
        """Add a row at the end."""
        self.by_id[row["id"]] = row
        key = row.fields.get("event_key") or row["id"]
        self.by_key.setdefault(key, []).append(row)


def problems_of(row: TableRow, table: Standing, around: Surroundings) -> list[Problem]:
    """List what 'comity check' would say of a row if it stood at the end of its table."""
    name = next(name for name, columns in TABLES.items() if tuple(row.fields) == columns)
    found = [*texts(row), *ROW_RULES[name](row, around)]
    if row["id"] in table.by_id:
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


def _key_problems(event: Event, row: TableRow, table: Standing) -> list[Problem]:
    """Compare the event with those of the same key."""
    records = [*_alike(event.event_key, table), event]
    loaded = Loaded("events.csv", tuple(records), tuple(range(len(records))), ())
    own = len(records) - 1
    return [replace(one, file=row.file, line=0) for one in event_keys(loaded) if one.line == own]


def _alike(key: str, table: Standing) -> Iterator[Event]:
    for other in table.by_key.get(key, ()):
        try:
            yield replace(event_of(other), event_key=key)
        except ComityError:  # 'comity check' reports it
            continue
