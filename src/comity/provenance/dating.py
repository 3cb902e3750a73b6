"""When something happened, how finely that is known, and what the knowledge rests on."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from comity.provenance.errors import BadValueError

PRECISIONS: Final = ("day", "month", "year", "era", "unknown")
BASES: Final = ("stated", "context", "doc_date", "background", "none")


def parse_day(text: str, *, where: str = "") -> date | None:
    """Read ``YYYY-MM-DD``; an empty text is an open date.

    Raises
    ------
    BadValueError : not a day of the calendar in that form
    """
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
        if found.isoformat() != text:  # week dates and dates without hyphens
            raise ValueError(text)
        return found
    except ValueError:
        raise BadValueError(
            f"{text!r} is not a day of the calendar",
            where=where,
            allowed="A day is written YYYY-MM-DD, for example 2022-02-24.",
        ) from None


@dataclass(frozen=True, slots=True)
class Dating:
    """An inclusive interval of days; ``None`` at an end means open there."""

    start: date | None
    end: date | None
    precision: str = "day"
    basis: str = "stated"

    def __post_init__(self) -> None:
        if self.precision not in PRECISIONS:
            raise BadValueError(
                f"unknown precision {self.precision!r}", allowed=f"One of {', '.join(PRECISIONS)}."
            )
        if self.basis not in BASES:
            raise BadValueError(f"unknown basis {self.basis!r}", allowed=f"One of {', '.join(BASES)}.")
        if self.start and self.end and self.start > self.end:
            raise BadValueError(f"the interval ends ({self.end}) before it starts ({self.start})")

    @property
    def days(self) -> int | None:
        """Length in days, both ends counted; ``None`` where an end is open."""
        if self.start is None or self.end is None:
            return None
        return (self.end - self.start).days + 1

    def overlaps(self, start: date | None, end: date | None) -> bool:
        """Tell whether any day lies in both intervals."""
        starts_before = end is None or self.start is None or self.start <= end
        return starts_before and (start is None or self.end is None or self.end >= start)

    def __str__(self) -> str:
        if self.start is None and self.end is None:
            return "undated"
        if self.start == self.end:
            return str(self.start)
        return f"{self.start or '…'} to {self.end or '…'}"
