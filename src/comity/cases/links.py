"""Rules that tie rows to other rows: events with one key, relations, firsts."""

from collections.abc import Iterable, Iterator

from comity.cases.loading import Loaded
from comity.cases.problem import Problem
from comity.claims import Claim
from comity.events import Event
from comity.pledges import Statement


def event_keys(events: Loaded[Event]) -> Iterator[Problem]:
    """Report records that share a key but cannot be records of one event.

    With one key, each record shares an ordered pair with another one (or a sender, where nobody
    receives), and those that happened agree in type and sign.
    """
    groups: dict[str, list[tuple[Event, int]]] = {}
    for event, line in zip(events.records, events.lines, strict=True):
        if event.event_key:
            groups.setdefault(event.event_key, []).append((event, line))
    for key, records in groups.items():
        first = next((event for event, _ in records if event.happened), records[0][0])
        together = _connected([event for event, _ in records])
        for event, line in records:
            if event.id not in together:
                message = f"{event.id} shares no pair of parties with the others of event_key {key!r}"
                yield Problem(events.name, line, "event-key", message)
            elif event.happened and (event.event_type, event.sign) != (first.event_type, first.sign):
                message = (
                    f"{event.id} is {event.event_type} with sign {event.sign}, but {first.id} of the same "
                    f"event_key {key!r} is {first.event_type} with sign {first.sign}"
                )
                yield Problem(events.name, line, "event-key", message)


def relations(pledges: Loaded[Statement]) -> Iterator[Problem]:
    """Report relations of another form than ``name:id``, or to a pledge that does not exist."""
    known = {statement.id for statement in pledges.records}
    for statement, line in zip(pledges.records, pledges.lines, strict=True):
        for relation in statement.relations:
            name, _, target = relation.partition(":")
            if not name.isidentifier() or target not in known:
                message = f"relation {relation[:60]!r} of {statement.id}; the form is same_as:ID, of a pledge"
                yield Problem(pledges.name, line, "relation", message)


def firsts(claims: Loaded[Claim], events: Iterable[Event]) -> Iterator[Problem]:
    """Report claims on the first of its kind that name no event of the case."""
    known = {event.id for event in events}
    for claim, line in zip(claims.records, claims.lines, strict=True):
        if claim.first_of and claim.first_of not in known:
            message = f"first_of {claim.first_of[:60]!r} of {claim.id} is no event of this case"
            yield Problem(claims.name, line, "unknown-event", message)


def _connected(events: list[Event]) -> set[str]:
    """Collect the records that hang together with the first one, by their pairs."""
    ties = {event.id: set(event.dyads) or {(sender, "") for sender in event.senders} for event in events}
    together, reach = {events[0].id}, set(ties[events[0].id])
    grown = True
    while grown:
        joined = [id for id, pairs in ties.items() if id not in together and pairs & reach]
        grown = bool(joined)
        for id in joined:
            together.add(id)
            reach |= ties[id]
    return together
