"""From acts to readings, for one dyad or many at once."""

from collections.abc import Sequence

import numpy as np

from comity.events import Acts
from comity.ties.bootstrap import drawn_net, interval
from comity.ties.memory import Ints, Parts, Sums, in_order, per_day, sums
from comity.ties.reading import ALL, Reading, net_of, refusal
from comity.ties.tie import READINGS

CODED = "coded"


def of_kind(acts: Acts, kind: str) -> Ints:
    """Find the places of the acts of one kind, or of ``all``."""
    return np.arange(len(acts)) if kind == ALL else np.flatnonzero(acts.kind == kind)


def readings(
    acts: Acts, group: Ints, questions: Sequence[Sequence[object]], *, at: int, half_life_days: float
) -> list[dict[str, Reading]]:
    """Read every group of acts, of every kind.

    Parameters
    ----------
    acts : in any order
    group : group of each act, from 0
    questions : for each group what its random numbers belong to: the seed and the dyad
    at : days since 1970-01-01
    half_life_days : > 0

    Returns
    -------
    list of readings by kind, one entry per group
    """
    order = in_order(acts)
    acts, group = acts.select(order), group[order]
    found: list[dict[str, Reading]] = [{} for _ in questions]
    for kind in READINGS:
        chosen = of_kind(acts, kind)
        part, places = acts.select(chosen), group[chosen]
        parts = Parts.of(part, at, half_life_days)
        total = sums(part, parts, places, len(questions))
        members = _split(places, len(questions))
        for index, question in enumerate(questions):
            mine = members[index]
            told = bool((part.basis[mine] == CODED).any())
            asked = (*question, kind, float(half_life_days))
            found[index][kind] = _reading(total, index, parts[mine], told=told, question=asked)
    return found


def _split(group: Ints, groups: int) -> list[Ints]:
    order = np.argsort(group, kind="stable")
    bounds = np.searchsorted(group[order], np.arange(1, groups))
    return list(np.split(order, bounds))


def _reading(total: Sums, index: int, parts: Parts, *, told: bool, question: Sequence[object]) -> Reading:
    friendly, hostile = float(total.friendly[index]), float(total.hostile[index])
    mass = float(total.mass[index])
    refused = refusal(mass, int(total.days[index]), int(total.signed[index]))
    low: float | None = None
    high: float | None = None
    if refused is None and not told:  # authors chose what they tell: no sample was drawn
        days = per_day(parts)
        low, high = interval(drawn_net(days.friendly, days.hostile, *question))
    return Reading(
        friendly=friendly,
        hostile=hostile,
        net=None if refused else net_of(friendly, hostile),
        low=low,
        high=high,
        acts=int(total.acts[index]),
        rows=int(total.rows[index]),
        mass=mass,
        refused=refused,
    )
