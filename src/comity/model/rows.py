"""The sixteen statistics of given candidate rows, read off the memories of the day."""

from typing import Final

import numpy as np

from comity.model.compiling import kernel
from comity.model.state import (
    ENEMY_ENEMY,
    ENEMY_FRIEND,
    FLOOR,
    FRIEND_ENEMY,
    FRIEND_FRIEND,
    Floats,
    Integers,
    State,
)

IDENTITY, LOG1P, EACH = 0, 1, 2
SENDER_NODE, RECEIVER_NODE, TRIAD = 4, 8, 12  # codes 0-3 pair, 4-7 sender, 8-11 receiver, 12-15 triads
# By the number of hostile ties in the triad: where the row's and the column's changes are kept.
ROW_PART: Final = (FRIEND_FRIEND, ENEMY_FRIEND, ENEMY_ENEMY)
COLUMN_PART: Final = (FRIEND_FRIEND, FRIEND_ENEMY, ENEMY_ENEMY)


@kernel
def triad_sum(mine: Floats, theirs: Floats, a: int, b: int, unit: float) -> float:
    """Add what `a`'s and `b`'s changes added to the sum over third parties, in units of the present day."""
    value = (mine[a, b] + theirs[b, a]) * unit
    return value if value > FLOOR / 2 else 0.0  # a true sum is 0 or at least the floor; the rest is rounding


@kernel
def node_line(values: Floats, parts: Floats, unit: float, transform: int, out: Floats) -> None:
    """Write one kind of node memory of every actor, transformed."""
    for a in range(values.shape[0]):
        out[a] = values[a] * unit
        if transform == LOG1P:
            out[a] = np.log1p(out[a])
        elif transform == EACH:
            out[a] = 0.0
            for k in range(parts.shape[1]):
                if parts[a, k] > 0.0:
                    out[a] += np.log1p(parts[a, k] * unit)


@kernel
def _pair_rows(table: Floats, a: Integers, b: Integers, unit: float, transform: int, out: Floats) -> None:
    for i in range(a.shape[0]):
        value = table[a[i], b[i]]
        if value > 0.0:
            value *= unit
            out[i] = value if transform == IDENTITY else np.log1p(value)


@kernel
def _triad_rows(
    mine: Floats, theirs: Floats, a: Integers, b: Integers, unit: float, transform: int, out: Floats
) -> None:
    for i in range(a.shape[0]):
        value = triad_sum(mine, theirs, a[i], b[i], unit)
        if value > 0.0:
            out[i] = np.log1p(value) if transform == LOG1P else value


@kernel
def _triad_each(mine: Floats, theirs: Floats, a: Integers, b: Integers, unit: float, out: Floats) -> None:
    for i in range(a.shape[0]):
        for k in range(mine.shape[1]):
            least = min(mine[a[i], k], theirs[b[i], k])
            if least > 0.0:
                out[i] += np.log1p(least * unit)


@kernel
def min_sums(table: Floats, a: Integers, b: Integers, out: Floats) -> None:
    """Add up the smaller of two rows of a table, for each given pair of rows."""
    for i in range(a.shape[0]):
        mine, theirs, total = table[a[i]], table[b[i]], 0.0
        for k in range(table.shape[1]):
            total += min(mine[k], theirs[k])
        out[i] = total


@kernel
def write_rows(
    state: State, sender: Integers, receiver: Integers, codes: Integers, transform: int, out: Floats
) -> None:
    """Fill `out` (terms, rows; zeros) with the statistics `codes` of the given ordered pairs."""
    unit = state.clock[1]
    nodes = np.empty(state.node.shape[1])
    for j in range(codes.shape[0]):
        code = codes[j]
        if code < 0:
            continue
        if code < SENDER_NODE:
            first, second = (sender, receiver) if code % 2 == 0 else (receiver, sender)
            _pair_rows(state.pair[code // 2], first, second, unit, transform, out[j])
        elif code < TRIAD:
            kind = (code - SENDER_NODE) % 4
            node_line(state.node[kind], state.part[kind], unit, transform, nodes)
            actor = sender if code < RECEIVER_NODE else receiver
            for i in range(actor.shape[0]):
                out[j, i] = nodes[actor[i]]
        else:
            mine, theirs = (code - TRIAD) % 2, (code - TRIAD) // 2
            first, second = (sender, receiver) if mine >= theirs else (receiver, sender)
            if transform == EACH:
                _triad_each(state.both[mine], state.both[theirs], sender, receiver, unit, out[j])
            else:
                rows, columns = state.triad[ROW_PART[mine + theirs]], state.triad[COLUMN_PART[mine + theirs]]
                _triad_rows(rows, columns, first, second, unit, transform, out[j])
