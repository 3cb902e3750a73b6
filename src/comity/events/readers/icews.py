"""ICEWS coded event data as published by the day or by the year: 20 columns between tabs, with a header."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from comity.events.readers.fields import SHOWN_VALUE, Codes, Coding, Days, Refusal, weight
from comity.events.readers.pairs import named_pair
from comity.events.readers.reader import Desk, Lines, Outcome, Refused, row_hash

COLUMNS: Final = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number",
    "Publisher", "City", "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
ROW_ID: Final = re.compile(r"[0-9]{1,20}")
SAME: Final = 0.05  # intensities have one decimal


class Icews:
    """Reads daily and yearly files; a publisher's Event ID means one row in all of them."""

    id: str = "icews"
    title: str = "ICEWS Coded Event Data"
    expects: str = "\t".join(COLUMNS)
    lenient: bool = False
    header: bool = True

    def recognises(self, first_line: str) -> bool:
        """Tell whether the header is that of ICEWS."""
        return first_line == self.expects

    def series(self, file_name: str) -> str:
        """Name the edition: an Event ID means the same row in daily and yearly files."""
        del file_name
        return "coded-events"

    def outcomes(self, lines: Lines, desk: Desk, series: str) -> Iterator[Outcome]:
        """Say of every row what becomes of it."""
        table = _Table(desk, self.id, series, Days(), Codes(desk.ontology, headings=True))
        next(lines, None)
        for number, line in lines:
            try:
                yield table.outcome(number, line)
            except Refusal as refusal:
                yield Refused(number, refusal.reason, refusal.detail, refusal.unknown)


@dataclass(eq=False, repr=False)
class _Table:
    """The work on one file, with what it has met before at hand."""

    desk: Desk
    reader: str
    series: str
    days: Days
    codes: Codes
    _codings: dict[tuple[str, str], Coding] = field(default_factory=dict)

    def outcome(self, number: int, line: str) -> Outcome:
        """Decide on one row."""
        fields = line.split("\t")
        if len(fields) != len(COLUMNS):
            raise Refusal("wrong number of fields", f"{len(fields)}, not {len(COLUMNS)}")
        row_id, written, source, source_sectors, source_country, _, code, intensity = fields[:8]
        target, target_sectors, target_country = fields[8:11]
        if not ROW_ID.fullmatch(row_id):
            raise Refusal("no event id", row_id[:SHOWN_VALUE])
        day = self.days.read(written)
        coding = self._codings.get((code, intensity)) or self._coding(code, intensity)
        sender = self.desk.roll_up(source, source_country, source_sectors, day)
        receiver = self.desk.roll_up(target, target_country, target_sectors, day)
        identity = row_hash(self.reader, self.series, row_id)
        return named_pair(self.desk, number, identity, day, (source, target), (sender, receiver), coding)

    def _coding(self, code: str, intensity: str) -> Coding:
        coding = self.codes.read(code)
        value = weight(intensity, "intensity")
        if abs(value - self.codes.ontology.cameo[code].weight) > SAME:
            raise Refusal("intensity is not that of the code", f"{code} with {intensity[:SHOWN_VALUE]}")
        self._codings[code, intensity] = coding
        return coding
