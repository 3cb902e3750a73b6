"""All ties at the end of every month, from one pass over the rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.actors import Registry
from comity.events import Events, Months, month_end
from comity.ties.frame import library_of, tidy
from comity.ties.memory import EPOCH, Floats, Ints
from comity.ties.settings import HALF_LIFE_DAYS

COLUMNS: Final[Mapping[str, type]] = {
    "sender": str, "receiver": str, "at": date, "friendly": float, "hostile": float, "mass": float,
    "acts": int, "rows": int,
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class MonthlyTies:
    """One entry per dyad and month, from the dyad's first month to the last of the data; sorted.

    Parameters
    ----------
    at : the first day after the month, as days since 1970-01-01: the day that the sums hold on
    friendly, hostile, mass : what `measure` says of that day; Goldstein points, >= 0, and acts
    acts, rows : how many began in the month
    """

    sender: NDArray[np.object_]
    receiver: NDArray[np.object_]
    at: Ints
    friendly: Floats
    hostile: Floats
    mass: Floats
    acts: Ints
    rows: Ints
    library: str | None = None

    def __len__(self) -> int:
        return len(self.at)

    def frame(self, native: str | None = None) -> Any:
        """Lay all of it out in a tidy frame of pandas, polars or pyarrow."""
        columns: dict[str, Any] = {name: getattr(self, name).tolist() for name in COLUMNS if name != "at"}
        columns["at"] = [EPOCH + timedelta(day) for day in self.at.tolist()]
        return tidy(columns, COLUMNS, native or self.library)


def monthly_ties(
    events: Any,
    *,
    half_life_days: float = HALF_LIFE_DAYS,
    count: str = "acts",
    registry: Registry | None = None,
    nonstate: bool = False,
) -> MonthlyTies:
    """Sum up all dyads of event data at the end of every month; nothing is cut off.

    The acts of a month are summed by the engine, decayed to its end; what was there before is carried
    on, smaller by ``2 ** (-days / half_life_days)``. Net numbers and intervals are those of `measure`.

    Parameters
    ----------
    events, half_life_days, count, registry, nonstate : as in `measure`, for event data

    Raises
    ------
    UsageError : a setting outside what is allowed
    """
    library = None if isinstance(events, Events) else library_of(events)
    if not isinstance(events, Events):
        events = Events.from_frame(events, registry=registry)
    months = events.months(half_life_days=half_life_days, count=count, nonstate=nonstate)
    return _carried(months, half_life_days, library)


def _carried(months: Months, half_life_days: float, library: str | None) -> MonthlyTies:
    new = np.ones(len(months), dtype=bool)
    new[1:] = (months.sender[1:] != months.sender[:-1]) | (months.receiver[1:] != months.receiver[:-1])
    pair = np.cumsum(new) - 1
    first = int(months.month.min()) if len(months) else 0
    ends = np.array([month_end(first + place) for place in range(_length(months))], dtype=np.int64)
    shape = (int(new.sum()), len(ends))
    fades = 2.0 ** (-np.diff(ends) / half_life_days)
    place = pair * len(ends) + (months.month - first)
    begun = np.zeros(shape, dtype=bool)
    begun.reshape(-1)[place] = months.acts > 0
    begun = np.maximum.accumulate(begun, axis=1)
    kept = np.flatnonzero(begun)
    came: dict[str, Any] = {}
    sums, counts = np.zeros(shape), np.zeros(shape, dtype=np.int64)  # fresh memory is dear: used again
    for name in ("friendly", "hostile", "mass"):
        sums[:] = 0.0
        sums.reshape(-1)[place] = getattr(months, name)
        for at, fade in enumerate(fades.tolist(), 1):
            sums[:, at] += fade * sums[:, at - 1]
        came[name] = sums.reshape(-1)[kept]
    for name in ("acts", "rows"):
        counts[:] = 0
        counts.reshape(-1)[place] = getattr(months, name)
        came[name] = counts.reshape(-1)[kept]
    dyad, month = np.divmod(kept, max(len(ends), 1))
    return MonthlyTies(
        months.sender[new][dyad], months.receiver[new][dyad], ends[month], **came, library=library
    )


def _length(months: Months) -> int:
    return int(months.month.max() - months.month.min()) + 1 if len(months) else 0
