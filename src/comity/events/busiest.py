"""What the rule from rows to acts does to the pairs with the most rows."""

from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np

from comity.events.events import Events

ANY_HALF_LIFE: Final = 730.0  # nothing here depends on it: only counts are taken


@dataclass(frozen=True, slots=True)
class BusyPair:
    """One ordered pair: its rows, and the acts that they tell of."""

    sender: str
    receiver: str
    rows: int
    acts: int

    @property
    def rows_per_act(self) -> float:
        """How often one act was written down, on the sender's side."""
        return self.rows / self.acts

    def to_dict(self) -> dict[str, Any]:
        """Give everything as plain values."""
        return {**asdict(self), "rows_per_act": round(self.rows_per_act, 2)}


def busiest_pairs(events: Events, *, most: int = 10, nonstate: bool = False) -> list[BusyPair]:
    """List the ordered pairs with the most rows of event data, with the acts formed from them.

    Parameters
    ----------
    most : how many pairs
    nonstate : as in `Events.acts`
    """
    months = events.months(half_life_days=ANY_HALF_LIFE, nonstate=nonstate)
    new = np.ones(len(months), dtype=bool)
    new[1:] = (months.sender[1:] != months.sender[:-1]) | (months.receiver[1:] != months.receiver[:-1])
    place = np.cumsum(new) - 1
    rows, acts = (np.bincount(place, weights=column) for column in (months.rows, months.acts))
    chosen = np.argsort(-rows, kind="stable")[:most]
    senders, receivers = months.sender[new], months.receiver[new]
    return [BusyPair(senders[one], receivers[one], int(rows[one]), int(acts[one])) for one in chosen.tolist()]
