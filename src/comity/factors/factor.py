"""One third party's part in the change of a tie."""

import math
from dataclasses import dataclass
from typing import Any, Final

NORMAL_95: Final = 1.959963984540054
DETECTABLE: Final = 2.8  # standard errors: found with a chance of 80 % at the 5 % level [Bloom1995]


@dataclass(frozen=True, slots=True)
class Factor:
    """How much of a change goes through one third party; an account, not proof of cause.

    Parameters
    ----------
    triads, degrees, other : by statistics of third parties, by the two's busyness with it, by further ones
    error_coefficients, error_weeks : standard errors, from the coefficients and from the luck of which weeks
        had acts
    level_before, level_after : what it contributed to the value itself in each period
    events : ids of the rows that moved it most; `n_events` counts all of them
    """

    actor: str
    triads: float
    degrees: float
    other: float
    error_coefficients: float | None
    error_weeks: float | None
    level_before: float | None = None
    level_after: float | None = None
    events: tuple[str, ...] = ()
    n_events: int = 0
    long_run: float | None = None

    @property
    def value(self) -> float:
        """The whole part."""
        return self.triads + self.degrees + self.other if self.long_run is None else self.long_run

    @property
    def std_error(self) -> float | None:
        """From both sources."""
        if self.error_coefficients is None or self.error_weeks is None:
            return None
        return math.hypot(self.error_coefficients, self.error_weeks)

    @property
    def low(self) -> float | None:
        """Lower end of the 95 % interval."""
        return None if self.std_error is None else self.value - NORMAL_95 * self.std_error

    @property
    def high(self) -> float | None:
        """Upper end of the 95 % interval."""
        return None if self.std_error is None else self.value + NORMAL_95 * self.std_error

    @property
    def smallest_detectable(self) -> float | None:
        """The smallest part that these data would show four times in five."""
        return None if self.std_error is None else DETECTABLE * self.std_error

    @property
    def verdict(self) -> str:
        """In words: whether the interval leaves the sign open."""
        if self.low is None or self.high is None or self.low <= 0 <= self.high:
            return "cannot tell"
        return "raised it" if self.value > 0 else "lowered it"

    def to_dict(self) -> dict[str, Any]:
        """Give the fields for JSON."""
        return {
            "actor": self.actor,
            "triads": self.triads,
            "degrees": self.degrees,
            "other": self.other,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "std_error": self.std_error,
            "std_error_coefficients": self.error_coefficients,
            "std_error_weeks": self.error_weeks,
            "smallest_detectable": self.smallest_detectable,
            "verdict": self.verdict,
            "level_before": self.level_before,
            "level_after": self.level_after,
            "events": list(self.events),
            "n_events": self.n_events,
        }
