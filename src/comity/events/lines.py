"""Events as plain dictionaries, one per ordered pair and row, for output and for traces."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from comity.events.acts import EPOCH
from comity.events.record import Event

Line = dict[str, Any]


def event_lines(event: Event) -> Iterator[Line]:
    """Give one line per ordered pair of a coded event, or per sender where nobody receives."""
    pairs: tuple[tuple[str, str | None], ...] = event.dyads
    for sender, receiver in pairs or tuple((sender, None) for sender in event.senders):
        yield _line(event, sender, receiver)


def _line(event: Event, sender: str, receiver: str | None) -> Line:
    dating, passage = event.dating, event.passage
    return {
        "id": event.id,
        "date_start": dating.start.isoformat() if dating.start else None,
        "date_end": dating.end.isoformat() if dating.end else None,
        "precision": dating.precision,
        "basis": dating.basis,
        "sender": sender,
        "receiver": receiver,
        "sender_agents": list(event.sender_agents),
        "receiver_agents": list(event.receiver_agents),
        "event_type": event.event_type,
        "mode": event.mode,
        "weight": event.weight,
        "sign": event.sign,
        "event_kind": event.event_kind,
        "share": event.share,
        "about": list(event.about),
        "aux": event.aux,
        "event_key": event.event_key,
        "summary": event.summary,
        "confidence": event.confidence,
        "source": event.source,
        "document": passage.document if passage else None,
        "paragraph": passage.paragraph if passage else None,
        "char_start": passage.char_start if passage else None,
        "char_end": passage.char_end if passage else None,
        "cameo_code": event.cameo_code,
        "line": None,
    }


def data_line(row: Mapping[str, Any]) -> Line:
    """Give the line of a row of event data; what the row does not say is empty."""
    first = EPOCH + timedelta(int(row["day"]))
    return {
        "id": row["id"],
        "date_start": first.isoformat(),
        "date_end": (first + timedelta(int(row["days"]) - 1)).isoformat(),
        "precision": "day",
        "basis": "doc_date",  # a news data set dates an event by its story
        "sender": row["sender"],
        "receiver": row["receiver"],
        "sender_agents": [row["sender_name"]] if row.get("sender_name") else [],
        "receiver_agents": [row["receiver_name"]] if row.get("receiver_name") else [],
        "event_type": row["event_type"],
        "mode": row.get("mode", ""),
        "weight": float(row["weight"]),
        "sign": int(row["sign"]),
        "event_kind": row["kind"],
        "share": float(row["share"]),
        "about": [],
        "aux": "",
        "event_key": "",
        "summary": row.get("summary", ""),
        "confidence": "",
        "source": row.get("source", "frame"),
        "document": row.get("document"),
        "paragraph": None,
        "char_start": None,
        "char_end": None,
        "cameo_code": row.get("cameo_code", ""),
        "line": row.get("line"),
    }
