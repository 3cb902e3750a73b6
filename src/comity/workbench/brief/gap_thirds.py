"""Whom to show as third parties of two: those that claims name, else those with most to do with both."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np

from comity.claims import Claim
from comity.events import Events, MonthlyScores
from comity.workbench.brief.desk import Desk

MOST_NAMED: Final = 12  # measured; fewer are shown
FALLBACK: Final = 4  # third parties where no claim names one that the data have

Groups = Mapping[str, frozenset[str]]  # the members of each of the two; nobody for a state


def span_of(source: MonthlyScores | Events | None) -> tuple[date, date] | None:
    """Give the first and last day of what gaps are measured on."""
    if isinstance(source, MonthlyScores):
        return source.first_day, source.last_day
    return source.data_span if source is not None else None


def third_parties(
    desk: Desk, named: Mapping[str, Sequence[Claim]], source: MonthlyScores | Events, groups: Groups
) -> list[str]:
    """Take those that claims name and the data have; else outsiders with most news, or acts, with both."""
    ends = [desk.case.events.canonical(end) for end in (desk.a, desk.b)]
    sides = [groups[end] or frozenset({own}) for end, own in zip((desk.a, desk.b), ends, strict=True)]
    weights = _news(source) if isinstance(source, MonthlyScores) else _acts(desk, source, sides)
    with_both = _with_both(weights, sides)
    found = [one for one in named if one in with_both and one not in ends]
    outsiders = [one for one in with_both if one not in sides[0] | sides[1]]
    return found[:MOST_NAMED] or sorted(outsiders, key=lambda one: (-with_both[one], one))[:FALLBACK]


def _with_both(weights: Mapping[tuple[str, str], float], sides: Sequence[frozenset[str]]) -> dict[str, float]:
    """Weigh every actor by what it has with that side with which it has less."""
    found: dict[str, list[float]] = {}
    for pair, weight in weights.items():
        for one, other in (pair, pair[::-1]):
            for place, side in enumerate(sides):
                if one in side:
                    found.setdefault(other, [0.0, 0.0])[place] += weight
    return {one: min(both) for one, both in found.items() if min(both) > 0}


def _news(scores: MonthlyScores) -> dict[tuple[str, str], float]:
    sizes = np.bincount(scores.pair, weights=scores.size, minlength=len(scores.pairs)).tolist()
    return dict(zip(scores.pairs, sizes, strict=True))


def _acts(desk: Desk, events: Events, sides: Sequence[frozenset[str]]) -> dict[tuple[str, str], float]:
    """Count what the two sides did, by whom it was done to."""
    acts = events.acts(senders=sorted(sides[0] | sides[1]), since=desk.start, basis="data")
    counts: dict[tuple[str, str], float] = {}
    for sender, receiver in zip(acts.sender.tolist(), acts.receiver.tolist(), strict=True):
        if receiver and sender != receiver:
            counts[sender, receiver] = counts.get((sender, receiver), 0.0) + 1
    return counts
