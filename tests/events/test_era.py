"""Eras: named stretches of time with both ends included."""

from datetime import date

import pytest

from comity.events import Era
from comity.provenance import BadValueError


def test_an_era_holds_both_its_ends() -> None:
    era = Era("thaw", "Thaw", date(1990, 1, 1), date(1999, 12, 31))
    assert era.holds(date(1990, 1, 1))
    assert era.holds(date(1999, 12, 31))
    assert not era.holds(date(2000, 1, 1))


def test_an_open_end_holds_every_later_day() -> None:
    assert Era("now", "Now", date(2022, 2, 24), None).holds(date(2999, 1, 1))


def test_an_era_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(BadValueError, match="before it starts"):
        Era("x", "X", date(2000, 1, 1), date(1999, 1, 1))


def test_an_era_needs_an_id() -> None:
    with pytest.raises(BadValueError, match="without an id"):
        Era("", "X", None, None)
