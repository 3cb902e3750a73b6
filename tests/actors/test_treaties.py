import calendar
import csv
from collections import Counter
from datetime import date
from itertools import combinations, pairwise, permutations
from operator import itemgetter
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.actors import (
    OBLIGATIONS,
    TREATY_STATES,
    Actor,
    Obligation,
    Registry,
    Treaty,
    UnknownActorError,
    load_registry,
)
from comity.actors.tables import COLUMNS, DATA
from comity.actors.treaties import package_treaties
from tests.actors.conftest import MakeRegistry, MakeRow

REGISTRY = load_registry()
SUN = Actor("SUN", "Soviet Union", "state", valid_to=date(1991, 12, 25), successor="RUS")
RUS = Actor("RUS", "Russia", "state", valid_from=date(1991, 12, 26))
PRK = Actor("PRK", "North Korea", "state")
KOR = Actor("KOR", "South Korea", "state")
PACT = Actor("PACT", "Pact", "alliance")
DAY = date(1970, 6, 1)


def owed(member: str, *owes: str, treaty: str = "T", **more: Any) -> Obligation:
    return Obligation(member, treaty, owes, **more)


def treaty(*obligations: Obligation, **more: Any) -> Treaty:
    return Treaty("T", "Treaty of testing", obligations=obligations, **more)


def between(registry: Registry, a: str, b: str, at: date) -> list[tuple[str, tuple[str, ...]]]:
    """Who owes what in the treaties of two actors."""
    return [(one.member, one.owes) for treaty in registry.treaties(a, b, at) for one in treaty.obligations]


# By hand


def test_each_side_owes_what_its_own_row_says(make_registry: MakeRegistry) -> None:
    made = make_registry(PRK, KOR, treaties=(treaty(owed("PRK", "defense"), owed("KOR", "consultation")),))
    assert between(made, "PRK", "KOR", DAY) == [("PRK", ("defense",)), ("KOR", ("consultation",))]
    assert between(made, "KOR", "PRK", DAY) == [("PRK", ("defense",)), ("KOR", ("consultation",))]


def test_a_party_that_owes_nothing_is_bound_all_the_same(make_registry: MakeRegistry) -> None:
    made = make_registry(PRK, KOR, treaties=(treaty(owed("PRK", "defense"), owed("KOR")),))
    assert between(made, "PRK", "KOR", DAY) == [("PRK", ("defense",)), ("KOR", ())]


def test_a_third_member_is_left_out_of_what_two_owe_each_other(make_registry: MakeRegistry) -> None:
    three = treaty(owed("PRK", "defense"), owed("KOR", "defense"), owed("RUS", "defense"))
    made = make_registry(PRK, KOR, RUS, treaties=(three,))
    assert [one.members for one in made.treaties("PRK", "KOR", DAY)] == [("KOR", "PRK")]
    assert [one.members for one in made.treaties_of("PRK", DAY)] == [("KOR", "PRK", "RUS")]


def test_the_soviet_unions_treaties_are_russias(make_registry: MakeRegistry) -> None:
    made = make_registry(SUN, RUS, PRK, treaties=(treaty(owed("SUN", "defense"), owed("PRK", "defense")),))
    assert between(made, "SUN", "PRK", DAY) == [("RUS", ("defense",)), ("PRK", ("defense",))]
    assert between(made, "RUS", "PRK", DAY) == between(made, "SUN", "PRK", DAY)


def test_an_actor_has_no_treaty_with_itself(make_registry: MakeRegistry) -> None:
    made = make_registry(SUN, RUS, PRK, treaties=(treaty(owed("SUN", "defense"), owed("PRK", "defense")),))
    assert made.treaties("SUN", "RUS", DAY) == ()


def test_the_first_and_the_last_day_count(make_registry: MakeRegistry) -> None:
    spell = {"valid_from": date(1970, 1, 1), "valid_to": date(1970, 12, 31)}
    made = make_registry(PRK, KOR, treaties=(treaty(owed("PRK", "defense", **spell), owed("KOR", **spell)),))
    days = [date(1969, 12, 31), date(1970, 1, 1), date(1970, 12, 31), date(1971, 1, 1)]
    assert [len(made.treaties("PRK", "KOR", day)) for day in days] == [0, 1, 1, 0]


def test_an_obligation_ends_with_its_treaty(make_registry: MakeRegistry) -> None:
    ended = treaty(owed("PRK", "defense"), owed("KOR", "defense"), valid_to=date(1970, 5, 31))
    made = make_registry(PRK, KOR, treaties=(ended,))
    assert made.treaties("PRK", "KOR", DAY) == ()
    assert len(made.treaties("PRK", "KOR", date(1970, 5, 31))) == 1


def test_two_sources_on_one_member_stand_side_by_side(make_registry: MakeRegistry) -> None:
    told = (owed("PRK", "consultation", source="one"), owed("PRK", "defense", source="two"), owed("KOR"))
    made = make_registry(PRK, KOR, treaties=(treaty(*told),))
    (found,) = made.treaties("PRK", "KOR", DAY)
    assert [(one.owes, one.source) for one in found.obligations if one.member == "PRK"] == [
        (("consultation",), "one"),
        (("defense",), "two"),
    ]


def test_an_alliance_has_its_own_treaty_and_no_other(make_registry: MakeRegistry) -> None:
    pact = treaty(owed("PRK", "defense"), owed("KOR", "defense"), organisation="PACT")
    other = Treaty("U", "Another", obligations=(owed("KOR", "defense"), owed("RUS", "defense")))
    made = make_registry(PRK, KOR, RUS, PACT, treaties=(pact, other))
    assert [one.id for one in made.treaties("PACT", "PRK", DAY)] == ["T"]
    assert [one.members for one in made.treaties("PRK", "PACT", DAY)] == [("KOR", "PRK")]
    assert made.treaties("RUS", "PACT", DAY) == ()  # whatever Russia has with a member


def test_a_case_registry_keeps_the_treaties(make_registry: MakeRegistry, case_row: MakeRow) -> None:
    made = make_registry(PRK, KOR, treaties=(treaty(owed("PRK", "defense"), owed("KOR")),))
    more = made.with_rows([case_row(id="ONE", name="One", kind="group")])
    assert more.treaties("PRK", "KOR", DAY) == made.treaties("PRK", "KOR", DAY) != ()


def test_treaties_are_read_only_when_asked_for(make_registry: MakeRegistry) -> None:
    def fail() -> tuple[Treaty, ...]:
        raise AssertionError("read too early")

    tables = make_registry(PRK, KOR)._tables
    assert Registry(tables, fail).resolve("North Korea").id == "PRK"


def test_an_unknown_side_is_an_error() -> None:
    with pytest.raises(UnknownActorError):
        REGISTRY.treaties("JPN", "NOBODY", DAY)


@given(
    st.sampled_from(["JPN", "USA", "RUS", "SUN", "PRK", "CHN", "NATO", "FIN", "UKR", "DEU", "EU"]),
    st.sampled_from(["JPN", "USA", "RUS", "SUN", "PRK", "CHN", "NATO", "FIN", "UKR", "DEU", "EU"]),
    st.dates(date(1945, 9, 2), date(2026, 1, 1)),
)
def test_treaties_do_not_depend_on_the_order_of_the_sides(a: str, b: str, at: date) -> None:
    found = REGISTRY.treaties(a, b, at)
    assert found == REGISTRY.treaties(b, a, at)
    assert {one.id for one in found} <= {one.id for one in REGISTRY.treaties_of(a, at)}


# What the package's tables say


def test_russia_and_north_korea_owe_defence_until_1996_and_again_from_december_2024() -> None:
    def defence(at: date) -> list[str]:
        found = REGISTRY.treaties("RUS", "PRK", at)
        return [one.id for one in found if any("defense" in each.owes for each in one.obligations)]

    assert defence(date(1985, 1, 1)) == ["ATOP3440"]
    assert defence(date(2020, 1, 1)) == []
    assert defence(date(2024, 12, 3)) == []
    assert defence(date(2024, 12, 4)) == ["PRK_RUS_2024"]


def test_the_treaty_of_japan_and_the_united_states_shows_what_both_sources_have() -> None:
    found = {one.id: one for one in REGISTRY.treaties("JPN", "USA", date(2023, 7, 12))}
    said = {(one.member, one.source): one.owes for one in found["ATOP3375"].obligations}
    text = "text of the treaty, article 5"
    assert said == {
        ("JPN", "ATOP"): ("nonaggression", "consultation"),  # no duty of defence ...
        ("JPN", text): ("defense",),  # ... but the text binds each party
        ("USA", "ATOP"): ("defense", "nonaggression", "consultation"),
        ("USA", text): ("defense",),
    }
    assert not any(one.checked for one in found["ATOP3375"].obligations if one.source == text)


def test_japan_owes_nato_nothing_and_the_other_way_round() -> None:
    assert REGISTRY.treaties("JPN", "NATO", date(2023, 7, 12)) == ()


@pytest.mark.parametrize(
    ("member", "before", "first"),
    [
        ("MKD", "2020-03-26", "2020-03-27"),
        ("FIN", "2023-04-03", "2023-04-04"),
        ("SWE", "2024-03-06", "2024-03-07"),
    ],
)
def test_who_joined_nato_after_2018_is_bound_from_that_day(member: str, before: str, first: str) -> None:
    assert REGISTRY.treaties(member, "NATO", date.fromisoformat(before)) == ()
    (joined,) = REGISTRY.treaties(member, "NATO", date.fromisoformat(first))
    assert "defense" in next(one.owes for one in joined.obligations if one.member == member)


@pytest.mark.parametrize("day", ["2010-01-01", "2018-12-31", "2020-06-01", "2023-06-01", "2024-06-01"])
def test_the_members_bound_by_the_north_atlantic_treaty_are_those_of_nato(day: str) -> None:
    at = date.fromisoformat(day)
    (bound,) = REGISTRY.treaties_of("NATO", at)
    assert bound.members == REGISTRY.members("NATO", at)


def test_the_friendship_of_russia_and_ukraine_ends_with_march_2019() -> None:
    def ids(at: date) -> set[str]:
        return {one.id for one in REGISTRY.treaties("RUS", "UKR", at)}

    assert "ATOP4875" in ids(date(2019, 3, 31))
    assert ids(date(2019, 4, 1)) == {"ATOP3740"}  # the Helsinki Final Act


def test_ukraine_was_owed_defence_by_nobody_in_2022() -> None:
    found = REGISTRY.treaties_of("UKR", date(2022, 2, 24))
    assert len(found) == 6  # the Helsinki Final Act and five with one state each
    assert not any("defense" in one.owes for treaty in found for one in treaty.obligations)


# How the tables hold together


def rows_of(table: str) -> list[dict[str, str]]:
    with (DATA / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def spell(row: dict[str, str]) -> tuple[date, date]:
    start, end = row["valid_from"], row["valid_to"]
    return date.fromisoformat(start), date.fromisoformat(end) if end else date.max


@pytest.mark.parametrize(
    ("table", "key"),
    [("treaties", ("id",)), ("obligations", ("treaty", "member", "valid_from", "source"))],
)
def test_a_table_of_treaties_has_the_fixed_columns_and_is_sorted(table: str, key: tuple[str, ...]) -> None:
    rows = rows_of(table)
    assert tuple(rows[0]) == COLUMNS[table]
    keys = [tuple(row[column] for column in key) for row in rows]
    assert keys == sorted(set(keys))


def test_every_treaty_has_members_and_every_obligation_a_treaty() -> None:
    assert {row["treaty"] for row in rows_of("obligations")} == {row["id"] for row in rows_of("treaties")}


def test_names_of_treaties_are_told_apart() -> None:
    names = [row["name"] for row in rows_of("treaties")]
    assert len(names) == len(set(names))


def test_members_and_organisations_are_known_actors() -> None:
    assert {row["member"] for row in rows_of("obligations") if row["member"] not in REGISTRY} == set()
    organisations = {row["organisation"] for row in rows_of("treaties")} - {""}
    assert "NATO" in organisations
    assert {one for one in organisations if one not in REGISTRY} == set()


def test_only_the_five_obligations_occur_in_their_order() -> None:
    lists = {row["owes"] for row in rows_of("obligations")}
    for one in lists:
        words = [word for word in one.split(";") if word]
        assert words == [word for word in OBLIGATIONS if word in words], one


def test_no_obligation_ends_before_it_starts_or_starts_before_its_treaty() -> None:
    begun = {row["id"]: spell(row)[0] for row in rows_of("treaties")}
    for row in rows_of("obligations"):
        start, end = spell(row)
        assert begun[row["treaty"]] <= start <= end, row


def test_no_source_has_a_member_owe_twice_on_one_day() -> None:
    spells: dict[tuple[str, str, str], list[tuple[date, date]]] = {}
    for row in rows_of("obligations"):
        spells.setdefault((row["treaty"], row["member"], row["source"]), []).append(spell(row))
    # a phase of ATOP ends on the day on which the next one begins
    overlapping = [
        key
        for key, known in spells.items()
        if any(after[0] < before[1] for before, after in pairwise(sorted(known)))
    ]
    assert overlapping == []


def test_what_is_still_in_force_in_atop_says_so() -> None:
    for row in [*rows_of("obligations"), *rows_of("treaties")]:
        said = "in force when ATOP 5.1 ends (2018)" in row["note"]
        assert said == (row["source"].startswith("ATOP") and spell(row)[1] > date(2018, 12, 31)), row


# Against ATOP

FLAGS = ("defense", "offense", "neutral", "nonagg", "consul")


def atop_day(year: int, month: int, day: float | None, *, last: bool = False) -> str:
    """Write a day of ATOP as our tables do: the first or last of the month where it is unknown."""
    if not year:
        return ""
    whole = int(day) if day else calendar.monthrange(year, month)[1] if last else 1
    return date(year, month, whole).isoformat()


def atop_end(row: dict[str, str]) -> str:
    """The end of a row as ATOP has it; an end that only we know is after ATOP's last year."""
    if row["source"] == "ATOP":
        return row["valid_to"]
    assert spell(row)[1] > date(2018, 12, 31)
    return ""


def atop_obligations(shared: Path) -> list[dict[str, str]]:
    """Every obligation of ATOP still in force on 2 September 1945, in the columns of our table."""
    path = shared / "data/atop5_1/atop5_1m.parquet"
    columns = ("atopid", "member", "yrent", "moent", "dayent", "yrexit", "moexit", "dayexit", *FLAGS)
    known = duckdb.execute(f"select {','.join(columns)} from '{path}'").fetchall()
    ids = {code: REGISTRY.canonical(one.id) for one in REGISTRY for code in (one.gw_code, one.cow_code)}
    return [
        {
            "treaty": f"ATOP{atop}",
            "member": ids[str(code)],
            "valid_from": atop_day(*rest[:3]),
            "valid_to": atop_day(*rest[3:6], last=True),
            "owes": ";".join(word for word, flag in zip(OBLIGATIONS, rest[6:], strict=True) if flag),
        }
        for atop, code, *rest in known
        if not rest[3] or atop_day(*rest[3:6], last=True) >= "1945-09-02"
    ]


def selected(rows: list[dict[str, str]]) -> set[str]:
    """The treaties in which spells of two of the states overlap."""
    theirs = [row for row in rows if REGISTRY.canonical(row["member"]) in TREATY_STATES]
    return {
        one["treaty"]
        for one, other in combinations(sorted(theirs, key=itemgetter("treaty")), 2)
        if one["treaty"] == other["treaty"]
        and REGISTRY.canonical(one["member"]) != REGISTRY.canonical(other["member"])
        and max(spell(one)[0], spell(other)[0]) <= min(spell(one)[1], spell(other)[1])
    }


def test_every_treaty_fits_the_rule_of_the_selection() -> None:
    assert {row["id"] for row in rows_of("treaties")} == selected(rows_of("obligations"))


def test_a_pair_with_a_state_outside_the_selection_has_only_treaties_of_many() -> None:
    found = REGISTRY.treaties("RUS", "BLR", date(2010, 1, 1))
    assert [one.name for one in found] == ["Helsinki Final Act"]  # their own treaties are left out


@pytest.mark.shared
def test_the_selection_has_every_treaty_of_atop_that_fits_its_rule(shared: Path) -> None:
    ours = {row["id"] for row in rows_of("treaties") if row["atop_id"]}
    assert len(ours) == 55
    assert ours == selected(atop_obligations(shared))


@pytest.mark.shared
def test_every_obligation_in_the_selection_equals_atop(shared: Path) -> None:
    key = itemgetter("treaty", "member", "valid_from", "valid_to", "owes")
    rows = rows_of("obligations")
    treaties = {row["treaty"] for row in rows}
    ours = Counter(
        key({**row, "member": REGISTRY.canonical(row["member"]), "valid_to": atop_end(row)})
        for row in rows
        if row["source"].startswith("ATOP")
    )
    assert ours.total() == 417
    assert ours == Counter(key(row) for row in atop_obligations(shared) if row["treaty"] in treaties)


@pytest.mark.shared
def test_the_spells_of_treaties_are_those_of_atop(shared: Path) -> None:
    path = shared / "data/atop5_1/atop5_1a.parquet"
    columns = "atopid, begyr, begmo, begday, endyr, endmo, endday"
    known = duckdb.execute(f"select {columns} from '{path}'").fetchall()
    theirs = {str(one[0]): (atop_day(*one[1:4]), atop_day(*one[4:], last=True)) for one in known}
    ours = [row for row in rows_of("treaties") if row["atop_id"]]
    assert len(ours) == 55
    for row in ours:
        assert (row["valid_from"], atop_end(row)) == theirs[row["atop_id"]], row


@pytest.mark.shared
@pytest.mark.parametrize("year", [2010, 2016, 2018])
def test_what_the_states_of_the_selection_owe_each_other_agrees_with_the_directed_dyads(
    shared: Path, year: int
) -> None:
    # In these years no obligation ended, so that the last day has what the year has.
    path = shared / "data/peacesciencer/atop_alliance_ddy.parquet"
    words = ("atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul")
    known = duckdb.execute(
        f"select ccode1, ccode2, {','.join(words)} from '{path}' where year = {year}"
    ).fetchall()
    ids = {one.cow_code: REGISTRY.canonical(one.id) for one in REGISTRY if one.cow_code}
    theirs = {
        (ids[str(a)], ids[str(b)]): {word for word, flag in zip(OBLIGATIONS, flags, strict=True) if flag}
        for a, b, *flags in known
        if {ids[str(a)], ids[str(b)]} <= set(TREATY_STATES)
    }
    assert ("defense" in theirs["USA", "JPN"], "defense" in theirs["JPN", "USA"]) == (True, False)
    ours: dict[tuple[str, str], set[str]] = {}
    for side, other in permutations(TREATY_STATES, 2):
        for treaty in REGISTRY.treaties(side, other, date(year, 12, 31)):
            told = [one for one in treaty.obligations if one.source.startswith("ATOP")]
            owes = {word for one in told if one.member == side for word in one.owes}
            ours.setdefault((side, other), set()).update(owes)
    assert len(ours) > 80
    assert ours == theirs


def test_reading_the_package_twice_gives_the_same_treaties() -> None:
    assert package_treaties() is package_treaties()
    assert sum(len(one.obligations) for one in package_treaties()) == len(rows_of("obligations"))
