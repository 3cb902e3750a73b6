from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.provenance import UsageError
from comity.ties import TieSeries, days_between, measure, trace_tie

from .worlds import AT, WrittenEvents, busy, clubs, make_act, world


def test_the_last_day_is_always_among_the_days() -> None:
    assert days_between(date(2019, 1, 1), date(2019, 1, 9)) == (
        date(2019, 1, 1),
        date(2019, 1, 8),
        date(2019, 1, 9),
    )


@pytest.mark.parametrize(("last", "step"), [(date(2018, 1, 1), 7), (date(2019, 2, 1), 0)])
def test_days_run_forward(last: date, step: int) -> None:
    with pytest.raises(UsageError):
        days_between(date(2019, 1, 1), last, step_days=step)


def test_a_series_worked_by_hand() -> None:
    # +4 three days before, half-life 1 day: 2 the day after, then 1, then 1/2.
    series = trace_tie(
        world(make_act(3, 4.0)),
        "JPN",
        "RUS",
        days=days_between(AT - timedelta(3), AT, step_days=1),
        half_life_days=1,
    )
    assert [one.friendly for one in series.points] == pytest.approx([0.0, 2.0, 1.0, 0.5])
    assert [one.acts for one in series.points] == [0, 1, 0, 0]
    assert series.points[0].refused == "no act before this day"


def test_the_first_point_shows_the_acts_of_one_step_only() -> None:
    events = world(make_act(300, id="old"), make_act(11, id="new"))
    series = trace_tie(events, "JPN", "RUS", days=days_between(AT - timedelta(10), AT, step_days=5))
    assert [one.new for one in series.points] == [("new",), (), ()]


def test_days_may_come_in_any_order() -> None:
    days = days_between(AT - timedelta(20), AT)
    one, other = (trace_tie(world(*busy()), "JPN", "RUS", days=some) for some in (days, days[::-1]))
    assert one == other


def test_a_series_of_a_group_measures_each_day_anew() -> None:
    events = WrittenEvents([*busy(4.0, sender="CAN"), *busy(1.0, sender="DEU")], clubs(CLUB="CAN;DEU"))
    days = days_between(AT - timedelta(4), AT, step_days=2)
    series = trace_tie(events, "CLUB", "RUS", days=days, view="members")
    for point in series.points:
        alone = measure(events, at=point.day, view="members")["CLUB", "RUS"].all
        assert (point.net, point.low, point.friendly) == (alone.net, alone.low, alone.friendly)


def test_a_series_becomes_a_tidy_frame() -> None:
    series = trace_tie(world(*busy()), "JPN", "RUS", days=[AT, AT - timedelta(8)], kind="talk")
    frame = series.frame("polars")
    assert frame["day"].to_list() == [AT - timedelta(8), AT]
    assert frame["net"].is_null().to_list() == [True, False]


@pytest.mark.parametrize("more", [{"days": []}, {"kind": "words"}, {"half_life_days": 0}])
def test_a_series_checks_its_settings(more: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        trace_tie(world(*busy()), "JPN", "RUS", **{"days": [AT], **more})


acts_of_a_dyad = st.lists(
    st.builds(
        make_act,
        ago=st.integers(0, 120),
        weight=st.integers(-100, 100).map(lambda tenths: tenths / 10),
        days=st.sampled_from([1, 1, 1, 9]),
        kind=st.sampled_from(["talk", "deeds"]),
        id=st.uuids().map(str),
    ),
    min_size=1,
    max_size=40,
)


def check_against_measure(series: TieSeries, events: Any, half_life_days: float) -> None:
    for point in series.points:
        tie = measure(events, at=point.day, half_life_days=half_life_days)["JPN", "RUS"]
        one = tie.readings[series.kind]
        for name in ("friendly", "hostile", "mass", "net", "low", "high"):
            ours, theirs = getattr(point, name), getattr(one, name)
            assert (ours is None) == (theirs is None)
            if ours is not None:
                assert ours == pytest.approx(theirs, rel=1e-12, abs=1e-12)
        assert point.refused == one.refused


@settings(max_examples=30, deadline=None)
@given(
    acts_of_a_dyad,
    st.sampled_from(["data", "coded"]),
    st.sampled_from([3.0, 14.0, 730.0]),
    st.sampled_from(["all", "talk", "deeds"]),
)
def test_every_point_is_what_measure_says_of_that_day(
    acts: list[Any], basis: str, half_life_days: float, kind: str
) -> None:
    events = world(*((*act[:-1], basis) for act in acts))
    days = days_between(AT - timedelta(130), AT + timedelta(30), step_days=16)
    series = trace_tie(events, "JPN", "RUS", days=days, half_life_days=half_life_days, kind=kind)
    check_against_measure(series, events, half_life_days)
