"""The memories of a stream among many actors: only what is not zero, actor by actor.

Every pair with a memory has an entry under each of its two actors. Units are those of `state`: a stored
value times `clock[1]` is the value of the day. Numbers agree with the tables of `state`.
"""

from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from comity.model.compiling import kernel
from comity.model.rows import EACH, IDENTITY, LOG1P, RECEIVER_NODE, SENDER_NODE, TRIAD
from comity.model.state import FLOOR, REBASE_DOUBLINGS, Floats, Integers

PAIR_KINDS: Final = 4  # friendly sent, friendly received, hostile sent, hostile received, as in `State.node`
MUCH_LONGER: Final = 8  # from here on, looking up in the longer list is quicker than going through it


class SparseState(NamedTuple):
    """All memories at one moment; `n` actors, `m` entries.

    Parameters
    ----------
    start : (n + 1,), where each actor's entries begin
    other : (m,), the other end, rising within an actor's entries
    value : (4 or 8, m), the actor's memories of the other end by kind; then what node memories owe to it
    node : (4, n), by kind, with their own truncation
    clock : the day that units refer to, and the factor to the units of the present day
    """

    start: Integers
    other: Integers
    value: Floats
    node: Floats
    clock: Floats


@dataclass(frozen=True, slots=True, eq=False)
class SparseTable:
    """A table of every pair that holds only what is not zero: index it by rows, or by rows and columns."""

    start: Integers
    other: Integers
    value: Floats

    @property
    def shape(self) -> tuple[int, int]:
        """As of a whole table."""
        return len(self.start) - 1, len(self.start) - 1

    def entries(self) -> tuple[Integers, Integers, Floats]:
        """Give the row, the column and the value of what is not zero."""
        return np.repeat(np.arange(len(self.start) - 1), np.diff(self.start)), self.other, self.value

    def min_sums(self, a: Integers, b: Integers) -> Floats:
        """Add up the smaller of two rows, for each given pair of rows."""
        out = np.zeros(len(a))
        _sparse_min_sums(self.start, self.other, self.value, a, b, out)
        return out

    def times(self, columns: Floats) -> "SparseTable":
        """Multiply each column by a number."""
        return SparseTable(self.start, self.other, self.value * columns[self.other])

    def __getitem__(self, place: Any) -> Floats:
        if isinstance(place, tuple):
            rows, columns = (np.asarray(one, dtype=np.int64) for one in place)
            out = np.zeros(np.broadcast(rows, columns).shape)
            flat = out.reshape(-1)
            rows, columns = np.broadcast_arrays(rows, columns)
            _look_up(self.start, self.other, self.value, rows.ravel(), columns.ravel(), flat)
            return out
        rows = np.asarray(place, dtype=np.int64)
        out = np.zeros((rows.size, len(self.start) - 1))
        _spread(self.start, self.other, self.value, rows.ravel(), out)
        return out.reshape(*rows.shape, -1)


def new_sparse_state(actors: int, first_day: int, *, parts: bool) -> SparseState:
    """Begin with empty memories."""
    return SparseState(
        start=np.zeros(actors + 1, dtype=np.int64),
        other=np.zeros(0, dtype=np.int64),
        value=np.zeros((2 * PAIR_KINDS if parts else PAIR_KINDS, 0)),
        node=np.zeros((4, actors)),
        clock=np.array([float(first_day), 1.0]),
    )


@kernel
def _find(start: Integers, other: Integers, a: int, b: int) -> int:
    """Give the place of the entry, or -1."""
    low, high = start[a], start[a + 1]
    while low < high:
        middle = (low + high) // 2
        if other[middle] < b:
            low = middle + 1
        else:
            high = middle
    return low if low < start[a + 1] and other[low] == b else -1


@kernel
def _look_up(
    start: Integers, other: Integers, value: Floats, rows: Integers, columns: Integers, out: Floats
) -> None:
    for i in range(rows.shape[0]):
        place = _find(start, other, rows[i], columns[i])
        if place >= 0:
            out[i] = value[place]


@kernel
def _spread(start: Integers, other: Integers, value: Floats, rows: Integers, out: Floats) -> None:
    for i in range(rows.shape[0]):
        for j in range(start[rows[i]], start[rows[i] + 1]):
            out[i, other[j]] = value[j]


@kernel
def _sparse_min_sums(
    start: Integers, other: Integers, value: Floats, a: Integers, b: Integers, out: Floats
) -> None:
    for row in range(a.shape[0]):
        i, j, total = start[a[row]], start[b[row]], 0.0
        while i < start[a[row] + 1] and j < start[b[row] + 1]:
            if other[i] == other[j]:
                total += min(value[i], value[j])
                i += 1
                j += 1
            elif other[i] < other[j]:
                i += 1
            else:
                j += 1
        out[row] = total


@kernel
def _forget(state: SparseState) -> int:
    """Set what is below the floor to zero; give the number of entries that are left."""
    unit, kinds = state.clock[1], state.value.shape[0]
    left = 0
    for a in range(state.node.shape[1]):
        for k in range(4):
            gone = state.node[k, a] > 0.0 and state.node[k, a] * unit < FLOOR
            if gone:
                state.node[k, a] = 0.0
            if gone and kinds > 4:
                for j in range(state.start[a], state.start[a + 1]):
                    state.value[4 + k, j] = 0.0
        for j in range(state.start[a], state.start[a + 1]):
            alive = False
            for k in range(kinds):
                if k < 4 and state.value[k, j] * unit < FLOOR:
                    state.value[k, j] = 0.0
                alive = alive or state.value[k, j] > 0.0
            left += alive
    return left


@kernel
def _compact(state: SparseState, left: int) -> Any:
    start, other = np.zeros_like(state.start), np.empty(left, dtype=np.int64)
    value = np.empty((state.value.shape[0], left))
    at = 0
    for a in range(state.node.shape[1]):
        for j in range(state.start[a], state.start[a + 1]):
            alive = False
            for k in range(value.shape[0]):
                alive = alive or state.value[k, j] > 0.0
            if alive:
                other[at] = state.other[j]
                for k in range(value.shape[0]):
                    value[k, at] = state.value[k, j]
                at += 1
        start[a + 1] = at
    return start, other, value


def advance_sparse(state: SparseState, day: int, half_life_days: float) -> SparseState:
    """Move to the morning of `day`: everything has decayed, and what is below the floor is forgotten."""
    doublings = (day - state.clock[0]) / half_life_days
    state.clock[1] = 2.0**-doublings
    if doublings > REBASE_DOUBLINGS:
        state.value[:] *= state.clock[1]
        state.node[:] *= state.clock[1]
        state.clock[:] = day, 1.0
    left = _forget(state)
    if left == len(state.other):
        return state
    start, other, value = _compact(state, left)
    return SparseState(start, other, value, state.node, state.clock)


def push_sparse(
    state: SparseState, sender: Integers, receiver: Integers, sign: Integers, size: Floats
) -> SparseState:
    """Add the events of the present day; they count from the next day on."""
    some = size > 0
    sender, receiver, sign = sender[some], receiver[some], sign[some]
    worth = size[some] / state.clock[1]
    actors = state.node.shape[1]
    keys = np.unique(np.concatenate([sender * actors + receiver, receiver * actors + sender]))
    start, other, value = _widen(state, keys)
    grown = SparseState(start, other, value, state.node, state.clock)
    _add(grown, sender, receiver, sign, worth)
    return grown


@kernel
def _widen(state: SparseState, keys: Integers) -> Any:
    """Make room for the entries `keys` (actor * n + other, rising) among those there are."""
    actors = state.node.shape[1]
    fresh = 0
    for i in range(keys.shape[0]):
        fresh += _find(state.start, state.other, keys[i] // actors, keys[i] % actors) < 0
    size = state.other.shape[0] + fresh
    start, other = np.zeros_like(state.start), np.empty(size, dtype=np.int64)
    value = np.zeros((state.value.shape[0], size))
    at, key = 0, 0
    for a in range(actors):
        j, end = state.start[a], state.start[a + 1]
        while j < end or (key < keys.shape[0] and keys[key] // actors == a):
            wanted = keys[key] % actors if key < keys.shape[0] and keys[key] // actors == a else actors
            if j < end and state.other[j] <= wanted:
                other[at] = state.other[j]
                for k in range(value.shape[0]):
                    value[k, at] = state.value[k, j]
                key += state.other[j] == wanted
                j += 1
            else:
                other[at] = wanted
                key += 1
            at += 1
        start[a + 1] = at
    return start, other, value


@kernel
def _add(state: SparseState, sender: Integers, receiver: Integers, sign: Integers, worth: Floats) -> None:
    for i in range(sender.shape[0]):
        a, b, c = sender[i], receiver[i], sign[i]
        forth, back = _find(state.start, state.other, a, b), _find(state.start, state.other, b, a)
        state.node[2 * c, a] += worth[i]
        state.node[2 * c + 1, b] += worth[i]
        state.value[2 * c, forth] += worth[i]
        state.value[2 * c + 1, back] += worth[i]
        if state.value.shape[0] > 4:
            state.value[4 + 2 * c, forth] += worth[i]
            state.value[4 + 2 * c + 1, back] += worth[i]


@kernel
def _sparse_nodes(state: SparseState, kind: int, transform: int, out: Floats) -> None:
    unit = state.clock[1]
    for a in range(out.shape[0]):
        out[a] = state.node[kind, a] * unit
        if transform == LOG1P:
            out[a] = np.log1p(out[a])
        elif transform == EACH:
            out[a] = 0.0
            for j in range(state.start[a], state.start[a + 1]):
                if state.value[4 + kind, j] > 0.0:
                    out[a] += np.log1p(state.value[4 + kind, j] * unit)


@kernel
def _meet(tie: Floats, theirs: Any, unit: float, transform: int, sums: Floats) -> None:
    """Add one third party: `tie` and `theirs` hold its friendly and hostile tie with each end."""
    for mine in range(2):
        for their in range(2):
            least = min(tie[mine], theirs[their])
            if least > 0.0:
                sums[mine + 2 * their] += np.log1p(least * unit) if transform == EACH else least * unit


@kernel
def _third_parties(
    state: SparseState, ties: Floats, a: int, b: int, transform: int, tie: Floats, sums: Floats
) -> None:
    """Fill the four sums over third parties; `ties` (n, 2) holds the ties of `a`."""
    start, other, value, unit = state.start, state.other, state.value, state.clock[1]
    sums[:] = 0.0
    if start[b + 1] - start[b] <= MUCH_LONGER * (start[a + 1] - start[a]):
        for j in range(start[b], start[b + 1]):
            _meet(
                ties[other[j]],
                (value[0, j] + value[1, j], value[2, j] + value[3, j]),
                unit,
                transform,
                sums,
            )
        return
    for i in range(start[a], start[a + 1]):
        j = _find(start, other, b, other[i])
        if j >= 0:
            tie[0], tie[1] = value[0, i] + value[1, i], value[2, i] + value[3, i]
            theirs = (value[0, j] + value[1, j], value[2, j] + value[3, j])
            _meet(tie, theirs, unit, transform, sums)


@kernel
def _set_ties(state: SparseState, a: int, ties: Floats, on: float) -> None:
    for j in range(state.start[a], state.start[a + 1]):
        for sign in range(2):
            ties[state.other[j], sign] = on * (state.value[2 * sign, j] + state.value[2 * sign + 1, j])


@kernel
def write_sparse_rows(
    state: SparseState, sender: Integers, receiver: Integers, codes: Integers, transform: int, out: Floats
) -> None:
    """Fill `out` (terms, rows; zeros) with the statistics `codes` of the given ordered pairs."""
    unit, actors = state.clock[1], state.node.shape[1]
    triads = False
    nodes = np.empty(actors)
    for j in range(codes.shape[0]):
        triads = triads or codes[j] >= TRIAD
        if SENDER_NODE <= codes[j] < TRIAD:
            _sparse_nodes(state, (codes[j] - SENDER_NODE) % 4, transform, nodes)
            actor = sender if codes[j] < RECEIVER_NODE else receiver
            for i in range(actor.shape[0]):
                out[j, i] = nodes[actor[i]]
        elif 0 <= codes[j] < SENDER_NODE:
            for i in range(sender.shape[0]):
                place = _find(state.start, state.other, sender[i], receiver[i])
                if place >= 0:
                    value = state.value[codes[j], place] * unit
                    out[j, i] = value if transform == IDENTITY else np.log1p(value)
    if not triads:
        return
    ties, tie, sums, before = np.zeros((actors, 2)), np.zeros(2), np.zeros(4), -1
    for i in range(sender.shape[0]):
        if sender[i] != before:
            if before >= 0:
                _set_ties(state, before, ties, 0.0)
            before = sender[i]
            _set_ties(state, before, ties, 1.0)
        _third_parties(state, ties, before, receiver[i], transform, tie, sums)
        for j in range(codes.shape[0]):
            if codes[j] >= TRIAD:
                value = sums[codes[j] - TRIAD]
                out[j, i] = np.log1p(value) if transform == LOG1P else value


def sparse_live(state: SparseState, at_risk: Any) -> Integers:
    """List the ordered pairs with a memory in either direction, as sender * n + receiver, rising."""
    actors = state.node.shape[1]
    a = np.repeat(np.arange(actors), np.diff(state.start))
    kept = (state.value[:PAIR_KINDS] > 0.0).any(axis=0) & at_risk[a] & at_risk[state.other]
    found: Integers = a[kept] * actors + state.other[kept]
    return found
