"""Memories of two actors without the cut at `FLOOR`: what each partner left behind, whatever others did.

In the model's own memories a small rest of one partner may survive, or not, with what others did to the
same actor. Where a number is shared out by partner, that has to be kept apart.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from comity.model.history import History
from comity.model.state import Floats, Integers

ENDS: Final = (0, 1)  # the places of the two actors in the tables


@dataclass(frozen=True, slots=True, eq=False)
class PairMemory:
    """What two actors remember of each other and of partners, on many mornings at once.

    The sixteen statistics read it as they read a `Memory`, with 0 and 1 for the two actors; their parts
    gain an axis of days.

    Parameters
    ----------
    actors : the two first, then the partners
    outgoing, incoming : (2 signs, 2 actors, 2 + partners, days)
    """

    actors: tuple[str, ...]
    outgoing: Floats
    incoming: Floats

    def pair(self, sign: int) -> Floats:
        """Give (2, 2 + partners, days): what each of the two did to each column's actor."""
        return self.sent(sign)

    def tie(self, sign: int) -> Floats:
        """Give (2, 2 + partners, days): both directions added."""
        both: Floats = self.outgoing[sign] + self.incoming[sign]
        return both

    def sent(self, sign: int) -> Floats:
        """Give (2, 2 + partners, days): what each of the two sent, by receiver."""
        table: Floats = self.outgoing[sign]
        return table

    def received(self, sign: int) -> Floats:
        """Give (2, 2 + partners, days): what each of the two received, by sender."""
        table: Floats = self.incoming[sign]
        return table


def remember_pair(
    history: History,
    ends: tuple[int, int],
    days: Integers,
    *,
    half_life_days: float,
) -> PairMemory:
    """Work out what two actors remember on the mornings of `days` (rising).

    Parameters
    ----------
    ends : positions in `history.actors`
    """
    partners = _partners(history, ends)
    place = np.full(len(history.actors), -1)
    place[[*ends, *partners.tolist()]] = np.arange(2 + len(partners))
    columns = 2 + len(partners)
    outgoing, incoming = np.zeros((2, 2, 2, columns, len(days)))
    for end, actor in enumerate(ends):
        for table, own, other in (
            (outgoing, history.sender, history.receiver),
            (incoming, history.receiver, history.sender),
        ):
            mine = own == actor
            column = history.sign[mine] * columns + place[other[mine]]
            sums = _decayed(column, history.day[mine], history.size[mine], 2 * columns, days, half_life_days)
            table[:, end] = sums.reshape(2, columns, len(days))
    return PairMemory(tuple(history.actors[i] for i in (*ends, *partners.tolist())), outgoing, incoming)


def _partners(history: History, ends: tuple[int, int]) -> Integers:
    """List the positions of the others who ever acted with one of the two."""
    mine = np.isin(history.sender, ends) | np.isin(history.receiver, ends)
    met = np.unique(np.concatenate([history.sender[mine], history.receiver[mine]]))
    return met[~np.isin(met, ends)]


def _decayed(
    column: Integers, day: Integers, size: Floats, columns: int, days: Integers, half_life_days: float
) -> Floats:
    """Give (columns, days): decayed sums on each morning; `day` rises."""
    now, out, at = np.zeros(columns), np.zeros((columns, len(days))), 0
    last = int(days[0]) if len(days) else 0
    ends = np.searchsorted(day, days)
    for i, morning in enumerate(days.tolist()):
        now *= 2.0 ** -((morning - last) / half_life_days)
        new = slice(at, ends[i])
        worth = size[new] * 2.0 ** -((morning - day[new]) / half_life_days)
        now += np.bincount(column[new], weights=worth, minlength=columns)
        out[:, i], at, last = now, ends[i], morning
    return out
