import numpy as np
import pytest

from comity.ties.pooling import pool


def test_pooled_mean_worked_by_hand() -> None:
    # y = 0, 3, 6 with variances 1: fixed weights 1, centre 3, Q = 9 + 0 + 9 = 18, so the variance
    # between is (18 - 2) / (3 - 3/3) = 8; weights 1/9 each, mean 3, standard error sqrt(9/3).
    found = pool(np.array([0.0, 0.3, 0.6]), np.array([0.01, 0.01, 0.01]))
    assert found.between == pytest.approx(0.08)
    assert found.mean == pytest.approx(0.3)
    assert found.low == pytest.approx(0.3 - 1.95996 * 0.1 * 3**0.5, abs=1e-5)
    # Shrunken: (8 * 0 + 1 * 3) / 9 = 1/3 of the paper's units.
    assert found.shrunken == pytest.approx((0.3 / 9, 0.3, 0.6 - 0.3 / 9))


def test_values_that_differ_by_chance_alone_are_drawn_together() -> None:
    found = pool(np.array([0.10, 0.11, 0.12]), np.array([0.04, 0.04, 0.04]))
    assert found.between == 0.0
    assert found.shrunken == pytest.approx((0.11, 0.11, 0.11))


def test_sure_values_weigh_more() -> None:
    found = pool(np.array([0.0, 0.5, 0.05]), np.array([0.001, 0.2, 0.001]))
    assert found.mean < 0.1


def test_values_without_variance_do_not_divide_by_zero() -> None:
    found = pool(np.array([0.9, 0.9, 0.8]), np.zeros(3))
    assert found.mean == pytest.approx(0.8667, abs=1e-3)
