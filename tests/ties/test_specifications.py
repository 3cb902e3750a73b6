"""Specifications and placebo: what other choices say, and what happened to others."""

import numpy as np
import pytest

from comity.ties import Gap, measure_gap
from comity.ties.gap_panel import Grid, Panel
from tests.ties.gap_worlds import always, make_scores

DOWN = [0.5] * 6 + [0.1] * 6
FLAT = [0.2] * 12


def gap_of(tones: dict[str, list[float]], *third: str, size: float = 10.0) -> Gap:
    return measure_gap(make_scores(tones, size=size), "JPN", "KOR", third=third or ["RUS"])


def test_there_are_54_on_scores_and_one_is_the_default() -> None:
    found = gap_of({"JPN RUS": DOWN, "KOR RUS": FLAT, "CHN IND": FLAT})
    results = found.specifications["results"]
    assert (found.specifications["count"], len(results)) == (54, 54)
    chosen = {"scale": "tone", "centring": "none", "period": "half-year", "weights": "equal"}
    (default,) = [one for one in results if all(one[name] == way for name, way in chosen.items())]
    change = found.first_to_last("RUS")
    assert change is not None
    assert default["gap_change"] == pytest.approx(change.gap_change)


def test_the_share_counts_the_choices_that_say_what_the_default_says() -> None:
    # One year only: the 18 choices by year have no two periods. In the balance of days (2 of 10 everywhere)
    # all pairs stand alike, so 4 choices more give nothing: 32 are left.
    found = gap_of({"JPN RUS": DOWN, "KOR RUS": FLAT, "JPN CHN": FLAT, "KOR CHN": FLAT, "CHN RUS": FLAT})
    said = {one["statement"]: one for one in found.specifications["statements"]}
    mine = [one for one in found.specifications["results"] if not one["refused"]]
    assert {one["of"] for one in said.values()} == {len(mine)} == {32}
    assert said["change"]["default"] == "fell"
    assert said["change"]["agree"] == sum(one["change"] == "fell" for one in mine)
    assert said["gap_last"]["default"] == "-"  # .1 less .2
    assert said["change"]["share"] == said["change"]["agree"] / 32
    assert said["change"]["verdict"] == "depends on the choice"  # where only days count nothing changed


def test_a_statement_on_which_choices_differ_is_called_so() -> None:
    # JPN's tone falls while the sum of its scores rises with the news.
    scores = make_scores({"JPN RUS": [0.5] * 6, "KOR RUS": [0.0] * 12, "CHN IND": FLAT})
    louder = make_scores({"JPN RUS": [0.25] * 6}, first="2020-07", size=1000.0)
    both = type(scores).of_rows([*scores.rows(), *louder.rows()])
    found = measure_gap(both, "JPN", "KOR", third=["RUS"])
    said = {one["statement"]: one for one in found.specifications["statements"]}
    assert said["change"]["default"] == "fell"
    assert said["change"]["verdict"] == "depends on the choice"


def test_own_partners_takes_off_half_of_what_each_has_with_others() -> None:
    scores = make_scores({"JPN RUS": [0.5], "JPN KOR": [0.1], "CHN RUS": [-0.3], "CHN IND": [0.9]})
    panel = Panel.of(Grid(scores)).centred("own partners")
    line = panel.line("RUS", "JPN")
    assert line is not None
    assert panel.value[line, 0] == pytest.approx(0.5 - (0.1 - 0.3) / 2)


def test_all_pairs_gives_the_standing_in_the_month() -> None:
    scores = make_scores({"JPN RUS": [0.5], "JPN KOR": [0.1], "CHN RUS": [-0.3]})
    value = Panel.of(Grid(scores)).centred("all pairs").value[:, 0]
    assert value.mean() == pytest.approx(0.0)
    assert np.std(value) == pytest.approx(1.0)


def test_the_sum_is_by_day_covered() -> None:
    scores = make_scores({"JPN RUS": [1.0]}, size=60.0, missing=1)  # January 2020: 30 days covered
    assert Panel.of(Grid(scores), "sum").value[0, 0] == pytest.approx(np.arcsinh(2.0))


def test_the_placebo_ranks_the_change_among_those_of_others() -> None:
    found = gap_of(
        {
            "JPN RUS": DOWN, "KOR RUS": FLAT,  # -.4
            "JPN CHN": FLAT, "KOR CHN": FLAT,  # 0
            "JPN IND": [-0.5] * 6 + [0.5] * 6, "KOR IND": FLAT,  # +1
            "CHN RUS": FLAT, "JPN IRN": DOWN,  # of Iran nothing with KOR
        }
    )  # fmt: skip
    (beside,) = found.placebo
    assert beside["gap_change"] == pytest.approx(-0.4)
    thirds = beside["third_parties"]
    assert thirds["changes"] == {"CHN": pytest.approx(0.0), "IND": pytest.approx(1.0)}
    assert (thirds["n"], thirds["as_large"], thirds["rank"]) == (2, 1, 2)
    assert thirds["share"] == pytest.approx(2 / 3)
    assert beside["pairs"]["changes"] == {"CHN": pytest.approx(0.0)}
    assert beside["pairs"]["share"] == pytest.approx(1 / 2)


def test_neither_members_nor_those_left_out_stand_in_the_place_of_an_alliance() -> None:
    tones = {"DEU RUS": DOWN, "FRA RUS": FLAT, "JPN RUS": FLAT, "USA RUS": FLAT, "IND RUS": FLAT}
    found = measure_gap(
        make_scores(tones),
        "CLUB",
        "JPN",
        third=["RUS"],
        view="members",
        without=["USA"],
        registry=always("DEU", "FRA", "USA"),
    )
    assert list(found.placebo[0]["pairs"]["changes"]) == ["IND"]
