"""``comity factor``: the shape of the answer, refusals, and what bad input meets."""

import json
from pathlib import Path

import pytest

from tests.workbench.conftest import Comity

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "made-up-icews-events.tab"
PERIODS = ("--before", "2018-11-01..2018-11-27", "--after", "2018-11-28..2018-12-31")
KEYS = {
    "pair", "before", "after", "account", "total", "own_history", "third_parties", "eras", "covariates",
    "rounding", "system", "n_acts", "coefficients_from", "refused",
}  # fmt: skip
PARTY_KEYS = {"actor", "triads", "degrees", "value", "low", "high", "events", "smallest_detectable"}


@pytest.fixture
def mine(comity: Comity) -> Comity:
    assert comity("new", "mine").code == 0
    assert comity("import", "icews", EXAMPLE, "--case", "mine").code == 0
    return comity


@pytest.mark.parametrize("asked", [(), ("--third", "USA"), ("--third", "JPN")])
def test_the_answer_has_its_shape_and_adds_up(mine: Comity, asked: tuple[str, ...]) -> None:
    ran = mine("factor", "Russia", "UKR", *PERIODS, *asked, "--case", "mine", "--json")
    assert ran.code == 0
    found = json.loads(ran.out)
    assert set(found) >= KEYS
    assert found["pair"] == ["RUS", "UKR"]
    assert found["refused"] is None
    assert found["n_acts"] == 11  # six before, five after, as the file has them
    assert found["coefficients_from"].startswith("ICEWS18")
    parties = found["third_parties"]
    assert {one["actor"] for one in parties} == {"JPN", "USA"}
    assert not asked or parties[0]["actor"] == asked[1]
    assert all(set(one) >= PARTY_KEYS for one in parties)
    parts = sum(found[name] for name in ("own_history", "eras", "covariates", "rounding", "system"))
    assert parts + sum(one["value"] for one in parties) == pytest.approx(found["total"], abs=1e-9)


def test_the_rows_behind_a_part_can_be_opened(mine: Comity) -> None:
    ran = mine("factor", "RUS", "UKR", *PERIODS, "--third", "USA", "--case", "mine", "--json")
    party = json.loads(ran.out)["third_parties"][0]
    assert party["actor"] == "USA"
    row = json.loads(mine("events", "--id", party["events"][0], "--case", "mine", "--json").out)
    assert "USA" in (row["sender"], row["receiver"])


def test_the_text_says_what_it_is_and_what_it_is_not(mine: Comity) -> None:
    ran = mine("factor", "RUS", "UKR", *PERIODS, "--outcome", "type", "--case", "mine")
    assert ran.code == 0
    assert "log odds that an act between the two is one of cooperation" in ran.out
    assert "not proof of cause" in ran.out
    assert "cannot tell" in ran.out
    assert "memories are still filling" in ran.out


def test_the_text_lists_whom_it_was_asked_for_and_sums_up_the_others(mine: Comity) -> None:
    ran = mine("factor", "RUS", "UKR", *PERIODS, "--third", "USA", "--case", "mine")
    assert " USA " in ran.out
    assert " JPN " not in ran.out
    assert "1 more third party: " in ran.out


def test_a_long_run_account_adds_up_with_its_overlap(mine: Comity) -> None:
    more = ("--account", "long-run", "--runs", "5", "--case", "mine", "--json")
    found = json.loads(mine("factor", "RUS", "UKR", *PERIODS, *more).out)
    parts = sum(one["value"] for one in found["third_parties"])
    assert found["own_history"] + parts + found["overlap"] == pytest.approx(found["total"], abs=1e-9)
    assert mine("factor", "RUS", "UKR", *PERIODS, *more[:-1]).out.startswith("RUS and UKR")


def test_with_too_few_acts_it_exits_with_3_and_says_why(mine: Comity) -> None:
    ran = mine("factor", "JPN", "UKR", *PERIODS, "--case", "mine", "--json")
    assert ran.code == 3
    assert "0 acts on 0 days" in json.loads(ran.out)["refused"]
    assert "refused:" in mine("factor", "JPN", "UKR", *PERIODS, "--case", "mine").out


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (
            ("RUS", "UKR", "--before", "2019-01-01..2019-01-31", "--after", "2018-01-01..2018-01-31"),
            2,
            "later one",
        ),
        (
            ("RUS", "UKR", "--before", "2018-01-01..2018-02-28", "--after", "2018-02-01..2018-03-31"),
            2,
            "share days",
        ),
        (
            ("RUS", "UKR", "--before", "2018-01-31..2018-01-01", "--after", "2018-03-01"),
            2,
            "before it starts",
        ),
        (("RUS", "UKR", "--before", "january", "--after", "2018-03-01"), 2, "--before"),
        (("RUS", "RUS", *PERIODS), 2, "A pair of two actors"),
        (("RUS", "UKR", *PERIODS, "--third", "RUS"), 2, "third parties are others"),
        (("RUS", "Nowhereland", *PERIODS), 3, "Nowhereland"),
        (("RUS", "UKR", *PERIODS, "--model", "none.json"), 1, "none.json"),
        (("RUS", "UKR", *PERIODS, "--seed", "-1"), 2, "a seed below 0"),
        (("RUS", "UKR", *PERIODS, "--account", "long-run", "--runs", "1"), 2, "with 1 runs"),
    ],
)
def test_bad_input_meets_a_clear_error(
    comity: Comity, words: tuple[str, ...], code: int, message: str
) -> None:
    ran = comity("factor", *words)
    assert ran.code == code, ran.err
    assert message in ran.err
    assert "Traceback" not in ran.err


def test_a_model_of_another_outcome_is_refused(mine: Comity, tmp_path: Path) -> None:
    events = Path(__file__).resolve().parents[2] / "examples" / "made-up-events.csv"
    fitted = mine("fit", events, "--outcome", "rate:conflict", "--from", "2021-02-01", "-o", "model.json")
    assert fitted.code == 0
    ask = ("factor", "RUS", "UKR", *PERIODS, "--model", "model.json", "--case", "mine")
    assert "coefficients of rate:conflict for an account of rate:cooperation" in mine(*ask).err
    ran = mine(*ask, "--outcome", "rate:conflict", "--json")
    assert ran.code == 0
    assert json.loads(ran.out)["coefficients_from"].startswith("the model file model.json")
