"""Fits of made-up worlds find the coefficients that the worlds were made with, as surely as they say."""

import importlib.util
import math
import sys
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from comity.model import STATISTICS, Fit, fit

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


def load(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, BENCHMARKS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look themselves up; recovery.py imports the worlds by this name
    spec.loader.exec_module(module)
    return module


worlds = load("recovery_worlds")
SMALL = worlds.Design(actors=16, half_life_days=20.0, burn_in=80, days=160)


def surprise(found: Fit, true: np.ndarray) -> float:
    """Give (b - true)' V⁻¹ (b - true): chi-square with one degree of freedom a term, if V is right."""
    off = np.array([one.estimate for one in found.coefficients]) - true
    return float(off @ np.linalg.solve(np.array(found.covariance), off))


def check_total(values: list[float], terms: int) -> None:
    """Chi-square with n degrees of freedom has mean n and variance 2n; 4.5 deviations are 1 in 100,000."""
    n = len(values) * terms
    assert abs(sum(values) - n) < 4.5 * math.sqrt(2 * n), (sum(values), n)


@pytest.mark.parametrize("risk_set", ["full", "sampled"])
def test_estimates_of_small_worlds_scatter_as_their_covariance_says(risk_set: str):
    values = []
    for seed in range(1, 6):
        world = worlds.make_world(SMALL, 5_000 + seed)
        for name, beta in worlds.TRUE.items():
            found = fit(
                world,
                outcome=f"rate:{name}",
                statistics=SMALL.statistics,
                half_life_days=SMALL.half_life_days,
                since=SMALL.since,
                risk_set=risk_set,
                controls=60,
            )
            values.append(surprise(found, np.array(beta)))
    check_total(values, 18)


def test_estimates_of_the_type_scatter_as_their_covariance_says():
    values = []
    for seed in range(1, 9):
        world = worlds.make_typed_world(SMALL, 6_000 + seed)
        found = fit(world, outcome="type", half_life_days=SMALL.half_life_days, since=SMALL.since)
        values.append(surprise(found, np.array(worlds.TRUE_TYPE)))
    check_total(values, 17)


def test_shuffled_worlds_keep_who_acts_and_who_is_acted_on_each_day():
    world = worlds.make_world(SMALL, 7_001)
    mixed = worlds.shuffled(world, 1)
    assert (mixed.sender != mixed.receiver).all()
    assert (mixed.receiver != world.receiver).mean() > 0.5
    for day in np.unique(world.day)[:20]:
        for sign in (0, 1):
            at = (world.day == day) & (world.sign == sign)
            assert sorted(mixed.receiver[at]) == sorted(world.receiver[at])


def test_mirrors_and_repeats_are_what_they_say():
    world = worlds.make_world(SMALL, 7_002)
    mirror = worlds.mirrored(world, 1, share=1.0)
    friendly = world.sign == 0
    assert len(mirror) == len(world) + friendly.sum()
    assert sorted(mirror.sender[mirror.sign == 0]) == sorted(mirror.receiver[mirror.sign == 0])
    # A repeat number of mean 0.7 for 5,000 acts and more: standard error below 0.02.
    told = worlds.repeated(world, 1)
    assert len(told) / len(world) == pytest.approx(1.7, abs=0.09)
    again = worlds.acts_of(told)
    assert len(again) == len(worlds.acts_of(world))
    assert (
        np.bincount(worlds.acts_of(again).day - world.day[0]).tolist()
        == np.bincount(again.day - world.day[0]).tolist()
    )


def test_a_growing_world_grows_fourfold():
    counts = worlds.growing_counts(SMALL, 1)["cooperation"].counts
    numbers = [counts[day] for day in sorted(counts)]
    # Means from 10 to 40 a day; the first and the last 40 days have about 11 and 39, standard error 1.
    assert sum(numbers[:40]) / 40 == pytest.approx(12.4, abs=3)
    assert sum(numbers[-40:]) / 40 == pytest.approx(37.6, abs=5)


@pytest.mark.slow
def test_a_hundred_worlds_hold_every_coefficient_often_enough():
    """Both rates, full and sampled, and the type. The bound is 1 in 10,000 for each count of worlds."""
    recovery = load("recovery")
    low, _ = recovery.binomial_range(100, level=0.9998)
    found, _ = recovery.run(["plain", "sampled", "typed"], worlds=100, seed=1)
    for name, series in found.items():
        assert min(series.inside().values()) >= low, (name, series.inside())


@pytest.mark.slow
def test_a_hundred_worlds_told_twice_hold_every_coefficient_once_acts_are_formed():
    """Meetings told from both sides, rows turned round, repeats; and acts that grow fourfold in number."""
    recovery = load("recovery")
    low, _ = recovery.binomial_range(100, level=0.9998)
    found, _ = recovery.run(["rows", "drift"], worlds=100, seed=1)
    formed = {name: one for name, one in found.items() if name.endswith(("acts formed", "more acts"))}
    assert len(formed) == 4
    for name, series in formed.items():
        assert min(series.inside().values()) >= low, (name, series.inside())


@pytest.mark.slow
def test_a_hundred_shuffled_worlds_show_no_more_triads_than_chance_allows():
    recovery = load("recovery")
    low, _ = recovery.binomial_range(100, level=0.9998)
    found, _ = recovery.run(["shuffle"], worlds=100, seed=1)
    for name in ("shuffle: cooperation, by actor", "shuffle: conflict, by actor"):
        inside = found[name].inside()
        assert min(inside[one.name] for one in STATISTICS[12:]) >= low, (name, inside)
