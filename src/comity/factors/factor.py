"""One third party's part in the change of a tie."""

import math
from dataclasses import dataclass
from typing import Any, Final

from comity.model import student_quantile

NORMAL_95: Final = 1.959963984540054
DETECTABLE: Final = 2.8  # standard errors: found with a chance of 80 % at the 5 % level [Bloom1995]


@dataclass(frozen=True, slots=True)
class Level:
    """What a third party contributes to the value of a period itself; its error is the coefficients'."""

    value: float
    std_error: float

    @property
    def verdict(self) -> str:
        """In words: "hindered", "fostered", or "cannot tell" where the 95 % interval holds zero."""
        if abs(self.value) <= NORMAL_95 * self.std_error:
            return "cannot tell"
        return "fostered" if self.value > 0 else "hindered"

    def to_dict(self) -> dict[str, float]:
        """Give the value and its interval for JSON."""
        half = NORMAL_95 * self.std_error
        return {"value": self.value, "low": self.value - half, "high": self.value + half}


@dataclass(frozen=True, slots=True)
class Simulated:
    """A part from worlds with and without a third party's change.

    Parameters
    ----------
    spread : standard deviation over worlds, which differ in their coefficients and their chance
    monte_carlo_error : what is left of it in the mean, as so many worlds were simulated
    """

    value: float
    spread: float
    monte_carlo_error: float
    runs: int


@dataclass(frozen=True, slots=True)
class Factor:
    """How much of a change goes through one third party; an account, not proof of cause.

    Parameters
    ----------
    triads, degrees, other : by statistics of third parties, by the two's busyness with it, by further ones
    error_coefficients, error_weeks : standard errors, from the coefficients and from the luck of which weeks
        had acts
    before, after : what it contributed to the value itself in each period
    events : ids of the rows that moved it most; `n_events` counts all of them
    simulated : in a long-run account, the part that takes the place of the sum of the three
    own : the sum of the three with coefficients of its own, and their error; for third parties asked for
    """

    actor: str
    triads: float
    degrees: float
    other: float
    error_coefficients: float | None
    error_weeks: float | None
    before: Level
    after: Level
    events: tuple[str, ...] = ()
    n_events: int = 0
    simulated: Simulated | None = None
    own: Level | None = None

    @property
    def value(self) -> float:
        """The whole part."""
        return self.triads + self.degrees + self.other if self.simulated is None else self.simulated.value

    @property
    def std_error(self) -> float | None:
        """From both sources; of a simulated part, the scatter over worlds."""
        if self.simulated is not None:
            return self.simulated.spread
        if self.error_coefficients is None or self.error_weeks is None:
            return None
        return math.hypot(self.error_coefficients, self.error_weeks)

    @property
    def low(self) -> float | None:
        """Lower end of the 95 % interval."""
        return None if self.std_error is None else self.value - self._errors * self.std_error

    @property
    def high(self) -> float | None:
        """Upper end of the 95 % interval."""
        return None if self.std_error is None else self.value + self._errors * self.std_error

    @property
    def _errors(self) -> float:
        """How many standard errors half an interval has: more where few worlds tell the spread."""
        return NORMAL_95 if self.simulated is None else student_quantile(0.95, self.simulated.runs - 1)

    @property
    def smallest_detectable(self) -> float | None:
        """The smallest part that these data would show four times in five."""
        return None if self.std_error is None else DETECTABLE * self.std_error

    @property
    def verdict(self) -> str:
        """In words: whether the interval leaves the sign open, also that with coefficients of its own."""
        if self.low is None or self.high is None or self.low <= 0 <= self.high:
            return "cannot tell"
        if not self._holds_by_itself:
            return "only as others do"
        return "raised it" if self.value > 0 else "lowered it"

    @property
    def own_interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the part with coefficients of its own, the luck of weeks in it."""
        if self.own is None or self.error_weeks is None:
            return None
        half = NORMAL_95 * math.hypot(self.own.std_error, self.error_weeks)
        return self.own.value - half, self.own.value + half

    @property
    def _holds_by_itself(self) -> bool:
        """Tell whether its own coefficients give a part of the same sign, zero left out."""
        if self.own_interval is None:
            return True
        low, high = self.own_interval
        return low > 0 if self.value > 0 else high < 0

    @property
    def role(self) -> str:
        """In words: whether it hindered or fostered in each period."""
        one, other = self.before.verdict, self.after.verdict
        return f"{one} throughout" if one == other else f"{one}, then {other}"

    def _own(self) -> dict[str, float] | None:
        if self.own is None or self.own_interval is None:
            return None
        low, high = self.own_interval
        return {"value": self.own.value, "low": low, "high": high}

    def to_dict(self) -> dict[str, Any]:
        """Give the fields for JSON; a simulated part is not shared out among terms."""
        by_term = {"triads": self.triads, "degrees": self.degrees, "other": self.other}
        found = {
            "actor": self.actor,
            **dict.fromkeys(("triads", "degrees", "other")),
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "std_error": self.std_error,
            "std_error_coefficients": self.error_coefficients,
            "std_error_weeks": self.error_weeks,
            "smallest_detectable": self.smallest_detectable,
            "verdict": self.verdict,
            "with_own_coefficients": self._own(),
            "level_before": self.before.to_dict(),
            "level_after": self.after.to_dict(),
            "role": self.role,
            "events": list(self.events),
            "n_events": self.n_events,
        }
        if self.simulated is None:
            return {**found, **by_term}
        found["monte_carlo_error"] = self.simulated.monte_carlo_error
        found["instant"] = {**by_term, "value": sum(by_term.values())}
        return {**found, "std_error_coefficients": None, "std_error_weeks": None}
