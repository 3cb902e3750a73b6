"""Events that somebody coded from documents: one record per real event, and the acts they give."""

from collections.abc import Callable, Iterable
from typing import Final

from comity.events.acts import Acts, day_number
from comity.events.record import CONFIDENCES, Event
from comity.provenance import PRECISIONS

MAX_DAYS: Final = 366  # an act is dated to a year or better; longer intervals enter no tie


def real_events(coded: Iterable[Event]) -> dict[str, list[Event]]:
    """Group the records that happened by real event, the best record first."""
    groups: dict[str, list[Event]] = {}
    for event in coded:
        if event.happened:
            groups.setdefault(event.event_key or event.id, []).append(event)
    return {key: best_first(records) for key, records in groups.items()}


def best_first(records: Iterable[Event]) -> list[Event]:
    """Order the records of one event: the one that knows most comes first and stands for it.

    That is the finest precision, then the highest confidence, then the shortest interval, then the
    order given.
    """
    return sorted(records, key=_rank)


def coded_acts(coded: Iterable[Event], canonical: Callable[[str], str], *, count: str = "acts") -> Acts:
    """Form acts from coded events; their weight is that of the whole interval.

    With `count="rows"` every record gives an act of its own.
    """
    if count == "rows":
        groups = {event.id: [event] for event in coded if event.happened}
    else:
        groups = real_events(coded)
    entries: list[tuple[object, ...]] = []
    for key, records in groups.items():
        best: dict[tuple[str, str], list[Event]] = {}
        for event in records:
            if _span(event) is None:
                continue
            for sender, receiver in event.dyads:
                pair = canonical(sender), canonical(receiver)
                if pair[0] != pair[1] and event not in best.setdefault(pair, []):
                    best[pair].append(event)
        entries += [_entry(key, pair, chosen) for pair, chosen in best.items()]
    entries.sort(key=lambda entry: (entry[2], entry[11], entry[0], entry[1]))
    return Acts.of(entries)


def _rank(event: Event) -> tuple[int, int, float]:
    days = event.dating.days
    return (
        PRECISIONS.index(event.dating.precision),
        CONFIDENCES.index(event.confidence),
        float("inf") if days is None else days,
    )


def _span(event: Event) -> tuple[int, int] | None:
    start, days = event.dating.start, event.dating.days
    if start is None or days is None or days > MAX_DAYS:
        return None
    return day_number(start), days


def _entry(key: str, pair: tuple[str, str], records: list[Event]) -> tuple[object, ...]:
    event = records[0]
    return (
        *pair, *(_span(event) or ()), event.weight, event.share, event.event_kind, event.event_type,
        event.sign, len(records), event.id, key, "coded",
    )  # fmt: skip
