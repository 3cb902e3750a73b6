"""Which pairs of a day are looked at: those with live history, and some of the others, drawn with weights."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from comity.model.compiling import kernel
from comity.model.sparse import SparseState, sparse_live
from comity.model.state import Floats, Integers, State

Truths = NDArray[np.bool_]

ACTIVITY_POWER: Final = 0.6  # how much likelier a pair of busy actors is drawn; see the background page


def live_dyads(state: State | SparseState, present: Integers) -> Integers:
    """List the ordered pairs with a memory in either direction, as sender * n + receiver, rising."""
    at_risk = np.zeros(state.node.shape[1], dtype=np.bool_)
    at_risk[present] = True
    if isinstance(state, SparseState):
        return sparse_live(state, at_risk)
    found: Integers = _live(state.active, int(state.alive[0]), at_risk)
    return found


def draw_silent(
    state: State | SparseState, present: Integers, live: Integers, wanted: int, rng: np.random.Generator
) -> tuple[Integers, Floats]:
    """Draw pairs without live history, with replacement, busy actors more often.

    Returns
    -------
    the pairs, and the log of how many pairs each stands for; no offsets if all pairs were taken
    """
    actors = state.node.shape[1]
    if len(present) * (len(present) - 1) - len(live) <= wanted:
        every = (present[:, None] * actors + present[None, :])[~np.eye(len(present), dtype=bool)]
        return every[~np.isin(every, live)], np.zeros(0)
    weight = (1 + state.node[:, present].sum(axis=0) * state.clock[1]) ** ACTIVITY_POWER
    busy = np.zeros(actors)
    busy[present] = weight
    mass = weight.sum() ** 2 - (weight**2).sum() - _mass_of(live, busy)
    steps = np.cumsum(weight)
    drawn = np.zeros(0, dtype=np.int64)
    while len(drawn) < wanted:
        chance = rng.random((2, wanted + wanted // 4))
        drawn = np.concatenate([drawn, _pick(chance, steps, present, live, actors)])
    drawn = drawn[:wanted]
    return drawn, np.log(mass / (wanted * busy[drawn // actors] * busy[drawn % actors]))


@kernel
def _live(active: Integers, alive: int, at_risk: Truths) -> Integers:
    actors = at_risk.shape[0]
    table = np.zeros(actors * actors, dtype=np.bool_)
    count = 0
    for i in range(alive):
        a, b = active[i, 1], active[i, 2]
        if at_risk[a] and at_risk[b]:
            count += 2 - table[a * actors + b] - table[b * actors + a]
            table[a * actors + b] = True
            table[b * actors + a] = True
    found, at = np.empty(count, dtype=np.int64), 0
    for dyad in range(actors * actors):
        if table[dyad]:
            found[at] = dyad
            at += 1
    return found


@kernel
def _mass_of(live: Integers, busy: Floats) -> float:
    """Add up what the live pairs would weigh."""
    actors, total = busy.shape[0], 0.0
    for i in range(live.shape[0]):
        total += busy[live[i] // actors] * busy[live[i] % actors]
    return total


@kernel
def _has(rising: Integers, wanted: int) -> bool:
    low, high = 0, rising.shape[0]
    while low < high:
        middle = (low + high) // 2
        if rising[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return bool(low < rising.shape[0] and rising[low] == wanted)


@kernel
def _guide(steps: Floats) -> Integers:
    """For each of so many equal parts of the whole, the first step that ends in or after it."""
    size, at = steps.shape[0], 0
    guide = np.empty(size, dtype=np.int64)
    for part in range(size):
        while steps[at] <= part / size * steps[size - 1] and at < size - 1:
            at += 1
        guide[part] = at
    return guide


@kernel
def _pick(chance: Floats, steps: Floats, present: Integers, live: Integers, actors: int) -> Integers:
    """Turn pairs of chances into pairs of actors; leave out live pairs and actors with themselves."""
    size, guide = steps.shape[0], _guide(steps)
    found, at = np.empty(chance.shape[1], dtype=np.int64), 0
    ends = np.empty(2, dtype=np.int64)
    for i in range(chance.shape[1]):
        for end in range(2):
            step = guide[int(chance[end, i] * size)]
            while step > 0 and steps[step - 1] > chance[end, i] * steps[size - 1]:
                step -= 1
            while step < size - 1 and steps[step] <= chance[end, i] * steps[size - 1]:
                step += 1
            ends[end] = present[step]
        dyad = ends[0] * actors + ends[1]
        if ends[0] != ends[1] and not _has(live, dyad):
            found[at] = dyad
            at += 1
    return found[:at]
