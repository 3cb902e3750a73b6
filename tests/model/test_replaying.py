"""Worlds in which some acts are given: what stays the same, and what follows from what."""

import numpy as np
import pytest

from comity.model import History, OfKind, Propensity, Repetition, Replay, Watch, find_statistics
from comity.provenance import UsageError
from tests.model.worlds import day, make_history

NAMES = tuple(f"a{i}" for i in range(5))
TERMS = find_statistics(("coop.repetition", "friend.of.friend"))
BETA = np.array([0.5, 1.0])
SIZES = np.array([2.0, 4.0])
FIRST = (day(0) - day(0).replace(year=1970)).days
NOBODY = History.of([], [], [], [], actors=NAMES)


def replay(*, acts=4.0, days=60, before=NOBODY, free=None, statistics=TERMS, transform="log1p") -> Replay:
    return Replay(
        before=before,
        first=FIRST,
        last=FIRST + days - 1,
        free={"cooperation": np.ones((5, 5), dtype=bool) if free is None else free},
        propensities={
            "cooperation": Propensity(statistics, BETA[: len(statistics)], 0.0, np.array([2.0, 4.0]))
        },
        acts={"cooperation": np.full(days, acts)},
        watch=Watch(statistics, BETA[: len(statistics)], 0.0, np.array([0]), np.array([1]), relative=True),
        half_life_days=30.0,
        transform=transform,
    )


def run(world: Replay, given: History = NOBODY, seed: int = 1):
    return world.run(given, world.start(), seed=seed)


def test_on_the_first_morning_all_pairs_are_alike():
    # 20 ordered pairs: log(1/20).
    assert run(replay()).seen[0, 0] == pytest.approx(-np.log(20))


def test_a_day_has_about_the_acts_that_were_asked_for():
    acts = run(replay(days=200), seed=2).acts
    # Poisson with mean 800, standard deviation 28.
    assert abs(len(acts) - 800) < 4 * 28
    assert (acts.sender != acts.receiver).all()
    assert set(acts.size.tolist()) == {2.0, 4.0}
    assert (np.diff(acts.day) >= 0).all()


def test_the_same_seed_gives_the_same_world_and_leaves_its_start_as_it_was():
    world = replay()
    start = world.start()
    one, again, other = (world.run(NOBODY, start, seed=seed).seen.tolist() for seed in (1, 1, 2))
    assert one == again
    assert one != other
    assert not start.pair.any()


def test_pairs_that_are_not_free_get_only_what_is_given():
    free = np.ones((5, 5), dtype=bool)
    free[4] = free[:, 4] = False
    given = make_history(("a4", "a0", 3, 7.0), actors=NAMES)
    acts = run(replay(free=free), given).acts
    mine = (acts.sender == 4) | (acts.receiver == 4)
    assert mine.sum() == 1
    assert acts.size[mine].tolist() == [7.0]


def test_what_is_given_to_both_ends_moves_them_and_nothing_before_it():
    """A common friend of a0 and a1 from day 20 on makes acts between them likelier, in the same chance."""
    free = np.ones((5, 5), dtype=bool)
    free[4] = free[:, 4] = False
    events = [("a4", end, number, 9.0) for number in range(20, 60) for end in ("a0", "a1")]
    still, moved = (
        run(replay(free=free), one).seen[:, 0] for one in (NOBODY, make_history(*events, actors=NAMES))
    )
    assert moved[:21].tolist() == still[:21].tolist()  # the act of a day counts from the next one on
    assert (moved[25:] > still[25:]).mean() > 0.8


def test_other_statistics_than_the_sixteen_are_refused():
    with pytest.raises(UsageError, match="not replayed"):
        replay(statistics=(OfKind("deeds", Repetition(0)),))
    with pytest.raises(UsageError, match="not replayed"):
        replay(transform="each")
