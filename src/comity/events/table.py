"""Reading and writing events.csv: one row is what one document says of one event."""

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from comity.events.ontology import load_ontology
from comity.events.record import Event
from comity.provenance import BadValueError, Dating, Passage, TableRow, parse_day, read_table

EVENT_COLUMNS: Final = (
    "id",
    "date_start",
    "date_end",
    "precision",
    "basis",
    "sender",
    "receiver",
    "sender_agents",
    "receiver_agents",
    "reciprocal",
    "event_type",
    "mode",
    "contexts",
    "event_kind",
    "sign",
    "about",
    "aux",
    "summary",
    "event_key",
    "confidence",
    "document",
    "paragraph",
    "char_start",
    "char_end",
    "passage_sha256",
)
PLACE_COLUMNS: Final = ("paragraph", "char_start", "char_end", "passage_sha256")
TRUTH: Final = {"true": True, "false": False, "": False}
CONTEXT: Final = re.compile(r"[a-z][a-z_]*")


def read_events_csv(path: Path) -> list[Event]:
    """Read a whole events.csv.

    Raises
    ------
    UnreadableFileError : see `comity.provenance.read_table`
    BadValueError : the first row with a fault, or with an id used before; it names file and line
    """
    events: list[Event] = []
    lines: dict[str, int] = {}
    for row in read_table(path, EVENT_COLUMNS):
        event = event_of(row)
        if event.id in lines:
            raise BadValueError(
                f"id {event.id!r} stands twice",
                where=f"{row.where}, column id",
                allowed=f"It is the id of line {lines[event.id]}.",
                remedy="Records of one real event share an event_key, not an id.",
            )
        lines[event.id] = row.line
        events.append(event)
    return events


def event_of(row: TableRow) -> Event:
    """Read one row of events.csv; its weight comes from the ontology, with the sign of the coding.

    Raises
    ------
    BadValueError : a value that its column does not allow; it names file and line
    """
    sign = _sign(row)
    for column in ("id", "sender", "event_type"):
        if not row[column].strip():
            raise BadValueError(f"no {column}", where=f"{row.where}, column {column}")
    size = load_ontology().type_of(row["event_type"], row["mode"], where=row.where).weight
    _check_parties(row)
    try:
        return Event(
            id=row["id"],
            dating=_dating(row),
            senders=row.list("sender"),
            receivers=row.list("receiver"),
            event_type=row["event_type"],
            event_kind=row["event_kind"],
            sign=sign,
            weight=sign * size,
            source=row["document"],
            sender_agents=row.list("sender_agents"),
            receiver_agents=row.list("receiver_agents"),
            reciprocal=_reciprocal(row),
            mode=row["mode"],
            contexts=_contexts(row),
            about=row.list("about"),
            aux=row["aux"],
            summary=row["summary"],
            event_key=row["event_key"],
            confidence=row["confidence"] or "high",
            passage=_passage(row),
        )
    except BadValueError as error:
        if error.where:
            raise
        raise BadValueError(error.what, where=row.where, allowed=error.allowed, remedy=error.remedy) from None


def write_events_csv(path: Path, events: Iterable[Event]) -> None:
    """Write events in the columns of events.csv; what is read back is equal."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(EVENT_COLUMNS)
        writer.writerows(_fields(event) for event in events)


def _dating(row: TableRow) -> Dating:
    start, end = (parse_day(row[name], where=f"{row.where}, column {name}") for name in EVENT_COLUMNS[1:3])
    return Dating(start, end, row["precision"] or "day", row["basis"] or "stated")


def _sign(row: TableRow) -> int:
    sign = row.integer("sign")
    if sign not in (-1, 0, 1):
        raise BadValueError(f"sign {sign}", where=f"{row.where}, column sign", allowed="1, 0 or -1.")
    return sign


def _reciprocal(row: TableRow) -> bool:
    written = row["reciprocal"].strip().lower()
    if written not in TRUTH:
        raise BadValueError(
            f"{row['reciprocal']!r} is neither true nor false", where=f"{row.where}, column reciprocal"
        )
    return TRUTH[written]


def _check_parties(row: TableRow) -> None:
    for column in ("sender", "receiver"):
        parties = row.list(column)
        if len(set(parties)) != len(parties):
            raise BadValueError(
                f"a party named twice: {row[column]!r}", where=f"{row.where}, column {column}"
            )


def _contexts(row: TableRow) -> tuple[str, ...]:
    contexts = row.list("contexts")
    for context in contexts:
        if not CONTEXT.fullmatch(context):
            raise BadValueError(
                f"context {context!r}",
                where=f"{row.where}, column contexts",
                allowed="Small letters and underscores.",
            )
    return contexts


def _passage(row: TableRow) -> Passage | None:
    if not any(row[column] for column in PLACE_COLUMNS):
        return None
    if not row["document"]:
        raise BadValueError("a passage without a document", where=f"{row.where}, column document")
    paragraph, start, end = (row.integer(column) for column in PLACE_COLUMNS[:3])
    return Passage(row["document"], paragraph, start, end, row["passage_sha256"])


def _fields(event: Event) -> list[object]:
    dating, passage = event.dating, event.passage
    place = (passage.paragraph, passage.char_start, passage.char_end, passage.sha256) if passage else [""] * 4
    return [
        event.id, dating.start or "", dating.end or "", dating.precision, dating.basis,
        *(";".join(names) for names in (
            event.senders, event.receivers, event.sender_agents, event.receiver_agents)),
        "true" if event.reciprocal else "false", event.event_type, event.mode, ";".join(event.contexts),
        event.event_kind, event.sign, ";".join(event.about), event.aux, event.summary, event.event_key,
        event.confidence, event.source, *place,
    ]  # fmt: skip
