"""A small world of actors, and rows of a case, as a person would write them."""

from collections.abc import Callable

import pytest

from comity.actors import CASE_COLUMNS, Actor, Alias, Membership, Office, Registry, Role, Treaty
from comity.actors.tables import Tables
from comity.provenance import TableRow

MakeRegistry = Callable[..., Registry]
MakeRow = Callable[..., TableRow]


@pytest.fixture
def make_registry() -> MakeRegistry:
    def make(
        *actors: Actor,
        aliases: tuple[Alias, ...] = (),
        memberships: tuple[Membership, ...] = (),
        roles: tuple[Role, ...] = (),
        offices: tuple[Office, ...] = (),
        treaties: tuple[Treaty, ...] = (),
    ) -> Registry:
        tables = Tables({one.id: one for one in actors}, aliases, memberships, roles, offices)
        return Registry(tables, lambda: treaties)

    return make


@pytest.fixture
def case_row() -> MakeRow:
    def make(line: int = 2, **fields: str) -> TableRow:
        return TableRow("actors.csv", line, {column: fields.get(column, "") for column in CASE_COLUMNS})

    return make
