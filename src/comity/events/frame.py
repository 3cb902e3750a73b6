"""Event rows from a table in memory: pandas, polars, Arrow or any other that narwhals knows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from comity.events.acts import day_number
from comity.events.lines import Line, data_line
from comity.events.ontology import Ontology, load_ontology
from comity.events.record import KINDS, MAX_WEIGHT
from comity.provenance import BadValueError, parse_day

if TYPE_CHECKING:
    import duckdb
    from numpy.typing import NDArray

VIEW: Final = "frame_rows"
NEEDED: Final = ("sender", "receiver", "weight")


@dataclass(frozen=True, slots=True, eq=False)
class FrameRows:
    """The columns of a frame in the shape of stored rows, ready to be registered with the engine."""

    columns: dict[str, NDArray[Any]]

    @classmethod
    def of(cls, frame: Any) -> FrameRows:
        """Read sender, receiver, weight and date (or date_start and date_end) from a frame.

        Optional: event_type, kind, sign, id. A missing type leaves the code group to the sign alone;
        a missing kind is the usual one of the type, or none; a missing id is the row's number from 1.

        Raises
        ------
        BadValueError : a missing column, or a value outside what it allows; it names the row
        """
        import narwhals  # only a notebook hands us frames; a brief does without

        table = narwhals.from_native(frame, eager_only=True)
        missing = [name for name in NEEDED if name not in table.columns]
        if "date" not in table.columns and "date_start" not in table.columns:
            missing.append("date")
        if missing:
            raise BadValueError(
                f"the frame has no column {', '.join(missing)}",
                allowed="Columns: sender, receiver, weight, date (or date_start and date_end); "
                "optional event_type, kind, sign, id.",
            )
        ontology = load_ontology()
        rows = [_row(ontology, number, row) for number, row in enumerate(table.iter_rows(named=True), 1)]
        columns = list(zip(*rows, strict=True)) if rows else [()] * len(_DTYPES)
        return cls(
            {
                name: np.array(column, dtype=dtype)
                for (name, dtype), column in zip(_DTYPES.items(), columns, strict=True)
            }
        )

    @classmethod
    def none(cls) -> FrameRows:
        """Give a table without rows."""
        return cls({name: np.array([], dtype=dtype) for name, dtype in _DTYPES.items()})

    @property
    def has_rows(self) -> bool:
        """Whether the frame has rows."""
        return len(self.columns["day"]) > 0

    @property
    def span(self) -> tuple[int, int] | None:
        """First and last day number."""
        day, days = self.columns["day"], self.columns["days"]
        return (int(day.min()), int((day + days).max()) - 1) if len(day) else None

    @property
    def actors(self) -> tuple[str, ...]:
        """The actors that rows name, sorted."""
        return tuple(sorted({*self.columns["sender"], *self.columns["receiver"]}))

    @property
    def editions(self) -> dict[str, str]:
        """The hash of the rows."""
        rows = repr([column.tolist() for column in self.columns.values()])
        return {"frame": hashlib.sha256(rows.encode()).hexdigest()}

    def relation(self, engine: duckdb.DuckDBPyConnection, *, nonstate: bool) -> str:
        """Register the columns with the engine; a frame does not tell state from non-state."""
        del nonstate
        engine.register(VIEW, self.columns)
        return VIEW

    def lines(self) -> Iterator[Line]:
        """Give one dictionary per row."""
        for row in zip(*(column.tolist() for column in self.columns.values()), strict=True):
            yield data_line(dict(zip(self.columns, row, strict=True)))

    def find(self, ids: Iterable[str]) -> Iterator[Line]:
        """Give the dictionaries of the rows with these ids."""
        wanted = set(ids)
        return (line for line in self.lines() if line["id"] in wanted)


_DTYPES: Final[dict[str, Any]] = {
    "id": object,
    "day": np.int64,
    "days": np.int64,
    "sender": object,
    "receiver": object,
    "event_type": object,
    "sign": np.int8,
    "kind": object,
    "joint": np.int8,
    "weight": np.float64,
    "share": np.float64,
}


def _row(ontology: Ontology, number: int, row: dict[str, Any]) -> tuple[Any, ...]:
    where = f"row {number} of the frame"
    start = _day(row.get("date_start", row.get("date")), where)
    end = start if _missing(row.get("date_end")) else _day(row["date_end"], where)
    if end < start:
        raise BadValueError(f"the interval ends ({end}) before it starts ({start})", where=where)
    weight = _weight(row["weight"], where)
    sign = _sign(row.get("sign"), weight, where)
    event_type = _text(row.get("event_type"))
    usual = ontology.type_of(event_type, where=where) if event_type else None
    kind = _text(row.get("kind")) or (usual.kind if usual else "")
    if kind and kind not in KINDS:
        raise BadValueError(f"unknown kind {kind!r}", where=where, allowed=f"One of {', '.join(KINDS)}.")
    sender, receiver = _text(row["sender"]), _text(row["receiver"])
    if not sender or not receiver:
        raise BadValueError("a row without sender or receiver", where=where)
    return (
        _text(row.get("id")) or str(number), day_number(start), (end - start).days + 1,
        sender, receiver, event_type, sign, kind, int(bool(usual and usual.joint)),
        sign * abs(weight), 1.0,
    )  # fmt: skip


def _missing(value: Any) -> bool:
    return value is None or value != value  # not equal to itself: pandas' NaN and NaT


def _text(value: Any) -> str:
    return "" if _missing(value) else str(value)


def _day(value: Any, where: str) -> date:
    if _missing(value):
        raise BadValueError("a row without a day", where=where)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        day = parse_day(value, where=where)
        if day:
            return day
    raise BadValueError(f"{value!r} is not a day", where=where, allowed="A date, or YYYY-MM-DD.")


def _weight(value: Any, where: str) -> float:
    try:
        weight = float(value)
    except (TypeError, ValueError):
        raise BadValueError(f"weight {value!r}", where=where, allowed="A number.") from None
    if not -MAX_WEIGHT <= weight <= MAX_WEIGHT:  # also refuses NaN
        raise BadValueError(f"weight {weight}", where=where, allowed="-10 to 10, on the Goldstein scale.")
    return weight


def _sign(value: Any, weight: float, where: str) -> int:
    if _missing(value):
        return (weight > 0) - (weight < 0)
    if value not in (-1, 0, 1):
        raise BadValueError(f"sign {value!r}", where=where, allowed="1, 0 or -1.")
    return int(value)
