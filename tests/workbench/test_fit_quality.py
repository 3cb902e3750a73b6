"""``comity fit --holdout`` and ``--check``: what they print, and what they refuse."""

import json
from pathlib import Path

import pytest

from tests.workbench.conftest import Comity

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
EVENTS = EXAMPLES / "made-up-events.csv"
FIT = ("fit", EVENTS, "--outcome", "rate:cooperation", "--from", "2021-02-01")
TERMS = ("--statistics", "coop.repetition,conf.repetition")


def test_acts_held_out_are_scored_and_not_fitted(comity: Comity) -> None:
    ran = comity(*FIT, *TERMS, "--holdout", "2021-08-01", "--json")
    assert ran.code == 0
    answer = json.loads(ran.out)
    assert answer["date_end"] == "2021-07-31"
    held_out = answer["held_out"]
    assert (held_out["date_start"], held_out["date_end"]) == ("2021-08-01", "2021-10-27")
    assert [one["name"] for one in held_out["scores"]] == ["model", "persistence", "uniform"]
    lines = EVENTS.read_text("utf-8").splitlines()[1:]
    later = [one for one in lines if one.split(",")[2] >= "2021-08-01" and ",cooperation," in one]
    assert held_out["n_events"] == len(later)
    assert "simulated" not in answer


def test_the_fit_is_that_of_the_days_before(comity: Comity) -> None:
    before = comity(*FIT, *TERMS, "--to", "2021-07-31", "--json")
    held_out = comity(*FIT, *TERMS, "--holdout", "2021-08-01", "--to", "2021-09-01", "--json")
    one, other = json.loads(before.out), json.loads(held_out.out)
    assert one["coefficients"] == other["coefficients"]
    assert one["run"] != other["run"]
    assert other["held_out"]["date_end"] == "2021-09-01"


def test_seen_figures_stand_among_simulated_ones(comity: Comity) -> None:
    options = (*FIT, *TERMS, "--holdout", "2021-09-01", "--check", "3", "--json")
    ran = comity(*options)
    simulated = json.loads(ran.out)["simulated"]
    assert simulated["runs"] == 3
    assert sorted(simulated["outcomes"]) == ["rate:conflict", "rate:cooperation"]
    assert simulated["date_start"] == "2021-09-01"
    assert simulated["inside"] == sum(one["inside"] for one in simulated["features"])
    assert {"cooperation: reciprocity", "triads balanced", "triads ++-"} <= {
        one["name"] for one in simulated["features"]
    }
    assert comity(*options).out == ran.out


def test_the_text_says_which_is_better(comity: Comity) -> None:
    ran = comity(*FIT, *TERMS, "--holdout", "2021-09-01", "--check", "2")
    assert ran.code == 0
    assert "Held out, not fitted:" in ran.out
    assert "nats an act above persistence" in ran.out or "nats an act below persistence" in ran.out
    assert "Seen beside 2 simulated worlds, 2021-09-01 to 2021-10-27" in ran.out


def test_the_type_of_acts_held_out_is_scored_beside_the_base_rate(comity: Comity) -> None:
    ran = comity("fit", EVENTS, "--outcome", "type", *TERMS, "--holdout", "2021-09-01", "--json")
    scores = json.loads(ran.out)["held_out"]["scores"]
    assert [one["name"] for one in scores] == ["model", "persistence", "base rate"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--holdout", "2021-01-15"), "A day after --from and not after --to."),
        (("--holdout", "2021-08-01", "--to", "2021-07-01"), "A day after --from and not after --to."),
        (("--holdout", "soon"), "--holdout"),
        (("--check", "1"), "2 runs or more"),
        (("--check", "5", "--outcome", "type"), "2 runs or more"),
    ],
)
def test_what_cannot_be_held_out_or_checked_is_refused(
    comity: Comity, options: tuple[str, ...], said: str
) -> None:
    ran = comity(*FIT, *TERMS, *options)
    assert ran.code == 2
    assert said in ran.err
    assert ran.out == ""


def test_nothing_to_score_is_told(comity: Comity) -> None:
    ran = comity(*FIT, *TERMS, "--holdout", "2022-01-01")
    assert ran.code == 3
    assert "no act to score" in ran.err
