"""``comity panel``: its shapes, its words, and what it refuses."""

import csv
from pathlib import Path

from tests.workbench.conftest import Comity


def test_a_third_party_gives_a_headline_specifications_and_words(comity: Comity) -> None:
    ran = comity("panel", "--third", "Russia", "--no-placebo", "--lag", "1", "--json")
    assert ran.code == 0
    found = ran.json
    assert found["third"] == "RUS"
    assert {one["term"] for one in found["headline"]["terms"]} == {"gap", "alignment", "level"}
    assert len(found["specifications"]) >= 24
    assert found["placebo"] is None
    assert found["agreement"]["gap"]["specifications"] == len(found["specifications"])
    assert len(found["run"]) == 12


def test_people_and_spreadsheets_get_their_tables(comity: Comity) -> None:
    ran = comity("panel", "--third", "CHN", "--no-placebo", "--lag", "2")
    assert ran.code == 0
    assert "CHN: " in ran.out
    assert "no proof of cause" in ran.out
    rows = list(
        csv.DictReader(
            comity("panel", "--third", "CHN", "--no-placebo", "--lag", "2", "--csv").out.splitlines()
        )
    )
    assert {row["lag"] for row in rows} == {"2"}
    assert {row["term"] for row in rows} == {"gap", "alignment", "own past"}


def test_a_case_without_scores_says_how_to_bring_them(comity: Comity, tmp_path: Path) -> None:
    assert comity("new", "empty").code == 0
    ran = comity("panel", "--third", "RUS", "--case", "empty")
    assert ran.code == 3
    assert "comity import scores" in ran.err


def test_an_actor_without_scores_and_a_lag_of_nothing_are_refused(comity: Comity) -> None:
    ran = comity("panel", "--third", "Fiji", "--no-placebo")
    assert ran.code == 3
    assert "no scores of 'FJI'" in ran.err
    assert comity("panel", "--third", "RUS", "--lag", "0").code == 2
