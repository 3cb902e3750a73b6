from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from comity.events import Scores
from comity.provenance import UsageError
from comity.ties import propose_eras
from comity.ties.breaks import SHORTEST_ERA, best_splits, chance_of, drawn_places, fit_waves, levels
from comity.ties.eras import weekly_means

from .worlds import make_act, world

MONDAY = date(2018, 1, 1)


def wavering(weeks: int, persistence: float, seed: int) -> np.ndarray:
    """A series of variance 1 whose weeks resemble their neighbours, without a break."""
    noise = np.random.default_rng(seed).standard_normal(weeks + 100) * np.sqrt(1 - persistence**2)
    series = list(noise[:1])
    for one in noise[1:]:
        series.append(persistence * series[-1] + one)
    return np.array(series[100:])


def chance(values: np.ndarray, seed: int) -> float:
    rng = np.random.default_rng(seed)
    return chance_of(fit_waves(values, rng), rng, weeks=len(values), permutations=199, block=4)


def weekly(values: Any) -> tuple[list[date], list[float]]:
    return [MONDAY + timedelta(days=7 * week) for week in range(len(values))], list(values)


def test_the_best_break_worked_by_hand() -> None:
    # Ten weeks at 0, then ten at 1: means differ by 1, 10 * 10 / 20 * 1 = 5 squares explained.
    place, explained = best_splits(np.repeat([0.0, 1.0], 10)[None, :])
    assert (place[0], explained[0]) == (10, pytest.approx(5.0))


@pytest.mark.parametrize("seed", range(5))
def test_the_best_break_leaves_the_smallest_sum_of_squares(seed: int) -> None:
    series = wavering(60, 0.5, seed)
    left = {
        place: series[:place].var() * place + series[place:].var() * (60 - place)
        for place in range(SHORTEST_ERA, 60 - SHORTEST_ERA + 1)
    }
    assert best_splits(series[None, :])[0][0] == min(left, key=left.__getitem__)


def test_levels_are_the_means_on_either_side() -> None:
    found = levels(np.array([[1.0, 3.0, 10.0, 20.0]]), np.array([2]))
    assert found.tolist() == [[2.0, 2.0, 15.0, 15.0]]


def test_a_level_series_has_no_break() -> None:
    assert chance(np.full(120, 2.5), 1) == 1.0


def test_a_clean_step_is_found_to_the_week() -> None:
    values = np.repeat([0.0, 3.0], [70, 80]) + wavering(150, 0.3, 1) * 0.5
    found = propose_eras(weekly(values))
    assert [one.day for one in found.breaks] == [MONDAY + timedelta(weeks=70)]
    one = found.breaks[0]
    assert one.p < 0.01
    assert one.low <= one.day <= one.high
    assert (one.before, one.after) == (pytest.approx(0.0, abs=0.3), pytest.approx(3.0, abs=0.3))


def test_a_rise_that_is_taken_back_gives_two_breaks() -> None:
    values = np.repeat([0.0, 3.0, 0.0], [110, 70, 110]) + wavering(290, 0.5, 2)
    found = propose_eras(weekly(values))
    expected = [MONDAY + timedelta(weeks=110), MONDAY + timedelta(weeks=180)]
    for one, day in zip(found.breaks, expected, strict=True):
        assert abs((one.day - day).days) <= 21


def test_breaks_become_eras_that_leave_no_gap() -> None:
    values = np.repeat([0.0, 3.0], [70, 80]) + wavering(150, 0.3, 1) * 0.5
    eras = propose_eras(weekly(values)).eras()
    assert [(era.start, era.end) for era in eras] == [
        (MONDAY, MONDAY + timedelta(weeks=70, days=-1)),
        (MONDAY + timedelta(weeks=70), MONDAY + timedelta(weeks=150, days=-1)),
    ]


def test_a_short_span_is_refused_in_words() -> None:
    found = propose_eras(weekly(wavering(17, 0.3, 1)))
    assert (found.refused, found.breaks) == ("too short: 17 of 104 weeks", ())


def test_a_thin_span_is_refused_in_words() -> None:
    days, values = weekly(wavering(300, 0.3, 1))
    found = propose_eras((days[::3], values[::3]))
    assert found.refused == "too thin: values in 100 of 298 weeks; 149 needed"


def test_nothing_at_all_is_refused_in_words() -> None:
    found = propose_eras(([], []))
    assert (found.refused, found.eras(), found.to_dict()["first_week"]) == ("no value to look at", (), None)


def test_weekly_means_weigh_acts_by_share_and_keep_their_sign() -> None:
    # 2018-01-01 is a Monday: +4 and half a share of -8 in its week: (4 - 4) / 1.5 = 0; then +2.
    acts = [
        make_act(0, 4.0, at=MONDAY),
        make_act(-6, -8.0, share=0.5, at=MONDAY),
        make_act(-7, 2.0, at=MONDAY),
    ]
    weeks, values = weekly_means(world(*acts).acts())
    assert np.diff(weeks).tolist() == [1]
    assert values == pytest.approx([0.0, 2.0])


def test_acts_and_their_weekly_means_give_the_same_breaks() -> None:
    values = np.round(np.repeat([0.0, 3.0], [70, 80]) + wavering(150, 0.3, 1) * 0.5, 2)
    days, scores = weekly(values)
    acts = world(*(make_act(0, score, at=day) for day, score in zip(days, scores, strict=True))).acts()
    assert propose_eras(acts) == propose_eras((days, scores))


def scores_of(*rows: tuple[str, date, float]) -> Scores:
    pairs, days, values = zip(*rows, strict=True)
    numbers = [(day - date(1970, 1, 1)).days for day in days]
    ends = [np.array([pair.split()[end] for pair in pairs], dtype=object) for end in (0, 1)]
    return Scores.of_rows(*ends, np.array(numbers, dtype=np.int64), np.array(values, dtype=np.float64))


def test_the_level_of_a_week_of_scores_is_their_tone_whatever_the_news() -> None:
    # The week of 1 January 2018: 3 − 1 of 4 points; that of the 8th: 300 − 100 of 400. Zeros weigh nothing.
    days = [MONDAY + timedelta(days=place) for place in (0, 1, 2, 7, 8, 14)]
    values = [3.0, -1.0, 0.0, 300.0, -100.0, 0.0]
    found = propose_eras(scores_of(*(("JPN RUS", *row) for row in zip(days, values, strict=True))))
    assert (found.weeks, found.values) == ((days[0], days[3]), (0.5, 0.5))
    assert found.refused == "too short: 2 of 104 weeks"


def test_scores_of_several_pairs_are_no_series() -> None:
    with pytest.raises(UsageError, match="scores of 2 pairs"):
        propose_eras(scores_of(("JPN RUS", MONDAY, 1.0), ("JPN USA", MONDAY, 1.0)))


def test_the_same_seed_gives_the_same_breaks_and_dates() -> None:
    values = np.repeat([0.0, 1.5], [70, 80]) + wavering(150, 0.6, 4)
    assert propose_eras(weekly(values), seed=3) == propose_eras(weekly(values), seed=3)


@pytest.mark.parametrize(
    ("source", "more"),
    [
        (([MONDAY], [1.0, 2.0]), {}),
        (([MONDAY], [float("nan")]), {}),
        (([MONDAY], [1.0]), {"permutations": 50}),
        (([MONDAY], [1.0]), {"block_weeks": 1}),
    ],
)
def test_a_question_that_proves_nothing_is_a_usage_error(source: Any, more: dict[str, int]) -> None:
    with pytest.raises(UsageError):
        propose_eras(source, **more)


def test_a_proposal_is_shown_in_a_notebook_and_a_frame() -> None:
    values = np.repeat([0.0, 3.0], [70, 80]) + wavering(150, 0.3, 1) * 0.5
    found = propose_eras(weekly(values))
    assert "1 breaks in 150 weeks" in found._repr_html_()
    assert found.frame("polars")["day"].to_list() == [MONDAY + timedelta(weeks=70)]
    assert found.to_dict()["breaks"][0]["day"] == str(MONDAY + timedelta(weeks=70))


def test_a_clear_break_is_found_again_where_it_is() -> None:
    # Forty times the noise: nothing to take back from the jump, and no doubt about the week.
    values = np.repeat([0.0, 4.0], [60, 90]) + wavering(150, 0.3, 1) * 0.1
    rng = np.random.default_rng(1)
    again = drawn_places(values, fit_waves(values, rng), rng, draws=100, block=4, level=0.05)
    assert set(again.tolist()) == {60}


def test_chance_breaks_are_rare() -> None:
    # One in twenty of 60 series is 3; none is a chance of one in 20, more than 9 of one in 1,000.
    alarms = sum(
        bool(propose_eras(weekly(wavering(156, persistence, seed)), permutations=199).breaks)
        for seed, persistence in enumerate(np.linspace(0.3, 0.9, 60))
    )
    assert 1 <= alarms <= 9


def test_dates_of_breaks_lie_in_their_intervals() -> None:
    # Steps of one standard deviation at places of the middle 60 %. About half of 40 are found; if 19 of 20
    # intervals hold, fewer than 17 of 20 are a chance of one in 60.
    found = held = 0
    for seed, persistence in enumerate(np.linspace(0.3, 0.9, 40)):
        place = 31 + 37 * seed % 94
        values = wavering(156, persistence, 1000 + seed) + (np.arange(156) >= place)
        breaks = propose_eras(weekly(values), permutations=199).breaks
        true = MONDAY + timedelta(weeks=place)
        if breaks:
            found += 1
            nearest = min(breaks, key=lambda one: abs(one.day - true))
            held += nearest.low <= true <= nearest.high
    assert 12 <= found <= 28
    assert held >= 0.85 * found
