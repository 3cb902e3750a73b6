"""The same question under other choices, such as scale and period; and what they agree on."""

from collections.abc import Callable, Mapping, Sequence
from itertools import product
from typing import Any, Final

from comity.ties.alignment import quadrant
from comity.ties.gap_periods import Period

NEARLY_ALL: Final = 0.9
STATEMENTS: Final = ("change", "distance", "moved_more", "gap_first", "gap_last", "quadrant_last")
PERIOD: Final = "period"
ROUNDING: Final = 1e-12

Choice = Mapping[str, str]
Ties = tuple[float, float]
TiesOf = Callable[[Choice, str, Period], Ties | None]  # of both sides with a third party in a period


def specifications(
    ties_of: TiesOf,
    choices: Mapping[str, Sequence[str]],
    default: Choice,
    lengths: Mapping[str, Sequence[Period]],
    pair: tuple[str, str],
    third: Sequence[str],
) -> dict[str, Any]:
    """Measure each gap in its first and last period under every choice.

    Parameters
    ----------
    ties_of : gives both ties under a choice, or nothing where there is too little
    choices : what can be chosen, and the ways; "period" names the entries of `lengths`
    default : the choice that the statements are those of
    lengths : the periods of each length, over the same span

    Returns
    -------
    dict : `choices`, `default`, `results` (one per choice and third party) and `statements`: what the default
        says, and the share of the choices that say the same
    """
    each = [dict(zip(choices, ways, strict=True)) for ways in product(*choices.values())]
    results = [
        {"actor": actor, **choice, **_result(ties_of, choice, actor, lengths[choice[PERIOD]], pair)}
        for actor in third
        for choice in each
    ]
    return {
        "choices": {name: list(ways) for name, ways in choices.items()},
        "default": dict(default),
        "count": len(each),
        "statements": [one for actor in third for one in _statements(results, actor, default)],
        "results": results,
    }


def _result(
    ties_of: TiesOf, choice: Choice, actor: str, periods: Sequence[Period], pair: tuple[str, str]
) -> dict[str, Any]:
    first = _first(ties_of, choice, actor, periods)
    last = _first(ties_of, choice, actor, periods[::-1]) if first else None
    if first is None or last is None or first[0] == last[0]:
        return {"refused": "fewer than two periods with a gap", **dict.fromkeys(STATEMENTS)}
    gaps = [a - b for _, (a, b) in (first, last)]
    moved_a, moved_b = last[1][0] - first[1][0], first[1][1] - last[1][1]
    return {
        "refused": None,
        "from": str(first[0].start),
        "to": str(last[0].start),
        "gap_from": gaps[0],
        "gap_to": gaps[1],
        "gap_change": moved_a + moved_b,
        "moved_a": moved_a,
        "moved_b": moved_b,
        "change": _sign(moved_a + moved_b, ("rose", "fell", "stayed")),
        "distance": _sign(abs(gaps[1]) - abs(gaps[0]), ("widened", "narrowed", "stayed")),
        "moved_more": _sign(abs(moved_a) - abs(moved_b), (*pair, "neither")),
        "gap_first": _sign(gaps[0], ("+", "-", "0")),
        "gap_last": _sign(gaps[1], ("+", "-", "0")),
        "quadrant_last": quadrant(*pair, *last[1]),
    }


def _sign(value: float, words: tuple[str, str, str]) -> str:
    if abs(value) < ROUNDING:
        return words[2]
    return words[0] if value > 0 else words[1]


def _first(
    ties_of: TiesOf, choice: Choice, actor: str, periods: Sequence[Period]
) -> tuple[Period, Ties] | None:
    """Find the first of some periods in which both sides have a tie."""
    for period in periods:
        found = ties_of(choice, actor, period)
        if found is not None:
            return period, found
    return None


def _statements(results: Sequence[Mapping[str, Any]], actor: str, default: Choice) -> list[dict[str, Any]]:
    mine = [one for one in results if one["actor"] == actor and not one["refused"]]
    chosen = next((one for one in mine if all(one[name] == way for name, way in default.items())), None)
    return [_statement(mine, actor, name, chosen[name]) for name in STATEMENTS] if chosen else []


def _statement(mine: Sequence[Mapping[str, Any]], actor: str, name: str, says: str) -> dict[str, Any]:
    agree = sum(one[name] == says for one in mine)
    share = agree / len(mine)
    verdict = "depends on the choice" if share < NEARLY_ALL else "the same in nearly all"
    return {
        "actor": actor,
        "statement": name,
        "default": says,
        "agree": agree,
        "of": len(mine),
        "share": share,
        "verdict": "the same in all" if agree == len(mine) else verdict,
    }
