"""The day's number of acts: likelihoods by hand, known coefficients that come back, the Poisson limit."""

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.model import CollinearityError, GivenCounts, History, TooFewEventsError, Volume, fit_volume
from comity.model.counting import CountRegression, log_chance, quantile
from comity.model.newton import maximise
from comity.provenance import UsageError
from tests.model.worlds import day

ERA = day(200)
TRUE = {
    "(Intercept)": 1.0,
    "log1p.yesterday": 0.2,
    "log1p.last.week": 0.35,
    "saturday": -0.4,
    "sunday": -0.5,
    f"from.{ERA.isoformat()}": 0.3,
}
DISPERSION = 0.15


def history_of(counts: list[int]) -> History:
    """Put the given numbers of acts on days in a row, all between one pair."""
    days = [day(i) for i, number in enumerate(counts) for _ in range(number)]
    return History.of(["A"] * len(days), ["B"] * len(days), days, [1.0] * len(days), actors=["A", "B"])


def series(*, seed: int, dispersion: float = DISPERSION, days: int = 400) -> list[int]:
    """Draw a series by numpy's own generator; weekdays are those of the calendar."""
    rng = np.random.default_rng(seed)
    counts = rng.poisson(8, size=7).tolist()
    for i in range(7, days):
        eta = TRUE["(Intercept)"] + TRUE["log1p.yesterday"] * math.log1p(counts[-1])
        eta += TRUE["log1p.last.week"] * math.log1p(sum(counts[-7:]) / 7)
        eta += {5: TRUE["saturday"], 6: TRUE["sunday"]}.get(day(i).weekday(), 0.0)
        eta += TRUE[f"from.{ERA.isoformat()}"] if day(i) >= ERA else 0.0
        mean = math.exp(eta)
        if dispersion > 0:
            mean = rng.gamma(1 / dispersion, dispersion * mean)
        counts.append(int(rng.poisson(mean)))
    return counts


def test_chances_of_numbers_are_those_worked_by_hand():
    # Dispersion 1 and mean 1 is geometric: (1/2) ** (y + 1). Mean 2 and Poisson: exp(-2) 2**3 / 3!.
    assert log_chance(np.array([0, 2]), np.ones(2), 1.0) == pytest.approx([math.log(1 / 2), math.log(1 / 8)])
    assert log_chance(np.array([3]), np.array([2.0]), 0.0) == pytest.approx([-2 + math.log(8 / 6)])
    # Dispersion 1/2 counts up to two failures: (y + 1) q**y (1 - q)**2, at mean 2 with q = 1 / (1 + 1) = 1/2.
    assert log_chance(np.array([1]), np.array([2.0]), 0.5) == pytest.approx([math.log(2 * 0.5**3)])


@given(st.floats(0.1, 60), st.floats(0, 3))
def test_chances_add_up_to_one_and_have_the_mean_and_variance_of_the_form(mean: float, dispersion: float):
    y = np.arange(20_000)
    chance = np.exp(log_chance(y, np.full(len(y), mean), dispersion))
    assert chance.sum() == pytest.approx(1, abs=1e-9)
    assert chance @ y == pytest.approx(mean, rel=1e-6)
    assert chance @ (y - mean) ** 2 == pytest.approx(mean + dispersion * mean**2, rel=1e-6)


@given(st.floats(0.1, 60), st.floats(0, 3), st.floats(0, 0.9999))
def test_a_quantile_is_the_first_number_with_more_than_the_chance_below_it(mean, dispersion, chance):
    number = quantile(chance, mean, dispersion)
    below = np.exp(log_chance(np.arange(number + 1), np.full(number + 1, mean), dispersion))
    assert below.sum() >= chance - 1e-9
    assert below[:-1].sum() <= chance + 1e-9
    assert quantile(chance, mean * 1.5, dispersion) >= number


def test_slopes_are_those_of_the_likelihood():
    """Against differences of the likelihood itself, also where the dispersion almost vanishes."""
    rng = np.random.default_rng(1)
    terms = np.vstack([np.ones(50), rng.normal(size=50)])
    for dispersion in (1e-5, 1e-3, 0.2, 3.0):
        one = CountRegression(terms, rng.poisson(6, size=50), dispersion)
        beta, step = np.array([1.5, 0.1]), dispersion * 1e-3
        more, less = replace(one, dispersion=dispersion + step), replace(one, dispersion=dispersion - step)
        rise = more.evaluate(beta).log_likelihood - less.evaluate(beta).log_likelihood
        assert one.slope(beta) == pytest.approx(rise / (2 * step), rel=1e-4, abs=1e-4)
        turn = (more.slope(beta) - less.slope(beta)) / (2 * step)
        assert one.joint_information(beta)[2, 2] == pytest.approx(-turn, rel=1e-4)
        bend = (more.evaluate(beta).gradient - less.evaluate(beta).gradient) / (2 * step)
        assert one.joint_information(beta)[2, :2] == pytest.approx(-bend, rel=1e-4, abs=1e-4)


def test_two_groups_of_days_have_the_logs_of_their_means():
    # Whatever the dispersion: the means are (3 + 5) / 2 = 4 and (6 + 10 + 8) / 3 = 8, twice as much.
    terms = np.array([[1.0, 1, 1, 1, 1], [0, 0, 1, 1, 1]])
    for dispersion in (0.0, 0.4):
        one = CountRegression(terms, np.array([3, 5, 6, 10, 8]), dispersion)
        best = maximise(one, ["all", "second"], start=np.array([1.0, 0.0]))
        assert best.beta == pytest.approx([math.log(4), math.log(2)], abs=1e-7)


def test_numbers_that_repeat_each_week_cannot_tell_the_terms_apart():
    counts = [{5: 2, 6: 1}.get(day(i).weekday(), 4) for i in range(140)]
    with pytest.raises(CollinearityError, match="carry the same information"):
        fit_volume(history_of(counts))


def number(one: int) -> int:
    return (day(one) - date(1970, 1, 1)).days


def test_known_coefficients_come_back_inside_their_intervals():
    # 40 series, each of 7 figures: Binomial(40, 0.95) is below 32 with a chance of 0.0003.
    inside = dict.fromkeys([*TRUE, "(dispersion)"], 0)
    for seed in range(40):
        found = fit_volume(history_of(series(seed=seed)), eras=[ERA])
        for name, true in TRUE.items():
            low, high = found[name].interval
            inside[name] += low <= true <= high
        inside["(dispersion)"] += abs(found.dispersion - DISPERSION) < 1.96 * found.dispersion_std_error
    assert min(inside.values()) >= 32, inside


def test_numbers_of_a_poisson_world_have_next_to_no_dispersion():
    found = [fit_volume(history_of(series(seed=seed, dispersion=0.0)), eras=[ERA]) for seed in range(10)]
    # About half of such worlds scatter less than Poisson numbers do; then the dispersion is exactly 0.
    assert 0 < sum(one.dispersion == 0 for one in found) < 10
    assert max(one.dispersion for one in found) < 0.03
    assert all(one.log_likelihood >= one.poisson_log_likelihood for one in found)


def test_a_fit_says_what_it_is_and_is_the_same_each_time():
    history = history_of(series(seed=1))
    one, again = fit_volume(history, eras=[ERA]), fit_volume(history, eras=[ERA])
    assert one.to_dict() == again.to_dict()
    assert one.summary().startswith(
        "the day's number of acts of cooperation, given those of the days before; neg"
    )
    assert one.to_dict()["outcome"] == "volume:cooperation"
    assert one.n_days == 393
    assert one.n_events == sum(series(seed=1)[7:])


def test_days_before_an_era_and_other_types_do_not_count():
    history = history_of([3, 4] * 60)
    with pytest.raises(TooFewEventsError, match="0 acts on 113 days"):
        fit_volume(history, outcome="conflict")
    with pytest.raises(UsageError, match="Rising days after 2020-01-08"):
        fit_volume(history, eras=[day(3)])
    with pytest.raises(UsageError, match="unknown outcome 'talk'"):
        fit_volume(history, outcome="talk")
    with pytest.raises(TooFewEventsError, match="6 days with seven days before them"):
        fit_volume(history, since=day(50), until=day(55))


def test_a_volume_that_runs_away_is_stopped_in_words():
    found = fit_volume(history_of(series(seed=1)))
    wild = replace(found, coefficients=tuple(replace(one, estimate=2.0) for one in found.coefficients))
    assert isinstance(wild, Volume)
    with pytest.raises(UsageError, match=r"acts are expected on one day; the most ever seen are \d+"):
        wild.acts(number(400), np.full(7, 50), 0.5)


def test_given_numbers_are_those_that_were():
    given_counts = GivenCounts.of(history_of([2, 0, 5]), "cooperation")
    assert [given_counts.acts(number(i), np.zeros(7, np.int64), 0.3) for i in range(4)] == [2, 0, 5, 0]
