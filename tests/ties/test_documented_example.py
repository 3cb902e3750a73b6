"""The example that docs/background/ties.md works by hand."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from comity.ties import Tie, measure

PAGE = Path(__file__).resolve().parents[2] / "docs" / "background" / "ties.md"
THREE = [(date(2019, 1, 21), 4.0), (date(2019, 1, 11), 8.0), (date(2019, 1, 11), -4.0)]
FIFTEEN = [(date(2019, 1, day), 4.0) for day in (28, 29, 30) for _ in range(5)]


def tie_of(acts: list[tuple[date, float]]) -> Tie:
    days, weights = zip(*acts, strict=True)
    types = ["CONSULT", "AID", "SUPPORT", "COOPERATE", "AGREE"]  # five acts of a day differ in type
    frame = pl.DataFrame(
        {
            "sender": ["JPN"] * len(acts),
            "receiver": ["RUS"] * len(acts),
            "date": days,
            "weight": weights,
            "event_type": [types[number % 5] for number in range(len(acts))],
        }
    )
    return measure(frame, at=date(2019, 1, 31), half_life_days=10)["JPN", "RUS"]


def test_the_sums_are_those_of_the_page() -> None:
    one = tie_of(THREE).all
    assert (one.friendly, one.hostile, one.mass) == pytest.approx((4.0, 1.0, 1.0))
    assert one.refused == "decayed mass 1.0 of 5 acts; 2 of 3 days"
    assert "F = 4.0, H = 1.0, mass = 1/2 + 1/4 + 1/4 = 1.0 act" in PAGE.read_text("utf-8")
    assert one.refused in PAGE.read_text("utf-8")


def test_net_is_that_of_the_page() -> None:
    one, page = tie_of(THREE + FIFTEEN).all, PAGE.read_text("utf-8")
    assert f"net = ({one.friendly:.2f} − 1)/({one.friendly:.2f} + 1 + 3) = {one.net:.3f}" in PAGE.read_text(
        "utf-8"
    )
    assert f"1 + 5 · 2.616 = {one.mass:.2f}" in page
