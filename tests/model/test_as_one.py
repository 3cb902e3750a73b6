"""Members that act as one: whose act it is on the day, what is left out, and who is at risk when."""

import pytest

from comity.model import UnknownNameError, as_one, compute_statistics
from comity.provenance import BadValueError
from tests.model.worlds import day, make_history

ALWAYS = (("A", "G", None, None), ("B", "G", None, None))


def told(history):
    first = int(history.day[0]) if len(history) else 0
    return [
        (history.actors[a], history.actors[b], int(number) - first)
        for a, b, number in zip(history.sender, history.receiver, history.day, strict=True)
    ]


def test_acts_of_members_are_acts_of_the_group_and_those_among_them_are_left_out():
    history = make_history(("A", "X", 0, 1.0), ("X", "B", 1, 2.0), ("A", "B", 2, 3.0), ("X", "Y", 3, 4.0))
    joined = as_one(history, ALWAYS)
    assert joined.actors == ("X", "Y", "G")
    assert told(joined) == [("G", "X", 0), ("X", "G", 1), ("X", "Y", 3)]


def test_statistics_are_those_of_the_group():
    # After 30 days half of 8 + 4.
    history = make_history(("A", "X", 0, 8.0), ("B", "X", 0, 4.0))
    found = compute_statistics(as_one(history, ALWAYS), ["G"], ["X"], [day(30)], half_life_days=30)
    assert found[0, 0] == 6.0


def test_a_member_is_itself_before_it_joins():
    history = make_history(("A", "X", 0, 1.0), ("A", "X", 9, 1.0), ("A", "X", 10, 1.0))
    joined = as_one(history, [("A", "G", day(10), None)])
    assert told(joined) == [("A", "X", 0), ("A", "X", 9), ("G", "X", 10)]
    start = int(history.day[0])
    assert [joined.actors[i] for i in joined.present(start + 9)] == ["A", "X", "G"]
    assert [joined.actors[i] for i in joined.present(start + 10)] == ["X", "G"]


def test_a_member_is_itself_after_it_left():
    history = make_history(("A", "X", 5, 1.0), ("A", "X", 6, 1.0))
    assert told(as_one(history, [("A", "G", None, day(5))])) == [("G", "X", 0), ("A", "X", 1)]


def test_the_body_itself_is_the_group():
    history = make_history(("G", "X", 0, 1.0), ("G", "A", 0, 1.0), ("A", "X", 0, 1.0))
    assert told(as_one(history, ALWAYS[:1])) == [("G", "X", 0), ("G", "X", 0)]


def test_an_act_between_two_groups_stays():
    history = make_history(("A", "X", 0, 1.0))
    assert told(as_one(history, [*ALWAYS[:1], ("X", "H", None, None)])) == [("G", "H", 0)]


@pytest.mark.parametrize(
    ("spells", "message"),
    [
        ([("A", "G", day(3), day(5))], "A is on its own before and after"),
        ([("A", "G", None, day(5)), ("A", "G", day(9), day(12))], "A is on its own before and after"),
        ([("A", "G", None, None), ("A", "H", day(3), None)], "A is a member twice on one day"),
    ],
)
def test_spells_that_cannot_be_expressed_are_refused(spells, message):
    with pytest.raises(BadValueError, match=message):
        as_one(make_history(("A", "X", 0, 1.0)), spells)


def test_a_member_who_is_not_at_hand_is_named():
    with pytest.raises(UnknownNameError, match="no actor 'Z'"):
        as_one(make_history(("A", "X", 0, 1.0)), [("Z", "G", None, None)])
