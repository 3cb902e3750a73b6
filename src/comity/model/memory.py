"""What an event stream has left behind on the morning of a day, and the walk from day to day."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple, cast

import numpy as np

from comity.model.history import FOREVER, History, day_of, number_of
from comity.model.sparse import (
    PAIR_KINDS,
    SparseState,
    SparseTable,
    advance_sparse,
    new_sparse_state,
    push_sparse,
)
from comity.model.state import Floats, State, advance, new_state, push
from comity.provenance import BadValueError, UsageError

DENSE_ACTORS: Final = 3_000  # beyond, only pairs with a memory are held: eight tables would take 600 MB
MOST_ACTORS: Final = 5_000  # where tables of every pair are needed
MOST_ACTORS_BY_PARTNER: Final = 4_000


class ByKind(NamedTuple):
    """The memories of all acts, and beside them those of acts of one kind each."""

    whole: State | SparseState
    kinds: Mapping[str, State | SparseState]


Morning = State | SparseState | ByKind


def whole(state: Morning) -> State | SparseState:
    """Give the memories of all acts."""
    return state.whole if isinstance(state, ByKind) else state


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """The decayed memories of one morning, as tables by position in `actors`.

    Signs: 0 friendly, 1 hostile. It is a view on a running state: read it before the walk goes on. Among
    more than 3,000 actors tables hold only what is not zero: index them by rows, or by rows and columns.
    """

    actors: tuple[str, ...]
    day: date
    state: Morning

    @property
    def is_sparse(self) -> bool:
        """Whether tables hold only what is not zero."""
        return isinstance(whole(self.state), SparseState)

    def pair(self, sign: int) -> Floats:
        """(n, n): what each row's actor did to each column's actor."""
        state = whole(self.state)
        if isinstance(state, SparseState):
            return _table(state, state.value[2 * sign])
        return _today(state, state.pair[sign])

    def tie(self, sign: int) -> Floats:
        """(n, n): both directions added."""
        state = whole(self.state)
        if isinstance(state, SparseState):
            return _table(state, state.value[2 * sign] + state.value[2 * sign + 1])
        return _today(state, state.both[sign])

    def sent(self, sign: int) -> Floats:
        """(n, n): what each row's actor sent, by receiver; its row sums are the actor's own memory."""
        return self._part(2 * sign)

    def received(self, sign: int) -> Floats:
        """(n, n): what each row's actor received, by sender; its row sums are the actor's own memory."""
        return self._part(2 * sign + 1)

    def node(self, kind: int) -> Floats:
        """(n,): friendly sent, friendly received, hostile sent, hostile received, by `kind`."""
        state = whole(self.state)
        return _today(state, state.node[kind])

    def of_kind(self, kind: str) -> "Memory":
        """Give the memory of acts of one kind only.

        Raises
        ------
        BadValueError : acts of this kind were not kept apart
        """
        if not isinstance(self.state, ByKind) or kind not in self.state.kinds:
            raise BadValueError(
                f"acts of kind {kind!r} are not kept apart in this memory",
                remedy=f"Give kinds=({kind!r},) to recall().",
            )
        return Memory(self.actors, self.day, self.state.kinds[kind])

    def _part(self, kind: int) -> Floats:
        state = whole(self.state)
        if isinstance(state, SparseState):
            return _table(state, state.value[PAIR_KINDS + kind])
        return _today(state, state.part[kind])


def _today(state: State | SparseState, stored: Floats) -> Floats:
    values: Floats = stored * state.clock[1]
    return values


def _table(state: SparseState, stored: Floats) -> Floats:
    """Wrap entries so that they are indexed as a table is."""
    return cast(Floats, SparseTable(state.start, state.other, _today(state, stored)))


def walk(
    history: History, days: Iterable[int], *, half_life_days: float, parts: bool = False
) -> Iterator[tuple[int, State]]:
    """Go through `days` (rising); on each morning every earlier event counts, and no later one.

    The state is the same object each time. `parts` keeps what the node memories owe to each partner.
    """
    actors = len(history.actors)
    check_size(actors, parts=parts)
    batches = _batches(history)
    first = int(history.day.min(initial=FOREVER)) if len(history) else 0
    state = new_state(actors, first, capacity=len(history), parts=parts)
    at = 0
    for day in days:
        while at < len(batches) and batches[at][0] < day:
            then, some = batches[at]
            advance(state, then, half_life_days)
            push(state, history.sender[some], history.receiver[some], history.sign[some], history.size[some])
            at += 1
        advance(state, int(day), half_life_days)
        yield int(day), state


def walk_sparse(
    history: History, days: Iterable[int], *, half_life_days: float, parts: bool = False
) -> Iterator[tuple[int, SparseState]]:
    """Walk as `walk` does, holding only what is not zero."""
    batches = _batches(history)
    first = int(history.day.min(initial=FOREVER)) if len(history) else 0
    state = new_sparse_state(len(history.actors), first, parts=parts)
    at = 0
    for day in days:
        while at < len(batches) and batches[at][0] < day:
            then, some = batches[at]
            events = (history.sender[some], history.receiver[some], history.sign[some], history.size[some])
            state = push_sparse(advance_sparse(state, then, half_life_days), *events)
            at += 1
        state = advance_sparse(state, int(day), half_life_days)
        yield int(day), state


def walk_mornings(
    history: History,
    days: Iterable[int],
    *,
    half_life_days: float,
    parts: bool = False,
    dense: bool = False,
    kinds: Iterable[str] = (),
) -> Iterator[tuple[int, Morning]]:
    """Walk with tables of every pair or, among many actors, without; acts of some kinds also on their own.

    Parameters
    ----------
    dense : tables of every pair, however many actors there are

    Raises
    ------
    BadValueError : there is no event of a kind
    """
    days, kinds = list(days), list(kinds)
    chosen = walk if dense or len(history.actors) <= DENSE_ACTORS else walk_sparse
    every = chosen(history, days, half_life_days=half_life_days, parts=parts)
    if not kinds:
        yield from every
        return
    apart = [chosen(history.only(kind), days, half_life_days=half_life_days, parts=parts) for kind in kinds]
    for (day, state), *others in zip(every, *apart, strict=True):
        yield day, ByKind(state, {kind: one for kind, (_, one) in zip(kinds, others, strict=True)})


def _batches(history: History) -> list[tuple[int, slice]]:
    """List the days with events, and where these are."""
    stops, starts = np.unique(history.day, return_index=True)
    ends = [*starts[1:].tolist(), len(history)][: len(starts)]
    return [
        (day, slice(start, end))
        for day, start, end in zip(stops.tolist(), starts.tolist(), ends, strict=True)
    ]


def check_size(actors: int, *, parts: bool) -> None:
    """Refuse what would not fit: a table of every pair takes 8 bytes times the square of the actors.

    Raises
    ------
    UsageError : too many actors
    """
    if actors > (MOST_ACTORS_BY_PARTNER if parts else MOST_ACTORS):
        raise UsageError(
            f"{actors:,} actors",
            where="actors",
            allowed=f"At most {MOST_ACTORS:,} fit in tables of every pair"
            f" ({MOST_ACTORS_BY_PARTNER:,} where partners are kept apart), which the full risk set and"
            " simulation need.",
            remedy="Use the sampled risk set, take the actors that matter, or roll them up to states.",
        )


def recall(history: History, day: date, *, half_life_days: float, kinds: Iterable[str] = ()) -> Memory:
    """Give the memories on the morning of a day.

    Parameters
    ----------
    kinds : of acts, to be remembered on their own, too

    Examples
    --------
    >>> history = History.of(["A"], ["B"], [date(2020, 1, 1)], [8.0])
    >>> recall(history, date(2020, 1, 31), half_life_days=30).pair(0)[0, 1]
    np.float64(4.0)
    """
    steps = walk_mornings(history, [number_of(day)], half_life_days=half_life_days, parts=True, kinds=kinds)
    _, state = next(steps)
    return Memory(history.actors, day, state)


def memory_of(history: History, day: int, state: Morning) -> Memory:
    """View a running state as a memory."""
    return Memory(history.actors, day_of(day), state)
