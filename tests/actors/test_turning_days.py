"""For how long the answer of a roll-up holds."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.actors import load_registry

NAMES = (
    ("Russia", ""), ("Yugoslavia", "Serbia"), ("Vladimir Putin", "Russia"), ("Barack Obama", "United States"),
    ("Shinzo Abe", "Japan"), ("Liberal Democratic Party", "Japan"), ("Police (Germany)", "Germany"),
    ("Jens Stoltenberg", "Norway"), ("NATO", ""), ("Foreign Affairs (Soviet Union)", "Soviet Union"),
    ("Nobody of that name", ""),
)  # fmt: skip
DAYS = st.dates(date(1900, 1, 1), date(2030, 12, 31))


def test_an_office_bounds_the_answer() -> None:
    # in office from 20 January 2009 to 20 January 2017
    found = load_registry().roll_up("Barack Obama", at=date(2010, 5, 1), country="United States")
    assert found.actor == "USA"
    assert found.first_day is not None
    assert found.last_day is not None
    assert found.first_day <= date(2010, 5, 1) <= found.last_day
    assert found.last_day <= date(2017, 1, 20)
    assert not found.holds_on(date(2018, 1, 1))


def test_a_name_without_dates_holds_always() -> None:
    found = load_registry().roll_up("Nobody of that name", at=date(2010, 5, 1))
    assert (found.first_day, found.last_day) == (None, None)


@pytest.mark.parametrize(("name", "country"), NAMES)
@settings(max_examples=30, deadline=None)
@given(day=DAYS, other=DAYS)
def test_the_answer_is_the_same_on_every_day_of_its_span(
    name: str, country: str, day: date, other: date
) -> None:
    registry = load_registry()
    found = registry.roll_up(name, at=day, country=country, sectors="Government")
    assert found.holds_on(day)
    edges = [one for one in (found.first_day, found.last_day) if one]
    for another in (other, *edges):
        if found.holds_on(another):
            assert registry.roll_up(name, at=another, country=country, sectors="Government") == found
    for outside in [one for one in (found.last_day,) if one]:
        assert not found.holds_on(outside + timedelta(1))
