"""What the different days, codes and names of many rows mean: each asked of the reader or registry once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from comity.events.acts import EPOCH, day_number
from comity.events.layout import Layout
from comity.events.readers import Desk, Outcome, Reader
from comity.events.readers.reader import Kept

LOWEST: Final = -(10**7)  # days: before any, and after any
HIGHEST: Final = 10**7
ACTING: Final = frozenset({"state", "organisation"})
CODING: Final = ("cameo_code", "event_type", "mode", "sign", "kind", "joint", "weight")
TYPES: Final[dict[str, dict[str, Any]]] = {
    "days": {"written": object, "day": np.int32},
    "codings": {
        "code": object, "intensity": object, "cameo_code": object, "event_type": object, "mode": object,
        "sign": np.int8, "kind": object, "joint": np.int8, "weight": np.float64,
    },
    "roll_ups": {
        "name": object, "country": object, "sectors": object, "first_day": np.int32,
        "last_day": np.int32, "actor": object, "canonical": object, "known": np.int8, "acting": np.int8,
    },
}  # fmt: skip
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Lookups:
    """Rows of the tables `days`, `codings` and `roll_ups`, in the order of their columns."""

    layout: Layout
    reader: Reader
    desk: Desk
    series: str

    def days(self, values: Iterable[tuple[str, ...]]) -> list[Row]:
        """Say which day is written; a text that the reader refuses gives no row."""
        answers = ((value, self.outcome((self.layout.day,), value)) for value in values)
        return [(*value, kept.day) for value, kept in answers if isinstance(kept, Kept)]

    def codings(self, values: Iterable[tuple[str, ...]]) -> list[Row]:
        """Say what codes mean; one that the reader refuses gives no row."""
        answers = ((value, self.outcome(self.layout.coding, value)) for value in values)
        return [
            (*value, *(getattr(kept, name) for name in CODING))
            for value, kept in answers
            if isinstance(kept, Kept)
        ]

    def spans(
        self, name: str, country: str, sectors: str, first: int | None, last: int | None
    ) -> Iterator[Row]:
        """Cut time into spans in which the name stands for one actor; the outer two are endless."""
        if first is None or last is None:
            yield name, country, sectors, LOWEST, HIGHEST, None, None, 0, 0
            return
        start, at = LOWEST, EPOCH + timedelta(first)
        while True:
            found = self.desk.roll_up(name, country, sectors, at)
            end = day_number(found.last_day) if found.last_day else HIGHEST
            end = HIGHEST if end >= last else end
            canonical = self.desk.registry.canonical(found.actor) if found.actor else None
            known, acting = found.side != "unknown", found.side in ACTING
            yield name, country, sectors, start, end, found.actor, canonical, int(known), int(acting)
            if end == HIGHEST:
                return
            start, at = end + 1, EPOCH + timedelta(end + 1)

    def outcome(self, places: tuple[int, ...], values: tuple[str, ...]) -> Outcome:
        """Ask the reader what becomes of a sound row that has these values at these places."""
        lines = [(1, self.reader.expects), (2, self.layout.probing(places, values))]
        return next(self.reader.outcomes(iter(lines), self.desk, self.series))


def columns_of(table: str, rows: Iterable[Row]) -> dict[str, NDArray[Any]]:
    """Put the rows of one of the three tables into columns."""
    columns = list(zip(*rows, strict=True)) or [()] * len(TYPES[table])
    return {
        name: np.array(column, dtype=dtype)
        for (name, dtype), column in zip(TYPES[table].items(), columns, strict=True)
    }
