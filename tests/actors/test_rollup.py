from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.actors import RollUp, load_registry

REGISTRY = load_registry()
DAY = date(2019, 1, 10)


def rolled(name: str, country: str = "", sectors: str = "", at: date = DAY) -> tuple[str | None, str]:
    found = REGISTRY.roll_up(name, at=at, country=country, sectors=sectors)
    return found.actor, found.side


@pytest.mark.parametrize(
    ("name", "country", "sectors", "expected"),
    [
        ("Japan", "Japan", "", ("JPN", "state")),
        (
            "Foreign Affairs (Russia)",
            "Russian Federation",
            "Foreign Ministry,Executive,Government",
            ("RUS", "state"),
        ),
        ("Police (India)", "India", "Police,Government", ("IND", "state")),
        ("Israeli Defense Forces", "Israel", "Military,Government", ("ISR", "state")),
        ("Citizen (Japan)", "Japan", "Social,General Population / Civilian / Social", ("JPN", "nonstate")),
        ("Toyota", "Japan", "Business,Social", ("JPN", "nonstate")),
        ("Taliban", "Afghanistan", "Dissident,Insurgents", ("TALIBAN", "nonstate")),
        ("Militant (Taliban)", "Afghanistan", "Dissident,Insurgents", ("TALIBAN", "nonstate")),
        ("Donetsk People's Republic", "Ukraine", "Separatists", ("DPR", "nonstate")),
        ("European Union", "", "International Government Organization", ("EU", "organisation")),
        ("UN Security Council", "", "International Government Organization", ("UN", "organisation")),
        (
            "Peacekeeping Troop (United Nations)",
            "",
            "International Government Organization",
            ("UN", "organisation"),
        ),
        ("Government (Hong Kong)", "Hong Kong", "Government", ("CHN", "state")),
        ("Vladimir Putin", "Russian Federation", "", ("RUS", "state")),
        ("Recep Tayyip Erdoğan", "Turkey", "", ("TUR", "state")),
        ("Jens Stoltenberg", "Norway", "Parties", ("NATO", "organisation")),
        ("Emmanuel Macron", "Andorra", "Executive", ("FRA", "state")),
        ("Unspecified Actor", "", "Unspecified", (None, "unknown")),
        ("Citizen (Africa)", "", "Social", (None, "unknown")),
        ("World Cheese Organization", "", "International Government Organization", (None, "unknown")),
        ("Anybody", "Atlantis", "Government", (None, "unknown")),
        ("Xinhua", "China", "Government,Executive", ("CHN", "nonstate")),
        ("Police (Japan)", "", "", ("JPN", "state")),
        ("Court Judge (Japan)", "", "", ("JPN", "state")),
    ],
)
def test_a_printed_name_leads_to_whose_act_it_is(
    name: str, country: str, sectors: str, expected: tuple[str | None, str]
) -> None:
    assert rolled(name, country, sectors) == expected


def test_a_person_counts_for_the_office_of_that_day_and_else_by_the_sectors() -> None:
    assert rolled("Barack Obama", "United States", "Parties", at=date(2015, 5, 1)) == ("USA", "state")
    assert rolled("Barack Obama", "United States", "Parties") == ("USA", "nonstate")


def test_a_namesake_in_another_country_is_somebody_else() -> None:
    party = "Parties,(National) Minor Party"
    assert rolled("Liberal Democratic Party", "Belarus", party) == ("BLR", "nonstate")
    assert rolled("Georgia", "United States", "Government,Local") == ("USA", "state")


def test_a_party_counts_for_the_state_only_while_it_governs() -> None:
    assert rolled("Democratic Party of Japan", "Japan", "Parties", at=date(2010, 5, 1)) == ("JPN", "state")
    assert rolled("Democratic Party of Japan", "Japan", "Parties", at=date(2014, 5, 1)) == ("JPN", "nonstate")


def test_holding_power_outweighs_party_and_opposition_outweighs_parliament() -> None:
    assert rolled("X", "Italy", "Parties,Cabinet,Dissident") == ("ITA", "state")
    member = "Legislative / Parliamentary,Government,Parties"
    assert rolled("X", "Italy", member) == ("ITA", "state")
    assert rolled("X", "Italy", f"{member},Opposition Major Party (Out Of Government)") == ("ITA", "nonstate")


def test_the_order_of_sectors_does_not_matter() -> None:
    words = ["Parties", "Executive", "Business", "Government"]
    answers = {
        REGISTRY.roll_up("X", at=DAY, country="Japan", sectors=",".join(words[turn:] + words[:turn]))
        for turn in range(len(words))
    }
    assert answers == {RollUp("JPN", "state", "Executive", "the executive")}


@given(st.text(max_size=40), st.sampled_from(["", "Japan", "Nowhere"]), st.text(max_size=40))
def test_an_actor_is_named_exactly_where_the_side_is_known(name: str, country: str, sectors: str) -> None:
    found = REGISTRY.roll_up(name, at=DAY, country=country, sectors=sectors)
    assert (found.actor is None) == (found.side == "unknown")
    assert found.reason


@pytest.mark.shared
def test_every_country_of_the_event_data_is_known(shared: Path) -> None:
    table = shared / "data/icews_raw/events_2018-11_2019-02.parquet"
    sides = " union ".join(f"select {side}_country from '{table}'" for side in ("source", "target"))
    countries = [country for (country,) in duckdb.sql(sides).fetchall() if country]
    assert len(countries) > 200
    for country in countries:
        assert REGISTRY.named(country, DAY) is not None, country


@pytest.mark.shared
def test_few_sides_of_the_event_data_stay_unknown(shared: Path) -> None:
    table = shared / "data/icews_raw/events_2018-11_2019-02.parquet"
    rows = duckdb.sql(
        f"""select source_name, coalesce(source_country, ''), coalesce(source_sectors, ''),
        event_date::date, count(*) from '{table}' where event_date < timestamp '2018-11-08' group by all"""
    ).fetchall()
    sides: Counter[str] = Counter()
    for name, country, sectors, day, number in rows:
        sides[REGISTRY.roll_up(name, at=day, country=country, sectors=sectors).side] += number
    assert sides["unknown"] / sides.total() < 0.03
    assert 0.6 < sides["state"] / sides.total() < 0.75
