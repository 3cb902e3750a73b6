"""The tables of organisations, memberships, roles, persons and offices hold together."""

import csv
import json
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from comity.actors.tables import COLUMNS, DATA

OWN = ("organisations", "memberships", "roles", "persons", "offices")
KEYS = {
    "organisations": ("id",),
    "persons": ("id",),
    "memberships": ("member", "of", "valid_from"),
    "roles": ("actor", "of", "role", "valid_from"),
    "offices": ("person", "valid_from", "office"),
}
ORGANISATION_KINDS = {
    "alliance",
    "organisation",
    "group",
    "force",
    "body",
    "office",
    "fund",
    "party",
    "nonstate",
    "aggregate",
}
ROLES = {"presidency", "lead", "host", "chair", "governing_party"}
OFFICE_KINDS = {
    "head_of_state",
    "head_of_government",
    "foreign_minister",
    "secretary_general",
    "minister",
    "other",
    "author",
}
DAY = timedelta(days=1)

Row = dict[str, str]


def rows_of(table: str) -> list[Row]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TABLES = {table: rows_of(table) for table in (*OWN, "states")}


def ids_of(*tables: str) -> set[str]:
    return {row["id"] for table in tables for row in TABLES[table]}


def spell(row: Row) -> tuple[date, date]:
    """First and last day of a row; an unknown end counts as open."""
    return (
        date.fromisoformat(row["valid_from"]) if row["valid_from"] else date.min,
        date.fromisoformat(row["valid_to"]) if row["valid_to"] else date.max,
    )


def overlaps(rows: list[Row], *columns: str) -> list[tuple[str, ...]]:
    """The keys under which two spells share a day."""
    groups: dict[tuple[str, ...], list[tuple[date, date]]] = {}
    for row in rows:
        groups.setdefault(tuple(row[column] for column in columns), []).append(spell(row))
    return [
        key
        for key, spells in groups.items()
        if any(after[0] <= before[1] for before, after in pairwise(sorted(spells)))
    ]


def on(rows: list[Row], day: str) -> list[Row]:
    return [row for row in rows if spell(row)[0] <= date.fromisoformat(day) <= spell(row)[1]]


def members(of: str, day: str) -> set[str]:
    return {row["member"] for row in on(TABLES["memberships"], day) if row["of"] == of}


def holders(of: str, kind: str) -> list[Row]:
    return [row for row in TABLES["offices"] if row["of"] == of and row["office_kind"] == kind]


@pytest.mark.parametrize("table", OWN)
def test_a_table_has_the_fixed_columns_and_is_sorted_by_its_key(table: str) -> None:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == COLUMNS[table]
    keys = [tuple(row[column] for column in KEYS[table]) for row in TABLES[table]]
    assert keys == sorted(keys)


def test_no_two_actors_share_an_id() -> None:
    ids = [row["id"] for table in ("states", "organisations", "persons") for row in TABLES[table]]
    assert [id for id, times in Counter(ids).items() if times > 1] == []


def test_every_actor_that_a_row_names_is_known() -> None:
    actors = ids_of("states", "organisations")
    named = {row[column] for row in TABLES["memberships"] for column in ("member", "of")}
    named |= {row[column] for row in TABLES["roles"] for column in ("actor", "of")}
    named |= {row["of"] for row in TABLES["offices"]} - {""}
    named |= {row[column] for row in TABLES["organisations"] for column in ("part_of", "successor")} - {""}
    assert named - actors == set()


def test_every_person_has_an_office_and_every_office_a_known_person() -> None:
    assert {row["person"] for row in TABLES["offices"]} == ids_of("persons")


def test_only_an_author_has_an_office_of_nobody() -> None:
    assert {row["office_kind"] for row in TABLES["offices"] if not row["of"]} == {"author"}


def test_kinds_and_roles_are_the_fixed_ones() -> None:
    assert {row["kind"] for row in TABLES["organisations"]} == ORGANISATION_KINDS
    assert {row["role"] for row in TABLES["roles"]} == ROLES
    assert {row["office_kind"] for row in TABLES["offices"]} == OFFICE_KINDS


@pytest.mark.parametrize("table", [table for table in OWN if table != "persons"])
def test_days_are_real_and_no_spell_ends_before_it_starts(table: str) -> None:
    assert [row for row in TABLES[table] if spell(row)[1] < spell(row)[0]] == []


@pytest.mark.parametrize("table", ["memberships", "roles"])
def test_a_spell_has_a_start(table: str) -> None:
    assert [row for row in TABLES[table] if not row["valid_from"]] == []


@pytest.mark.parametrize("table", OWN)
def test_every_row_says_where_it_comes_from_and_whether_that_was_confirmed(table: str) -> None:
    for row in TABLES[table]:
        assert all(row[column] for column in ("source", "edition", "licence")), row
        assert row["checked"] in {"checked", "unchecked"}, row
        assert (row["checked"] == "checked") == (not row["source"].startswith("from general knowledge")), row


def test_nobody_is_a_member_twice_on_one_day() -> None:
    assert overlaps(TABLES["memberships"], "member", "of") == []


def test_a_membership_lies_within_the_life_of_what_it_is_of_and_meets_that_of_the_member() -> None:
    lives = {row["id"]: spell(row) for table in ("states", "organisations") for row in TABLES[table]}
    for row in TABLES["memberships"]:
        start, end = spell(row)
        born, gone = lives[row["of"]]
        assert born <= start <= end <= gone, row
        born, gone = lives[row["member"]]
        assert max(born, start) <= min(gone, end), row


def test_nobody_has_one_role_twice_on_one_day() -> None:
    assert overlaps(TABLES["roles"], "actor", "role", "of", "note") == []


def test_an_office_has_at_most_one_holder_a_day_acting_ones_included() -> None:
    offices = [{**row, "office": row["office"].removeprefix("Acting ")} for row in TABLES["offices"]]
    assert overlaps([row for row in offices if row["of"]], "office", "office_kind", "of") == []


@pytest.mark.parametrize(
    ("day", "number"),
    [
        ("1949-04-04", 12),  # the founders
        ("1952-02-18", 14),  # and Greece, Turkey
        ("1955-05-06", 15),  # and West Germany
        ("1982-05-29", 15),  # the day before Spain
        ("1982-05-30", 16),
        ("1999-03-12", 19),  # and Czechia, Hungary, Poland
        ("2004-03-29", 26),  # and seven more
        ("2009-04-01", 28),  # and Albania, Croatia
        ("2017-06-05", 29),  # and Montenegro
        ("2020-03-27", 30),  # and North Macedonia
        ("2023-04-04", 31),  # and Finland
        ("2024-03-06", 31),  # the day before Sweden
        ("2024-03-07", 32),
    ],
)
def test_nato_has_grown_as_its_accessions_say(day: str, number: int) -> None:
    assert len(members("NATO", day)) == number


@pytest.mark.parametrize(
    ("of", "day", "number"),
    [
        ("EC", "1958-01-01", 6),
        ("EC", "1993-10-31", 12),
        ("EU", "1993-11-01", 12),
        ("EU", "1995-01-01", 15),
        ("EU", "2004-05-01", 25),
        ("EU", "2013-07-01", 28),
        ("EU", "2020-01-31", 28),  # the last day of the United Kingdom
        ("EU", "2020-02-01", 27),
        ("UN", "1945-12-31", 51),
        ("UN", "2011-07-14", 193),
        ("WARSAW_PACT", "1955-05-14", 8),
        ("ASEAN", "1999-04-30", 10),
        ("OSCE", "2012-11-21", 57),
        ("COE", "2022-03-15", 47),
        ("COE", "2022-03-16", 46),
        ("OECD", "2021-05-25", 38),
        ("BRICS", "2025-01-06", 10),
    ],
)
def test_other_organisations_have_the_number_of_members_known_for_the_day(
    of: str, day: str, number: int
) -> None:
    assert len(members(of, day)) == number


def test_groups_with_changing_members_change_on_the_day() -> None:
    assert members("QUAD", "2007-06-01") == {"AUS", "IND", "JPN", "USA"}
    assert members("QUAD", "2012-01-01") == set()
    assert members("QUAD", "2017-11-12") == {"AUS", "IND", "JPN", "USA"}
    assert members("IP4", "2020-11-30") == set()
    assert members("IP4", "2022-06-29") == {"AUS", "JPN", "KOR", "NZL"}
    assert "RUS" in members("G8", "2014-03-23")
    assert members("G8", "2014-03-24") == set()
    assert members("G7", "2023-05-19") == {"CAN", "DEU", "EU", "FRA", "GBR", "ITA", "JPN", "USA"}


@pytest.mark.parametrize(
    ("of", "role", "first", "last"),
    [
        ("EU.COUNCIL", "presidency", date(2000, 1, 1), date(2026, 12, 31)),
        ("OSCE", "chair", date(2000, 1, 1), date(2026, 12, 31)),
        ("ASEAN", "chair", date(2000, 1, 1), date(2026, 12, 31)),
        ("G7", "presidency", date(2015, 1, 1), date(2026, 12, 31)),
        ("G8", "presidency", date(1998, 5, 15), date(2014, 3, 23)),
    ],
)
def test_a_rotating_role_has_exactly_one_holder_every_day(
    of: str, role: str, first: date, last: date
) -> None:
    spells = sorted(spell(row) for row in TABLES["roles"] if row["of"] == of and row["role"] == role)
    spells = [one for one in spells if one[1] >= first]
    assert spells[0][0] <= first
    assert spells[-1][1] >= last
    assert [after[0] for before, after in pairwise(spells) if after[0] - before[1] != DAY] == []


def test_the_group_of_seven_is_presided_over_by_japan_in_2023() -> None:
    held = [row["actor"] for row in on(TABLES["roles"], "2023-05-19") if row["of"] == "G7"]
    assert held == ["JPN"]


@pytest.mark.parametrize(
    ("of", "kind"),
    [
        ("JPN", "head_of_government"),
        ("RUS", "head_of_state"),
        ("RUS", "head_of_government"),
        ("UKR", "head_of_government"),
        ("USA", "head_of_state"),
        ("CHN", "head_of_state"),
        ("CHN", "head_of_government"),
        ("CHN", "foreign_minister"),
        ("JPN", "foreign_minister"),
        ("RUS", "foreign_minister"),
        ("USA", "foreign_minister"),
        ("KOR", "head_of_state"),
        ("KOR", "foreign_minister"),
        ("PRK", "head_of_state"),
        ("PRK", "head_of_government"),
        ("PRK", "foreign_minister"),
    ],
)
def test_the_main_states_have_one_holder_every_day_since_2000(of: str, kind: str) -> None:
    spells = sorted(spell(row) for row in holders(of, kind) if spell(row)[1] >= date(2000, 1, 1))
    assert spells[0][0] <= date(2000, 1, 1)
    assert spells[-1][1] == date.max
    assert [after[0] for before, after in pairwise(spells) if after[0] - before[1] != DAY] == []


def test_the_offices_that_stood_empty_are_the_known_ones() -> None:
    # Ukraine: the foreign minister left on 2000-09-29 and the next came on 10-02; one was dismissed on
    # 2014-02-23 and the next came on 02-27. The speaker followed the president of 2014-02-22 at once.
    empty = {}
    for kind in ("head_of_state", "foreign_minister"):
        spells = sorted(spell(row) for row in holders("UKR", kind) if spell(row)[1] >= date(2000, 1, 1))
        empty[kind] = [before[1] + DAY for before, after in pairwise(spells) if after[0] - before[1] > DAY]
    assert empty == {"head_of_state": [], "foreign_minister": [date(2000, 9, 30), date(2014, 2, 24)]}


def test_a_person_may_have_led_a_state_first_and_nato_later() -> None:
    led = [row["of"] for row in TABLES["offices"] if row["person"] == "NATO.STOLTENBERG"]
    assert led == ["NOR", "NOR", "NATO", "NOR"]
    assert [
        row["of"] for row in on(TABLES["offices"], "2012-05-01") if row["person"] == "NATO.STOLTENBERG"
    ] == ["NOR"]
    assert [
        row["of"] for row in on(TABLES["offices"], "2018-05-01") if row["person"] == "NATO.STOLTENBERG"
    ] == ["NATO"]


def test_nato_has_had_a_secretary_general_since_1988() -> None:
    spells = sorted(spell(row) for row in holders("NATO", "secretary_general"))
    spells = [one for one in spells if one[1] >= date(1988, 7, 1)]
    # two gaps of a few days between holders: October 1999 and New Year 2004
    assert [after[0] for before, after in pairwise(spells) if after[0] - before[1] != DAY] == [
        date(1999, 10, 14),
        date(2004, 1, 5),
    ]


@pytest.mark.shared
def test_the_gold_registry_is_covered(shared: Path) -> None:
    gold = json.loads((shared / "reference/gold/actors.json").read_text(encoding="utf-8"))
    ours = ids_of("states", "organisations", "persons")
    # PRT is Portugal by ISO 3166, so the reconstruction teams stand under ISAF.PRT
    assert {actor["id"] for actor in gold} - ours == set()
    assert "ISAF.PRT" in ours
    kinds = {row["id"]: row["kind"] for row in TABLES["organisations"]}
    wrong = [a["id"] for a in gold if a["id"] in kinds and a["kind"] != kinds[a["id"]]]
    assert wrong == []


@pytest.mark.shared
def test_offices_checked_against_archigos_agree_with_it_to_a_day(shared: Path) -> None:
    path = shared / "data/peacesciencer/archigos.parquet"
    known = duckdb.execute(f"select gwcode, startdate, enddate from '{path}'").fetchall()
    codes = {row["id"]: {int(row[c]) for c in ("cow_code", "gw_code") if row[c]} for row in TABLES["states"]}
    wrong = []
    checked = [row for row in TABLES["offices"] if row["source"] == "Archigos"]
    for row in checked:
        start, end = spell(row)
        agree = [
            (began, ended)
            for code, began, ended in known
            if code in codes[row["of"]]
            and abs(began - start) <= DAY
            and (min(end, date(2015, 12, 31)) - ended <= DAY)
            and (ended - end <= 2 * DAY)
        ]
        if not agree:
            wrong.append(row)
    assert len(checked) > 40
    assert wrong == []


@pytest.mark.shared
def test_memberships_checked_against_atop_begin_on_its_day(shared: Path) -> None:
    path = shared / "data/atop5_1/atop5_1m.parquet"
    known = duckdb.execute(f"select member, yrent, moent, dayent from '{path}' where dayent > 0").fetchall()
    begun = {(member, date(year, month, int(day))) for member, year, month, day in known}
    codes = {row["id"]: int(row["cow_code"]) for row in TABLES["states"] if row["cow_code"]}
    checked = [row for row in TABLES["memberships"] if row["source"] == "ATOP"]
    assert len(checked) > 40
    assert [
        row
        for row in checked
        if not any(
            (code, spell(row)[0] + shift * DAY) in begun
            for code in {codes[row["member"]], *([260] if row["member"] == "DEU" else [])}
            for shift in (-1, 0, 1)
        )
    ] == []
