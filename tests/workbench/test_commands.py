"""Every command on the embedded case, in the shapes that scripts depend on."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.workbench.conftest import EXAMPLE, Comity

TIE_KEYS = [
    "sender",
    "receiver",
    "at",
    "half_life_days",
    "view",
    "count",
    "all",
    "talk",
    "institutions",
    "deeds",
]
READING_KEYS = ["friendly", "hostile", "net", "low", "high", "acts", "rows", "mass", "refused"]
EVENT_KEYS = {
    *("id", "date_start", "date_end", "precision", "sender", "receiver", "event_type", "weight", "sign"),
    *("event_kind", "share", "aux", "event_key", "source", "document", "paragraph", "char_start", "char_end"),
}


@pytest.mark.parametrize(
    ("at", "expected"), [("2012-05-01", "NOR"), ("2018-05-01", "NATO"), ("2014-05-01", None)]
)
def test_a_person_stands_for_the_office_of_the_day(comity: Comity, at: str, expected: str | None) -> None:
    answer = comity("actor", "Stoltenberg", "--at", at, "--json").json
    assert (answer["id"], answer["kind"], answer["stands_for"]) == ("NATO.STOLTENBERG", "person", expected)


def test_an_unknown_name_gets_its_nearest_ones_and_code_3(comity: Comity) -> None:
    ran = comity("actor", "Japn")
    assert ran.code == 3
    assert "JPN" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize("place", ["A summit in Madrid", "the Madrid summit"])
def test_a_summit_in_a_capital_is_not_its_state(comity: Comity, place: str) -> None:
    assert comity("actor", place, "--json").code == 3


def test_an_aggregate_never_turns_into_a_state(comity: Comity) -> None:
    answer = comity("actor", "the West", "--at", "2020-01-01", "--json").json
    assert (answer["id"], answer["stands_for"]) == ("WEST", None)


def test_the_soviet_union_is_found_by_name(comity: Comity) -> None:
    assert comity("actor", "Soviet Union", "--at", "1985-01-01", "--json").json["id"] == "SUN"


def test_events_come_as_json_lines_in_the_fixed_shape(comity: Comity) -> None:
    lines = comity("events", "--json").lines
    assert all(set(line) >= EVENT_KEYS for line in lines)
    assert {line["id"] for line in lines} >= {"E000-02", "E004-92"}


def test_events_between_two_actors_are_only_theirs(comity: Comity) -> None:
    lines = comity("events", "JPN", "NATO", "--json").lines
    assert lines
    assert {frozenset((line["sender"], line["receiver"])) for line in lines} == {frozenset(("JPN", "NATO"))}


def test_a_tie_has_the_fixed_shape(comity: Comity, with_data: Path) -> None:
    ran = comity("tie", "RUS", "UKR", "--at", "2018-12-31", "--case", with_data, "--json")
    assert ran.code == 0
    assert list(ran.json)[:10] == TIE_KEYS
    assert list(ran.json["all"]) == READING_KEYS
    assert ran.json["all"]["net"] < 0
    assert ran.json["all"]["low"] <= ran.json["all"]["net"] <= ran.json["all"]["high"]
    assert ran.json["evidence"]


def test_a_tie_that_rests_on_too_little_is_refused_with_code_3(comity: Comity, with_data: Path) -> None:
    ran = comity("tie", "PRK", "KOR", "--at", "2018-12-31", "--case", with_data, "--json")
    assert ran.code == 3
    assert (ran.json["all"]["net"], ran.json["all"]["low"], ran.json["all"]["high"]) == (None, None, None)
    assert ran.json["all"]["refused"]


def test_a_refusal_says_how_much_there_is_and_how_much_it_takes(comity: Comity, with_data: Path) -> None:
    ran = comity("tie", "USA", "UKR", "--at", "2018-12-31", "--case", with_data, "--json")
    assert ran.code == 3
    assert "of 5 acts" in ran.json["all"]["refused"]
    assert ran.json["all"]["friendly"] > 0


def test_a_tie_coded_from_documents_has_no_sampling_interval(comity: Comity) -> None:
    answer = comity("tie", "JPN", "NATO", "--at", "2023-08-01", "--json").json
    assert answer["all"]["net"] is not None
    assert (answer["all"]["low"], answer["all"]["high"]) == (None, None)


def test_the_same_question_gets_the_same_bytes(comity: Comity, with_data: Path) -> None:
    words = ("tie", "RUS", "UKR", "--at", "2018-12-31", "--case", with_data, "--json")
    assert comity(*words).out == comity(*words).out


def test_an_import_accounts_for_every_row_and_can_be_removed(comity: Comity, mine: Path) -> None:
    (report,) = comity("import", "icews", EXAMPLE, "--case", mine, "--json").json["files"]
    rows = len(EXAMPLE.read_text("utf-8").splitlines()) - 1
    parts = report["accepted"] + sum(report["set_aside"].values()) + sum(report["refused"].values())
    assert report["rows"] == rows == parts
    (listed,) = comity("import", "--list", "--case", mine, "--json").lines
    assert listed["file"] == EXAMPLE.name
    assert comity("import", "--remove", "icews", "--case", mine).code == 0
    assert comity("import", "--list", "--case", mine, "--json").lines == []


def test_the_same_import_twice_changes_nothing(comity: Comity, with_data: Path) -> None:
    before = sorted(path.read_bytes() for path in (with_data / "data").rglob("*.parquet"))
    again = comity("import", "icews", EXAMPLE, "--case", with_data)
    assert again.code == 0
    assert "already" in again.out + again.err
    assert sorted(path.read_bytes() for path in (with_data / "data").rglob("*.parquet")) == before


def test_pledges_are_judged_on_a_day(comity: Comity) -> None:
    early = comity("pledges", "UKR", "--as-of", "2023-07-31", "--json").lines
    late = comity("pledges", "UKR", "--as-of", "2024-12-31", "--json").lines
    assert len(late) > len(early)
    (total,) = [pledge for pledge in late if pledge["key"] == "jpn_ukr_aid_total"]
    assert len(total["figures"]) == 2


def test_a_programme_shows_its_unknown_goals(comity: Comity) -> None:
    answer = comity("programme", "ITPP", "--as-of", "2026-01-01", "--json").json
    goals, issues = answer["goals"]
    assert (goals["promised"], goals["named"], goals["unknown"]) == (16, [], 16)
    assert (issues["promised"], issues["unknown"]) == (4, 4)


def test_an_unknown_programme_is_not_found(comity: Comity) -> None:
    ran = comity("programme", "XYZ")
    assert ran.code == 3
    assert "ITPP" in ran.err


def test_the_disputed_reading_of_russia_shows_as_a_conflict(comity: Comity) -> None:
    conflicts = comity("claims", "JPN", "NATO", "--conflicts", "--json").lines
    found = [text for text in map(str, conflicts) if "C000-20" in text and "C004-31" in text]
    assert found


def test_a_line_in_several_wordings_is_one_line(comity: Comity) -> None:
    lines = comity("claims", "--lines", "--json").lines
    (warning,) = [line for line in lines if line["line"] == "UKR_TODAY"]
    assert len(warning["variants"]) >= 2


def test_a_run_can_be_cited(comity: Comity) -> None:
    run = comity("tie", "JPN", "NATO", "--at", "2023-08-01", "--json").json["run"]
    answer = comity("cite", run, "--json").json
    assert answer["command"] == "tie"
    assert {source["id"] for source in answer["sources"]} >= {"000", "002", "004"}
    assert comity("cite", "000000000000").code == 3


def test_the_embedded_case_is_listed_and_holds_every_rule(comity: Comity) -> None:
    assert "japan-nato" in {row["id"] for row in comity("cases", "--json").lines}
    assert comity("check", "japan-nato").code == 0


def test_given_eras_are_listed_and_proposed_ones_need_data(comity: Comity) -> None:
    ran = comity("eras", "JPN", "NATO", "--json")
    assert {row["origin"] for row in ran.lines} == {"given"}
    assert "neither daily scores nor event data" in ran.err


def test_breaks_are_looked_for_in_imported_scores_first(comity: Comity, with_data: Path) -> None:
    # Tone (3 − 1) / 4 for 70 weeks, every third (3 − 2) / 5; then the signs turn.
    first, rows = date(2018, 1, 1), ["date,country_a,country_b,score"]
    for week in range(140):
        sign, other = (1 if week < 70 else -1), (2 if week % 3 else 1)
        rows += [f"{first + timedelta(days=7 * week)},JPN,RUS,{3 * sign}"]
        rows += [f"{first + timedelta(days=7 * week + 1)},JPN,RUS,{-other * sign}"]
    table = with_data / "daily.csv"
    table.write_text("\n".join(rows), "utf-8")
    pair = ("eras", "JPN", "RUS", "--case", with_data, "--json")
    refused = comity(*pair, "--scale", "scores")
    assert (refused.code, "no daily scores" in refused.err) == (3, True)
    on_acts = comity(*pair)
    assert "between JPN and RUS, on acts: " in on_acts.err
    assert comity("import", "scores", table, "--case", with_data).code == 0
    ran = comity(*pair)
    assert "between JPN and RUS, on scores: 1 in 140 weeks" in ran.err
    (found,) = (row for row in ran.lines if row["origin"] == "proposed")
    assert found["start"] == "2019-05-06"  # 70 weeks later
    again = comity(*pair, "--scale", "acts")
    assert (again.lines, again.err) == (on_acts.lines, on_acts.err)


@pytest.mark.parametrize("command", ["actor", "tie", "events", "brief", "import", "check", "new"])
def test_every_command_explains_itself(comity: Comity, command: str) -> None:
    ran = comity(command, "--help")
    assert ran.code == 0
    assert "usage: comity" in ran.out
