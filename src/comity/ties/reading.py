"""What is read off a set of acts: friendly and hostile points, net with its interval, or a refusal."""

import math
from dataclasses import asdict, dataclass
from typing import Any, Final

PRIOR_POINTS: Final = 3.0  # about one act: a single handshake does not make a perfect tie
MASS_FLOOR: Final = 5.0  # acts, after decay
ROUNDING: Final = 1e-9  # five acts of one third and two thirds may add up to a hair less
DAYS_FLOOR: Final = 3  # a bootstrap of fewer days repeats itself
ALL: Final = "all"  # beside the three kinds


def net_of(friendly: float, hostile: float) -> float:
    """Balance two sums of points: ``(F - H) / (F + H + 3)``, in (-1, 1).

    Examples
    --------
    >>> net_of(6.0, 1.0)
    0.5
    """
    return (friendly - hostile) / (friendly + hostile + PRIOR_POINTS)


def refusal(mass: float, days: int, signed: int) -> str | None:
    """Say in words why there is no net number, or nothing where there is one.

    Parameters
    ----------
    mass : decayed number of acts, >= 0
    days : distinct first days of those acts
    signed : acts that are friendly or hostile

    Examples
    --------
    >>> refusal(3.2, 2, 4)
    'decayed mass 3.2 of 5 acts; 2 of 3 days'
    >>> refusal(5.0, 3, 5) is None
    True
    """
    if days == 0:
        return "no act before this day"
    reasons = []
    if mass < MASS_FLOOR - ROUNDING:
        shown = math.floor(mass * 10) / 10  # 4.99 is shown as 4.9, never as the floor itself
        reasons.append(f"decayed mass {shown:.1f} of {MASS_FLOOR:g} acts")
    if days < DAYS_FLOOR:
        reasons.append(f"{days} of {DAYS_FLOOR} days")
    if signed == 0:
        reasons.append("no act is friendly or hostile")
    return "; ".join(reasons) or None


@dataclass(frozen=True, slots=True)
class Reading:
    """One kind of act between two actors; ``net``, ``low`` and ``high`` are ``None`` where refused."""

    friendly: float  # Goldstein points, >= 0
    hostile: float  # Goldstein points, >= 0
    net: float | None
    low: float | None  # 95 % interval of net
    high: float | None
    acts: int
    rows: int
    mass: float  # acts, after decay
    refused: str | None = None

    @property
    def volume(self) -> float:
        """How much passed between them, friendly or not: ``log1p(F + H)``."""
        return math.log1p(self.friendly + self.hostile)

    def to_dict(self) -> dict[str, Any]:
        """Give the fields in the fixed order of the command line's JSON."""
        return asdict(self)
