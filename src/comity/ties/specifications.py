"""The same question under other choices: scale, centring, period, weights; and what they agree on."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, Final

from comity.events import Era
from comity.ties.alignment import quadrant
from comity.ties.gap_measuring import Levels, levels
from comity.ties.gap_panel import CENTRINGS, NONE, SCALES, TONE, Grid, Panel
from comity.ties.gap_periods import LENGTHS, Period, periods_of
from comity.ties.gap_scores import EQUAL, VOLUME
from comity.ties.gap_sides import Sides

NEARLY_ALL: Final = 0.9
STATEMENTS: Final = ("change", "distance", "moved_more", "gap_first", "gap_last", "quadrant_last")


def specifications(
    grid: Grid, sides: Sides, third: Sequence[str], by: str, span: Sequence[Period], eras: Sequence[Era]
) -> dict[str, Any]:
    """Measure each gap in its first and last period under every choice.

    Parameters
    ----------
    span : the periods asked for; others are laid over the same months

    Returns
    -------
    dict : `choices`, `results` (one per choice and third party) and `statements`: what the default says, and
        the share of the choices that say the same
    """
    start, end = span[0].start, span[-1].end
    lengths = {one: periods_of(one, start, end, eras)[0] for one in dict.fromkeys((by, *LENGTHS))}
    panels = {one: Panel.of(grid, *one) for one in product(SCALES, CENTRINGS)}
    results = [
        {
            "actor": actor,
            "scale": scale,
            "centring": centring,
            "period": length,
            "weights": weights,
            **_result(panels[scale, centring], sides, actor, lengths[length], weights),
        }
        for actor in third
        for scale, centring, length, weights in product(SCALES, CENTRINGS, lengths, (EQUAL, VOLUME))
    ]
    return {
        "choices": {
            "scale": list(SCALES),
            "centring": list(CENTRINGS),
            "period": list(lengths),
            "weights": [EQUAL, VOLUME],
        },
        "default": {"scale": TONE, "centring": NONE, "period": by, "weights": EQUAL},
        "count": len(SCALES) * len(CENTRINGS) * len(lengths) * 2,
        "statements": [one for actor in third for one in _statements(results, actor, by)],
        "results": results,
    }


def _result(
    panel: Panel, sides: Sides, actor: str, periods: Sequence[Period], weights: str
) -> dict[str, Any]:
    first, last = _first(panel, sides, actor, periods, weights), None
    if first is not None:
        last = _first(panel, sides, actor, periods[::-1], weights)
    if first is None or last is None or first.period == last.period:
        return {"refused": "fewer than two periods with a gap", **dict.fromkeys(STATEMENTS)}
    ties = [(one.a.tie or 0.0, one.b.tie or 0.0) for one in (first, last)]
    gaps = [a - b for a, b in ties]
    moved_a, moved_b = ties[1][0] - ties[0][0], ties[0][1] - ties[1][1]
    return {
        "refused": None,
        "from": str(first.period.start),
        "to": str(last.period.start),
        "gap_from": gaps[0],
        "gap_to": gaps[1],
        "gap_change": moved_a + moved_b,
        "moved_a": moved_a,
        "moved_b": moved_b,
        "change": "rose" if moved_a + moved_b > 0 else "fell",
        "distance": "narrowed" if abs(gaps[1]) < abs(gaps[0]) else "widened",
        "moved_more": sides.pair[0] if abs(moved_a) > abs(moved_b) else sides.pair[1],
        "gap_first": "+" if gaps[0] > 0 else "-",
        "gap_last": "+" if gaps[1] > 0 else "-",
        "quadrant_last": quadrant(*sides.pair, *ties[1]),
    }


def _first(panel: Panel, sides: Sides, actor: str, periods: Sequence[Period], weights: str) -> Levels | None:
    """Find the first of some periods in which both sides have a tie."""
    for period in periods:
        found = levels(panel, sides, actor, period, weights)
        if found.a.tie is not None and found.b.tie is not None:
            return found
    return None


def _statements(results: Sequence[Mapping[str, Any]], actor: str, by: str) -> list[dict[str, Any]]:
    mine = [one for one in results if one["actor"] == actor and not one["refused"]]
    chosen = {"scale": TONE, "centring": NONE, "period": by, "weights": EQUAL}
    default = next((one for one in mine if all(one[name] == value for name, value in chosen.items())), None)
    if default is None:
        return []
    return [_statement(mine, actor, name, default[name]) for name in STATEMENTS]


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
