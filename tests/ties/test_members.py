from datetime import date

import pytest

from comity.provenance import UsageError
from comity.ties import Ties, measure

from .worlds import AT, WrittenEvents, busy, clubs, make_act

ENDLESS = 1e9  # half-life in days at which nothing fades


def ask(*acts: tuple[object, ...], members: str = "CAN;DEU;FRA", **more: object) -> Ties:
    """Measure the members of a CLUB with almost no decay."""
    settings = {"at": AT, "half_life_days": ENDLESS, "view": "members", **more}
    return measure(WrittenEvents(acts, clubs(CLUB=members)), **settings)  # type: ignore[arg-type]


# Ten acts each: Canada +4 (net 40/43), Germany +1 (net 10/13), France -2 (net -20/23).
THREE = (*busy(4.0, sender="CAN"), *busy(1.0, sender="DEU"), *busy(-2.0, sender="FRA"))


def test_members_count_alike_worked_by_hand() -> None:
    tie = ask(*THREE)["CLUB", "RUS"]
    assert tie.all.net == pytest.approx((40 / 43 + 10 / 13 - 20 / 23) / 3, abs=1e-6)
    assert tie.all.friendly == pytest.approx(50 / 3, abs=1e-5)
    assert tie.all.hostile == pytest.approx(20 / 3, abs=1e-5)
    assert (tie.all.acts, tie.all.rows, tie.all.mass) == (30, 30, pytest.approx(30.0, abs=1e-5))


def test_a_member_below_the_floor_is_listed_and_left_out_of_the_mean() -> None:
    tie = ask(*busy(4.0, sender="CAN"), *busy(1.0, sender="DEU"), make_act(1, -9.0, sender="FRA"))[
        "CLUB", "RUS"
    ]
    assert tie.all.net == pytest.approx((40 / 43 + 10 / 13) / 2, abs=1e-6)
    france = next(one for one in tie.members if one.sender == "FRA")
    assert (france.net, france.rows, france.refused) == (None, 1, "decayed mass 0.9 of 5 acts; 1 of 3 days")


def test_one_member_alone_does_not_speak_for_the_group() -> None:
    one = ask(*busy(4.0, sender="CAN"))["CLUB", "RUS"].all
    assert one.net is None
    assert one.refused == "1 of 3 member ties above the floor of 5 acts on 3 days; 2 needed"


def test_a_dominant_member_is_named_and_left_out_once_more() -> None:
    # Canada: 10 acts of 3 rows = 30 of 50 rows; without it Germany and France remain.
    acts = (*busy(4.0, sender="CAN", rows=3), *busy(1.0, sender="DEU"), *busy(-2.0, sender="FRA"))
    tie = ask(*acts)["CLUB", "RUS"]
    assert tie.dominant == ("CAN",)
    assert "CAN holds 60% of the rows on the side of CLUB" in tie.notes
    assert tie.without_dominant is not None
    assert tie.without_dominant.without == ("CAN",)
    assert tie.without_dominant.all.net == pytest.approx((10 / 13 - 20 / 23) / 2, abs=1e-6)


def test_forty_per_cent_exactly_is_not_over_forty() -> None:
    acts = (*busy(4.0, 8, sender="CAN"), *busy(1.0, 6, sender="DEU"), *busy(-2.0, 6, sender="FRA"))
    tie = ask(*acts)["CLUB", "RUS"]
    assert (tie.dominant, tie.without_dominant) == ((), None)


def test_actors_can_be_left_out() -> None:
    tie = ask(*THREE, without=("FRA",))["CLUB", "RUS"]
    assert tie.all.net == pytest.approx((40 / 43 + 10 / 13) / 2, abs=1e-6)
    assert "left out of CLUB: FRA" in tie.notes


def test_leaving_out_a_stranger_changes_nothing_and_is_said() -> None:
    tie = ask(*THREE, without=("BRA",))["CLUB", "RUS"]
    assert tie.all.net == ask(*THREE)["CLUB", "RUS"].all.net
    assert "BRA is no member of either side on that day: leaving it out changes nothing" in tie.notes


def test_an_end_cannot_be_left_out() -> None:
    with pytest.raises(UsageError, match="RUS is asked for and left out"):
        ask(*THREE, without=("RUS",))["CLUB", "RUS"]


def test_a_member_asked_about_its_own_group_is_not_paired_with_itself() -> None:
    acts = (*busy(4.0, receiver="CAN", sender="DEU"), *busy(1.0, receiver="CAN", sender="FRA"))
    tie = ask(*acts)["CLUB", "CAN"]
    assert [(one.sender, one.receiver) for one in tie.members] == [("DEU", "CAN"), ("FRA", "CAN")]


def test_two_groups_meet_in_all_pairs_of_their_members() -> None:
    registry = clubs(CLUB="CAN;DEU", LEAGUE="DEU;FRA")
    acts = [
        *busy(4.0, sender="CAN", receiver="DEU"),
        *busy(2.0, sender="CAN", receiver="FRA"),
        *busy(1.0, sender="DEU", receiver="FRA"),
    ]
    tie = measure(WrittenEvents(acts, registry), at=AT, view="members")["CLUB", "LEAGUE"]
    assert [(one.sender, one.receiver) for one in tie.members] == [
        ("CAN", "DEU"),
        ("CAN", "FRA"),
        ("DEU", "FRA"),
    ]


def test_an_act_towards_several_members_is_one_act() -> None:
    acts = [make_act(1, 4.0, sender=one, share=0.5, id="e1", key="summit") for one in ("CAN", "DEU")]
    one = ask(*acts)["CLUB", "RUS"].all
    assert (one.acts, one.rows, one.mass) == (1, 1, pytest.approx(1.0))


def test_a_state_has_itself_as_its_member() -> None:
    assert ask(*busy(4.0))["JPN", "RUS"].all.net == pytest.approx(40 / 43, abs=1e-6)


def test_own_acts_of_the_body_are_told_from_its_members() -> None:
    tie = ask(*THREE, *busy(-3.0, sender="CLUB"), view="own")["CLUB", "RUS"]
    assert (tie.all.friendly, tie.all.acts) == (0.0, 10)
    assert "CLUB stands for the body itself here, not for its 3 members: see the view 'members'" in tie.notes


def test_members_are_those_of_the_day() -> None:
    events = WrittenEvents([make_act(1, 4.0, sender="SWE", at=date(2025, 1, 1))])
    before = measure(events, at=date(2019, 1, 31), view="members")["NATO", "RUS"]
    after = measure(events, at=date(2025, 1, 1), view="members")["NATO", "RUS"]
    assert "SWE" not in [one.sender for one in before.members]
    assert "SWE" in [one.sender for one in after.members]


def test_the_interval_of_a_group_holds_its_net() -> None:
    one = ask(*THREE, *(make_act(ago, -4.0, sender="CAN") for ago in range(1, 8)))["CLUB", "RUS"].all
    assert one.net is not None
    assert one.low is not None
    assert one.high is not None
    assert one.low < one.net < one.high


def test_a_group_told_by_authors_has_no_interval_and_cannot_be_pooled() -> None:
    acts = [(*act[:-1], "coded") for act in THREE]
    assert ask(*acts)["CLUB", "RUS"].all.low is None
    refused = ask(*acts, view="pooled")["CLUB", "RUS"].all.refused
    assert refused == "pooling needs sampling intervals; these acts are told by authors"


def test_nobody_left_is_a_refusal() -> None:
    tie = ask(*THREE, without=("CAN", "DEU", "FRA"))["CLUB", "RUS"]
    assert tie.all.refused == "no member is left"


def test_pooling_draws_members_towards_their_mean() -> None:
    tie = ask(*THREE, view="pooled")["CLUB", "RUS"]
    assert tie.all.net is not None
    for one in tie.members:
        assert one.net is not None
        assert one.shrunken is not None
        assert abs(one.shrunken - tie.all.net) <= abs(one.net - tie.all.net)


def test_pooling_two_members_is_refused() -> None:
    tie = ask(*busy(4.0, sender="CAN"), *busy(1.0, sender="DEU"), view="pooled")["CLUB", "RUS"]
    assert tie.all.refused == "2 of 3 member ties above the floor of 5 acts on 3 days; 3 needed"


def test_a_plain_dyad_has_nothing_to_pool() -> None:
    assert ask(*busy(4.0), view="pooled")["JPN", "RUS"].all.net == pytest.approx(40 / 43, abs=1e-6)


def test_one_member_left_is_its_own_tie() -> None:
    left = ask(*THREE, without=("DEU", "FRA"))
    assert left["CLUB", "RUS"].readings == left["CAN", "RUS"].readings


def test_the_frame_of_members_says_what_single_ties_say() -> None:
    ties = ask(*THREE, *busy(2.0, sender="CLUB"))
    rows = [row for row in ties.frame("polars").iter_rows(named=True) if row["kind"] == "all"]
    assert {(row["sender"], row["net"]) for row in rows} == {
        (sender, ties[sender, "RUS"].all.net) for sender in ("CAN", "CLUB", "DEU", "FRA")
    }


def test_the_order_of_acts_changes_no_group() -> None:
    assert ask(*THREE)["CLUB", "RUS"] == ask(*THREE[::-1])["CLUB", "RUS"]
