"""A named stretch of time."""

from dataclasses import dataclass
from datetime import date

from comity.provenance import BadValueError


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
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)
