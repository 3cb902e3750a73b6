"""How two ties with a third party go together: their product, and the quadrant that it stands for."""

from typing import Final

SHARED_FRIEND: Final = "shared friend"
SHARED_ADVERSARY: Final = "shared adversary"
UNDECIDED: Final = "neither"


def alignment(tie_a: float, tie_b: float) -> float:
    """Multiply two ties with a third party: above 0 both see it alike, below 0 they are split."""
    return tie_a * tie_b


def quadrant(a: str, b: str, tie_a: float, tie_b: float) -> str:
    """Say what the product stands for: the same product may mean a shared friend or a shared adversary.

    Examples
    --------
    >>> quadrant("JPN", "NATO", -0.2, -0.1)
    'shared adversary'
    >>> quadrant("JPN", "NATO", -0.2, 0.1)
    'split: friend of NATO'
    """
    if tie_a == 0 or tie_b == 0:
        return UNDECIDED
    if (tie_a > 0) == (tie_b > 0):
        return SHARED_FRIEND if tie_a > 0 else SHARED_ADVERSARY
    return f"split: friend of {a if tie_a > 0 else b}"
