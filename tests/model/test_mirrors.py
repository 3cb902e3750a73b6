"""Mirror rows: which make one act, and how much of it each direction gets."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from comity.model import History, fit, pair_mirrors, share_joint_acts
from comity.model.statistics import find_statistics
from comity.provenance import NothingFoundError
from tests.model.test_recovery import SMALL, check_total, surprise, worlds
from tests.model.worlds import day, event_lists, make_history, random_history

TERMS = find_statistics(("coop.repetition", "coop.reciprocation", "pos.out.source"))


def test_what_has_no_mirror_of_its_day_type_and_worth_stays_an_act_of_its_own():
    history = make_history(
        ("A", "B", 0, 2.0), ("B", "A", 0, 2.0), ("B", "A", 0, 3.0), ("B", "A", 1, 2.0), ("A", "C", 1, -2.0),
        ("C", "A", 1, 2.0),
    )  # fmt: skip
    act = pair_mirrors(history).act.tolist()
    assert act[0] == act[1]
    assert len(set(act)) == 5


def test_kinds_are_not_mixed():
    ends = (["A", "B"], ["B", "A"], [day(0)] * 2, [2.0] * 2)
    assert len(set(pair_mirrors(History.of(*ends, kinds=["talk", "deeds"])).act.tolist())) == 2
    assert len(set(pair_mirrors(History.of(*ends, kinds=["talk", "talk"])).act.tolist())) == 1


@given(event_lists(actors=3))
def test_an_act_has_one_event_or_two_that_mirror_each_other(events):
    history = pair_mirrors(make_history(*events))
    for number in np.unique(history.act):
        places = np.flatnonzero(history.act == number)
        assert len(places) <= 2
        if len(places) == 2:
            one, other = places
            assert (history.sender[one], history.receiver[one]) == (
                history.receiver[other],
                history.sender[other],
            )
    # As many pairs as the rarer direction has events of one day, type and worth.
    low = np.minimum(history.sender, history.receiver)
    high = np.maximum(history.sender, history.receiver)
    key = np.column_stack([history.day, low, high, history.sign, history.size])
    _, group = np.unique(key, axis=0, return_inverse=True)
    forth = np.bincount(group.ravel(), history.sender < history.receiver)
    back = np.bincount(group.ravel(), history.sender > history.receiver)
    assert len(np.unique(history.act)) == len(history) - int(np.minimum(forth, back).sum())


def turned(seed: int) -> tuple[History, History]:
    """Give a small world, and the same with a share of cooperation told from the other side, too."""
    world = worlds.make_world(SMALL, seed)
    return world, worlds.mirrored(world, seed)


def shared(history: History, risk_set: str = "full") -> History:
    return share_joint_acts(
        history,
        statistics=SMALL.statistics,
        half_life_days=SMALL.half_life_days,
        since=SMALL.since,
        risk_set=risk_set,
    )


def test_the_directions_of_an_act_share_its_worth_and_single_acts_keep_it():
    history = pair_mirrors(turned(8_001)[1])
    found = shared(history)
    single = history.sides(np.arange(len(history))) == 1
    assert (found.size[single] == history.size[single]).all()
    part = np.bincount(history.act, found.size / history.size)
    assert part[np.unique(history.act)] == pytest.approx(1.0)


def test_the_side_that_acts_more_often_gets_more_of_what_nobody_knows():
    # A acts on B every day; on each tenth day the row is told from both sides. B never acts by itself.
    events = [("A", "B", i, 2.0) for i in range(120)] + [("B", "A", i, 2.0) for i in range(0, 120, 10)]
    events += [("C", "D", i, 2.0) for i in range(0, 120, 3)] + [("D", "C", i, 2.0) for i in range(1, 120, 7)]
    history = pair_mirrors(make_history(*events))
    found = share_joint_acts(history, statistics=TERMS[:1], half_life_days=30, risk_set="full")
    turned_round = (found.sender == 1) & (found.day > found.day[0] + 30)
    assert (found.size[turned_round] < 0.5 * history.size[turned_round]).all()


def test_the_same_history_gives_the_same_shares():
    history = pair_mirrors(worlds.mirrored(random_history(seed=2), 1))
    one, other = (share_joint_acts(history, statistics=TERMS, seed=4, controls=5) for _ in range(2))
    assert one.size.tolist() == other.size.tolist()


def test_acts_of_one_side_only_have_nothing_to_share():
    with pytest.raises(NothingFoundError, match="no act is told of several ordered pairs"):
        share_joint_acts(random_history(seed=1), statistics=TERMS)


def scatter_of(told, seeds: range) -> None:
    values = []
    for seed in seeds:
        found = fit(
            told(seed),
            statistics=SMALL.statistics,
            half_life_days=SMALL.half_life_days,
            since=SMALL.since,
            risk_set="full",
        )
        values.append(surprise(found, np.array(worlds.TRUE["cooperation"])))
    check_total(values, 18)


def test_meetings_told_from_both_sides_leave_estimates_where_they_belong():
    def told(seed: int) -> History:
        world = worlds.make_world(SMALL, 9_000 + seed, joint=0.43)
        return pair_mirrors(replace(world, act=None))

    scatter_of(told, range(1, 9))


def test_rows_turned_round_leave_estimates_where_they_belong():
    scatter_of(lambda seed: shared(pair_mirrors(turned(9_100 + seed)[1])), range(1, 4))
