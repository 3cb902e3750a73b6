"""Alignment: a product, and the quadrant without which it says nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comity.ties.alignment import alignment, quadrant

TIES = st.floats(-1, 1)


@pytest.mark.parametrize(
    ("ties", "says"),
    [
        ((0.5, 0.1), "shared friend"),
        ((-0.5, -0.1), "shared adversary"),
        ((0.5, -0.1), "split: friend of JPN"),
        ((-0.5, 0.1), "split: friend of NATO"),
        ((0.0, 0.1), "neither"),
    ],
)
def test_the_quadrant_tells_products_of_one_sign_apart(ties: tuple[float, float], says: str) -> None:
    assert quadrant("JPN", "NATO", *ties) == says


@given(TIES, TIES)
def test_a_split_is_a_product_below_zero(a: float, b: float) -> None:
    if abs(a) > 1e-100 and abs(b) > 1e-100:  # smaller ones have a product of 0
        assert quadrant("A", "B", a, b).startswith("split") == (alignment(a, b) < 0)
