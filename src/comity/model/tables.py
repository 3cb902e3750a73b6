"""Every pair's statistics of one day at once, as tables that the full risk set is read from."""

from typing import Any, NamedTuple

import numpy as np

from comity.model.compiling import kernel
from comity.model.rows import (
    EACH,
    IDENTITY,
    LOG1P,
    RECEIVER_NODE,
    SENDER_NODE,
    TRIAD,
    node_line,
    triad_sum,
)
from comity.model.state import (
    ENEMY_ENEMY,
    ENEMY_FRIEND,
    FRIEND_ENEMY,
    FRIEND_FRIEND,
    Floats,
    Integers,
    State,
)


class Tables(NamedTuple):
    """One day's transformed statistics.

    Parameters
    ----------
    pair : (4, n, n), friendly and hostile memory of the pair and of its reverse, in the order of the codes
    triad : (4, n, n), in the order of the codes
    node : (4, n), as in `State`
    """

    pair: Floats
    triad: Floats
    node: Floats


def new_tables(actors: int) -> Tables:
    """Make empty tables."""
    return Tables(np.zeros((4, actors, actors)), np.zeros((4, actors, actors)), np.zeros((4, actors)))


@kernel
def _clear(table: Floats) -> None:
    for a in range(table.shape[0]):
        for b in range(table.shape[1]):
            table[a, b] = 0.0


@kernel
def _each_triads(state: State, tables: Tables) -> None:
    actors = state.node.shape[1]
    for code in range(4):
        mine, theirs = code % 2, code // 2
        table = tables.triad[code]
        _clear(table)
        for a in range(actors):
            for k in range(actors):
                tie = state.both[mine, a, k]
                if tie > 0.0:
                    for b in range(actors):
                        least = min(tie, state.both[theirs, k, b])
                        if least > 0.0:
                            table[a, b] += np.log1p(least * state.clock[1])


@kernel
def _summed_triads(state: State, transform: int, tables: Tables) -> None:
    unit = state.clock[1]
    for a in range(state.node.shape[1]):
        for b in range(state.node.shape[1]):
            value = triad_sum(state.triad[ENEMY_FRIEND], state.triad[FRIEND_ENEMY], a, b, unit)
            value = np.log1p(value) if transform == LOG1P and value > 0.0 else value
            tables.triad[1, a, b] = value
            tables.triad[2, b, a] = value
    for sign in range(2):
        halves = state.triad[FRIEND_FRIEND if sign == 0 else ENEMY_ENEMY]
        for a in range(state.node.shape[1]):
            for b in range(a):
                value = triad_sum(halves, halves, a, b, unit)
                value = np.log1p(value) if transform == LOG1P and value > 0.0 else value
                tables.triad[3 * sign, a, b] = value
                tables.triad[3 * sign, b, a] = value


@kernel
def fill_tables(state: State, transform: int, tables: Tables) -> None:
    """Fill the tables from the memories of the day."""
    unit = state.clock[1]
    for kind in range(4):
        node_line(state.node[kind], state.part[kind], unit, transform, tables.node[kind])
        _clear(tables.pair[kind])
    for i in range(state.alive[0]):
        sign, a, b = state.active[i]
        value = state.pair[sign, a, b] * unit
        value = value if transform == IDENTITY else np.log1p(value)
        tables.pair[2 * sign, a, b] = value
        tables.pair[2 * sign + 1, b, a] = value
    if transform == EACH:
        _each_triads(state, tables)
    else:
        _summed_triads(state, transform, tables)


@kernel
def _line_of(tables: Tables, extra: Floats, code: int, a: int) -> Any:
    """Give the table row of sender `a`, by receiver."""
    if code >= 16:
        return extra[code - 16, a]
    if code < SENDER_NODE:
        return tables.pair[code, a]
    if code < TRIAD:
        return tables.node[code - RECEIVER_NODE]
    return tables.triad[code - TRIAD, a]


@kernel
def _fill_line(tables: Tables, extra: Floats, code: int, present: Integers, s: int, line: Floats) -> None:
    a = present[s]
    if SENDER_NODE <= code < RECEIVER_NODE:
        for r in range(line.shape[0]):
            line[r] = tables.node[code - SENDER_NODE, a]
        return
    values = _line_of(tables, extra, code, a)
    for r in range(s):
        line[r] = values[present[r]]
    for r in range(s + 1, present.shape[0]):
        line[r - 1] = values[present[r]]


@kernel
def fill_block(
    tables: Tables, extra: Floats, codes: Integers, present: Integers, first: int, last: int, out: Floats
) -> int:
    """Write the rows of the senders `present[first:last]` towards every other present actor.

    `codes` of 16 and above stand for the tables in `extra`. Gives the number of rows written.
    """
    n = present.shape[0]
    for j in range(codes.shape[0]):
        code, line, row = codes[j], out[j], 0
        for s in range(first, last):
            _fill_line(tables, extra, code, present, s, line[row : row + n - 1])
            row += n - 1
    return int((last - first) * (n - 1))
