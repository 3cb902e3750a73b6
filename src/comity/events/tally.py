"""Counts of coded acts by era and kind: what the authors tell, not a measure of the world."""

from collections.abc import Iterable, Sequence
from typing import Any

from comity.events.coded import real_events
from comity.events.era import Era
from comity.events.events import Events
from comity.events.record import KINDS, Event

UNDATED_LABEL = "open or undated"
OUTSIDE_LABEL = "outside the eras"


def tally(
    events: Events, eras: Sequence[Era], *, actors: Iterable[str] | None = None
) -> list[dict[str, Any]]:
    """Count each real coded event once, by the era of its start and by kind.

    Parameters
    ----------
    eras : those with `display` are used; they do not overlap
    actors : one actor: the events it is a party of; several: those between two of them

    Returns
    -------
    One dictionary per era and kind: era, label, kind, acts, friendly, hostile, neutral, spanning (acts
    whose interval runs past the end of the era), ids. Then, with an empty era, the events that are open
    or undated, and those outside all eras, where there are any.
    """
    shown = [era for era in eras if era.display]
    cells: dict[tuple[str, str, str], list[Event]] = {
        (era.id, era.label, kind): [] for era in shown for kind in KINDS
    }
    for records in real_events(_among(events, actors)).values():
        era, label = _place(records[0], shown)
        cells.setdefault((era, label, records[0].event_kind), []).append(records[0])
    ends = {era.id: era.end for era in shown}
    return [
        {
            "era": era,
            "label": label,
            "kind": kind,
            "acts": len(found),
            "friendly": sum(one.sign > 0 for one in found),
            "hostile": sum(one.sign < 0 for one in found),
            "neutral": sum(one.sign == 0 for one in found),
            "spanning": sum(_spans(one, ends[era]) for one in found) if era else 0,
            "ids": [one.id for one in found],
        }
        for (era, label, kind), found in sorted(cells.items(), key=lambda cell: _order(cell[0], shown))
    ]


def _among(events: Events, actors: Iterable[str] | None) -> list[Event]:
    if actors is None:
        return list(events.coded)
    wanted = {events.canonical(actor) for actor in actors}
    kept = []
    for event in events.coded:
        parties = {events.canonical(one) for one in (*event.senders, *event.receivers)}
        pairs = {frozenset(map(events.canonical, dyad)) for dyad in event.dyads}
        between = any(len(pair) == 2 and pair <= wanted for pair in pairs)
        if between if len(wanted) > 1 else parties & wanted:
            kept.append(event)
    return kept


def _place(event: Event, eras: Sequence[Era]) -> tuple[str, str]:
    if event.dating.days is None or event.dating.start is None:
        return "", UNDATED_LABEL
    for era in eras:
        if era.holds(event.dating.start):
            return era.id, era.label
    return "", OUTSIDE_LABEL


def _spans(event: Event, end: Any) -> bool:
    return end is not None and event.dating.end is not None and event.dating.end > end


def _order(cell: tuple[str, str, str], eras: Sequence[Era]) -> tuple[int, str, int]:
    ids = [era.id for era in eras]
    return (ids.index(cell[0]) if cell[0] else len(ids), cell[1], KINDS.index(cell[2]))
