"""The interval of a mean of a few months that resemble each other."""

import numpy as np
import pytest

from comity.ties.gap_noise import Noise
from comity.ties.memory import Floats


def world(rng: np.random.Generator, lag: float, months: int, periods: int) -> Floats:
    """Months with variance 1 around 0, each resembling the one before, cut into periods."""
    length = months * periods
    drawn = rng.normal(size=length + 100) * np.sqrt(1 - lag**2)
    for place in range(1, len(drawn)):
        drawn[place] += lag * drawn[place - 1]
    return drawn[100:].reshape(periods, months)


def test_independent_months_give_the_textbook_variance_of_a_mean() -> None:
    # Lag 0: a mean of 4 has a quarter of the variance. Deviations 1, -1, 1, -1: squares 4 of 3 free months.
    noise = Noise.of([np.array([1.0, -1.0, 1.0, -1.0]), np.array([-1.0, 1.0, -1.0, 1.0])])
    assert noise is not None
    assert noise.lag == 0.0  # neighbours of opposite sign are taken for independent
    assert noise.variance == pytest.approx(8 / 6)
    assert noise.of_mean(4) == pytest.approx(8 / 6 / 4)


def test_months_that_resemble_each_other_make_the_mean_less_sure() -> None:
    noise = Noise(variance=1.0, lag=0.5, free=50)
    # (3 + 2 * (2 * .5 + 1 * .25)) / 9 = 5.5 / 9
    assert noise.of_mean(3) == pytest.approx(5.5 / 9)


def test_the_resemblance_is_found_though_the_means_are_taken_out() -> None:
    rng = np.random.default_rng(3)
    for lag in (0.0, 0.3, 0.6):
        months = world(rng, lag, 6, 3_000)
        noise = Noise.of([one - one.mean() for one in months])
        assert noise is not None
        assert noise.lag == pytest.approx(lag, abs=0.04)
        assert noise.variance == pytest.approx(1.0, abs=0.08)


def test_a_wild_period_is_less_sure_and_a_calm_one_no_surer_than_the_others() -> None:
    noise = Noise(variance=1.0, lag=0.0, free=50)
    wild = noise.within(np.array([3.0, -3.0, 3.0, -3.0]))  # 36 / 3 = 12 by itself, (1 + 12) / 2
    assert wild.variance == pytest.approx(6.5)
    assert noise.within(np.array([0.1, -0.1, 0.1, -0.1])).variance == 1.0


def test_too_few_months_say_nothing() -> None:
    assert Noise.of([np.array([1.0, -1.0]), np.array([0.5, -0.5, 0.0])]) is None  # 1 + 2 free months


@pytest.mark.parametrize(("lag", "least"), [(0.0, 0.93), (0.4, 0.90)])
def test_the_interval_holds_the_level_about_as_often_as_it_says(lag: float, least: float) -> None:
    rng = np.random.default_rng(7)
    held = []
    for _ in range(120):
        months = world(rng, lag, 6, 11)
        off = [one - one.mean() for one in months]
        noise = Noise.of(off)
        assert noise is not None
        held += [
            abs(one.mean()) <= noise.margin(noise.within(d).of_mean(6))
            for one, d in zip(months, off, strict=True)
        ]
    assert least < np.mean(held) < 0.985
