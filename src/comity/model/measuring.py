"""Working statistics out for given rows, by the fast path where there is one, else by `parts`."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

import numpy as np

from comity.model.history import History, day_of, number_of, positions
from comity.model.memory import ByKind, Memory, Morning, memory_of, recall, walk_mornings, whole
from comity.model.rows import EACH, IDENTITY, LOG1P, write_rows
from comity.model.sparse import SparseState, write_sparse_rows
from comity.model.state import Floats, Integers, State
from comity.model.statistic import Statistic
from comity.model.statistics import STATISTICS
from comity.provenance import BadValueError, UsageError

TRANSFORMS: Final = ("identity", "log1p", "each")  # in the order of the codes IDENTITY, LOG1P, EACH
CHUNK_NUMBERS: Final = 4_000_000  # parts by third party held at once: 32 MB


def transform_code(transform: str) -> int:
    """Number a transform.

    Raises
    ------
    UsageError : none of this name
    """
    if transform not in TRANSFORMS:
        raise UsageError(f"unknown transform {transform!r}", allowed=f"One of {', '.join(TRANSFORMS)}.")
    return TRANSFORMS.index(transform)


def codes_of(statistics: Sequence[Statistic]) -> Integers:
    """Give each statistic's number on the fast path, -1 for none."""
    return np.array([getattr(one, "code", -1) for one in statistics], dtype=np.int64)


def kinds_of(statistics: Sequence[Statistic]) -> tuple[str, ...]:
    """List the kinds of act that some statistic remembers on their own, in order of the alphabet."""
    return tuple(sorted({one.kind for one in statistics if hasattr(one, "kind")}))


def needs_parts(statistics: Sequence[Statistic], transform: int) -> bool:
    """Tell whether node memories must be kept by partner."""
    return transform == EACH or bool((codes_of(statistics) < 0).any())


def transformed(parts: Floats, transform: int) -> Floats:
    """Add the parts up: the sum, log1p of the sum, or the sum of each part's log1p."""
    if parts.ndim == 1:
        return parts if transform == IDENTITY else np.log1p(parts)
    if transform == EACH:
        return np.asarray(np.log1p(parts).sum(axis=1), dtype=np.float64)
    total = np.asarray(parts.sum(axis=1), dtype=np.float64)
    return np.log1p(total) if transform == LOG1P else total


def values_by_parts(
    statistic: Statistic, memory: Memory, senders: Integers, receivers: Integers, transform: int
) -> Floats:
    """Work a statistic out from its parts, some rows at a time, or from its totals where it has them."""
    transform = IDENTITY if getattr(statistic, "as_given", False) else transform
    if transform != EACH and hasattr(getattr(statistic, "statistic", statistic), "totals"):
        totals = statistic.totals(memory, senders, receivers)  # type: ignore[attr-defined]
        return transformed(totals, transform)
    step = max(1, CHUNK_NUMBERS // max(1, len(memory.actors)))
    out = np.zeros(len(senders))
    for first in range(0, len(senders), step):
        some = slice(first, first + step)
        out[some] = transformed(statistic.parts(memory, senders[some], receivers[some]), transform)
    return out


def measure_fast(
    statistic: Statistic, memory: Memory, senders: Integers, receivers: Integers, transform: int
) -> Floats:
    """Give (rows,): a statistic with a fast path, on the day of a memory."""
    out = np.zeros((1, len(senders)))
    _write(whole(memory.state), senders, receivers, codes_of([statistic]), transform, out)
    found: Floats = out[0]
    return found


def measure_rows(
    history: History,
    day: int,
    state: Morning,
    senders: Integers,
    receivers: Integers,
    *,
    statistics: Sequence[Statistic],
    transform: int,
) -> Floats:
    """Give (terms, rows): the transformed statistics of rows on the present day of `state`."""
    codes = codes_of(statistics)
    out = np.zeros((len(statistics), len(senders)))
    _write(whole(state), senders, receivers, codes, transform, out)
    if isinstance(state, ByKind):
        for kind, one in state.kinds.items():
            inner = [getattr(each, "inner_code", -1) for each in statistics]
            same = [getattr(each, "kind", None) == kind for each in statistics]
            _write(one, senders, receivers, np.where(same, inner, -1), transform, out)
    slow = [
        j
        for j in np.flatnonzero(codes < 0).tolist()
        if getattr(statistics[j], "inner_code", -1) < 0 or not isinstance(state, ByKind)
    ]
    if slow:
        memory = memory_of(history, day, state)
        for j in slow:
            out[j] = values_by_parts(statistics[j], memory, senders, receivers, transform)
    return out


def extra_tables(
    history: History,
    day: int,
    state: Morning,
    present: Integers,
    *,
    statistics: Sequence[Statistic],
    transform: int,
) -> Floats:
    """Give (slow, actors, actors): a table for each statistic without a fast path."""
    slow = [one for one in statistics if getattr(one, "code", -1) < 0]
    tables = np.zeros((len(slow), len(history.actors), len(history.actors)))
    if slow:
        a, b = np.repeat(present, len(present)), np.tile(present, len(present))
        tables[:, a, b] = measure_rows(history, day, state, a, b, statistics=slow, transform=transform)
    return tables


def _write(
    state: State | SparseState, a: Integers, b: Integers, codes: Integers, transform: int, out: Floats
) -> None:
    if (codes < 0).all():
        return
    if isinstance(state, SparseState):
        write_sparse_rows(state, a, b, codes, transform, out)
    else:
        write_rows(state, a, b, codes, transform, out)


def compute_statistics(
    history: History,
    senders: Sequence[str],
    receivers: Sequence[str],
    days: Sequence[date],
    *,
    half_life_days: float = 30.0,
    statistics: Sequence[Statistic] = STATISTICS,
    transform: str = "identity",
    progress: Callable[[str, int, int], None] | None = None,
) -> Floats:
    """Work out the statistics of any rows, in any order.

    Parameters
    ----------
    progress : called with the day, how many rows are done, and how many there are

    Returns
    -------
    (rows, statistics); events of a row's day or later do not count

    Raises
    ------
    UnknownNameError : a row names an actor that is not at hand
    BadValueError : a row of an actor with itself

    Examples
    --------
    >>> history = History.of(["A"], ["B"], [date(2020, 1, 1)], [8.0])
    >>> compute_statistics(history, ["B"], ["A"], [date(2020, 1, 31)])[0, :2]    # reciprocated, not repeated
    array([0., 4.])
    """
    a, b = (positions(history.actors, ends, what="row") for ends in (senders, receivers))
    for row in np.flatnonzero(a == b)[:1]:
        raise BadValueError(
            f"a row of an actor with itself: {senders[row]} to {receivers[row]}",
            where=f"row {row + 1}",
            remedy="Leave it out.",
        )
    return statistics_at(
        history,
        a,
        b,
        np.array([number_of(day) for day in days], dtype=np.int64),
        half_life_days=half_life_days,
        statistics=statistics,
        transform=transform_code(transform),
        progress=progress,
    )


def statistics_at(
    history: History,
    a: Integers,
    b: Integers,
    number: Integers,
    *,
    half_life_days: float,
    statistics: Sequence[Statistic],
    transform: int,
    progress: Callable[[str, int, int], None] | None = None,
) -> Floats:
    """Give (rows, statistics) for rows by the positions of sender and receiver and the number of the day."""
    order = np.argsort(number, kind="stable")
    stops, starts = np.unique(number[order], return_index=True)
    ends = np.append(starts[1:], len(order))
    out = np.zeros((len(order), len(statistics)))
    parts = needs_parts(statistics, transform)
    steps = walk_mornings(
        history, stops.tolist(), half_life_days=half_life_days, parts=parts, kinds=kinds_of(statistics)
    )
    for (day, state), first, last in zip(steps, starts, ends, strict=True):
        rows = order[first:last]
        found = measure_rows(
            history, day, state, a[rows], b[rows], statistics=statistics, transform=transform
        )
        out[rows] = found.T
        if progress:
            progress(str(day_of(day)), int(last), len(order))
    return out


def by_third_party(
    history: History, statistic: Statistic, sender: str, receiver: str, day: date, *, half_life_days: float
) -> dict[str, float]:
    """Share a statistic's value on a morning out among the third parties, or the partners, behind it.

    The parts add up to the value before any transform. A statistic without third parties gives nothing;
    one with parties of its own (the groups of a shared membership) names these.

    Examples
    --------
    >>> first = date(2020, 1, 1)
    >>> history = History.of(["A", "B", "A"], ["K", "K", "L"], [first] * 3, [8.0, 2.0, 4.0])
    >>> from comity.model.statistics import Triad
    >>> by_third_party(history, Triad(0, 0), "A", "B", date(2020, 1, 31), half_life_days=30)
    {'K': 1.0}
    """
    memory = recall(history, day, half_life_days=half_life_days, kinds=kinds_of([statistic]))
    a, b = positions(history.actors, [sender], what="row"), positions(history.actors, [receiver], what="row")
    parts = statistic.parts(memory, a, b)
    if parts.ndim == 1:
        return {}
    names = getattr(statistic, "parties", history.actors)
    return {names[k]: float(parts[0, k]) for k in np.flatnonzero(parts[0])}
