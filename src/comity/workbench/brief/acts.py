"""Acts out of the coded record: one line a deed, all the records that tell it together."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from comity.events import Event, Events, best_first, tally
from comity.workbench.brief.desk import LONGEST_TEXT, Desk
from comity.workbench.brief.model import Act
from comity.workbench.brief.words import BASES, clip, when

MOST_ACTS: Final = 400  # lines of a chronology; a page of more is not read
REACHES: Final = ("pair", "side", "around")  # kept in this order where there are too many


def acts_of(desk: Desk) -> tuple[tuple[Act, ...], int]:
    """Gather the acts that the brief tells, in order of their days, numbered from 1.

    Returns
    -------
    the acts, and how many were left out for want of room
    """
    groups = [group for group in _groups(desk.case.events.coded) if _in_time(desk, group)]
    neighbours = _neighbours(desk, groups)
    told = [(reach, group) for group in groups if (reach := _reach(desk, group, neighbours))]
    told.sort(key=lambda one: (REACHES.index(one[0]), -len(one[1]), _place(one[1][0])))
    kept = sorted(told[:MOST_ACTS], key=lambda one: _place(one[1][0]))
    eras = _eras(desk, [group for _, group in kept])
    acts = tuple(
        _act(desk, number, reach, group, eras.get(group[0].id, ""))
        for number, (reach, group) in enumerate(kept, 1)
    )
    return acts, len(told) - len(kept)


def parties_of(desk: Desk, event: Event) -> frozenset[str]:
    """Collect the parties under the ids of their last successors."""
    return frozenset(desk.case.events.canonical(one) for one in (*event.senders, *event.receivers))


def pairs_of(desk: Desk, event: Event) -> frozenset[frozenset[str]]:
    """Collect the unordered pairs that an event joins."""
    canonical = desk.case.events.canonical
    pairs = (frozenset((canonical(sender), canonical(receiver))) for sender, receiver in event.dyads)
    return frozenset(pair for pair in pairs if len(pair) == 2)


def _groups(events: Iterable[Event]) -> list[list[Event]]:
    groups: dict[tuple[str, str], list[Event]] = {}
    for event in events:
        # What happened and what was only planned or denied are two things, even under one key.
        groups.setdefault((event.event_key or event.id, event.aux), []).append(event)
    return [best_first(group) for group in groups.values()]


def _in_time(desk: Desk, group: Sequence[Event]) -> bool:
    return desk.within(group[0].dating.start, group[0].dating.end)


def _neighbours(desk: Desk, groups: Iterable[Sequence[Event]]) -> frozenset[str]:
    found: set[str] = set()
    for group in groups:
        for event in group:
            for pair in pairs_of(desk, event):
                if pair & desk.pair:
                    found |= pair
    return frozenset(found)


def _reach(desk: Desk, group: Sequence[Event], neighbours: frozenset[str]) -> str:
    if any(desk.pair in pairs_of(desk, event) for event in group):
        return "pair"
    if any(parties_of(desk, event) & desk.pair for event in group):
        return "side"
    near = any(parties_of(desk, event) <= neighbours for event in group)
    return "around" if near else ""


def _place(event: Event) -> tuple[date, date, str]:
    dating = event.dating
    return dating.start or dating.end or date.max, dating.end or date.max, event.id


def _act(desk: Desk, number: int, reach: str, group: Sequence[Event], era: str) -> Act:
    best = group[0]
    dating, rows = best.dating, tuple(event.id for event in group)
    others = dict.fromkeys(
        f"{desk.short(event.source)}: {when(event.dating)}"
        for event in group[1:]
        if (event.dating.start, event.dating.end) != (dating.start, dating.end)
    )
    return Act(
        number=number,
        id=best.id,
        when=when(dating),
        start=dating.start,
        end=dating.end,
        precision=dating.precision,
        basis=BASES[dating.basis],
        who=who(desk, best),
        summary=clip(f"{desk.draft_mark(rows)}{best.summary or best.event_type.lower()}", LONGEST_TEXT),
        event_kind=best.event_kind,
        event_type=best.event_type,
        sign=best.sign,
        aux=best.aux,
        reach=reach,
        era=era,
        rows=rows,
        refs=desk.refs((event.id, event.source, event.passage) for event in group),
        other_dates=tuple(others),
        draft=bool(desk.draft_mark(rows)),
    )


def who(desk: Desk, event: Event) -> str:
    """Write the parties of an event: an arrow for a directed act, a comma list for a joint one."""
    senders, receivers = desk.names(event.senders), desk.names(event.receivers)
    if event.reciprocal:
        return " – ".join(desk.name(one) for one in event.senders)
    return f"{senders} → {receivers}" if receivers else senders


def _eras(desk: Desk, groups: Sequence[Sequence[Event]]) -> dict[str, str]:
    """Place acts in eras as the counts do; one that did not happen, in the era of its start."""
    happened = (event for group in groups for event in group if not event.aux)
    told = Events.of(happened, registry=desk.case.registry)
    places = {id: str(cell["era"]) for cell in tally(told, desk.eras) for id in cell["ids"]}
    for event in (group[0] for group in groups if group[0].aux):
        start = event.dating.start
        holding = [era.id for era in desk.eras if start and era.holds(start)]
        places[event.id] = holding[0] if holding else ""
    return places
