"""A stretch of days, both ends included."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
from numpy.typing import NDArray

from comity.provenance import BadValueError, UsageError, parse_day

EPOCH: Final = date(1970, 1, 1)
MOST_MORNINGS: Final = 366  # of longer periods every second, third, … morning is looked at
MARK: Final = ".."

Integers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Period:
    """From the first to the last day.

    Examples
    --------
    >>> Period.parse("2018-11-01..2018-12-31").days
    61
    """

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise UsageError(
                f"a period that ends ({self.end}) before it starts ({self.start})",
                remedy="Write the earlier day first: START..END.",
            )

    @classmethod
    def parse(cls, text: str, *, where: str = "") -> "Period":
        """Read ``START..END``; a single day stands for itself.

        Raises
        ------
        UsageError : another form, or a day that is not in the calendar
        """
        first, mark, last = text.partition(MARK)
        try:
            start, end = parse_day(first.strip()), parse_day((last if mark else first).strip())
        except BadValueError as error:
            raise UsageError(error.what, where=where, allowed=error.allowed) from None
        if start is None or end is None:
            raise UsageError(
                f"{text!r} is no period", where=where, allowed="START..END, each day written YYYY-MM-DD."
            )
        return cls(start, end)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.end - self.start).days + 1

    @property
    def mornings(self) -> Integers:
        """The mornings looked at, as days since 1970-01-01: all, or evenly spaced ones of a long period."""
        step = -(-self.days // MOST_MORNINGS)
        return (self.start - EPOCH).days + np.arange(0, self.days, step)

    def to_dict(self) -> dict[str, str]:
        """Give both ends for JSON."""
        return {"date_start": str(self.start), "date_end": str(self.end)}

    def __str__(self) -> str:
        return f"{self.start}{MARK}{self.end}"


def check_order(before: Period, after: Period) -> None:
    """Refuse periods that overlap, or the later one first.

    Raises
    ------
    UsageError : see above
    """
    if after.start > before.end:
        return
    reversed_ = after.end < before.start
    raise UsageError(
        "the period before is the later one" if reversed_ else "the two periods share days",
        where=f"before {before}, after {after}",
        allowed="The period before ends before the period after starts.",
        remedy="Exchange them." if reversed_ else "",
    )


def number_of(day: date) -> int:
    """Count the days since 1970-01-01."""
    return (day - EPOCH).days


def era_places(starts: Sequence[date], days: Integers) -> Integers:
    """Give the place of each day's era; `starts` are the first days of the second era and later ones."""
    return np.searchsorted(np.array([number_of(one) for one in starts], dtype=np.int64), days, side="right")


def day_of(number: int) -> date:
    """Give the day that a number stands for."""
    return EPOCH + timedelta(days=int(number))
