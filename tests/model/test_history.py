"""Streams of events: what is taken, in which order, and what is refused."""

from datetime import date, datetime

import numpy as np
import polars
import pytest

from comity.events import Events
from comity.model import History, UnknownNameError
from comity.provenance import BadValueError
from tests.model.worlds import day, make_history


def test_events_are_put_in_order_of_days():
    history = make_history(("A", "B", 5, 1.0), ("B", "A", 2, -3.0))
    assert history.day.tolist() == [18264, 18267]  # days from 1970-01-01 to 2020-01-03 and 2020-01-06
    assert history.sign.tolist() == [1, 0]
    assert history.size.tolist() == [3.0, 1.0]


def test_the_type_decides_the_sign_where_there_is_one():
    history = History.of(["A"], ["B"], [day(0)], [5.0], types=["conflict"])
    assert history.sign.tolist() == [1]


def test_an_unknown_type_is_refused():
    with pytest.raises(BadValueError, match=r"unknown type 'war' \(event 1\).*cooperation, conflict"):
        History.of(["A"], ["B"], [day(0)], [5.0], types=["war"])


def test_a_weight_of_zero_needs_a_type():
    with pytest.raises(BadValueError, match="a weight of zero has no sign"):
        make_history(("A", "B", 0, 0.0))


def test_an_actor_outside_the_list_is_refused_with_the_nearest_name():
    with pytest.raises(UnknownNameError, match=r"no actor 'Jpan' among the 2 given \(event 2\).*'Japan'"):
        make_history(("Japan", "NATO", 0, 1.0), ("Jpan", "NATO", 0, 1.0), actors=("Japan", "NATO"))


def test_an_event_with_oneself_is_refused():
    with pytest.raises(BadValueError, match=r"an actor with itself: A to A \(event 2, 2020-01-01\)"):
        make_history(("A", "B", 3, 1.0), ("A", "A", 0, 1.0))


def test_a_weight_that_is_no_number_is_refused():
    with pytest.raises(BadValueError, match=r"a weight that is not a number.*event 1"):
        make_history(("A", "B", 0, float("nan")))


def test_an_actor_named_twice_is_refused():
    with pytest.raises(BadValueError, match="actor 'A' is named twice"):
        make_history(("A", "B", 0, 1.0), actors=("A", "B", "A"))


def test_actors_are_at_risk_between_their_days():
    stays = {"A": (None, None), "B": (day(3), day(5)), "C": (day(4), None)}
    history = History.of(["A"], ["B"], [day(3)], [1.0], actors=stays)
    first = int(history.day[0])
    assert [history.present(first + k).tolist() for k in range(4)] == [[0, 1], [0, 1, 2], [0, 1, 2], [0, 2]]


def test_an_event_outside_the_days_of_an_actor_is_refused():
    with pytest.raises(BadValueError, match="a receiver who is not at risk: A to B"):
        History.of(["A"], ["B"], [day(9)], [1.0], actors={"A": (None, None), "B": (None, day(8))})


def test_a_frame_gives_the_same_stream():
    frame = polars.DataFrame(
        {"sender": ["A"], "receiver": ["B"], "date": [datetime(2020, 1, 1, 12)], "weight": [-2.0]}
    )
    history = History.from_frame(frame)
    assert (history.actors, history.day.tolist(), history.sign.tolist()) == (("A", "B"), [18262], [1])


def test_a_frame_without_a_column_is_refused():
    with pytest.raises(BadValueError, match=r"no column date, weight \(events\)"):
        History.from_frame(polars.DataFrame({"sender": ["A"], "receiver": ["B"]}))


def test_acts_give_a_stream_with_their_share():
    rows = polars.DataFrame(
        {"sender": ["JPN"] * 2, "receiver": ["RUS"] * 2, "date": [date(2020, 1, 1), date(2020, 1, 2)],
         "weight": [-2.0, 3.0]}
    )  # fmt: skip
    history = History.of_acts(Events.from_frame(rows).acts())
    assert history.actors == ("JPN", "RUS")
    np.testing.assert_allclose(history.size, [2.0, 3.0])
    assert history.sign.tolist() == [1, 0]
