"""Was it the first of its kind: earlier events of the same sender, receiver, type and mode."""

from dataclasses import dataclass
from typing import Final

from comity.events.coded import real_events
from comity.events.events import Events
from comity.events.lines import Line, event_lines
from comity.events.record import Event
from comity.provenance import Dating, NothingFoundError, Trace

FIRST: Final = "no earlier one in this record"
EARLIER: Final = "an earlier one"
CANNOT_TELL: Final = "cannot tell"


@dataclass(frozen=True, slots=True)
class Precedents:
    """The answer, and the lines it rests on: the earlier events, or those that may have been earlier."""

    verdict: str
    rows: list[Line]

    def trace(self) -> Trace:
        """Name the rows behind the answer."""
        return Trace(rows=tuple(dict.fromkeys(row["id"] for row in self.rows)))


def precedents(events: Events, event_id: str) -> Precedents:
    """Look among the coded events that happened for earlier ones of the same kind.

    Of the same kind: the same type and mode between a same ordered pair, or by a same sender where
    nobody receives, and through the same office where both name the person: a premier's visit is no
    precedent of a minister's. Where only one of them names a person, and where intervals overlap or
    are open, it is left untold.

    Raises
    ------
    NothingFoundError : no coded event has this id
    """
    asked = next((event for event in events.coded if event.id == event_id), None)
    if asked is None:
        raise NothingFoundError(f"no coded event {event_id!r}")
    key = asked.event_key or asked.id
    dating = _finest(events, asked, key)
    earlier, unclear = [], []
    for other, records in real_events(events.coded).items():
        one = records[0]
        if other == key or not _same_kind(events, one, asked) or _ends_before(dating, one.dating):
            continue
        same_office = _same_office(events, one, asked)
        if same_office is None or (same_office and not _ends_before(one.dating, dating)):
            unclear.append(one)
        elif same_office:
            earlier.append(one)
    if earlier:
        return Precedents(EARLIER, _lines(earlier))
    return Precedents(CANNOT_TELL if unclear else FIRST, _lines(unclear))


def _finest(events: Events, asked: Event, key: str) -> Dating:
    records = real_events(events.coded).get(key)
    return records[0].dating if records else asked.dating


def _same_kind(events: Events, one: Event, other: Event) -> bool:
    same_type = (one.event_type, one.mode) == (other.event_type, other.mode)
    return same_type and not _pairs(events, one).isdisjoint(_pairs(events, other))


def _same_office(events: Events, one: Event, other: Event) -> bool | None:
    """Tell whether persons of one office acted; nothing where only one of the two names persons."""
    first, second = _offices(events, one), _offices(events, other)
    if first and second:
        return not first.isdisjoint(second)
    return None if first or second else True


def _offices(events: Events, event: Event) -> set[str]:
    day = event.dating.start or event.dating.end
    return {
        office.office_kind
        for agent in event.sender_agents
        if agent in events.registry
        for office in events.registry.offices(agent, day)
    }


def _pairs(events: Events, event: Event) -> set[tuple[str, str]]:
    pairs = event.dyads or tuple((sender, "") for sender in event.senders)
    return {(events.canonical(a), events.canonical(b) if b else "") for a, b in pairs}


def _ends_before(one: Dating, other: Dating) -> bool:
    return one.end is not None and other.start is not None and one.end < other.start


def _lines(found: list[Event]) -> list[Line]:
    ordered = sorted(found, key=lambda one: (str(one.dating.start or ""), one.id))
    return [line for event in ordered for line in event_lines(event)]
