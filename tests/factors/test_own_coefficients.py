"""A third party's part with coefficients of its own."""

import math

import numpy as np
import pytest

from comity.factors import Factor, fit_coefficients
from comity.factors.change import move_of_triad, remember, work_out
from comity.factors.factor import Level, Simulated
from comity.factors.own_coefficients import own_parts
from comity.model import STATISTICS, CountedApart, History, Triad, compute_statistics, count_apart
from comity.model.errors import UnknownNameError
from tests.factors.test_attribute import account
from tests.factors.worlds import ask, make_coefficients, period
from tests.model.worlds import day, make_history, random_history


def rows_of(history: History, statistics, transform: str) -> np.ndarray:
    pairs = [(a, b) for a in history.actors for b in history.actors if a != b]
    ends = ([a for a, _ in pairs], [b for _, b in pairs])
    return compute_statistics(
        history, *ends, [day(50)] * len(pairs), statistics=statistics, transform=transform
    )


@pytest.mark.parametrize(("transform", "back"), [("identity", lambda x: x), ("log1p", np.expm1)])
def test_a_third_party_and_all_others_add_up_to_the_triad(transform, back):
    history = random_history(seed=11)
    for triad in (one for one in STATISTICS if isinstance(one, Triad)):
        apart = count_apart(history, "a2", [triad], transform=transform)
        others, alone = back(rows_of(history, apart, transform)).T
        (whole,) = back(rows_of(history, [triad], transform)).T
        assert others + alone == pytest.approx(whole, abs=1e-9)
        assert (alone > 0).any()


def test_log1p_of_each_third_party_is_parted_too():
    history, triad = random_history(seed=12), Triad(0, 0)
    others, alone = rows_of(history, count_apart(history, "a1", [triad], transform="each"), "each").T
    assert others + alone == pytest.approx(rows_of(history, [triad], "each")[:, 0], abs=1e-9)


def test_only_triads_are_parted_and_names_say_how():
    history = random_history(seed=13)
    apart = count_apart(history, "a3", STATISTICS[:2] + STATISTICS[12:13])
    assert [one.name for one in apart] == [
        "coop.repetition", "coop.reciprocation", "friend.of.friend:not a3", "friend.of.friend:a3",
    ]  # fmt: skip
    assert isinstance(apart[2], CountedApart)
    with pytest.raises(UnknownNameError, match="no actor 'zz'"):
        count_apart(history, "zz", STATISTICS)


def test_the_move_of_a_third_party_is_worked_by_hand():
    # On day 30 K's tie with A is 8/2, with B 4/2: x = 2. On day 60 with A 2 + 16/2, with B 1 + 6/2: x = 4.
    history = make_history(
        ("A", "K", 0, 8.0), ("K", "B", 0, 4.0), ("A", "K", 30, 16.0), ("B", "K", 30, 6.0), ("A", "L", 0, 8.0),
        ("B", "L", 0, 8.0),
    )  # fmt: skip
    question = ask(history, make_coefficients([0.0] * 16), period(30, 30), period(60, 60), pair="A B")
    memory = remember(question)
    assert move_of_triad(question, memory, Triad(0, 0), "K") == pytest.approx([math.log(5 / 3)])
    assert move_of_triad(question, memory, Triad(1, 1), "K") == pytest.approx([0.0])


def factor(own: Level | None, **more) -> Factor:
    nothing = Level(0.0, 0.1)
    return Factor("K", 0.5, 0.0, 0.0, 0.1, 0.0, before=nothing, after=nothing, own=own, **more)


def test_a_part_that_its_own_coefficients_do_not_bear_out_stands_on_others():
    assert factor(None).verdict == "raised it"
    assert factor(Level(0.3, 0.1)).verdict == "raised it"
    assert factor(Level(0.1, 0.1)).verdict == "only as others do"
    assert factor(Level(-0.4, 0.1)).verdict == "only as others do"
    simulated = Simulated(0.6, 0.1, 0.01, 20)
    assert factor(Level(0.1, 0.1), simulated=simulated).verdict == "only as others do"
    found = factor(Level(0.3, 0.1)).to_dict()["with_own_coefficients"]
    assert found == pytest.approx({"value": 0.3, "low": 0.3 - 0.1959964, "high": 0.3 + 0.1959964})
    assert factor(None).to_dict()["with_own_coefficients"] is None


def test_whom_nobody_answers_has_a_part_by_common_coefficients_and_none_by_its_own(planted):
    common, own = [], []
    for seed in range(3):
        history = planted.not_answered(seed)
        common.append(planted.told_apart(history, seed)[0])
        own.append(planted.told_by_its_own(history, seed))
    # Each of its own would be told apart once in twenty; all three never are but once in 8,000.
    assert sum(common) > sum(own)
    assert not all(own)


def test_whom_others_answer_has_a_part_by_its_own_coefficients_too(planted):
    found = [
        planted.told_by_its_own(planted.null_world(seed, cooperation=planted.FRIENDLY), seed)
        for seed in range(2)
    ]
    assert all(found)


def test_who_moved_nothing_and_what_cannot_be_fitted_have_no_part_of_their_own():
    history = random_history(seed=14, events=400)
    coefficients = fit_coefficients(history, "rate:cooperation", statistics=STATISTICS[:1])
    question = ask(history, coefficients, period(35, 40), period(50, 55))
    slopes = work_out(question).slopes  # repetition alone: no third party moves it
    assert own_parts(question, slopes, ["a2", "a3"]) == {}


def test_coefficients_from_elsewhere_give_no_part_of_its_own():
    assert account(third=("USA",))["USA"].own is None
