import json
from datetime import date, datetime, timedelta
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.actors import UnknownActorError
from comity.events import Events
from comity.provenance import UsageError
from comity.ties import Tie, measure

from .worlds import AT, busy, make_act, world

# Five acts, half-life 2 days, asked on the last day of January 2019:
#   2 days ago  +4 talk         4 * 1/2  = 2      mass 1/2
#   4 days ago  +8 deeds        8 * 1/4  = 2      mass 1/4
#   4 days ago  -4 talk         4 * 1/4  = 1      mass 1/4
#   6 days ago  -8 deeds        8 * 1/8  = 1      mass 1/8
#   2 days ago  +6, half share  6 * 1/2 * 1/2 = 1.5, institutions, mass 1/4
BY_HAND = (
    make_act(2, 4.0),
    make_act(4, 8.0, kind="deeds"),
    make_act(4, -4.0),
    make_act(6, -8.0, kind="deeds"),
    make_act(2, 6.0, kind="institutions", share=0.5),
)


def test_sums_by_sign_and_kind_worked_by_hand() -> None:
    tie = measure(world(*BY_HAND), at=AT, half_life_days=2)["JPN", "RUS"]
    assert (tie.all.friendly, tie.all.hostile) == pytest.approx((5.5, 2.0))
    assert (tie.talk.friendly, tie.talk.hostile) == pytest.approx((2.0, 1.0))
    assert (tie.deeds.friendly, tie.deeds.hostile) == pytest.approx((2.0, 1.0))
    assert (tie.institutions.friendly, tie.institutions.hostile) == pytest.approx((1.5, 0.0))
    assert tie.all.mass == pytest.approx(1.375)
    assert tie.deeds_share == pytest.approx(3.0 / 7.5)


def test_net_worked_by_hand() -> None:
    # Five acts of +4 and one of -8, almost no decay: (20 - 8) / (20 + 8 + 3) = 12/31.
    tie = measure(world(*busy(4.0, 5), make_act(6, -8.0)), at=AT, half_life_days=1e9)["JPN", "RUS"]
    assert tie.all.net == pytest.approx(12 / 31, abs=1e-6)


def test_events_on_the_day_itself_do_not_count() -> None:
    tie = measure(world(*busy(), make_act(0, -10.0)), at=AT)["JPN", "RUS"]
    assert tie.all.hostile == 0.0


def test_the_two_directions_are_two_ties() -> None:
    ties = measure(world(make_act(1, 4.0), make_act(1, -6.0, sender="RUS", receiver="JPN")), at=AT)
    assert ties["JPN", "RUS"].all.hostile == 0.0
    assert ties["RUS", "JPN"].all.friendly == 0.0


def test_rows_stand_beside_acts() -> None:
    tie = measure(world(make_act(1, rows=40), make_act(2, rows=2)), at=AT)["JPN", "RUS"]
    assert (tie.all.acts, tie.all.rows) == (2, 42)


def test_an_act_without_a_sign_adds_to_the_mass_and_to_no_sum() -> None:
    tie = measure(world(make_act(1, 0.0)), at=AT, half_life_days=1)["JPN", "RUS"]
    assert (tie.all.friendly, tie.all.hostile, tie.all.acts, tie.all.mass) == (0.0, 0.0, 1, 0.5)


def test_a_thin_dyad_is_refused_with_its_numbers_and_keeps_its_sums() -> None:
    tie = measure(world(*(make_act(1, 4.0, id=str(n)) for n in range(4))), at=AT)["JPN", "RUS"]
    assert tie.all.refused == "decayed mass 3.9 of 5 acts; 1 of 3 days"
    assert (tie.all.net, tie.all.low, tie.all.high) == (None, None, None)
    assert tie.all.friendly == pytest.approx(16.0, rel=0.01)


def test_a_dyad_gone_silent_is_refused_too() -> None:
    events = world(*busy(days=10))
    assert measure(events, at=AT, half_life_days=730)["JPN", "RUS"].all.refused is None
    later = AT + timedelta(days=2000)
    refused = measure(events, at=later, half_life_days=730)["JPN", "RUS"]
    assert refused.all.refused == "decayed mass 1.4 of 5 acts"  # 10 * 2 ** (-2005.5 / 730)
    assert "the event data end on 2019-01-30: the 2000 days after that look silent" in refused.notes


def test_two_actors_without_any_act_get_a_refusal() -> None:
    tie = measure(world(*busy()), at=AT)["JPN", "UKR"]
    assert tie.all.refused == "no act before this day"
    assert tie.deeds_share is None


def test_the_interval_holds_net_and_stays_inside_the_scale() -> None:
    acts = [make_act(ago, -5.0 if ago % 3 else 6.0) for ago in range(1, 40)]
    one = measure(world(*acts), at=AT)["JPN", "RUS"].all
    assert one.net is not None
    assert one.low is not None
    assert one.high is not None
    assert -1 < one.low < one.net < one.high < 1


def test_the_same_call_gives_the_same_numbers_whatever_was_asked_before() -> None:
    events = world(*BY_HAND, *busy(), *busy(-3.0, sender="RUS", receiver="JPN"))
    first = measure(events, at=AT)
    second = measure(events, at=AT)
    second.frame()
    backwards = [second["RUS", "JPN"], second["JPN", "RUS"]]
    assert [first["JPN", "RUS"], first["RUS", "JPN"]] == backwards[::-1]


def test_another_seed_moves_only_the_interval() -> None:
    acts = [make_act(ago, -5.0 if ago % 3 else 6.0) for ago in range(1, 40)]
    one, other = (measure(world(*acts), at=AT, seed=seed)["JPN", "RUS"].all for seed in (1, 2))
    assert one.net == other.net
    assert one.low != other.low


def test_an_all_hostile_world_stays_above_minus_one() -> None:
    one = measure(world(*busy(-10.0, 60)), at=AT)["JPN", "RUS"].all
    assert one.friendly == 0.0
    assert one.low is not None
    assert -1 < one.low < -0.98


def test_acts_told_by_authors_get_no_interval() -> None:
    tie = measure(world(*busy(basis="coded")), at=AT)["JPN", "RUS"]
    assert tie.all.net is not None
    assert (tie.all.low, tie.all.high) == (None, None)
    assert "as told by these authors: no sampling interval" in tie.notes
    assert tie.basis == "coded"


def test_one_long_coded_act_is_one_day_for_the_floor() -> None:
    tie = measure(world(make_act(30, 5.0, days=30, share=1.0, basis="coded")), at=AT)["JPN", "RUS"]
    assert tie.all.refused == "decayed mass 0.9 of 5 acts; 1 of 3 days"


def test_an_unfinished_coded_act_counts_for_its_past_days_only() -> None:
    # Ten days of which four are past: 5 points * 4/10 = 2, fading but little.
    tie = measure(world(make_act(4, 5.0, days=10, basis="coded")), at=AT, half_life_days=1e9)
    assert tie["JPN", "RUS"].all.friendly == pytest.approx(2.0, abs=1e-6)


def test_the_evidence_lists_the_acts_by_day() -> None:
    tie = measure(world(make_act(1, id="b"), make_act(3, id="c"), make_act(3, id="a")), at=AT)
    assert tie["JPN", "RUS"].evidence == ("a", "c", "b")


def test_json_has_the_fixed_keys_first_and_in_order() -> None:
    found = measure(world(*busy()), at=AT)["JPN", "RUS"].to_dict()
    fixed = ["sender", "receiver", "at", "half_life_days", "view", "count"]
    assert list(found)[:11] == [*fixed, "all", "talk", "institutions", "deeds", "evidence"]
    assert json.loads(json.dumps(found, allow_nan=False))["at"] == "2019-01-31"


def test_predecessors_count_for_their_successor() -> None:
    assert measure(world(*busy()), at=AT)["JPN", "SUN"].receiver == "RUS"


def test_an_unknown_actor_is_an_error_with_the_nearest_ones() -> None:
    with pytest.raises(UnknownActorError) as caught:
        measure(world(*busy()), at=AT)["JPM", "RUS"]
    assert "JPN" in [id for id, _ in caught.value.nearest]


def test_an_actor_that_only_the_frame_knows_is_known() -> None:
    assert measure(world(*busy(sender="X-7")), at=AT)["X-7", "RUS"].all.acts == 10


@pytest.mark.parametrize(
    "more",
    [
        {"half_life_days": 0.0},
        {"half_life_days": -1.0},
        {"half_life_days": float("nan")},
        {"half_life_days": float("inf")},
        {"view": "theirs"},
        {"count": "events"},
        {"basis": "both"},
        {"without": "USA"},
        {"at": "2019-01-31"},
    ],
)
def test_a_setting_outside_what_is_allowed_is_a_usage_error(more: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        measure(world(*busy()), **{"at": AT, **more})


@pytest.mark.parametrize("dyad", [("JPN", "JPN"), ("RUS", "SUN"), ("JPN",), "JPN"])
def test_a_tie_joins_two_actors(dyad: Any) -> None:
    with pytest.raises(UsageError):
        measure(world(*busy()), at=AT)[dyad]


@pytest.mark.parametrize("events", [[1, 2], None, "events.csv", pl.LazyFrame({"sender": ["JPN"]})])
def test_what_holds_no_events_is_a_usage_error(events: Any) -> None:
    with pytest.raises(UsageError, match="holds no events"):
        measure(events, at=AT)


def test_a_moment_stands_for_its_day() -> None:
    moment = datetime(2019, 1, 31, 23, 59)
    assert measure(world(*busy()), at=moment)["JPN", "RUS"].at == AT


def test_an_empty_world_has_no_dyads_and_an_empty_frame() -> None:
    ties = measure(world(), at=AT)
    assert (len(ties), ties.dyads(), list(ties)) == (0, (), [])
    assert len(ties.frame("polars")) == 0


def test_the_mapping_runs_over_the_dyads_with_acts() -> None:
    ties = measure(world(*busy(), *busy(sender="CHN")), at=AT)
    assert ties.dyads() == (("CHN", "RUS"), ("JPN", "RUS"))
    assert ("JPN", "RUS") in ties
    assert ("RUS", "JPN") not in ties
    assert all(isinstance(tie, Tie) for tie in ties.values())


def test_the_frame_says_what_the_single_ties_say() -> None:
    ties = measure(world(*BY_HAND, *busy(-3.0, sender="RUS", receiver="JPN")), at=AT)
    for row in ties.frame("polars").iter_rows(named=True):
        tie = ties[row["sender"], row["receiver"]]
        reading = tie.readings[row["kind"]]
        assert {name: row[name] for name in reading.to_dict()} == reading.to_dict()


def test_running_over_all_ties_gives_the_single_ones() -> None:
    events = world(*BY_HAND, *busy(-3.0, sender="RUS", receiver="JPN"))
    alone = measure(events, at=AT)
    assert all(tie == alone[dyad] for dyad, tie in measure(events, at=AT).items())


def test_a_caller_gets_frames_of_the_library_that_they_came_with() -> None:
    frame = pl.DataFrame(
        {"sender": ["JPN"], "receiver": ["RUS"], "date": [date(2019, 1, 1)], "weight": [2.0]}
    )
    ties = measure(frame, at=AT, half_life_days=30)
    assert isinstance(ties.frame(), pl.DataFrame)
    assert ties["JPN", "RUS"].all.friendly == pytest.approx(1.0)  # 30 days: 2 * 1/2


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_frames_of_both_libraries_hold_the_same(library: str) -> None:
    pytest.importorskip(library)
    frame = nw.from_native(measure(world(*BY_HAND, *busy(3.0)), at=AT).frame(library), eager_only=True)
    assert frame["kind"].to_list() == ["all", "talk", "institutions", "deeds"]
    assert frame["acts"].to_list() == [15, 12, 1, 2]
    assert frame["net"].is_null().to_list() == [False, False, True, True]


def test_an_unknown_frame_library_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="no frames of 'excel'"):
        measure(world(*busy()), at=AT).frame("excel")


def test_the_page_of_a_notebook_escapes_what_it_shows() -> None:
    ties = measure(world(*busy(sender="<script>")), at=AT)
    shown = ties["<script>", "RUS"]._repr_html_()
    assert "<script>" not in shown
    assert "&lt;script&gt;" in shown
    assert "1 dyads" in ties._repr_html_()


def test_a_trace_names_the_rows() -> None:
    tie = measure(world(make_act(1, id="a"), make_act(2, id="b")), at=AT)["JPN", "RUS"]
    assert tie.trace().rows == ("b", "a")


def test_real_events_from_a_frame_reach_a_tie() -> None:
    frame = pl.DataFrame(
        {
            "sender": ["RUS"] * 3,
            "receiver": ["UKR"] * 3,
            "date": ["2019-01-01", "2019-01-01", "2019-01-02"],
            "weight": [-8.0, -8.0, -6.0],
            "event_type": ["ASSAULT", "ASSAULT", "ASSAULT"],
        }
    )
    tie = measure(Events.from_frame(frame), at=AT, half_life_days=1e9)["RUS", "UKR"]
    # Two rows of one day, pair, type and sign are one act: 8 + 6 points.
    assert (tie.deeds.hostile, tie.deeds.acts, tie.deeds.rows) == (pytest.approx(14.0, abs=1e-6), 2, 3)


acts_of_a_dyad = st.lists(
    st.builds(
        make_act,
        ago=st.integers(0, 400),
        weight=st.floats(-10, 10).map(lambda weight: round(weight, 1)),
        kind=st.sampled_from(["talk", "institutions", "deeds"]),
        share=st.sampled_from([1.0, 0.5, 1 / 3]),
        id=st.uuids().map(str),
    ),
    max_size=30,
)


@settings(max_examples=40, deadline=None)
@given(acts_of_a_dyad, st.randoms(use_true_random=False), st.floats(1, 3000))
def test_the_order_of_acts_changes_nothing(acts: list[Any], order: Any, half_life_days: float) -> None:
    shuffled = list(acts)
    order.shuffle(shuffled)
    one, other = (
        measure(world(*some), at=AT, half_life_days=half_life_days)["JPN", "RUS"] for some in (acts, shuffled)
    )
    assert one == other


@settings(max_examples=40, deadline=None)
@given(acts_of_a_dyad, st.floats(0.5, 1e9))
def test_sums_are_never_negative_and_net_stays_inside(acts: list[Any], half_life_days: float) -> None:
    tie = measure(world(*acts), at=AT, half_life_days=half_life_days)["JPN", "RUS"]
    for one in tie.readings.values():
        assert one.friendly >= 0
        assert one.hostile >= 0
        assert (one.net is None) == (one.refused is not None)
        if one.net is not None and one.low is not None and one.high is not None:
            assert -1 < one.low <= one.high < 1
            assert abs(one.net) < 1


@settings(max_examples=25, deadline=None)
@given(acts_of_a_dyad, st.integers(1, 2000))
def test_everything_halves_after_one_half_life(acts: list[Any], half_life_days: int) -> None:
    acts = [act for act in acts if act[2] < (AT - date(1970, 1, 1)).days]
    later = AT + timedelta(days=half_life_days)
    now, then = (
        measure(world(*acts), at=day, half_life_days=half_life_days)["JPN", "RUS"].all for day in (AT, later)
    )
    assert then.friendly == pytest.approx(now.friendly / 2)
    assert then.hostile == pytest.approx(now.hostile / 2)
    assert then.mass == pytest.approx(now.mass / 2)


@settings(max_examples=25, deadline=None)
@given(acts_of_a_dyad)
def test_renaming_the_actors_changes_no_sum(acts: list[Any]) -> None:
    renamed = [("CHN", "IND", *act[2:]) for act in acts]
    one = measure(world(*acts), at=AT)["JPN", "RUS"]
    other = measure(world(*renamed), at=AT)["CHN", "IND"]
    for kind, reading in one.readings.items():
        twin = other.readings[kind]
        assert (twin.friendly, twin.hostile, twin.net) == (reading.friendly, reading.hostile, reading.net)
        assert (twin.refused, twin.acts) == (reading.refused, reading.acts)
