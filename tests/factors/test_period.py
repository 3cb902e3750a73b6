"""Periods as they are written."""

import pytest

from comity.factors import Period
from comity.provenance import UsageError
from tests.factors.worlds import period


def test_both_ends_are_included():
    one = Period.parse("2020-01-30..2020-02-02")
    assert one.days == 4
    assert len(one.mornings) == 4
    assert str(one) == "2020-01-30..2020-02-02"
    assert Period.parse("2020-01-30").days == 1


@pytest.mark.parametrize(
    "text", ["", "2020-01-30..", "2020-13-01..2020-14-01", "yesterday", "2020-01-30...2020-02-01"]
)
def test_what_is_no_period_is_an_error(text):
    with pytest.raises(UsageError):
        Period.parse(text)


def test_a_period_that_ends_before_it_starts_is_an_error():
    with pytest.raises(UsageError, match=r"ends .* before it starts"):
        Period.parse("2020-02-01..2020-01-01")


def test_of_a_long_period_evenly_spaced_mornings_are_taken():
    # 1,000 days: every third morning, 0 to 999.
    mornings = period(0, 999).mornings
    assert len(mornings) == 334
    assert set((mornings[1:] - mornings[:-1]).tolist()) == {3}
