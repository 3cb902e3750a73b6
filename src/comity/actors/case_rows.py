"""A case's own actors.csv: actors, names, memberships and offices beside the package's."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any, Final

from comity.actors.actor import KINDS, Actor, Alias, Membership, Office
from comity.actors.errors import UnknownActorError, shown
from comity.actors.names import MAX_NAME, normalise
from comity.actors.tables import Tables
from comity.provenance import BadValueError, ComityError, TableRow, parse_day

CASE_COLUMNS: Final = (
    *("id", "name", "kind", "part_of", "aliases", "member_of", "valid_from", "valid_to", "successor"),
    *("office", "office_of", "office_from", "office_to", "source", "checked"),
)
_ID: Final = re.compile(r"[A-Z0-9][A-Z0-9_]*(\.[A-Z0-9][A-Z0-9_]*)*")


def with_case_rows(tables: Tables, rows: Iterable[TableRow], refused: list[ComityError] | None) -> Tables:
    """Add the rows of a case to the tables; `refused`, if given, takes the errors of faulty rows."""
    actors = dict(tables.actors)
    sound: list[TableRow] = []
    for row in rows:
        with _refusing(refused):
            actors[row["id"]] = _actor(row, actors.get(row["id"]))
            sound.append(row)
    aliases, memberships, offices = [*tables.aliases], [*tables.memberships], [*tables.offices]
    for row in sound:
        with _refusing(refused):
            _check_references(row, actors)
            aliases += _aliases(row, tables.actors.get(row["id"]))
            memberships += _memberships(row)
            offices += _offices(row, actors[row["id"]].kind)
    return Tables(actors, tuple(aliases), tuple(memberships), tables.roles, tuple(offices))


@contextmanager
def _refusing(refused: list[ComityError] | None) -> Iterator[None]:
    try:
        yield
    except ComityError as error:
        if refused is None:
            raise
        refused.append(error)


def _actor(row: TableRow, known: Actor | None) -> Actor:
    """Make the row's actor; of one that is known already, the fields given here replace the old."""
    if not _ID.fullmatch(row["id"]) or len(row["id"]) > MAX_NAME:
        raise _bad(row, "id", "Capital letters, digits and _; a dot before a part, as in JPN.SDF.")
    if row["checked"] not in ("", "checked", "unchecked"):
        raise _bad(row, "checked", "checked or unchecked.")
    if len(row["name"]) > MAX_NAME or not (known or normalise(row["name"])):
        raise _bad(row, "name", f"A new actor has a name, of at most {MAX_NAME} characters.")
    if known is None and row["kind"] not in KINDS:
        raise _bad(row, "kind", f"One of {', '.join(KINDS)}.")
    if known is not None and row["kind"] not in ("", known.kind):
        raise _bad(row, "kind", f"{known.id} is known as {known.kind}; leave the field empty.")
    given: dict[str, Any] = {name: row[name] for name in ("part_of", "successor", "source") if row[name]}
    start, end = _spell(row, "valid_from", "valid_to")
    given |= {name: day for name, day in (("valid_from", start), ("valid_to", end)) if day}
    if known is not None:
        return replace(known, **given)
    return Actor(row["id"], row["name"], row["kind"], checked=row["checked"] == "checked", **given)


def _check_references(row: TableRow, actors: Mapping[str, Actor]) -> None:
    named = [(column, row[column]) for column in ("part_of", "successor", "office_of") if row[column]]
    for column, id in [*named, *(("member_of", one) for one in row.list("member_of"))]:
        if id not in actors:
            raise UnknownActorError(id, where=f"{row.where}, column {column}")
        if actors[id].kind == "person":
            raise _bad(row, column, "A state, an organisation or a part of one.")
    above = [row["id"]]
    while above[-1] in actors and (parent := actors[above[-1]].part_of):
        if parent in above:
            raise _bad(row, "part_of", f"A part of something else: {' in '.join([*above, parent])}.")
        above.append(parent)


def _aliases(row: TableRow, known: Actor | None) -> Iterator[Alias]:
    own_name = (row["name"],) if known is not None and row["name"] not in ("", known.name) else ()
    for alias in (*own_name, *row.list("aliases")):
        if len(alias) > MAX_NAME or not normalise(alias):
            raise _bad(row, "aliases", f"Names of letters or digits, at most {MAX_NAME} characters.")
        yield Alias(alias, row["id"], "own", source=row["source"], checked=row["checked"] == "checked")


def _memberships(row: TableRow) -> Iterator[Membership]:
    for of in row.list("member_of"):
        yield Membership(row["id"], of, source=row["source"], checked=row["checked"] == "checked")


def _offices(row: TableRow, kind: str) -> Iterator[Office]:
    start, end = _spell(row, "office_from", "office_to")
    if not (row["office"] or row["office_of"] or start or end):
        return
    if kind != "person":
        raise _bad(row, "office", f"Only a person holds an office; {row['id']} is a {kind}.")
    if not row["office"]:
        raise _bad(row, "office", "The name of the office that these dates belong to.")
    checked = row["checked"] == "checked"
    yield Office(row["id"], row["office"], "other", row["office_of"], start, end, row["source"], checked)


def _spell(row: TableRow, first: str, last: str) -> tuple[date | None, date | None]:
    start = parse_day(row[first], where=f"{row.where}, column {first}")
    end = parse_day(row[last], where=f"{row.where}, column {last}")
    if start and end and start > end:
        raise _bad(row, last, f"A day on or after {first}, {start}.")
    return start, end


def _bad(row: TableRow, column: str, allowed: str) -> BadValueError:
    return BadValueError(f"{column} {shown(row[column])}", where=row.where, allowed=allowed)
