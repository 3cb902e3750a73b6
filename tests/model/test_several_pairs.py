"""Acts that are told of several ordered pairs: one act each, on the sum of their chances."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from comity.model import (
    Covariate,
    GivenCounts,
    History,
    Propensity,
    Replay,
    Watch,
    as_one,
    fit,
    fit_volume,
    miscode,
    simulate,
)
from comity.model.coding_error import ErrorRates
from comity.model.fitting import Question, prepare
from comity.model.statistics import find_statistics
from comity.provenance import BadValueError
from tests.model.worlds import day, random_history

TERMS = find_statistics(("coop.repetition", "coop.reciprocation", "pos.out.source", "friend.of.friend"))


def meetings(history: History, share: float = 0.4) -> History:
    """Tell the first `share` of the events of cooperation from the other side, too, as one act."""
    friendly = np.flatnonzero(history.sign == 0)
    both = friendly[: int(share * len(friendly))]
    act = np.arange(len(history))
    columns = {
        "sender": np.concatenate([history.sender, history.receiver[both]]),
        "receiver": np.concatenate([history.receiver, history.sender[both]]),
        **{
            name: np.concatenate([getattr(history, name), getattr(history, name)[both]])
            for name in ("day", "sign", "size")
        },
        "act": np.concatenate([act, act[both]]),
    }
    whole = replace(history, **columns)
    return whole.take(np.argsort(whole.day, kind="stable"))


def likelihood(history: History, risk_set: str = "full", outcome: str = "rate:cooperation"):
    question = Question(outcome, TERMS, 30.0, "log1p", None, None, risk_set, 6, 1)
    return prepare(history, question)[0]


def test_a_meeting_has_the_sum_of_the_chances_of_its_two_directions():
    # Pairs among A, B, C: six, of which A to B is marked with x = 1. At beta the chance of A to B is
    # e^beta / (e^beta + 5), of B to A 1 / (e^beta + 5). Two meetings of A and B, one act of C on A:
    # log L = 2 log(e^beta + 1) - 3 log(e^beta + 5); with e^beta = 3 it is 2 log 4 - 3 log 8.
    history = History.of(
        ["A", "B", "C", "B", "A"],
        ["B", "A", "A", "A", "B"],
        [day(0), day(0), day(0), day(1), day(1)],
        [1.0] * 5,
        acts=["one", "one", "two", "three", "three"],
    )
    mark = np.zeros((3, 3))
    mark[0, 1] = 1.0
    question = Question(
        "rate:cooperation", (Covariate("marked", mark),), 30.0, "identity", None, None, "full", 1, 1
    )
    likelihood, _, _ = prepare(history, question)
    found = likelihood.evaluate(np.log([3.0]))
    assert found.log_likelihood == pytest.approx(2 * np.log(4) - 3 * np.log(8))
    # The share of A to B in a meeting is 3/4, in all pairs 3/8: the gradient is 2 * 3/4 - 3 * 3/8.
    assert found.gradient == pytest.approx([3 / 8])
    # Information: 3 times 3/8 * 5/8, less 2 times 3/4 * 1/4.
    assert found.information[0] == pytest.approx([3 * 15 / 64 - 2 * 3 / 16])


@pytest.mark.parametrize("risk_set", ["full", "sampled"])
def test_gradient_and_information_are_the_slopes_of_the_log_likelihood(risk_set: str):
    likely = likelihood(meetings(random_history(seed=3)), risk_set)
    beta, step = np.array([0.2, -0.1, 0.1, 0.05]), 1e-5
    here = likely.evaluate(beta)
    for j in range(len(beta)):
        away = np.zeros(len(beta))
        away[j] = step
        up, down = likely.evaluate(beta + away), likely.evaluate(beta - away)
        assert here.gradient[j] == pytest.approx(
            (up.log_likelihood - down.log_likelihood) / (2 * step), abs=1e-4
        )
        assert here.information[j] == pytest.approx(
            -(up.gradient - down.gradient) / (2 * step), rel=1e-4, abs=1e-5
        )


@pytest.mark.parametrize("risk_set", ["full", "sampled"])
def test_the_shares_of_dyads_add_up_to_the_gradient(risk_set: str):
    likely = likelihood(meetings(random_history(seed=4)), risk_set)
    beta = np.array([0.3, 0.1, -0.1, 0.0])
    assert likely.scores_by_dyad(beta).scores.sum(axis=0) == pytest.approx(likely.evaluate(beta).gradient)


def test_days_drawn_again_count_meetings_as_often_as_other_acts():
    likely = likelihood(meetings(random_history(seed=5)))
    beta = np.array([0.1, 0.2, 0.0, 0.0])
    once = likely.evaluate(beta)
    likely.weights = np.full(len(likely.design.days()), 2.0)
    twice = likely.evaluate(beta)
    assert twice.log_likelihood == pytest.approx(2 * once.log_likelihood)
    assert twice.gradient == pytest.approx(2 * once.gradient)


def test_acts_of_one_pair_are_fitted_as_if_acts_had_no_numbers():
    history = random_history(seed=6)
    one = fit(history, statistics=TERMS, risk_set="full")
    numbered = fit(replace(history, act=np.arange(len(history))), statistics=TERMS, risk_set="full")
    assert numbered == one


def test_a_fit_counts_a_meeting_once_and_says_so():
    history = random_history(seed=7)
    whole = meetings(history)
    twice = int((np.bincount(whole.act) > 1).sum())
    for outcome in ("rate:cooperation", "type"):
        found = fit(whole, outcome=outcome, statistics=TERMS, risk_set="full", clustered=True)
        wanted = history.sign == 0 if outcome != "type" else history.sign >= 0
        assert found.n_events == wanted.sum()
        assert any(note.startswith(f"{twice} of the acts are told of several") for note in found.notes)
        assert all(one.std_error_dyad for one in found.coefficients)
    assert fit(whole, outcome="type", statistics=TERMS).n_rows == len(history)


def test_an_act_on_two_days_or_of_two_types_is_refused():
    ends = (["A", "B"], ["B", "A"])
    with pytest.raises(BadValueError, match="one act on two days") as caught:
        History.of(*ends, [day(0), day(1)], [1.0, 1.0], acts=[7, 7])
    assert "event 2" in str(caught.value)
    with pytest.raises(BadValueError, match="one act of two types"):
        History.of(*ends, [day(0), day(0)], [1.0, -1.0], acts=[7, 7])


def test_taking_events_keeps_their_acts():
    history = History.of(
        ["A", "B", "C"], ["B", "A", "A"], [day(0)] * 3, [1.0] * 3, kinds=["talk", "talk", "deeds"], acts="xxy"
    )
    assert history.once.tolist() == [True, False, True]
    assert history.only("talk").act.tolist() == [0, 0]
    assert history.take(np.array([2])).kind.tolist() == ["deeds"]
    assert history.sides(np.arange(3)).tolist() == [0.5, 0.5, 1.0]
    assert history.joint_share(history.day == history.day[0]) == 0.5


def test_a_group_keeps_the_acts_of_its_members():
    history = History.of(["F", "J"], ["J", "F"], [day(0)] * 2, [1.0] * 2, acts=["x", "x"])
    joined = as_one(history, [("F", "N", None, None)])
    assert joined.act.tolist() == [0, 0]


def test_a_wrong_type_is_wrong_on_both_sides():
    wrong = miscode(meetings(random_history(seed=8), share=1.0), ErrorRates(cooperation=0.5), seed=2)
    for number in np.unique(wrong.act):
        assert len(set(wrong.sign[wrong.act == number].tolist())) == 1
    assert 0.2 < wrong.sign.mean() < 0.8


def simulated(joint: float, seed: int = 1) -> History:
    before = History.of([], [], [], [], actors=list("ABCDE"))
    chosen = Propensity(TERMS[:1], np.array([0.3]), 6.0, np.array([1.0, 4.0]), joint=joint)
    return simulate(before, {"cooperation": chosen}, first=day(0), last=day(199), seed=seed)


def test_a_share_of_simulated_acts_is_told_from_both_sides():
    world = simulated(0.4)
    acts = len(np.unique(world.act))
    both = [np.flatnonzero(world.act == number) for number in np.unique(world.act)]
    pairs = [places for places in both if len(places) == 2]
    # About 1200 acts: a share of 0.4 with a standard error of 0.014.
    assert len(pairs) / acts == pytest.approx(0.4, abs=4.5 * 0.0145)
    for one, other in pairs:
        assert (world.sender[one], world.receiver[one]) == (world.receiver[other], world.sender[other])
        assert (world.day[one], world.size[one]) == (world.day[other], world.size[other])


def test_without_joint_acts_the_world_is_the_old_one_and_acts_are_not_numbered():
    assert simulated(0.0).act is None
    first = simulated(0.4).day == simulated(0.4).day[0]
    assert set(simulated(0.0).sender[simulated(0.0).day == simulated(0.0).day[0]]) <= set(
        simulated(0.4).sender[first]
    )


def test_a_fit_gives_the_share_of_joint_acts_to_its_simulation():
    world = simulated(0.4)
    found = fit(world, statistics=TERMS[:1], since=day(20), risk_set="full")
    chosen = Propensity.of_fit(found, world)
    explained = world.day >= world.day[0] + 20
    acts = len(np.unique(world.act[explained]))
    assert chosen.acts_per_day == pytest.approx(acts / 180)
    assert chosen.joint == pytest.approx(1 - (2 * acts - explained.sum()) / acts)


def test_a_share_of_joint_acts_above_one_is_refused():
    with pytest.raises(BadValueError, match="of joint acts"):
        Propensity(TERMS[:1], np.array([0.3]), 6.0, np.ones(1), joint=1.2)


def test_the_days_number_of_acts_counts_a_meeting_once():
    world = simulated(0.5)
    counts = GivenCounts.of(world, "cooperation").counts
    assert sum(counts.values()) == len(np.unique(world.act))
    volume = fit_volume(world, outcome="cooperation")
    assert volume.n_events == sum(count for one, count in counts.items() if one >= world.day[0] + 7)


def test_replayed_worlds_have_joint_acts_too():
    first = (day(0) - date(1970, 1, 1)).days
    replay = Replay(
        before=History.of([], [], [], [], actors=list("ABCDE")),
        first=first,
        last=first + 199,
        free={"cooperation": np.ones((5, 5), dtype=bool)},
        propensities={"cooperation": Propensity(TERMS[:1], np.array([0.0]), 0.0, np.array([2.0]), joint=0.5)},
        acts={"cooperation": np.full(200, 4.0)},
        watch=Watch(TERMS[:1], np.zeros(1), 0.0, np.array([0]), np.array([1]), relative=True),
        half_life_days=30.0,
        transform="log1p",
    )
    acts = replay.run(History.of([], [], [], [], actors=list("ABCDE")), replay.start(), seed=1).acts
    # 800 acts, half of them told twice: a mean of 1200 events, standard deviation about 46.
    assert abs(len(acts) - 1200) < 4.5 * 46
