"""GDELT exports of both versions: whose act a row is, and what is set aside or refused."""

import pytest

from comity.events.readers import Aside, Gdelt, Kept, Refused

from .made_up import gdelt_row, outcomes

RUSSIA = ("RUS", "RUSSIA", "RUS", "", "")


def read(**changes: object):
    (row,) = outcomes(Gdelt(), [gdelt_row(**changes)])  # type: ignore[arg-type]
    return row


def parties(source: tuple[str, ...]) -> tuple[str | None, str]:
    row = read(source=source)
    return row.sender, row.side


def test_a_row_between_two_states_is_kept_with_names_and_codes() -> None:
    row = read()
    assert isinstance(row, Kept)
    assert (row.sender, row.receiver, row.side) == ("JPN", "RUS", "state")
    assert (row.sender_name, row.receiver_name) == ("SHINZO ABE [JPNGOV]", "RUSSIA [RUS]")
    assert (row.event_type, row.mode, row.weight) == ("CONSULT", "visit", 1.9)
    assert row.day == 18383  # 2020-05-01: 50 years of 365 days, 12 leap days, 121 days since 1 January


@pytest.mark.parametrize(
    ("source", "actor", "side"),
    [
        (("JPN", "JAPAN", "JPN", "", ""), "JPN", "state"),
        (("JPNMIL", "ARMY", "JPN", "", "MIL"), "JPN", "state"),
        (("JPNCOPMED", "POLICE", "JPN", "", "COP", "MED"), "JPN", "state"),
        (("JPNMED", "REPORTER", "JPN", "", "MED"), "JPN", "nonstate"),
        (("JPNOPPLEG", "PARTY", "JPN", "", "OPP", "LEG"), "JPN", "nonstate"),
        (("ROM", "ROMANIA", "ROM", "", ""), "ROU", "state"),
        (("WSBGOV", "WEST BANK", "WSB", "", "GOV"), "PSE", "state"),
        (("IGOWSTNAT", "NATO", "WST", "NAT", "IGO"), "NATO", "state"),
        (("IGOEUREEC", "THE EU", "EUR", "EEC", "IGO"), "EU", "state"),
        (("AFGINSTAL", "TALIBAN", "AFG", "TAL", "INS"), "TALIBAN", "nonstate"),
        (("PSEREBHMS", "HAMAS", "PSE", "HMS", "REB"), "HAMAS", "nonstate"),
        (("USAGOVUNO", "ENVOY", "USA", "UNO", "GOV"), "USA", "state"),
        (("HKG", "HONG KONG", "HKG", "", ""), "CHN", "state"),
    ],
)
def test_whose_act_it_is(source: tuple[str, ...], actor: str, side: str) -> None:
    assert parties(source) == (actor, side)


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        (("", "", "", "", ""), "no sender"),
        (("GOV", "CABINET", "", "", "GOV"), "an actor without a country"),
        (("MOS", "MUSLIM", "", "", ""), "an actor without a country"),
        (("AFR", "AFRICA", "AFR", "", ""), "a region, no single actor"),
        (("HRW", "HUMAN RIGHTS WATCH", "", "HRW", ""), "an actor without a country"),
        (RUSSIA, "domestic"),
    ],
)
def test_what_no_tie_between_states_can_use_is_set_aside(source: tuple[str, ...], reason: str) -> None:
    assert read(source=source) == Aside(1, reason)


def test_a_row_without_a_second_actor_is_set_aside() -> None:
    assert read(target=("", "", "", "", "")) == Aside(1, "no receiver")


@pytest.mark.parametrize(
    ("source", "name"),
    [
        (("QQQ", "QUAHOG", "QQQ", "", ""), "QUAHOG"),
        (("IGOWAFWAD", "REGIONAL BANK", "WAF", "WAD", "IGO"), "REGIONAL BANK"),
    ],
)
def test_a_country_or_organisation_that_nobody_knows_is_refused_by_name(
    source: tuple[str, ...], name: str
) -> None:
    row = read(source=source)
    assert isinstance(row, Refused)
    assert (row.reason, row.unknown) == ("unknown actor", (name,))


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"id": "x"}, "no event id"),
        ({"day": "20200231"}, "not a day of the calendar"),
        ({"day": "2020051"}, "not a day of the calendar"),
        ({"code": "999"}, "unknown CAMEO code"),
        ({"code": "42"}, "unknown CAMEO code"),
        ({"code": "10"}, "a code of two digits may have lost its zero"),
        ({"goldstein": ""}, "Goldstein value is not a number"),
        ({"goldstein": "20200501"}, "Goldstein value outside -10 to 10"),
        ({"width": 60}, "wrong number of fields"),
    ],
)
def test_a_faulty_row_is_refused(changes: dict[str, object], reason: str) -> None:
    row = read(**changes)
    assert isinstance(row, Refused)
    assert row.reason == reason


def test_event_code_and_root_code_must_agree() -> None:
    fields = gdelt_row().split("\t")
    fields[28] = "19"
    (row,) = outcomes(Gdelt(), ["\t".join(fields)])
    assert isinstance(row, Refused)
    assert row.reason == "event code and root code differ"


def test_the_weight_is_that_of_comitys_table_whatever_gdelt_prints() -> None:
    assert read(code="164", goldstein="-7.0").weight == -6.5


def test_an_id_is_one_row_in_all_files_of_a_version_and_another_in_the_other() -> None:
    one, old, other = outcomes(Gdelt(), [gdelt_row(7), gdelt_row(7, width=57), gdelt_row(7, width=61)])
    assert one.id == old.id != other.id


@pytest.mark.parametrize("width", [57, 58, 61])
def test_a_file_is_recognised_by_its_columns(width: int) -> None:
    assert Gdelt().recognises(gdelt_row(width=width))
    assert not Gdelt().recognises(gdelt_row(width=width) + "\t\t")
    assert not Gdelt().recognises(gdelt_row(id="GLOBALEVENTID", width=width))
