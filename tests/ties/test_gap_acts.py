"""Gaps on acts: what each side did towards a third party in a period, nothing decayed."""

from datetime import date

import polars as pl
import pytest

from comity.provenance import NothingFoundError
from comity.ties import Gap, measure_gap
from tests.ties.gap_worlds import always
from tests.ties.worlds import WrittenEvents, make_act

END = date(2020, 12, 31)


def acts(sender: str, weight: float, *, first: int = 10, count: int = 6, receiver: str = "RUS") -> list:
    return [make_act(first + day, weight, sender=sender, receiver=receiver, at=END) for day in range(count)]


def gap_of(written: list, b: str = "KOR", **more: object) -> Gap:
    asked = {"third": ["RUS"], "since": date(2020, 1, 1), "until": END, "by": "half-year", "checks": False}
    return measure_gap(WrittenEvents(written, more.pop("registry", None)), "JPN", b, **{**asked, **more})  # type: ignore[arg-type]


def spanning() -> list:
    """Acts of others on the first and last day, so that the data cover the year."""
    return [
        make_act(365, 1.0, sender="CHN", receiver="IND", at=END),
        make_act(0, 1.0, sender="CHN", receiver="IND", at=END),
    ]


def test_the_tie_is_the_net_of_the_period_and_old_acts_do_not_fade() -> None:
    found = gap_of([*spanning(), *acts("JPN", 4.0), *acts("KOR", -4.0, first=150)])
    one = found.periods[1].of("RUS")
    # 6 acts of 4 points: 24 / (24 + 3), and the same below 0.
    assert one.a.tie == pytest.approx(24 / 27)
    assert one.b.tie == pytest.approx(-24 / 27)
    assert (one.rows, one.quadrant) == (12, "split: friend of JPN")
    assert len(one.a.evidence) == 6
    assert one.low is not None
    assert one.low <= (one.gap or 0.0)


def test_too_few_acts_are_refused_in_words_and_a_period_without_any_too() -> None:
    found = gap_of([*spanning(), *acts("JPN", 4.0), *acts("KOR", 4.0, count=2)])
    assert found.periods[0].of("RUS").refused == "JPN: no act towards RUS; KOR: no act towards RUS"
    assert found.periods[1].of("RUS").refused == "KOR: mass 2.0 of 5 acts; 2 of 3 days"


def test_an_alliance_by_its_members_needs_two_above_the_floor() -> None:
    registry = always("POL", "DEU", "ITA")
    written = [*spanning(), *acts("JPN", 4.0), *acts("POL", 4.0)]
    alone = gap_of(written, "CLUB", view="members", registry=registry)
    assert alone.periods[1].of("RUS").refused == "CLUB: 1 of 2 members have enough acts towards RUS"
    two = gap_of([*written, *acts("DEU", -4.0)], "CLUB", view="members", registry=registry)
    side = two.periods[1].of("RUS").b
    assert side.tie == pytest.approx(0.0)  # 24/27 and -24/27
    assert side.left_out == {"ITA": "no act towards RUS"}


def test_what_others_do_to_the_two_does_not_count() -> None:
    written = [*spanning(), *acts("JPN", 4.0), *acts("KOR", 4.0), *acts("RUS", -9.0, receiver="JPN")]
    assert gap_of(written).periods[1].of("RUS").gap == pytest.approx(0.0)


def test_acts_told_by_authors_get_no_interval() -> None:
    told = [
        make_act(ago, 4.0, sender=one, at=END, basis="coded")
        for one in ("JPN", "KOR")
        for ago in (0, 10, 20, 30, 183)  # 1 July is the last
    ]
    one = gap_of(told, since=None, until=None).periods[0].of("RUS")
    assert (one.gap, one.low, one.a.low) == (0.0, None, None)


def test_specifications_and_placebo_run_on_acts_too() -> None:
    early = [one for who in ("JPN", "KOR", "CHN") for one in acts(who, 4.0, first=200)]
    late = [*acts("JPN", -4.0), *acts("KOR", 4.0), *acts("CHN", 4.0)]
    found = gap_of([*spanning(), *early, *late], checks=True)
    assert found.specifications["count"] == 2 * 4 * 3 * 2
    said = {one["statement"]: one for one in found.specifications["statements"]}
    assert (said["change"]["default"], said["moved_more"]["default"]) == ("fell", "JPN")
    (beside,) = found.placebo
    assert beside["pairs"]["changes"] == {"CHN": pytest.approx(0.0)}
    assert (beside["pairs"]["as_large"], beside["pairs"]["rank"]) == (0, 1)


def test_a_frame_of_rows_will_do() -> None:
    days = [date(2020, 7, 1 + day) for day in range(6)] + [date(2020, 12, 31)]
    rows = pl.DataFrame(
        {
            "sender": ["JPN"] * 7 + ["KOR"] * 7,
            "receiver": ["RUS"] * 14,
            "date": days * 2,
            "weight": [4.0] * 7 + [-4.0] * 7,
        }
    )
    found = measure_gap(rows, "JPN", "KOR", third=["RUS"], checks=False)
    assert (found.scale, found.periods[0].label) == ("acts", "2020-H2")
    assert found.periods[0].of("RUS").gap == pytest.approx(2 * 28 / 31)


def test_no_acts_at_all_are_refused() -> None:
    with pytest.raises(NothingFoundError, match="no acts"):
        gap_of([])
