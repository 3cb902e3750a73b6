"""Statistics beyond the sixteen, worked out by hand; half-life 30 days throughout."""

from datetime import date
from importlib.metadata import EntryPoint

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from comity.actors import load_registry
from comity.model import (
    History,
    JointWork,
    OfKind,
    Repetition,
    SharedMembership,
    TheatrePressure,
    Triad,
    UnknownNameError,
    by_third_party,
    compute_statistics,
    find_statistics,
    fit,
    recall,
)
from comity.model import (
    statistics as statistics_file,
)
from comity.provenance import BadValueError
from tests.model.worlds import day, event_lists, make_history

ACTORS = tuple(f"a{i}" for i in range(5))
PAIRS = [(a, b) for a in ACTORS for b in ACTORS if a != b]


def value(history, statistic, sender, receiver, number, transform="identity"):
    return compute_statistics(
        history, [sender], [receiver], [day(number)], statistics=(statistic,), transform=transform
    )[0, 0]


def parts(history, statistic, sender, receiver, number):
    return by_third_party(history, statistic, sender, receiver, day(number), half_life_days=30)


# Work in a third place: A gives K 8 and L 4, B gives K 2 and L 4, after 30 days half of it.
DONORS = (("A", "K", 0, 8.0), ("B", "K", 0, 2.0), ("A", "L", 0, 4.0), ("B", "L", 0, 4.0), ("K", "B", 0, 9.0))


def test_joint_work_is_the_smaller_of_what_both_do_for_a_third_party():
    history = make_history(*DONORS)
    assert value(history, JointWork(), "A", "B", 30) == 1.0 + 2.0
    assert parts(history, JointWork(), "B", "A", 30) == {"K": 1.0, "L": 2.0}


def test_what_the_third_party_sends_back_is_no_joint_work():
    history = make_history(("A", "K", 0, 8.0), ("K", "B", 0, 8.0))
    assert value(history, JointWork(), "A", "B", 30) == 0.0
    assert value(history, Triad(0, 0), "A", "B", 30) == 4.0  # a common friend all the same


def test_joint_work_may_be_in_certain_places_only():
    assert value(make_history(*DONORS), JointWork(("K",)), "A", "B", 30) == 1.0


# A and P in the west, B and Q in the east, R in both. Q hits B with 8, P hits A with 4, R hits B with 2.
THEATRES = {"west": ["A", "P", "R"], "east": ["B", "Q", "R"]}
PRESSED = (("Q", "B", 0, -8.0), ("P", "A", 0, -4.0), ("R", "B", 0, -2.0), ("A", "B", 0, -6.0))


def test_pressure_counts_in_the_theatre_that_the_other_end_is_not_in():
    history = make_history(*PRESSED)
    of_sender, of_receiver = TheatrePressure.both(THEATRES, history.actors)
    assert (of_sender.name, of_receiver.name) == ("theatre.pressure.source", "theatre.pressure.target")
    # On B in the east, where A is not: Q and R, but not A itself.
    assert value(history, of_receiver, "A", "B", 30) == 4.0 + 1.0
    assert parts(history, of_receiver, "A", "B", 30) == {"Q": 4.0, "R": 1.0}
    # On A in the west, where B is not: P.
    assert value(history, of_sender, "A", "B", 30) == 2.0


def test_in_a_theatre_of_both_there_is_no_pressure_from_elsewhere():
    # R is in the east as well: towards R, nothing that B suffers there is elsewhere.
    history = make_history(*PRESSED)
    assert value(history, TheatrePressure.both(THEATRES, history.actors)[1], "R", "B", 30) == 0.0


def test_theatres_without_actors_here_are_refused():
    with pytest.raises(BadValueError, match="only 1 of 2 theatres with actors here"):
        TheatrePressure.both({"west": ["A"], "east": ["a"]}, ["A", "B"])


SPELLS = (
    ("A", "G7", None, None), ("B", "G7", day(10), day(19)),
    ("A", "NATO", None, None), ("B", "NATO", day(15), None),
)  # fmt: skip


@pytest.mark.parametrize(("number", "expected"), [(9, 0.0), (10, 1.0), (15, 2.0), (19, 2.0), (20, 1.0)])
def test_shared_membership_counts_the_groups_of_both_on_the_day(number, expected):
    assert value(make_history(("A", "B", 0, 8.0)), SharedMembership(SPELLS), "A", "B", number) == expected


def test_shared_membership_names_its_groups():
    history = make_history(("A", "B", 0, 8.0))
    assert parts(history, SharedMembership(SPELLS), "B", "A", 16) == {"G7": 1.0, "NATO": 1.0}


def test_memberships_are_those_of_the_registry_on_the_day():
    # Finland joined NATO on 2023-04-04; both were in the EU before.
    shared = SharedMembership.of_registry(load_registry(), ["FIN", "Germany"], groups=["NATO", "EU"])
    rows = [date(2023, 4, 3), date(2023, 4, 4)]
    history = History.of(["FIN"], ["Germany"], [date(2023, 1, 1)], [1.0])
    found = compute_statistics(history, ["FIN"] * 2, ["Germany"] * 2, rows, statistics=(shared,))
    assert found[:, 0].tolist() == [1.0, 2.0]


def test_actors_that_the_registry_does_not_know_are_named():
    with pytest.raises(UnknownNameError, match=r"1 of 2 actors are not known: Atlantis.*as a table"):
        SharedMembership.of_registry(load_registry(), ["FIN", "Atlantis"])


def of_kinds(*events):
    senders, receivers, numbers, weights, kinds = zip(*events, strict=True)
    return History.of(senders, receivers, [day(one) for one in numbers], weights, kinds=kinds)


KINDS = of_kinds(("A", "B", 0, 8.0, "talk"), ("A", "B", 0, 4.0, "deeds"), ("K", "B", 0, 2.0, "deeds"))


def test_a_statistic_of_one_kind_remembers_that_kind_only():
    assert value(KINDS, OfKind("deeds", Repetition(0)), "A", "B", 30) == 2.0
    assert value(KINDS, OfKind("talk", Repetition(0)), "A", "B", 30) == 4.0
    assert value(KINDS, Repetition(0), "A", "B", 30) == 6.0


def test_statistics_of_kinds_are_found_by_name_and_tell_their_third_parties():
    (friends,) = find_statistics(("deeds.friend.of.friend",))
    history = of_kinds(("A", "K", 0, 8.0, "deeds"), ("B", "K", 0, 4.0, "deeds"), ("B", "K", 0, 4.0, "talk"))
    assert parts(history, friends, "A", "B", 30) == {"K": 2.0}
    assert value(history, friends, "A", "B", 30, "log1p") == pytest.approx(np.log(3.0))


def test_a_kind_without_events_is_refused_with_those_there_are():
    with pytest.raises(BadValueError, match=r"no event of kind 'institutions'.*deeds, talk"):
        value(KINDS, OfKind("institutions", Repetition(0)), "A", "B", 1)
    with pytest.raises(BadValueError, match="no column kind"):
        value(make_history(("A", "B", 0, 8.0)), OfKind("deeds", Repetition(0)), "A", "B", 1)


def test_a_memory_without_kinds_says_how_to_keep_them():
    with pytest.raises(BadValueError, match=r"kinds=\('deeds',\)"):
        recall(KINDS, day(1), half_life_days=30).of_kind("deeds")


@given(event_lists(), st.integers(0, 450), st.sampled_from(["identity", "log1p", "each"]))
@settings(max_examples=40, deadline=None)
def test_totals_are_the_sums_of_parts(events, number, transform):
    history = make_history(*events, actors=ACTORS)
    theatres = TheatrePressure.both({"one": ACTORS[:3], "two": ACTORS[2:]}, ACTORS)
    a, b = (np.array([ACTORS.index(name) for name in side]) for side in zip(*PAIRS, strict=True))
    memory = recall(history, day(number), half_life_days=30)
    for statistic in (JointWork(), *theatres):
        slow = statistic.parts(memory, a, b).sum(axis=1)
        np.testing.assert_allclose(statistic.totals(memory, a, b), slow, atol=1e-12)


def test_both_risk_sets_take_the_added_statistics():
    rng = np.random.default_rng(2)
    names, kinds = [f"a{i}" for i in range(6)], ["talk", "deeds"]
    pairs = [rng.choice(6, 2, replace=False) for _ in range(200)]
    history = History.of(
        [names[a] for a, _ in pairs], [names[b] for _, b in pairs], [day(i // 4) for i in range(200)],
        rng.choice([-3.0, 2.0, 5.0], size=200).tolist(),
        kinds=[kinds[i] for i in rng.integers(2, size=200)],
    )  # fmt: skip
    chosen = [
        OfKind("deeds", Repetition(0)), JointWork(), OfKind("deeds", JointWork()),
        *TheatrePressure.both({"one": names[:3], "two": names[3:]}, names),
        SharedMembership((("a0", "g", None, None), ("a1", "g", None, None), ("a2", "g", day(20), None))),
    ]  # fmt: skip
    full = fit(history, statistics=chosen, risk_set="full", since=day(5))
    every = fit(history, statistics=chosen, controls=10_000, since=day(5))
    for one, other in zip(full.coefficients, every.coefficients, strict=True):
        assert one.estimate == pytest.approx(other.estimate, abs=1e-8)


class Popularity:
    """How many have ever been friendly to the receiver: a statistic that another package could offer."""

    name = "popularity"

    def parts(self, memory, senders, receivers):
        return (memory.received(0)[receivers] > 0).astype(float)


def test_another_package_offers_a_statistic_under_the_entry_point_group(monkeypatch):
    entry = EntryPoint("popularity", f"{__name__}:POPULARITY", "comity.statistics")
    monkeypatch.setattr(statistics_file, "entry_points", lambda group: [entry])
    (found,) = find_statistics(("popularity",))
    history = make_history(("A", "B", 0, 1.0), ("C", "B", 0, 2.0))
    assert value(history, found, "A", "B", 1) == 2.0
    assert parts(history, found, "A", "B", 1) == {"A": 1.0, "C": 1.0}


POPULARITY = Popularity()


def test_an_entry_point_with_a_name_that_is_taken_is_refused(monkeypatch):
    entry = EntryPoint("mine", "comity.model:JointWork", "comity.statistics")
    monkeypatch.setattr(statistics_file, "entry_points", lambda group: [entry])
    with pytest.raises(BadValueError, match="'mine' gives no statistic with a name of its own"):
        find_statistics(("joint.work",))
