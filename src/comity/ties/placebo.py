"""The same change for others: third parties that nobody asked about, and other actors in the pair."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from comity.ties.gap import GapChange
from comity.ties.gap_measuring import levels
from comity.ties.gap_panel import Panel
from comity.ties.gap_periods import Period
from comity.ties.gap_sides import Sides


def placebo(
    panel: Panel, sides: Sides, third: Sequence[str], periods: Sequence[Period], changes: Sequence[GapChange]
) -> list[dict[str, Any]]:
    """Set the change of each gap from first to last beside that of comparable third parties and pairs.

    Comparable third parties are all actors of the data that have enough months with both sides in both
    periods. Comparable pairs put another single actor, who is no member of the second side, in the place
    of the first. `share` is the part of the changes, the observed one among them, that are at least as
    large as the observed one, whichever way they go; `rank` is its place among them.
    """
    by_label = {period.label: period for period in periods}
    last = {change.actor: change for change in changes}  # the one from first to last comes last
    return [_beside(panel, sides, last[actor], by_label) for actor in third if actor in last]


def _beside(panel: Panel, sides: Sides, change: GapChange, periods: Mapping[str, Period]) -> dict[str, Any]:
    before, after = periods[change.before.label], periods[change.after.label]
    actors = [one for one in panel.grid.scores.actors if one not in (*sides.pair, change.actor)]
    inside = {one for period in (before, after) for one in sides.of(sides.pair[1], period.start)}

    def of_third(actor: str) -> float | None:
        return _change(panel, sides, actor, before, after)

    def of_pair(actor: str) -> float | None:
        return _change(panel, sides.instead(actor), change.actor, before, after)

    return {
        "actor": change.actor,
        "from": str(before.start),
        "to": str(after.start),
        "gap_change": change.gap_change,
        "third_parties": _ranked(change.gap_change, _found(actors, of_third)),
        "pairs": _ranked(change.gap_change, _found([one for one in actors if one not in inside], of_pair)),
    }


def _change(panel: Panel, sides: Sides, third: str, before: Period, after: Period) -> float | None:
    gaps = []
    for period in (before, after):
        both = levels(panel, sides, third, period)
        if both.a.tie is None or both.b.tie is None:
            return None
        gaps.append(both.a.tie - both.b.tie)
    return gaps[1] - gaps[0]


def _found(actors: Iterable[str], change: Callable[[str], float | None]) -> dict[str, float]:
    found = ((actor, change(actor)) for actor in actors)
    return {actor: value for actor, value in found if value is not None}


def _ranked(observed: float, others: Mapping[str, float]) -> dict[str, Any]:
    as_large = sum(abs(value) >= abs(observed) for value in others.values())
    return {
        "n": len(others),
        "as_large": as_large,
        "rank": as_large + 1,
        "share": (as_large + 1) / (len(others) + 1) if others else None,
        "changes": dict(others),
    }
