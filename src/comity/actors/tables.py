"""The registry's rows, as the package ships them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from comity.actors.actor import Actor, Alias, Membership, Office, Role
from comity.provenance import TableRow, parse_day, read_table

DATA: Final = Path(__file__).parent / "data"
AUTHORS: Final = "A"  # what the ids of authors begin with; they act for nobody
_SOURCED: Final = ("source", "edition", "licence", "checked")
_SPELL: Final = ("valid_from", "valid_to")
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "states": (
        *("id", "name", "adjective", "capital", "iso3", "cow_code", "cow_abbr", "gw_code"),
        *(*_SPELL, "successor", *_SOURCED),
    ),
    "territories": ("id", "name", "adjective", "part_of", *_SPELL, *_SOURCED),
    "organisations": ("id", "name", "kind", "part_of", *_SPELL, "successor", *_SOURCED),
    "persons": ("id", "name", "note", *_SOURCED),
    "aliases": ("alias", "actor", "use", *_SPELL, *_SOURCED),
    "memberships": ("member", "of", *_SPELL, "note", *_SOURCED),
    "roles": ("actor", "role", "of", *_SPELL, "note", *_SOURCED),
    "offices": ("person", "office", "office_kind", "of", *_SPELL, *_SOURCED),
    "treaties": ("id", "name", "atop_id", "organisation", "signed", *_SPELL, "note", *_SOURCED),
    "obligations": ("member", "treaty", "owes", *_SPELL, "note", *_SOURCED),
    "sectors": ("sector", "precedence", "side", "reason", "source", "edition", "licence"),
}

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tables:
    """All that a registry knows: actors by id, and the dated rows about them."""

    actors: Mapping[str, Actor]
    aliases: tuple[Alias, ...]
    memberships: tuple[Membership, ...]
    roles: tuple[Role, ...]
    offices: tuple[Office, ...]


def package_rows(table: str) -> Iterator[TableRow]:
    """Read one of the package's tables, row by row."""
    return read_table(DATA / f"{table}.csv", COLUMNS[table])


def package_tables() -> Tables:
    """Read the package's tables."""
    actors = [
        *map(_state, package_rows("states")),
        *map(_territory, package_rows("territories")),
        *map(_organisation, package_rows("organisations")),
        *map(_person, package_rows("persons")),
    ]
    return Tables(
        actors={actor.id: actor for actor in actors},
        aliases=tuple(_spell(Alias, row) for row in package_rows("aliases")),
        memberships=tuple(_spell(Membership, row) for row in package_rows("memberships")),
        roles=tuple(_spell(Role, row) for row in package_rows("roles")),
        offices=tuple(_spell(Office, row) for row in package_rows("offices")),
    )


def _state(row: TableRow) -> Actor:
    return Actor(kind="state", **_values(row))


def _territory(row: TableRow) -> Actor:
    return Actor(kind="territory", iso3=row["id"], **_values(row))


def _organisation(row: TableRow) -> Actor:
    return Actor(**_values(row))


def _person(row: TableRow) -> Actor:
    values = _values(row)
    del values["note"]
    home = row["id"].partition(".")[0]
    return Actor(kind="person", part_of="" if home == AUTHORS else home, **values)


def _spell(record: Callable[..., T], row: TableRow) -> T:
    return record(**_values(row))


def _values(row: TableRow) -> dict[str, Any]:
    """Turn a row's fields into a record's: days are read, edition and licence stay in the table."""
    values: dict[str, Any] = dict(row.fields)
    del values["edition"], values["licence"]
    values["checked"] = values["checked"] == "checked"
    for end in _SPELL:
        if end in values:
            values[end] = parse_day(values[end], where=row.where)
    return values
