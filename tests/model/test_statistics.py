"""The statistics of candidate acts, worked out by hand; half-life 30 days throughout."""

import numpy as np
import pytest

from comity.model import (
    STATISTICS,
    Triad,
    UnknownNameError,
    UnknownStatisticError,
    by_third_party,
    compute_statistics,
    find_statistics,
)
from tests.model.worlds import day, make_history

FIXTURE_NAMES = [
    *("coop.repetition", "coop.reciprocation", "conf.repetition", "conf.reciprocation"),
    *("pos.out.source", "pos.in.source", "neg.out.source", "neg.in.source"),
    *("pos.out.target", "pos.in.target", "neg.out.target", "neg.in.target"),
    *("friend.of.friend", "friend.of.enemy", "enemy.of.friend", "enemy.of.enemy"),
]
TWO_ENEMIES = (("A", "K", 0, -8.0), ("K", "B", 0, -2.0), ("L", "A", 0, -4.0), ("B", "L", 0, -10.0))


def values(history, sender, receiver, number, **options):
    found = compute_statistics(history, [sender], [receiver], [day(number)], half_life_days=30, **options)
    return dict(zip([one.name for one in options.get("statistics", STATISTICS)], found[0], strict=True))


def nonzero(found):
    return {name: value for name, value in found.items() if value}


def test_the_names_are_those_of_the_reference():
    assert [one.name for one in STATISTICS] == FIXTURE_NAMES
    assert [one.code for one in STATISTICS] == list(range(16))


def test_one_friendly_act_is_repeated_and_counts_half_after_a_half_life():
    found = values(make_history(("A", "B", 0, 8.0)), "A", "B", 30)
    assert nonzero(found) == {"coop.repetition": 4.0, "pos.out.source": 4.0, "pos.in.target": 4.0}


def test_one_hostile_act_is_reciprocated():
    found = values(make_history(("A", "B", 0, -8.0)), "B", "A", 30)
    assert nonzero(found) == {"conf.reciprocation": 4.0, "neg.in.source": 4.0, "neg.out.target": 4.0}


def test_events_of_the_day_itself_do_not_count():
    history = make_history(("A", "B", 0, 8.0), ("A", "B", 30, 8.0))
    assert values(history, "A", "B", 30)["coop.repetition"] == 4.0


def test_a_memory_below_the_floor_is_gone_and_never_returns():
    # 0.01 * 2 ** 9 = 5.12: after nine half-lives (270 days) 0.01, which still counts; a day later not.
    lone = make_history(("A", "B", 0, 5.12))
    assert values(lone, "A", "B", 270)["coop.repetition"] == pytest.approx(0.01, abs=1e-12)
    assert nonzero(values(lone, "A", "B", 271)) == {}
    # Had the rest not been lost, day 301 would show 1 / 2 + 5.12 * 2 ** (-301 / 30).
    again = make_history(("A", "B", 0, 5.12), ("A", "B", 271, 1.0))
    assert values(again, "A", "B", 301)["coop.repetition"] == pytest.approx(0.5, abs=1e-12)


def test_actors_forget_by_their_own_sum_and_pairs_by_theirs():
    # Each pair is at 0.008 < 0.01 after 300 days (8 * 2 ** -10 = 0.0078125); the sender's sum is twice that.
    history = make_history(("A", "B", 0, 8.0), ("A", "C", 0, 8.0))
    found = values(history, "A", "B", 300)
    assert found["coop.repetition"] == 0.0
    assert found["pos.out.source"] == pytest.approx(0.015625, abs=1e-12)
    assert found["pos.in.target"] == 0.0


def test_a_tie_through_a_third_party_is_the_weaker_of_the_two():
    # K's ties after 30 days: with A 8 / 2 = 4, with B (2 + 4) / 2 = 3, both directions added.
    history = make_history(("A", "K", 0, 8.0), ("B", "K", 0, 2.0), ("K", "B", 0, 4.0))
    assert values(history, "A", "B", 30)["friend.of.friend"] == 3.0
    assert values(history, "B", "A", 30)["friend.of.friend"] == 3.0


def test_the_friend_of_an_enemy_is_told_from_the_enemy_of_a_friend():
    # K is A's enemy (4) and B's friend (1).
    history = make_history(("A", "K", 0, -8.0), ("B", "K", 0, 2.0))
    forth, back = values(history, "A", "B", 30), values(history, "B", "A", 30)
    assert forth["friend.of.enemy"] == 1.0
    assert forth["enemy.of.friend"] == 0.0
    assert back["friend.of.enemy"] == 0.0
    assert back["enemy.of.friend"] == 1.0


def test_enemies_of_enemies_add_up_over_third_parties():
    # K: min(4, 1); L: min(2, 5).
    history = make_history(*TWO_ENEMIES)
    assert values(history, "A", "B", 30)["enemy.of.enemy"] == 3.0


@pytest.mark.parametrize(
    ("transform", "expected"),
    [("identity", 3.0), ("log1p", np.log(4.0)), ("each", np.log(2.0) + np.log(3.0))],
)
def test_a_transform_takes_the_sum_or_each_third_party(transform, expected):
    history = make_history(*TWO_ENEMIES)
    found = values(history, "A", "B", 30, transform=transform)
    assert found["enemy.of.enemy"] == pytest.approx(expected, abs=1e-12)


def test_a_degree_tells_its_partners_with_what_each_pair_has_forgotten():
    # The pairs are below the floor, the actor's sum 0.015625 is not: half of it each.
    history = make_history(("A", "B", 0, 8.0), ("A", "C", 0, 8.0))
    statistic = find_statistics(("pos.out.source",))[0]
    parts = by_third_party(history, statistic, "A", "B", day(300), half_life_days=30)
    assert parts == pytest.approx({"B": 0.0078125, "C": 0.0078125}, abs=1e-12)


def test_a_triad_tells_its_third_parties():
    history = make_history(("A", "K", 0, 8.0), ("K", "B", 0, 2.0), ("A", "L", 0, 8.0))
    assert by_third_party(history, Triad(0, 0), "A", "B", day(30), half_life_days=30) == {"K": 1.0}


def test_a_statistic_without_third_parties_tells_none():
    history = make_history(("A", "B", 0, 8.0))
    assert by_third_party(history, STATISTICS[0], "A", "B", day(30), half_life_days=30) == {}


def test_an_unknown_statistic_is_named_with_those_there_are():
    with pytest.raises(
        UnknownStatisticError,
        match=r"no statistic 'degree'.*friend\.of\.friend.*joint\.work.*deeds\.coop\.repetition",
    ):
        find_statistics(("degree",))


def test_a_row_of_an_unknown_actor_names_the_nearest():
    with pytest.raises(UnknownNameError, match=r"no actor 'Japn'.*row 1.*Nearest: 'Japan'"):
        compute_statistics(make_history(("Japan", "B", 0, 1.0)), ["Japn"], ["B"], [day(1)])
