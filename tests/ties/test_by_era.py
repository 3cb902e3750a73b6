from datetime import date, timedelta

import pytest

from comity.events import Era
from comity.ties import by_era

from .worlds import AT, busy, make_act, world

FIRST = Era("first", "The first", None, AT - timedelta(days=11))
SECOND = Era("second", "The second", AT - timedelta(days=10), AT)


def test_every_act_counts_in_the_era_of_its_first_day_and_none_fades() -> None:
    # Ten acts of +4 in the second era, six of -2 in the first: 40 / 43 and -12 / 15.
    events = world(*busy(4.0), *(make_act(ago, -2.0) for ago in range(11, 17)))
    first, second = by_era(events, "JPN", "RUS", [FIRST, SECOND])
    assert first.all.net == pytest.approx(-12 / 15)
    assert second.all.net == pytest.approx(40 / 43)
    assert (first.all.mass, second.all.mass) == (6.0, 10.0)


def test_both_ends_of_an_era_belong_to_it() -> None:
    events = world(make_act(10, id="start"), make_act(0, id="end"), make_act(-1, id="after"))
    assert by_era(events, "JPN", "RUS", [SECOND])[0].evidence == ("start", "end")


def test_an_act_that_runs_into_the_next_era_counts_whole_where_it_began() -> None:
    events = world(make_act(11, 6.0, days=5, basis="coded"))
    first, second = by_era(events, "JPN", "RUS", [FIRST, SECOND])
    assert (first.all.friendly, second.all.friendly) == (6.0, 0.0)
    assert first.notes == ("as told by these authors: no sampling interval",)


def test_an_empty_era_says_so() -> None:
    (found,) = by_era(world(*busy()), "JPN", "RUS", [FIRST])
    assert found.all.refused == "no act in this era"
    assert found.to_dict()["talk"]["refused"] == "no act in this era"


def test_an_era_that_the_data_do_not_cover_says_so() -> None:
    (found,) = by_era(world(*busy()), "JPN", "RUS", [Era("wide", "Wide", date(1990, 1, 1), None)])
    assert found.notes == ("the event data cover 2019-01-21 to 2019-01-30, not the whole era",)


def test_another_era_gets_other_draws_and_the_same_one_the_same() -> None:
    events = world(*busy(4.0), *(make_act(ago, -2.0) for ago in range(1, 9)))
    again = Era("again", "Again", SECOND.start, SECOND.end)
    one, same, other = by_era(events, "JPN", "RUS", [SECOND, SECOND, again])
    assert one == same
    assert one.all.net == other.all.net
    assert one.all.low != other.all.low
