"""The change of a gap from one period to another, split into who moved."""

from collections.abc import Callable, Sequence
from itertools import pairwise

from comity.ties.gap import GapChange, GapPeriod, SideTie

Margin = Callable[[int, int], float | None]  # of the change between two periods, by their places


def changes_of(third: str, periods: Sequence[GapPeriod], margin: Margin) -> list[GapChange]:
    """Split the change from each period to the next, and from the first to the last, into who moved.

    Periods without a gap are passed over; next to one there is no change.
    """
    known = [place for place, period in enumerate(periods) if period.of(third).gap is not None]
    steps = [(one, other) for one, other in pairwise(known) if other == one + 1]
    if len(known) > 1 and (known[0], known[-1]) not in steps:
        steps.append((known[0], known[-1]))
    return [_change(third, periods, one, other, margin(one, other)) for one, other in steps]


def _change(
    third: str, periods: Sequence[GapPeriod], one: int, other: int, margin: float | None
) -> GapChange:
    first, last = periods[one].of(third), periods[other].of(third)
    moved_a, moved_b = _rise(first.a, last.a), -_rise(first.b, last.b)
    steady = _steady(first.a, last.a) - _steady(first.b, last.b)
    change = moved_a + moved_b
    return GapChange(
        third,
        periods[one],
        periods[other],
        moved_a,
        moved_b,
        composition=change - steady,
        low=None if margin is None else change - margin,
        high=None if margin is None else change + margin,
    )


def _rise(before: SideTie, after: SideTie) -> float:
    return (after.tie or 0.0) - (before.tie or 0.0)


def _steady(before: SideTie, after: SideTie) -> float:
    """What the tie would have risen by, were the members who count the same in both periods."""
    if before.members == after.members:
        return _rise(before, after)
    both = [one for one in before.members if one in after.members]
    return sum(after.ties[one] - before.ties[one] for one in both) / len(both) if both else 0.0
