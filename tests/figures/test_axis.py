from datetime import date
from itertools import pairwise

from comity.figures import Band
from comity.figures.axis import era_axis, straight_axis


def test_a_straight_axis_puts_the_middle_day_in_the_middle() -> None:
    axis = straight_axis(date(2021, 1, 1), date(2021, 1, 10), 0, 100)
    assert axis.place(date(2021, 1, 6)) == 50
    assert axis.place(date(2021, 1, 10), end=True) == 100


def test_an_era_full_of_acts_is_wider_than_a_longer_empty_one() -> None:
    bands = [Band("empty", date(1950, 1, 1), date(1999, 12, 31)), Band("full", date(2000, 1, 1), None)]
    days = [date(2001, 1, 1)] * 30
    axis = era_axis(date(1950, 1, 1), date(2004, 12, 31), 0, 100, bands, days)
    empty, full = axis.stretches
    assert full.right - full.left > 2 * (empty.right - empty.left)
    assert empty.right == full.left


def test_days_between_two_eras_get_a_stretch_without_a_name() -> None:
    bands = [Band("a", date(2000, 1, 1), date(2000, 12, 31)), Band("b", date(2002, 1, 1), date(2002, 12, 31))]
    axis = era_axis(date(2000, 1, 1), date(2002, 12, 31), 0, 100, bands, [])
    assert [stretch.label for stretch in axis.stretches] == ["a", "", "b"]
    assert axis.stretches[-1].right == 100


def test_places_never_run_backwards() -> None:
    bands = [Band("a", date(2000, 1, 1), date(2003, 12, 31))]
    axis = era_axis(date(1999, 1, 1), date(2010, 12, 31), 0, 500, bands, [date(2001, 1, 1)] * 9)
    places = [axis.place(date(year, 1, 1)) for year in range(1998, 2012)]
    assert places == sorted(places)


def test_labelled_years_do_not_touch() -> None:
    axis = straight_axis(date(1945, 1, 1), date(2024, 12, 31), 0, 400)
    places = [place for place, _ in axis.ticks()]
    assert min(b - a for a, b in pairwise(places)) > 24
