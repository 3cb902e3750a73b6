"""The tables of states, territories, names and sector words hold together."""

from collections import Counter
from datetime import date

import pytest

from comity.actors.index import choose, name_index
from comity.actors.names import normalise
from comity.actors.rollup import OVERRIDES, package_sectors
from comity.actors.tables import package_rows, package_tables

TABLES = package_tables()
OWN = ("states", "territories", "aliases", "sectors")


def test_no_id_is_used_twice() -> None:
    # NAM is Namibia's code, so the Non-Aligned Movement has another id.
    tables = ("states", "territories", "organisations", "persons")
    ids = Counter(row["id"] for table in tables for row in package_rows(table))
    assert [id for id, number in ids.items() if number > 1] == []


def test_every_name_part_and_successor_belongs_to_a_known_actor() -> None:
    assert {alias.actor for alias in TABLES.aliases} <= TABLES.actors.keys()
    for actor in TABLES.actors.values():
        assert {actor.part_of, actor.successor} <= {"", *TABLES.actors}, actor.id


def test_a_state_of_today_has_its_iso_code_as_id_and_past_ones_an_end() -> None:
    for state in (one for one in TABLES.actors.values() if one.kind == "state"):
        assert state.iso3 in ("", state.id)
        assert state.valid_from
        if state.successor:
            assert state.valid_to
    past = {one.id for one in TABLES.actors.values() if one.kind == "state" and one.valid_to}
    assert past == {"CSK", "DDR", "RVN", "SUN", "TBT", "YMD", "YUG", "ZAN"}


def test_a_successor_begins_the_day_after() -> None:
    for before, after in (("SUN", "RUS"), ("YUG", "SRB")):
        end, start = TABLES.actors[before].valid_to, TABLES.actors[after].valid_from
        assert end
        assert start
        assert (start - end).days == 1


@pytest.mark.parametrize("table", OWN)
def test_every_row_says_where_it_comes_from(table: str) -> None:
    for row in package_rows(table):
        assert all(row[column] for column in ("source", "edition", "licence")), row.where


def test_uses_and_sides_are_the_fixed_ones() -> None:
    uses = {"name", "short", "adjective", "capital", "code", "former"}
    assert {row["use"] for row in package_rows("aliases")} == uses
    assert {one.side for one in package_sectors().values()} == {"state", "organisation", "nonstate"}


def test_a_sector_word_stands_once() -> None:
    words = Counter(row["sector"] for row in package_rows("sectors"))
    assert words.most_common(1)[0][1] == 1
    assert any(one.precedence == OVERRIDES for one in package_sectors().values())


def test_no_name_of_use_name_is_shared_today() -> None:
    index = name_index(TABLES)
    for alias in (one for one in TABLES.aliases if one.use == "name"):
        assert len(choose(index[normalise(alias.alias)], date(2024, 6, 1))) == 1, alias
