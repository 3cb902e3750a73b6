"""What an answer stands on: the ids of its acts, and the passages and sources behind them."""

from collections.abc import Iterable

from comity.events import Acts, Events
from comity.provenance import Trace


def ids_of(acts: Acts) -> tuple[str, ...]:
    """List the ids of acts by day, each once."""
    pairs = sorted(zip(acts.day.tolist(), acts.id.tolist(), strict=True))
    return tuple(dict.fromkeys(id for _, id in pairs))


def trace_of(events: Events | None, ids: Iterable[str]) -> Trace:
    """Find the passages and sources of the rows with these ids."""
    rows = tuple(ids)
    if events is None or not rows:
        return Trace(rows)
    wanted = set(rows)
    passages = [one.passage for one in events.coded if one.id in wanted and one.passage]
    lines = events.find(rows)
    sources = sorted({str(line["source"]) for line in lines if line.get("source")})
    return Trace(rows, tuple(passages), tuple(sources))
