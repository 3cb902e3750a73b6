from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.actors import CASE_COLUMNS, AmbiguousActorError, UnknownActorError, load_registry
from comity.provenance import BadValueError, ComityError, TableRow
from tests.actors.conftest import MakeRow

REGISTRY = load_registry()


def test_a_case_adds_an_actor_with_names_memberships_and_a_place(case_row: MakeRow) -> None:
    row = case_row(id="JPN.CRC", name="Climate Council", kind="body", part_of="JPN", aliases="CRC; Council C")
    team = case_row(id="TEAM_X", name="Team X", kind="group", member_of="UDCG")
    registry = REGISTRY.with_rows([row, team])
    assert registry.resolve("council c").id == "JPN.CRC"
    assert registry.stands_for("JPN.CRC", date(2020, 1, 1)) == "JPN"
    assert registry.groups("TEAM_X", date(2020, 1, 1)) == ("UDCG",)
    assert "JPN.CRC" not in REGISTRY  # the package's own registry stays as it was


def test_a_row_gives_a_known_person_another_office(case_row: MakeRow) -> None:
    row = case_row(
        id="NATO.STOLTENBERG",
        office="Board member",
        office_of="WTO",
        office_from="2014-01-01",
        office_to="2014-06-30",
    )
    registry = REGISTRY.with_rows([row])
    assert registry.stands_for("NATO.STOLTENBERG", date(2014, 3, 1)) == "WTO"
    assert REGISTRY.stands_for("NATO.STOLTENBERG", date(2014, 3, 1)) is None


def test_a_name_that_the_case_gives_beats_the_names_of_the_package(case_row: MakeRow) -> None:
    row = case_row(id="DMA", aliases="Congo")
    assert REGISTRY.with_rows([row]).resolve("Congo").id == "DMA"


def test_rows_may_refer_to_one_another_in_any_order(case_row: MakeRow) -> None:
    part = case_row(id="X.CELL", name="Cell", kind="body", part_of="X_FRONT")
    whole = case_row(line=3, id="X_FRONT", name="Front", kind="organisation")
    assert REGISTRY.with_rows([part, whole]).stands_for("X.CELL", None) == "X_FRONT"


FAULTS = {
    "id": {"id": "japan council", "name": "X", "kind": "body"},
    "id of a part": {"id": "JPN._", "name": "X", "kind": "person"},
    "name": {"id": "NEW_ONE", "kind": "body"},
    "name without letters": {"id": "JPN.X", "name": "---", "kind": "person"},
    "long name": {"id": "JPN.X", "name": "x" * 201, "kind": "person"},
    "kind": {"id": "NEW_ONE", "name": "X", "kind": "club"},
    "kind of a known actor": {"id": "WEST", "kind": "state"},
    "checked": {"id": "JPN", "checked": "yes"},
    "valid_from": {"id": "NEW_ONE", "name": "X", "kind": "body", "valid_from": "2023-02-31"},
    "valid_to": {
        "id": "NEW_ONE",
        "name": "X",
        "kind": "body",
        "valid_from": "2023-02-02",
        "valid_to": "2023-02-01",
    },
    "office of a state": {"id": "JPN", "office": "President", "office_of": "JPN"},
    "office without a name": {"id": "JPN.ABE", "office_of": "JPN"},
    "alias": {"id": "JPN", "aliases": "--"},
    "long alias": {"id": "JPN", "aliases": "x" * 201},
    "part of a person": {"id": "NEW_ONE", "name": "X", "kind": "body", "part_of": "JPN.ABE"},
    "part of itself": {"id": "NEW_ONE", "name": "X", "kind": "body", "part_of": "NEW_ONE"},
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_row_is_refused_with_its_line(fault: str, case_row: MakeRow) -> None:
    with pytest.raises(BadValueError) as caught:
        REGISTRY.with_rows([case_row(line=9, **FAULTS[fault])])
    assert "actors.csv, line 9" in caught.value.where
    assert caught.value.allowed


@pytest.mark.parametrize("column", ["part_of", "successor", "office_of", "member_of"])
def test_a_reference_to_nobody_is_refused_with_its_column(column: str, case_row: MakeRow) -> None:
    row = case_row(**{"id": "JPN.ABE", "office": "x", column: "JAPN"})
    with pytest.raises(UnknownActorError) as caught:
        REGISTRY.with_rows([row])
    assert caught.value.where == f"actors.csv, line 2, column {column}"


def test_all_faults_are_collected_where_a_list_is_given(case_row: MakeRow) -> None:
    rows = [
        case_row(line=2, id="bad id", name="X", kind="body"),
        case_row(line=3, id="GOOD", name="Good", kind="body", part_of="JPN"),
        case_row(line=4, id="GOOD", member_of="NOBODY"),
    ]
    refused: list[ComityError] = []
    registry = REGISTRY.with_rows(rows, refused=refused)
    assert [error.where.split(",")[1] for error in refused] == [" line 2", " line 4"]
    assert registry.stands_for("GOOD", None) == "JPN"


def test_what_a_case_says_of_a_known_actor_replaces_what_the_package_said(case_row: MakeRow) -> None:
    registry = REGISTRY.with_rows([case_row(id="UDCG", valid_from="2022-04-27", name="Contact group")])
    assert registry.actor("UDCG").valid_from == date(2022, 4, 27)
    assert registry.actor("UDCG").name == REGISTRY.actor("UDCG").name
    assert registry.resolve("contact group").id == "UDCG"


@settings(max_examples=30, deadline=None)  # each builds an index of all names
@given(st.text(min_size=1, max_size=20), st.text(max_size=20))
def test_a_person_of_any_name_is_refused_or_found_by_it(name: str, alias: str) -> None:
    row = TableRow("actors.csv", 2, dict.fromkeys(CASE_COLUMNS, "") | {"id": "X.Y", "kind": "person"})
    row.fields.update(name=name, aliases=alias.replace(";", " "))
    refused: list[ComityError] = []
    registry = REGISTRY.with_rows([row], refused=refused)
    if not refused:
        assert "X.Y" in registry
        assert registry.actor("X.Y").name == name
        with suppress(AmbiguousActorError):  # somebody else may go by that name too
            assert registry.resolve(name).id
