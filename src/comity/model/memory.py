"""What an event stream has left behind on the morning of a day, and the walk from day to day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from comity.model.history import History, day_of, number_of
from comity.model.state import Floats, State, advance, new_state, push
from comity.provenance import UsageError

MOST_ACTORS: Final = 5_000  # sixteen tables of 200 MB
MOST_ACTORS_BY_PARTNER: Final = 4_000


@dataclass(frozen=True, slots=True, eq=False)
class Memory:
    """The decayed memories of one morning, as tables by position in `actors`.

    Kinds of sign: 0 friendly, 1 hostile. It is a view on a running state: read it before the walk goes on.
    """

    actors: tuple[str, ...]
    day: date
    state: State

    def pair(self, sign: int) -> Floats:
        """(n, n): what each row's actor did to each column's actor."""
        return self._today(self.state.pair[sign])

    def tie(self, sign: int) -> Floats:
        """(n, n): both directions added."""
        return self._today(self.state.both[sign])

    def sent(self, sign: int) -> Floats:
        """(n, n): what each row's actor sent, by receiver; its row sums are the actor's own memory."""
        return self._today(self.state.part[2 * sign])

    def received(self, sign: int) -> Floats:
        """(n, n): what each row's actor received, by sender; its row sums are the actor's own memory."""
        return self._today(self.state.part[2 * sign + 1])

    def node(self, kind: int) -> Floats:
        """(n,): friendly sent, friendly received, hostile sent, hostile received, by `kind`."""
        return self._today(self.state.node[kind])

    def _today(self, stored: Floats) -> Floats:
        values: Floats = stored * self.state.clock[1]
        return values


def walk(
    history: History, days: Iterable[int], *, half_life_days: float, parts: bool = False
) -> Iterator[tuple[int, State]]:
    """Go through `days` (rising); on each morning every earlier event counts, and no later one.

    The state is the same object each time. `parts` keeps what the node memories owe to each partner.
    """
    stops, starts = np.unique(history.day, return_index=True)
    ends = np.append(starts[1:], len(history))
    check_size(len(history.actors), parts=parts)
    first = int(stops[0]) if len(stops) else 0
    state = new_state(len(history.actors), first, capacity=len(history), parts=parts)
    at = 0
    for day in days:
        while at < len(stops) and stops[at] < day:
            advance(state, int(stops[at]), half_life_days)
            some = slice(starts[at], ends[at])
            push(state, history.sender[some], history.receiver[some], history.sign[some], history.size[some])
            at += 1
        advance(state, int(day), half_life_days)
        yield int(day), state


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
            f" ({MOST_ACTORS_BY_PARTNER:,} where partners are kept apart).",
            remedy="Take the actors that matter, or roll them up to states.",
        )


def recall(history: History, day: date, *, half_life_days: float) -> Memory:
    """Give the memories on the morning of a day.

    Examples
    --------
    >>> history = History.of(["A"], ["B"], [date(2020, 1, 1)], [8.0])
    >>> recall(history, date(2020, 1, 31), half_life_days=30).pair(0)[0, 1]
    np.float64(4.0)
    """
    _, state = next(walk(history, [number_of(day)], half_life_days=half_life_days, parts=True))
    return Memory(history.actors, day, state)


def memory_of(history: History, day: int, state: State) -> Memory:
    """View a running state as a memory."""
    return Memory(history.actors, day_of(day), state)
