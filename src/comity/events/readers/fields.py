"""Days, codes and codings as rows print them, and the refusal of those that cannot be read."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final, NamedTuple

from comity.events.conversion import PloverReading
from comity.events.ontology import CameoCode, Ontology
from comity.events.readers.reader import MAX_CACHED
from comity.events.record import MAX_WEIGHT

ISO: Final = "%Y-%m-%d"
COMPACT: Final = "%Y%m%d"
SHAPES: Final = {ISO: re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"), COMPACT: re.compile(r"[0-9]{8}")}
NUMBER: Final = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,24})?([eE][+-]?[0-9]{1,3})?")
WEIS_ONLY: Final = re.compile(r"2[12][0-9]")
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
SHOWN: Final = 200  # characters of a name
SHOWN_VALUE: Final = 40  # characters of any other value
SHORTEST_CODE: Final = 3  # "10" may be the heading 10 or the code 010 without its zero


@dataclass(eq=False)
class Refusal(Exception):
    """Leaves the middle of a row; never leaves a reader."""

    reason: str
    detail: str
    unknown: tuple[str, ...] = ()


class Coding(NamedTuple):
    """What kind of act a row tells of, in the columns of the store."""

    cameo_code: str
    event_type: str
    mode: str
    sign: int
    kind: str
    joint: int
    weight: float

    @classmethod
    def of_cameo(cls, code: CameoCode) -> "Coding":
        """Take everything from the table of CAMEO codes."""
        return cls(
            code.cameo_code, code.event_type, code.mode, code.sign, code.kind, int(code.joint),
            code.signed_weight,
        )  # fmt: skip

    @classmethod
    def of_plover(cls, reading: PloverReading) -> "Coding":
        """Take everything from the reading of PLOVER-coded data, so that a series keeps its level."""
        return cls(
            "", reading.event_type, reading.mode, reading.sign, reading.kind, int(reading.joint),
            reading.signed_weight,
        )  # fmt: skip

    def weighing(self, weight: float) -> "Coding":
        """Give the same coding with a weight of its own, and the sign of that weight."""
        return self._replace(weight=weight, sign=(weight > 0) - (weight < 0))


@dataclass(eq=False, repr=False)
class Days:
    """Days in one format, each text read once."""

    format: str = ISO
    _known: dict[str, date] = field(default_factory=dict)

    def read(self, written: str) -> date:
        """Read a day; a Refusal if it is none, or outside 1900 to 2100."""
        known = self._known.get(written)
        if known is None:
            known = self._read(written)
            if len(self._known) >= MAX_CACHED:
                self._known.clear()
            self._known[written] = known
        return known

    def _read(self, written: str) -> date:
        shape = SHAPES.get(self.format)
        day: date | None = None
        try:
            if shape is None:
                day = datetime.strptime(written, self.format).date()
            elif shape.fullmatch(written):
                day = date.fromisoformat(written)
        except ValueError:
            pass
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Refusal("not a day of the calendar", written[:SHOWN_VALUE])
        return day


@dataclass(eq=False, repr=False)
class Codes:
    """CAMEO codes as rows print them, each with its coding."""

    ontology: Ontology
    headings: bool = False  # whether a code of two digits is a heading and not a code without its zero
    _known: dict[str, Coding] = field(default_factory=dict)

    def read(self, written: str) -> Coding:
        """Look a code up; a Refusal if there is none."""
        known = self._known.get(written)
        if known is None:
            code = self.ontology.cameo.get(written)
            if code is None:
                reason = (
                    "a code of WEIS, not of CAMEO" if WEIS_ONLY.fullmatch(written) else "unknown CAMEO code"
                )
                raise Refusal(reason, written[:SHOWN_VALUE])
            if len(written) < SHORTEST_CODE and not self.headings:
                raise Refusal("a code of two digits may have lost its zero", written)
            known = self._known[written] = Coding.of_cameo(code)
        return known


def weight(written: str, what: str = "weight") -> float:
    """Read a number from -10 to 10; a Refusal otherwise."""
    if not NUMBER.fullmatch(written):
        raise Refusal(f"{what} is not a number", written[:SHOWN_VALUE])
    value = float(written)
    if abs(value) > MAX_WEIGHT:
        raise Refusal(f"{what} outside -10 to 10", written[:SHOWN_VALUE])
    return value
