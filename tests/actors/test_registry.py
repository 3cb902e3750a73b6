import json
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.actors import (
    Actor,
    Alias,
    AmbiguousActorError,
    Membership,
    Office,
    Role,
    UnknownActorError,
    load_registry,
)
from comity.provenance import NothingFoundError
from tests.actors.conftest import MakeRegistry

REGISTRY = load_registry()
SUN = Actor("SUN", "Soviet Union", "state", valid_to=date(1991, 12, 25), successor="RUS", capital="Moscow")
RUS = Actor("RUS", "Russia", "state", valid_from=date(1991, 12, 26), capital="Moscow")
ANN = Actor("NOR.ANN", "Ann Berg", "person")


def test_an_id_comes_before_every_name(make_registry: MakeRegistry) -> None:
    registry = make_registry(
        Actor("MAC", "Macao", "state"), Actor("MKD", "Macedonia", "state", cow_abbr="MAC")
    )
    assert registry.resolve("MAC").id == registry.resolve("mac").id == "MAC"


def test_the_day_decides_between_two_bearers_of_a_name(make_registry: MakeRegistry) -> None:
    registry = make_registry(SUN, RUS)
    assert registry.resolve("Moscow", at=date(1981, 5, 1)).id == "SUN"
    assert registry.resolve("Moscow", at=date(2001, 5, 1)).id == "RUS"


def test_without_a_day_a_name_means_who_bears_it_still(make_registry: MakeRegistry) -> None:
    assert make_registry(SUN, RUS).resolve("Moscow").id == "RUS"


def test_a_past_state_keeps_its_own_name(make_registry: MakeRegistry) -> None:
    assert make_registry(SUN, RUS).resolve("Soviet Union", at=date(2023, 1, 1)).id == "SUN"


def test_a_city_is_no_government_after_it_ceased_to_be_the_capital(make_registry: MakeRegistry) -> None:
    bonn = Alias("Bonn", "DEU", "capital", date(1949, 9, 21), date(1999, 8, 31))
    registry = make_registry(Actor("DEU", "Germany", "state"), aliases=(bonn,))
    assert registry.resolve("Bonn", at=date(1985, 1, 1)).id == "DEU"
    with pytest.raises(UnknownActorError):
        registry.resolve("Bonn", at=date(2005, 1, 1))


def test_two_who_bear_a_name_on_one_day_are_both_listed(make_registry: MakeRegistry) -> None:
    registry = make_registry(
        Actor("KOR", "South Korea", "state"),
        Actor("PRK", "North Korea", "state"),
        aliases=(Alias("Korea", "KOR", "short"), Alias("Korea", "PRK", "short")),
    )
    with pytest.raises(AmbiguousActorError) as caught:
        registry.resolve("Korea", at=date(2020, 1, 1), where="events.csv, line 7")
    assert caught.value.candidates == (("KOR", "South Korea"), ("PRK", "North Korea"))
    assert "(events.csv, line 7)" in str(caught.value)


def test_a_surname_means_the_one_in_office_on_that_day(make_registry: MakeRegistry) -> None:
    registry = make_registry(
        Actor("USA.BUSH_SR", "George H. W. Bush", "person"),
        Actor("USA.BUSH", "George W. Bush", "person"),
        offices=(
            Office("USA.BUSH_SR", "President", "head_of_state", "USA", date(1989, 1, 20), date(1993, 1, 20)),
            Office("USA.BUSH", "President", "head_of_state", "USA", date(2001, 1, 20), date(2009, 1, 20)),
        ),
    )
    assert registry.resolve("Bush", at=date(1990, 6, 1)).id == "USA.BUSH_SR"
    assert registry.resolve("President Bush", at=date(2003, 6, 1)).id == "USA.BUSH"
    with pytest.raises(AmbiguousActorError):
        registry.resolve("Bush")


def test_the_id_tells_which_word_is_the_surname(make_registry: MakeRegistry) -> None:
    registry = make_registry(
        Actor("PRK.KIM_JONG_IL", "Kim Jong Il", "person"),
        Actor("NATO.DE_HOOP_SCHEFFER", "Jaap de Hoop Scheffer", "person"),
        Actor("USA.CARTER_ASH", "Ash Carter", "person"),
    )
    assert registry.resolve("Kim").id == "PRK.KIM_JONG_IL"
    assert registry.resolve("De Hoop Scheffer").id == "NATO.DE_HOOP_SCHEFFER"
    assert registry.resolve("Carter").id == "USA.CARTER_ASH"


def test_an_unknown_name_gets_its_nearest_ones() -> None:
    with pytest.raises(UnknownActorError) as caught:
        REGISTRY.resolve("Japn")
    assert ("JPN", "Japan") in caught.value.nearest
    assert isinstance(caught.value, NothingFoundError)
    with pytest.raises(UnknownActorError) as caught:
        REGISTRY.actor("Stoltenburg")
    assert caught.value.nearest[0] == ("NATO.STOLTENBERG", "Jens Stoltenberg")


@pytest.mark.parametrize("phrase", ["A summit in Madrid", "Madrid summit", "the Madrid summit", "in Madrid"])
def test_a_city_within_a_phrase_is_no_government(phrase: str) -> None:
    with pytest.raises(UnknownActorError):
        REGISTRY.resolve(phrase, at=date(2022, 6, 29))
    assert REGISTRY.resolve("Madrid", at=date(2022, 6, 29)).id == "ESP"


def test_every_capital_means_its_government_today_except_where_several_sit() -> None:
    today = date(2024, 6, 1)
    for actor in load_registry():
        if actor.kind == "state" and actor.capital and actor.valid_to is None and actor.id != "BEL":
            assert REGISTRY.resolve(actor.capital, at=today).id == actor.id
    with pytest.raises(AmbiguousActorError):  # Belgium's, and the European Union's
        REGISTRY.resolve("Brussels", at=today)


def test_a_capital_follows_the_government() -> None:
    assert REGISTRY.resolve("Berlin", at=date(1970, 1, 1)).id == "DDR"
    assert REGISTRY.resolve("Berlin", at=date(2000, 1, 1)).id == "DEU"
    assert REGISTRY.resolve("Kiev", at=date(2014, 1, 1)).id == "UKR"


@given(st.text(max_size=300))
def test_any_text_is_an_actor_or_a_named_error(text: str) -> None:
    try:
        answer = REGISTRY.resolve(text, at=date(2020, 1, 1)).id
    except (UnknownActorError, AmbiguousActorError) as error:
        answer = str(error)
    assert answer


def test_a_megabyte_is_refused_at_once_and_shown_short() -> None:
    with pytest.raises(UnknownActorError) as caught:
        REGISTRY.resolve("Japan" * 200_000)
    assert len(str(caught.value)) < 300


def test_a_person_stands_for_whom_the_office_is_of(make_registry: MakeRegistry) -> None:
    registry = make_registry(
        ANN,
        Actor("NOR", "Norway", "state"),
        Actor("NATO", "NATO", "alliance"),
        Actor("NATO.IS", "International Staff", "body", part_of="NATO"),
        offices=(
            Office("NOR.ANN", "Minister", "minister", "NOR", date(2001, 1, 1), date(2002, 1, 1)),
            Office("NOR.ANN", "Director", "other", "NATO.IS", date(2002, 1, 1), date(2003, 1, 1)),
        ),
    )
    assert registry.stands_for("NOR.ANN", date(2001, 6, 1)) == "NOR"
    assert registry.stands_for("NOR.ANN", date(2002, 1, 1)) == "NATO"  # of two, the later to start
    assert registry.stands_for("NOR.ANN", date(2004, 1, 1)) is None
    assert registry.stands_for("NOR.ANN", None) is None  # two employers, and no day to choose by


def test_without_a_day_a_person_of_one_actor_stands_for_it() -> None:
    assert REGISTRY.stands_for("USA.OBAMA", None) == "USA"


@pytest.mark.parametrize(
    ("day", "actor"),
    [
        (date(2012, 5, 1), "NOR"),
        (date(2018, 5, 1), "NATO"),
        (date(2013, 10, 16), None),
        (date(2014, 9, 30), None),
        (date(2014, 10, 1), "NATO"),
    ],
)
def test_stoltenberg_stands_for_norway_then_for_nato(day: date, actor: str | None) -> None:
    person = REGISTRY.resolve("Stoltenberg", at=day)
    assert (person.id, REGISTRY.stands_for(person.id, day)) == ("NATO.STOLTENBERG", actor)


def test_parts_stand_for_the_whole_and_aggregates_for_nobody() -> None:
    day = date(2023, 1, 1)
    parts = {"NATO.NAC": "NATO", "NATO.CCDCOE": "NATO", "JPN.SDF": "JPN", "NATO.TF_CAP": "NATO", "HKG": "CHN"}
    assert {part: REGISTRY.stands_for(part, day) for part in parts} == parts
    for actor in load_registry():
        if actor.kind in ("aggregate", "nonstate"):
            assert REGISTRY.stands_for(actor.id, day) is None


def test_an_author_stands_for_nobody() -> None:
    assert REGISTRY.stands_for("A.TSURUOKA", date(2023, 1, 1)) is None
    assert REGISTRY.actor("A.TSURUOKA").part_of == ""


def test_a_state_and_its_predecessors_are_one_line(make_registry: MakeRegistry) -> None:
    registry = make_registry(SUN, RUS)
    assert registry.lineage("RUS") == ("RUS", "SUN")
    assert registry.lineage("SUN") == ("SUN",)
    assert registry.canonical("SUN") == registry.canonical("RUS") == "RUS"


def test_successors_in_a_ring_come_to_an_end(make_registry: MakeRegistry) -> None:
    ring = make_registry(Actor("A", "A", "state", successor="B"), Actor("B", "B", "state", successor="A"))
    assert ring.canonical("A") == "B"
    assert ring.lineage("A") == ("A", "B")


def test_a_state_that_joined_another_has_no_successor() -> None:
    for id in ("DDR", "YMD", "RVN", "CSK", "ZAN", "TBT"):
        assert REGISTRY.canonical(id) == id
    assert REGISTRY.canonical("YUG") == "SRB"
    assert REGISTRY.canonical("EC") == "EU"


def test_membership_counts_on_its_first_and_last_day(make_registry: MakeRegistry) -> None:
    spell = Membership("RUS", "G8", date(1998, 5, 15), date(2014, 3, 24))
    registry = make_registry(RUS, Actor("G8", "Group of Eight", "group"), memberships=(spell,))
    assert registry.members("G8", date(1998, 5, 15)) == registry.members("G8", date(2014, 3, 24)) == ("RUS",)
    assert registry.members("G8", date(2014, 3, 25)) == registry.members("G8", date(1998, 5, 14)) == ()
    assert registry.groups("RUS", date(2000, 1, 1)) == ("G8",)


def test_roles_are_those_of_the_day(make_registry: MakeRegistry) -> None:
    spell = Role("RUS", "presidency", "G8", date(2006, 1, 1), date(2006, 12, 31))
    registry = make_registry(RUS, Actor("G8", "Group of Eight", "group"), roles=(spell,))
    assert registry.roles("G8", date(2006, 7, 15)) == registry.roles("G8") == (spell,)
    assert registry.roles("G8", date(2007, 1, 1)) == ()


def test_an_unknown_id_is_refused_by_every_question() -> None:
    day = date(2020, 1, 1)
    for ask in (REGISTRY.members, REGISTRY.groups, REGISTRY.stands_for, REGISTRY.offices, REGISTRY.roles):
        with pytest.raises(UnknownActorError):
            ask("NOBODY", day)
    for name in (REGISTRY.lineage, REGISTRY.canonical, REGISTRY.actor):
        with pytest.raises(UnknownActorError):
            name("NOBODY")


@pytest.mark.shared
def test_every_name_of_the_gold_registry_finds_its_actor(shared: Path) -> None:
    # The gold id PRT is Portugal's code here; the reconstruction teams are ISAF.PRT.
    elsewhere = {"PRT": "ISAF.PRT"}
    gold = json.loads((shared / "reference/gold/actors.json").read_text(encoding="utf-8"))
    for actor in gold:
        names = {actor["id"], actor["name"], *(alias["text"] for alias in actor["aliases"])} - {"PRT"}
        for name in sorted(names):
            assert REGISTRY.resolve(name).id == elsewhere.get(actor["id"], actor["id"]), name
        if actor["kind"] == "aggregate":
            assert REGISTRY.stands_for(actor["id"], date(2023, 1, 1)) is None


@pytest.mark.shared
def test_every_state_year_of_the_correlates_of_war_has_its_state(shared: Path) -> None:
    table = shared / "data/peacesciencer/cow_states.parquet"
    rows = duckdb.sql(
        f"from '{table}' select ccode, stateabb, styear, endyear, make_date(endyear, endmonth, endday)"
    )
    for code, abbreviation, first, last, end in rows.fetchall():
        for year in range(max(first, 1946), last + 1):
            day = min(date(year, 12, 31), end)
            state = REGISTRY.resolve(f"COW {code}", at=day)
            assert state.kind == "state"
            assert state.valid_from is not None
            assert state.valid_from <= day <= (state.valid_to or date.max)
            # AUS is first of all Australia, not Austria; CAP first of all the assistance package.
            if abbreviation not in REGISTRY and abbreviation != "CAP":
                assert REGISTRY.resolve(abbreviation, at=day).id == state.id


@pytest.mark.shared
def test_every_state_of_gleditsch_and_ward_has_its_state(shared: Path) -> None:
    table = shared / "data/peacesciencer/gw_states.parquet"
    rows = duckdb.sql(f"from '{table}' select gwcode, enddate where enddate > date '1945-12-31'").fetchall()
    assert len(rows) > 170
    for code, end in rows:
        assert REGISTRY.resolve(f"GW {code}", at=end).kind == "state"


def test_memberships_are_listed_with_their_days() -> None:
    (spell,) = [one for one in load_registry().memberships("FIN") if one.of == "NATO"]
    assert (spell.valid_from, spell.valid_to) == (date(2023, 4, 4), None)
