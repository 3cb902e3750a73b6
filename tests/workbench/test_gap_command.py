"""``comity gap``: the fixed JSON, people's words, what it refuses, and the scores that it rests on."""

import csv
from pathlib import Path

import pytest

from tests.workbench.conftest import Comity

RUSSIA = (
    "gap",
    "JPN",
    "NATO",
    "--third",
    "RUS",
    "--by",
    "half-year",
    "--view",
    "members",
    "--without",
    "USA",
)
MADE_UP = Path(__file__).resolve().parents[2] / "examples" / "made-up" / "scores.csv"


def test_the_embedded_case_answers_out_of_the_box(comity: Comity) -> None:
    ran = comity(*RUSSIA, "--json")
    assert ran.code == 0
    answer = ran.json
    assert list(answer)[:8] == [
        "pair", "view", "without", "scale", "periods", "change", "placebo", "specifications",
    ]  # fmt: skip
    assert (answer["pair"], answer["view"], answer["without"]) == (["JPN", "NATO"], "members", ["USA"])
    assert [period["label"] for period in answer["periods"]][::5] == ["2018-H1", "2020-H2", "2023-H1"]
    for period in answer["periods"]:
        (one,) = period["third_parties"]
        assert one["gap"] == pytest.approx(one["tie_a"] - one["tie_b"], abs=1e-12)
        assert one["alignment"] == pytest.approx(one["tie_a"] * one["tie_b"], abs=1e-12)
        assert one["low"] <= one["gap"] <= one["high"]
        assert set(one["members_a"]) == {"JPN"}
        assert "USA" not in one["members_b"]
        assert one["left_out_b"]["USA"] == "left out as asked"
    for change in answer["change"]:
        assert abs(change["gap_change"] - change["moved_a"] - change["moved_b"]) < 1e-12
    assert answer["specifications"]["count"] >= 24
    assert answer["placebo"][0]["third_parties"]["n"] > 10


def test_the_same_question_gives_the_same_bytes(comity: Comity) -> None:
    assert comity(*RUSSIA, "--json").out == comity(*RUSSIA, "--json").out


def test_people_are_told_what_each_number_is(comity: Comity) -> None:
    out = " ".join(comity(*RUSSIA).out.split())
    for words in (
        "gap = tie JPN − tie NATO",
        "Moved NATO is above 0 where the tie of NATO fell",
        "NATO never: MNE, SVN (no scores with RUS); USA (left out as asked)",
        "of 54 agree",
        "no pair has a score: lost files, not silence",
        "it does not say what third parties caused",
    ):
        assert words in out


def test_csv_has_a_line_a_period_and_third_party(comity: Comity) -> None:
    lines = comity(*RUSSIA, "--third", "CHN", "--by", "year", "--csv").out.splitlines()
    assert len(lines) == 1 + 5 * 2
    assert lines[0].startswith("period,date_start,date_end,actor,tie_a")
    first = next(csv.DictReader(lines))
    ties = dict(one.split("=") for one in first["members_b"].split(";"))
    assert float(first["tie_b"]) == pytest.approx(sum(map(float, ties.values())) / len(ties))


def test_without_a_third_party_those_of_the_theatres_are_taken(comity: Comity) -> None:
    answer = comity("gap", "JPN", "NATO", "--view", "members", "--by", "year", "--json").json
    found = [one["actor"] for one in answer["periods"][0]["third_parties"]]
    assert found[0] == "RUS"  # in both theatres
    assert {"CHN", "UKR", "PRK"} <= set(found)
    assert not {"JPN", "USA", "POL"} & set(found)


def test_an_alliance_without_scores_of_its_own_is_viewed_by_its_members(comity: Comity) -> None:
    question = ("gap", "JPN", "NATO", "--third", "RUS", "--by", "year", "--json")
    ran = comity(*question)
    assert (ran.code, ran.json["view"]) == (0, "members")
    assert "viewed by its members" in ran.err
    assert ran.json == comity(*question, "--view", "members").json
    assert comity(*question, "--without", "USA").json["without"] == ["USA"]
    states = comity("gap", "JPN", "KOR", "--third", "CHN", "--by", "year", "--json")
    assert (states.json["view"], "members" in states.err) == ("own", False)


def test_nothing_to_say_is_said_and_exits_with_3(comity: Comity) -> None:
    ran = comity("gap", "JPN", "NATO", "--third", "RUS", "--view", "own")
    assert ran.code == 3
    assert "NATO: no scores with RUS" in ran.out
    assert comity("gap", "JPN", "NATO", "--third", "RUS", "--from", "2030-01-01").code == 3


def test_periods_without_any_tie_are_told_in_a_line(comity: Comity) -> None:
    ran = comity("gap", "JPN", "NATO", "--third", "RUS", "--scale", "acts")
    assert ran.code == 3
    assert "Russia (RUS): no tie in any period" in ran.out
    assert "nothing to measure: 1945-H1 to" in ran.out
    assert "JPN: no act towards RUS" in ran.out
    assert len(ran.out.splitlines()) < 30
    listed = comity("gap", "JPN", "NATO", "--third", "RUS", "--scale", "acts", "--json").json["periods"]
    assert len(listed) > 100  # for programs, every period


def test_a_question_that_makes_no_sense_exits_with_2(comity: Comity) -> None:
    assert comity("gap", "JPN", "NATO", "--third", "JPN").code == 2
    assert comity("gap", "JPN", "NATO", "--third", "RUS", "--from", "2020-02-30").code == 2
    assert (
        comity("gap", "JPN", "NATO", "--third", "RUS", "--from", "2021-01-01", "--to", "2020-01-01").code == 2
    )


def test_a_hostile_name_cannot_move_the_cursor(comity: Comity) -> None:
    ran = comity("gap", "JPN", "\x1b[2J", "--third", "RUS")
    assert ran.code == 3
    assert "\x1b" not in ran.out + ran.err


def test_imported_scores_come_before_the_cases_series(comity: Comity, mine: Path) -> None:
    table = mine / "daily.csv"
    days = [f"2020-{month:02d}-{day:02d}" for month in range(1, 7) for day in (1, 2, 3)]
    rows = [f"{day},{pair},{score}" for day in days for pair, score in (("JPN,RUS", 2), ("KOR,RUS", -1))]
    table.write_text("\n".join(["date,country_a,country_b,score", *rows]), "utf-8")
    before = comity("gap", "JPN", "KOR", "--third", "RUS", "--case", mine, "--json").json
    assert comity("import", "auto", table, "--case", mine).code == 0
    after = comity("gap", "JPN", "KOR", "--third", "RUS", "--case", mine, "--from", "2020-01-01", "--to",
                   "2020-05-31", "--by", "quarter", "--json").json  # fmt: skip
    assert list(before["editions"]) == ["series.csv", "gdelt"]
    assert "GDELT Project" in before["sources"][0]
    assert list(after["editions"]) == ["scores/daily.csv"]
    assert after["run"] != before["run"]
    (one,) = after["periods"][0]["third_parties"]
    assert (one["tie_a"], one["tie_b"], one["rows"]) == (1.0, -1.0, 18)


def test_scores_are_listed_reported_and_removed_but_are_no_events(comity: Comity, mine: Path) -> None:
    ran = comity("import", "scores", MADE_UP, "--case", mine, "--json")
    assert (ran.code, ran.json["reader"], ran.json["accepted"]) == (0, "scores", 3)
    (listed,) = comity("import", "--list", "--case", mine, "--json").lines
    assert (listed["reader"], listed["accepted"]) == ("scores", 3)
    (report,) = comity("import", "--report", "scores", "--case", mine, "--json").lines
    assert report["files"][0]["rows"] == 3
    assert (
        comity("tie", "JPN", "RUS", "--at", "2020-06-01", "--case", mine, "--json").json["basis"] == "coded"
    )
    gone = comity("import", "--remove", "scores", "--case", mine, "--json").json
    assert gone["removed"] == [ran.json["import"]]
    assert comity("import", "--list", "--case", mine, "--json").lines == []


def test_scores_take_no_mapping_file(comity: Comity, mine: Path) -> None:
    assert comity("import", "scores", MADE_UP, "--map", "x.toml", "--case", mine).code == 2
    assert comity("import", "icews", MADE_UP, "--case", mine).code == 1
