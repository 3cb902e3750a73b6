"""The same change for others: third parties that nobody asked about, and other actors in the pair."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from comity.ties.gap import GapChange

ChangeOf = Callable[[str, str], float | None]  # first actor, third party: what the gap changed by


def placebo(
    change: GapChange, pair: tuple[str, str], third: Iterable[str], others: Iterable[str], change_of: ChangeOf
) -> dict[str, Any]:
    """Set the change of a gap from first to last beside that of comparable third parties and pairs.

    `share` is the part of the changes, the observed one among them, that are at least as large as the
    observed one, whichever way they go; `rank` is its place among them.

    Parameters
    ----------
    third : actors that may stand in the place of the third party
    others : actors that may stand in the place of the first of the pair
    change_of : gives the same change for them, or nothing where there is too little
    """
    taken = (*pair, change.actor)
    thirds = {one: change_of(pair[0], one) for one in third if one not in taken}
    pairs = {one: change_of(one, change.actor) for one in others if one not in taken}
    return {
        "actor": change.actor,
        "from": str(change.before.start),
        "to": str(change.after.start),
        "gap_change": change.gap_change,
        "third_parties": _ranked(change.gap_change, thirds),
        "pairs": _ranked(change.gap_change, pairs),
    }


def _ranked(observed: float, found: Mapping[str, float | None]) -> dict[str, Any]:
    others = {actor: value for actor, value in found.items() if value is not None}
    as_large = sum(abs(value) >= abs(observed) for value in others.values())
    return {
        "n": len(others),
        "as_large": as_large,
        "rank": as_large + 1,
        "share": (as_large + 1) / (len(others) + 1) if others else None,
        "changes": others,
    }
