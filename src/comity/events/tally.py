"""Counts of coded acts by era and kind: what the authors tell, not a measure of the world."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from comity.events.coded import real_events
from comity.events.era import Era, era_of
from comity.events.events import Events
from comity.events.record import KINDS, Event

UNDATED_LABEL = "without a start"
OUTSIDE_LABEL = "outside the eras"


def tally(
    events: Events, eras: Sequence[Era], *, actors: Iterable[str] | None = None
) -> list[dict[str, Any]]:
    """Count each real coded event once, by era (see `era_of`) and by kind.

    Parameters
    ----------
    eras : those with `display` are used; they do not overlap
    actors : one actor: the events it is a party of; several: those between two of them

    Returns
    -------
    One dictionary per era and kind: era, label, kind, acts, friendly, hostile, neutral, spanning (acts
    that also have days in another era), ids. Then, with an empty era, the events without a start, and
    those outside all eras, where there are any.
    """
    shown = {era.id: era for era in eras if era.display}
    real = [records[0] for records in real_events(_among(events, actors)).values()]
    until = max((_last_day(one) for one in events.coded), default=date.min)
    cells: dict[tuple[str, str, str], list[Event]] = {
        (era.id, era.label, kind): [] for era in shown.values() for kind in KINDS
    }
    for one in real:
        era = era_of(one.dating, list(shown.values()), until=until)
        label = UNDATED_LABEL if one.dating.start is None else OUTSIDE_LABEL
        place = (era.id, era.label) if era else ("", label)
        cells.setdefault((*place, one.event_kind), []).append(one)
    return [
        {
            "era": era,
            "label": label,
            "kind": kind,
            "acts": len(found),
            "friendly": sum(one.sign > 0 for one in found),
            "hostile": sum(one.sign < 0 for one in found),
            "neutral": sum(one.sign == 0 for one in found),
            "spanning": sum(_spans(one, shown[era], until) for one in found) if era else 0,
            "ids": [one.id for one in found],
        }
        for (era, label, kind), found in sorted(cells.items(), key=lambda cell: _order(cell[0], list(shown)))
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


def _last_day(event: Event) -> date:
    return event.dating.end or event.dating.start or date.min


def _spans(event: Event, era: Era, until: date) -> bool:
    start = event.dating.start or until
    end = event.dating.end or max(until, start)
    return era.days_within(start, end) < (end - start).days + 1


def _order(cell: tuple[str, str, str], ids: Sequence[str]) -> tuple[int, str, int]:
    return (ids.index(cell[0]) if cell[0] else len(ids), cell[1], KINDS.index(cell[2]))
