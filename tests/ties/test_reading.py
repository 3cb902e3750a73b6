import math

import pytest

from comity.ties import Reading
from comity.ties.reading import net_of, refusal


def test_net_is_the_balance_with_three_points_of_doubt() -> None:
    # (10 - 2) / (10 + 2 + 3) = 8/15
    assert net_of(10.0, 2.0) == pytest.approx(8 / 15)


def test_silence_balances_to_zero() -> None:
    assert net_of(0.0, 0.0) == 0.0


def test_a_refusal_names_what_there_is_and_what_is_needed() -> None:
    assert refusal(3.2, 2, 4) == "decayed mass 3.2 of 5 acts; 2 of 3 days"


def test_a_mass_just_below_the_floor_is_not_shown_as_the_floor() -> None:
    assert refusal(4.99, 3, 5) == "decayed mass 4.9 of 5 acts"


def test_exactly_the_floor_is_enough() -> None:
    assert refusal(5.0, 3, 5) is None


def test_shares_that_add_up_to_five_but_for_rounding_are_enough() -> None:
    assert refusal(sum([1 / 3] * 15), 3, 15) is None


def test_acts_without_a_sign_alone_give_no_net() -> None:
    assert refusal(20.0, 9, 0) == "no act is friendly or hostile"


def test_volume_is_the_logarithm_of_all_points() -> None:
    reading = Reading(3.0, 1.0, None, None, None, 2, 2, 2.0, "decayed mass 2.0 of 5 acts")
    assert reading.volume == pytest.approx(math.log(5.0))


def test_the_fields_for_json_keep_their_order() -> None:
    names = ["friendly", "hostile", "net", "low", "high", "acts", "rows", "mass", "refused"]
    assert list(Reading(1.0, 0.0, None, None, None, 1, 1, 1.0, "x").to_dict()) == names
