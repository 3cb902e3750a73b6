"""comity's own events.csv as event data: any table with those columns, of any size."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from comity.events.acts import day_number
from comity.events.coded import MAX_DAYS
from comity.events.readers.cameo_actors import NO_RECEIVER
from comity.events.readers.csv_rows import csv_lines
from comity.events.readers.reader import (
    DOMESTIC,
    UNKNOWN_ACTOR,
    Aside,
    Desk,
    Kept,
    Lines,
    NoRow,
    Outcome,
    Refused,
    Several,
    row_hash,
)
from comity.events.record import Event
from comity.events.table import EVENT_COLUMNS, event_of
from comity.provenance import BadValueError, NothingFoundError, TableRow

FAULTY: Final = "a value that its column does not allow"
NOT_HAPPENED: Final = "denied, supposed or still to come"
UNDATED: Final = "not dated to a year or better"


class Comity:
    """Reads events.csv; actors may be ids or names, and a row of several parties gives several pairs."""

    id: str = "comity"
    title: str = "Events in comity's own columns"
    expects: str = ",".join(EVENT_COLUMNS)
    lenient: bool = False
    header: bool = True

    def recognises(self, first_line: str) -> bool:
        """Tell whether the header is that of events.csv."""
        return first_line == self.expects

    def series(self, file_name: str) -> str:
        """Name the edition: an author's id means one row in one file."""
        return file_name

    def outcomes(self, lines: Lines, desk: Desk, series: str) -> Iterator[Outcome]:
        """Say of every row what becomes of it."""
        next(lines, None)
        for number, fields in csv_lines(lines, after=1):
            yield self._outcome(number, fields, desk, series) if fields else NoRow(number)

    def _outcome(self, number: int, fields: list[str], desk: Desk, series: str) -> Outcome:
        if len(fields) != len(EVENT_COLUMNS):
            return Refused(number, "wrong number of fields", f"{len(fields)}, not {len(EVENT_COLUMNS)}")
        row = TableRow("events.csv", number, dict(zip(EVENT_COLUMNS, fields, strict=True)))
        try:
            event = event_of(row)
        except BadValueError as error:
            return Refused(number, FAULTY, error.what[:200])
        start, days = event.dating.start, event.dating.days
        if not event.happened:
            return Aside(number, NOT_HAPPENED)
        if not event.dyads:
            return Aside(number, NO_RECEIVER)
        if start is None or days is None or days > MAX_DAYS:
            return Aside(number, UNDATED)
        return self._pairs(number, event, start, days, desk, series)

    def _pairs(self, number: int, event: Event, start: date, days: int, desk: Desk, series: str) -> Outcome:
        names = dict.fromkeys((*event.senders, *event.receivers))
        stands = {name: _actor(desk, name, start) for name in names}
        unknown = tuple(name for name, (_, side) in stands.items() if side == "unknown")
        if unknown:
            return Refused(number, UNKNOWN_ACTOR, "; ".join(unknown)[:200], unknown)
        joint = event.reciprocal or desk.ontology.type_of(event.event_type, event.mode).joint
        pairs = []
        for sender, receiver in event.dyads:
            (one, one_side), (other, other_side) = stands[sender], stands[receiver]
            if one and other and desk.same_actor(one, other):
                continue
            pairs.append(
                Kept(
                    number, row_hash(self.id, series, f"{event.id}|{sender}>{receiver}"), day_number(start),
                    days, one, other, sender, receiver,
                    "state" if one_side == other_side == "state" else "nonstate",
                    event.cameo_code, event.event_type, event.mode, event.sign, event.event_kind,
                    int(joint), event.weight, event.share, event.summary,
                )
            )  # fmt: skip
        return Several(number, tuple(pairs)) if pairs else Aside(number, DOMESTIC)


def _actor(desk: Desk, name: str, at: date) -> tuple[str | None, str]:
    try:
        actor = desk.registry.resolve(name, at=at)
    except NothingFoundError:
        return None, "unknown"
    stands_for = desk.registry.stands_for(actor.id, at)
    return stands_for or actor.id, "state" if stands_for else "nonstate"
