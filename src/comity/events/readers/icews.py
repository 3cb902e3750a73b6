"""ICEWS coded event data as published day by day: 20 columns between tabs, with a header."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from comity.actors import RollUp
from comity.events.acts import day_number
from comity.events.ontology import CameoCode
from comity.events.readers.reader import (
    DOMESTIC,
    SELF,
    UNKNOWN_ACTOR,
    Aside,
    Desk,
    Kept,
    Lines,
    Outcome,
    Refused,
    row_hash,
)
from comity.events.record import MAX_WEIGHT

COLUMNS: Final = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number",
    "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
NUMBER: Final = re.compile(r"[+-]?[0-9]{1,12}(\.[0-9]{1,12})?([eE][+-]?[0-9]{1,3})?")
ROW_ID: Final = re.compile(r"[0-9]{1,20}")
SHOWN: Final = 200  # characters of a name
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2100
SAME: Final = 0.05  # intensities have one decimal


@dataclass(eq=False)
class _Refusal(Exception):
    """Leaves the middle of a row; never leaves the reader."""

    reason: str
    detail: str
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Icews:
    """Reads the daily files; a publisher's Event ID means one row in all of them."""

    id: str = "icews"
    title: str = "ICEWS Coded Event Data"
    expects: str = "\t".join(COLUMNS)

    def recognises(self, first_line: str) -> bool:
        """Tell whether the header is that of ICEWS."""
        return first_line == self.expects

    def series(self, file_name: str) -> str:
        """Name the edition: an Event ID means the same row in daily and yearly files."""
        del file_name
        return "coded-events"

    def outcomes(self, lines: Lines, desk: Desk, series: str) -> Iterator[Outcome]:
        """Say of every row what becomes of it."""
        table = _Table(desk, self.id, series)
        next(lines, None)
        for number, line in lines:
            try:
                yield table.outcome(number, line)
            except _Refusal as refusal:
                yield Refused(number, refusal.reason, refusal.detail, refusal.unknown)


@dataclass
class _Table:
    """The work on one file, with what it has met before at hand."""

    desk: Desk
    reader: str
    series: str
    _days: dict[str, date] = field(default_factory=dict)
    _codes: dict[tuple[str, str], CameoCode] = field(default_factory=dict)

    def outcome(self, number: int, line: str) -> Outcome:
        """Decide on one row."""
        fields = line.split("\t")
        if len(fields) != len(COLUMNS):
            raise _Refusal("wrong number of fields", f"{len(fields)}, not {len(COLUMNS)}")
        row_id, written, source, source_sectors, source_country, _, code, intensity = fields[:8]
        target, target_sectors, target_country = fields[8:11]
        if not ROW_ID.fullmatch(row_id):
            raise _Refusal("no event id", row_id[:40])
        day = self._days.get(written) or self._day(written)
        cameo = self._codes.get((code, intensity)) or self._code(code, intensity)
        sender = self.desk.roll_up(source, source_country, source_sectors, day)
        receiver = self.desk.roll_up(target, target_country, target_sectors, day)
        unknown = [name for name, side in ((source, sender), (target, receiver)) if side.side == "unknown"]
        if unknown:
            raise _Refusal(UNKNOWN_ACTOR, "; ".join(unknown)[:SHOWN], tuple(name[:SHOWN] for name in unknown))
        if source == target:
            return Aside(number, SELF)
        if sender.actor and receiver.actor and self.desk.same_actor(sender.actor, receiver.actor):
            return Aside(number, DOMESTIC)
        identity = row_hash(self.reader, self.series, row_id)
        return Kept(
            number, identity, day_number(day), 1, sender.actor, receiver.actor, source, target,
            _side(sender, receiver), code, cameo.event_type, cameo.mode, cameo.sign, cameo.kind,
            int(cameo.joint), cameo.signed_weight, 1.0, "",
        )  # fmt: skip

    def _day(self, written: str) -> date:
        try:
            day = date.fromisoformat(written) if DAY.fullmatch(written) else None
        except ValueError:
            day = None
        if day is None or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise _Refusal("not a day of the calendar", written[:40])
        self._days[written] = day
        return day

    def _code(self, code: str, intensity: str) -> CameoCode:
        known = self.desk.ontology.cameo.get(code)
        if known is None:
            raise _Refusal("unknown CAMEO code", code[:40])
        if not NUMBER.fullmatch(intensity):
            raise _Refusal("intensity is not a number", intensity[:40])
        value = float(intensity)
        if abs(value) > MAX_WEIGHT:
            raise _Refusal("intensity outside -10 to 10", intensity[:40])
        if abs(value - known.weight) > SAME:
            raise _Refusal("intensity is not that of the code", f"{code} with {intensity[:40]}")
        self._codes[code, intensity] = known
        return known


def _side(sender: RollUp, receiver: RollUp) -> str:
    acting = {sender.side, receiver.side} <= {"state", "organisation"}
    return "state" if acting else "nonstate"
