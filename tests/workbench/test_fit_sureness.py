"""``comity fit`` and how sure it is: weeks, eras, third parties, coding errors."""

from pathlib import Path

import pytest

from comity.model import Fit
from tests.workbench.conftest import Comity

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
QUESTION = (
    *("fit", EXAMPLES / "made-up-events.csv", "--actors", EXAMPLES / "made-up-actors.csv"),
    *("--outcome", "rate:cooperation", "--from", "2021-02-01"),
    *("--statistics", "coop.repetition,friend.of.friend"),
)
RATES = EXAMPLES / "made-up-error-rates.csv"


def test_weeks_drawn_again_and_clusters_stand_beside_the_plain_errors(comity: Comity) -> None:
    ran = comity(*QUESTION, "--bootstrap", "20", "--cluster-by", "pair", "-o", "model.json", "--json")
    assert ran.code == 0
    first = ran.json["coefficients"][0]
    assert first["std_error"] > 0
    assert first["std_error_pair"] > 0
    assert first["std_error_weeks"] > 0
    assert first["std_error_dyad"] is None
    largest = max(first["std_error"], first["std_error_pair"], first["std_error_weeks"])
    assert first["z"] == pytest.approx(first["estimate"] / largest)
    assert ran.json["bootstrap"]["repeats"] == 20
    assert {one["term"] for one in ran.json["bootstrap"]["intervals"]} == {
        "coop.repetition",
        "friend.of.friend",
    }
    assert ran.json["std_errors"] == "std_error, std_error_pair, std_error_weeks"
    assert Fit.from_json(Path("model.json").read_text("utf-8")).std_errors[-1] == "std_error_weeks"


def test_a_split_gives_eras_tests_and_whom_to_trust(comity: Comity) -> None:
    ran = comity(*QUESTION, "--split", "2021-05-01", "--split", "2021-08-01", "--json")
    assert ran.code == 0
    split = ran.json["split"]
    assert [one["date_end"] for one in split["eras"]] == ["2021-04-30", "2021-07-31", "2021-10-27"]
    assert sum(one["n_events"] for one in split["eras"]) == ran.json["n_events"]
    tests = {(one["term"], one["test"]): one for one in split["tests"]}
    assert tests["all", "likelihood ratio"]["df"] == 4
    assert tests["friend.of.friend", "Wald by dyad"]["df"] == 2
    assert "Wald" in split["trust"]


def test_third_parties_get_coefficients_of_their_own(comity: Comity) -> None:
    names = ("--third", "Alba", "--third", "Brun", "--third", "Cora")
    ran = comity(*QUESTION, *names, "--json")
    assert ran.code == 0
    parties = ran.json["pooled"]["third_parties"]
    assert [(one["term"], one["actor"]) for one in parties] == [
        ("friend.of.friend", name) for name in ("Alba", "Brun", "Cora")
    ]
    assert all(one["low"] < one["estimate"] < one["high"] for one in parties)


def test_coding_errors_give_intervals_side_by_side(comity: Comity) -> None:
    ran = comity(*QUESTION, "--error-rates", RATES, "--refits", "3", "--json")
    assert ran.code == 0
    found = ran.json["coding_error"]
    assert found["rates"]["sender"] == 0.03
    assert found["source"] == "made up"
    for one in found["terms"]:
        assert one["as_coded"]["low"] >= one["widened"]["low"]
        assert one["widened"]["estimate"] == one["as_coded"]["estimate"]


def test_people_get_tables(comity: Comity) -> None:
    ran = comity(
        *(*QUESTION, "--bootstrap", "3", "--split", "2021-06-01", "--error-rates", RATES, "--refits", "2"),
        *("--third", "Alba", "--third", "Brun", "--third", "Dorn"),
    )
    assert ran.code == 0
    for words in ("std error weeks", "before 2021-06-01", "Wald by dyad", "all the same", "corrected"):
        assert words in ran.out


@pytest.mark.parametrize(
    ("options", "code", "words"),
    [
        (("--bootstrap", "1"), 2, "--bootstrap 1"),
        (("--split", "someday"), 2, "--split"),
        (("--split", "1999-01-01"), 3, "0 events for 2 terms"),
        (("--third", "Alba"), 2, "1 third parties"),
        (("--third", "Nobody", "--third", "Alba", "--third", "Brun"), 1, "no actor 'Nobody'"),
        (("--pool", "friend.of.friend"), 2, "--pool without --third"),
        (("--error-rates", RATES, "--refits", "1"), 2, "1 refits"),
    ],
)
def test_what_cannot_be_had_is_refused_in_words(
    comity: Comity, options: tuple[object, ...], code: int, words: str
) -> None:
    ran = comity(*QUESTION, *options)
    assert ran.code == code
    assert words in ran.err


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("what,rate\nactor,0.1\n", "no error rate 'actor'"),
        ("what,rate\nsender,2\n", "an error rate of 2"),
        ("what,rate\nsender,0.1\nsender,0.2\n", "given twice"),
        ("what,rate\nsender,much\n", "'much' is not a number"),
        ("what\nsender\n", "no column rate"),
    ],
)
def test_a_table_of_error_rates_that_is_none_is_refused(
    comity: Comity, tmp_path: Path, table: str, words: str
) -> None:
    (tmp_path / "rates.csv").write_text(table, "utf-8")
    ran = comity(*QUESTION, "--error-rates", "rates.csv")
    assert ran.code in (1, 2)
    assert words in ran.err
