"""The running memories of an event stream: pairs, actors and triads, moved forward day by day.

Values are kept in units that grow with time, so that a day without events costs nothing: a stored value
times `clock[1]` is the value of the day. A memory that falls below `FLOOR` is set to zero for good.
"""

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from comity.model.compiling import kernel

FLOOR: Final = 0.01  # eventnet's truncation; see the background page
REBASE_DOUBLINGS: Final = 400.0  # far below the largest power of two that a float holds
FRIEND_FRIEND, ENEMY_ENEMY, ENEMY_FRIEND, FRIEND_ENEMY = 0, 1, 2, 3

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class State(NamedTuple):
    """All memories at one moment; `n` actors.

    Parameters
    ----------
    pair : (2, n, n), friendly and hostile memory of each ordered pair
    both : (2, n, n), the two directions added
    triad : (4, n, n), sums over third parties, each split into what its row's and its column's changes added
    node : (4, n), sent friendly, received friendly, sent hostile, received hostile, with their own truncation
    part : (4, n, n) or (4, 0, 0), the node memories by partner
    active : (capacity, 3), where `pair` is not zero: the first `alive[0]` of sign, sender, receiver
    clock : the day that units refer to, and the factor to the units of the present day
    """

    pair: Floats
    both: Floats
    triad: Floats
    node: Floats
    part: Floats
    active: Integers
    alive: Integers
    clock: Floats


def new_state(actors: int, first_day: int, *, capacity: int, parts: bool) -> State:
    """Begin with empty memories; `capacity` is the largest number of pairs and signs ever alive."""
    kept = actors if parts else 0
    return State(
        pair=np.zeros((2, actors, actors)),
        both=np.zeros((2, actors, actors)),
        triad=np.zeros((4, actors, actors)),
        node=np.zeros((4, actors)),
        part=np.zeros((4, kept, kept)),
        active=np.zeros((min(capacity, 2 * actors * actors), 3), dtype=np.int64),
        alive=np.zeros(1, dtype=np.int64),
        clock=np.array([float(first_day), 1.0]),
    )


@kernel
def _gain(row: Floats, old: float, new: float, into: Floats) -> None:
    for b in range(row.shape[0]):
        into[b] += min(new, row[b]) - min(old, row[b])


@kernel
def _shift(state: State, sign: int, a: int, third: int, old: float, new: float) -> None:
    """Move the tie between `a` and `third` from `old` to `new` in every triad of `a` through `third`."""
    same, other = state.both[sign, third], state.both[1 - sign, third]
    _gain(same, old, new, state.triad[FRIEND_FRIEND if sign == 0 else ENEMY_ENEMY, a])
    _gain(other, old, new, state.triad[FRIEND_ENEMY if sign == 0 else ENEMY_FRIEND, a])


@kernel
def _settle(state: State, sign: int, a: int, b: int) -> None:
    old = state.both[sign, a, b]
    new = state.pair[sign, a, b] + state.pair[sign, b, a]
    _shift(state, sign, a, b, old, new)
    _shift(state, sign, b, a, old, new)
    state.both[sign, a, b] = new
    state.both[sign, b, a] = new


@kernel
def _scale(values: Floats, factor: float) -> None:
    for k in range(values.shape[0]):
        for a in range(values.shape[1]):
            for b in range(values.shape[2]):
                values[k, a, b] *= factor


@kernel
def _rebase(state: State, day: int) -> None:
    factor = state.clock[1]
    _scale(state.pair, factor)
    _scale(state.both, factor)
    _scale(state.triad, factor)
    _scale(state.part, factor)
    for k in range(4):
        for a in range(state.node.shape[1]):
            state.node[k, a] *= factor
    state.clock[0], state.clock[1] = day, 1.0


@kernel
def _forget_nodes(state: State) -> None:
    for k in range(4):
        for a in range(state.node.shape[1]):
            if state.node[k, a] > 0.0 and state.node[k, a] * state.clock[1] < FLOOR:
                state.node[k, a] = 0.0
                for b in range(state.part.shape[1]):
                    state.part[k, a, b] = 0.0


@kernel
def advance(state: State, day: int, half_life_days: float) -> None:
    """Move to the morning of `day`: everything has decayed, and what is below the floor is forgotten."""
    doublings = (day - state.clock[0]) / half_life_days
    state.clock[1] = 2.0**-doublings
    if doublings > REBASE_DOUBLINGS:
        _rebase(state, day)
    _forget_nodes(state)
    i = 0
    while i < state.alive[0]:
        sign, a, b = state.active[i]
        if state.pair[sign, a, b] * state.clock[1] < FLOOR:
            state.pair[sign, a, b] = 0.0
            _settle(state, sign, a, b)
            state.alive[0] -= 1
            for k in range(3):
                state.active[i, k] = state.active[state.alive[0], k]
        else:
            i += 1


@kernel
def push(state: State, sender: Integers, receiver: Integers, sign: Integers, size: Floats) -> None:
    """Add the events of the present day; they count from the next day on."""
    for i in range(sender.shape[0]):
        a, b, c, worth = sender[i], receiver[i], sign[i], size[i] / state.clock[1]
        if worth == 0.0:
            continue
        if state.pair[c, a, b] == 0.0:
            for k, place in enumerate((c, a, b)):
                state.active[state.alive[0], k] = place
            state.alive[0] += 1
        state.pair[c, a, b] += worth
        _settle(state, c, a, b)
        state.node[2 * c, a] += worth
        state.node[2 * c + 1, b] += worth
        if state.part.shape[1] > 0:
            state.part[2 * c, a, b] += worth
            state.part[2 * c + 1, b, a] += worth
