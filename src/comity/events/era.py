"""A named stretch of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from comity.provenance import BadValueError, Dating


@dataclass(frozen=True, slots=True)
class Era:
    """From its first to its last day, both included; ``None`` at an end means open there.

    The eras with `display` part the record without overlap; claims may use others as well.
    """

    id: str
    label: str
    start: date | None
    end: date | None
    display: bool = True

    def __post_init__(self) -> None:
        if not self.id:
            raise BadValueError("an era without an id")
        if self.start and self.end and self.start > self.end:
            raise BadValueError(f"era {self.id} ends ({self.end}) before it starts ({self.start})")

    def holds(self, day: date) -> bool:
        """Tell whether the day lies in this era."""
        return self.days_within(day, day) == 1

    def days_within(self, start: date, end: date) -> int:
        """Count the days from `start` to `end`, both included, that lie in this era."""
        first = start if self.start is None else max(start, self.start)
        last = end if self.end is None else min(end, self.end)
        return max(0, (last - first).days + 1)


def era_of(dating: Dating, eras: Sequence[Era], *, until: date) -> Era | None:
    """Place a dated act in one era: that of its start.

    A start known to a month, a year or an era may lie on either side of a turn. Then the era that
    holds most of the act's days is taken: what began "in February 2022" and goes on belongs to the
    time after the 24th.

    Parameters
    ----------
    eras : without overlap
    until : last day of the record, up to which an act without an end is taken to run
    """
    if dating.start is None:
        return None
    end = dating.end or max(until, dating.start)
    latest_start = min(end, _last_day_of_grain(dating.start, dating.precision, end))
    near = [era for era in eras if era.days_within(dating.start, latest_start)]
    return max(near, key=lambda era: era.days_within(dating.start or end, end), default=None)


def _last_day_of_grain(day: date, precision: str, end: date) -> date:
    if precision == "day":
        return day
    if precision == "month":
        return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return day.replace(month=12, day=31) if precision == "year" else end
