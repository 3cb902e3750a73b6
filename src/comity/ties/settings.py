"""How ties are to be measured: everything but the events, the dyad and the day."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from comity.provenance import UsageError

HALF_LIFE_DAYS: Final = 730.0  # the relationship; the news cycle is 14
VIEWS: Final = ("own", "members", "pooled")
COUNTS: Final = ("acts", "rows")
BASES: Final = ("data", "coded")


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices behind a measurement, checked."""

    half_life_days: float = HALF_LIFE_DAYS
    view: str = "own"
    without: Sequence[str] = ()  # actors left out of a group's members
    count: str = "acts"
    basis: str | None = None  # None: data if there are any, else coded
    seed: int = 1
    nonstate: bool = False

    def __post_init__(self) -> None:
        if not (math.isfinite(self.half_life_days) and self.half_life_days > 0):
            raise UsageError(
                f"a half-life of {self.half_life_days} days",
                allowed="A finite number of days above 0: 14 for the news cycle, 730 for the relationship.",
            )
        if isinstance(self.without, str):
            raise UsageError(f"without={self.without!r}", allowed="A list of actor ids.")
        object.__setattr__(self, "without", tuple(self.without))
        for name, value, allowed in (
            ("view", self.view, VIEWS),
            ("count", self.count, COUNTS),
            ("basis", self.basis, (None, *BASES)),
        ):
            if value not in allowed:
                listed = ", ".join(one for one in allowed if one)
                raise UsageError(f"unknown {name} {value!r}", allowed=f"One of {listed}.")


def the_day(at: date) -> date:
    """Check that the question names a day; of a moment, take its day.

    Raises
    ------
    UsageError : something else
    """
    if isinstance(at, datetime):
        return at.date()
    if not isinstance(at, date):
        raise UsageError(f"{at!r} is not a day", allowed="A datetime.date, for example date(2019, 1, 31).")
    return at
