"""Phoenix in its two forms: daily files (26 columns, no header) and the historical ones (CSV, header)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from comity.events.readers.cameo_actors import CameoActors
from comity.events.readers.csv_rows import csv_lines, header_of
from comity.events.readers.fields import COMPACT, Codes, Days, Refusal
from comity.events.readers.pairs import coded_pair
from comity.events.readers.reader import Desk, Lines, NoRow, Outcome, Refused, row_hash

DAILY_WIDTHS: Final = (26, 27)  # some releases add the sentence that gave the place
DAILY_PLACES: Final = (0, 2, 3, 4, 5, 9, 13)  # id, year, month, day, source, target, code
DAILY: Final = re.compile(r"[^\t]+\t[0-9]{8}\t[0-9]{4}\t[0-9]{1,2}\t[0-9]{1,2}\t")
HISTORICAL: Final = ("eid", "year", "month", "day", "source", "target", "code")  # of some 25 columns
NUMBER: Final = re.compile(r"[0-9]{1,4}")


class Phoenix:
    """Reads the daily files of the Open Event Data Alliance."""

    id: str = "phoenix"
    title: str = "Phoenix daily event data"
    expects: str = "26 columns between tabs, no header: an event id, a day as YYYYMMDD, year, month, day, …"
    lenient: bool = True
    header: bool = False

    def recognises(self, first_line: str) -> bool:
        """Tell whether the first row has the id, the day four times and the number of columns."""
        return first_line.count("\t") + 1 in DAILY_WIDTHS and bool(DAILY.match(first_line))

    def series(self, file_name: str) -> str:
        """Name the edition: an id counts from 0 in every daily file."""
        return file_name

    def outcomes(self, lines: Lines, desk: Desk, series: str) -> Iterator[Outcome]:
        """Say of every row what becomes of it."""
        table = _Table(desk, self.id, series, CameoActors(desk), Codes(desk.ontology))
        for number, line in lines:
            fields = line.split("\t")
            if len(fields) in DAILY_WIDTHS:
                yield table.outcome(number, [fields[place] for place in DAILY_PLACES])
            else:
                yield Refused(number, "wrong number of fields", f"{len(fields)}, not {DAILY_WIDTHS[0]}")


class HistoricalPhoenix:
    """Reads the CSV files of the Cline Center, with their header."""

    id: str = "phoenix-historical"
    title: str = "Cline Center Historical Phoenix Event Data"
    expects: str = "eid,story_date,year,month,day,source,…,target,…,code,…"
    lenient: bool = True
    header: bool = True

    def recognises(self, first_line: str) -> bool:
        """Tell whether the header has the columns that are used, `eid` first."""
        names = header_of(first_line)
        return names[:1] == ["eid"] and set(HISTORICAL) <= set(names)

    def series(self, file_name: str) -> str:
        """Name the edition: an id says which collection it is of, and means one row in all files."""
        del file_name
        return "events"

    def outcomes(self, lines: Lines, desk: Desk, series: str) -> Iterator[Outcome]:
        """Say of every row what becomes of it."""
        table = _Table(desk, self.id, series, CameoActors(desk), Codes(desk.ontology))
        header = header_of(next(lines, (1, ""))[1])
        places = [header.index(name) for name in HISTORICAL]
        for number, fields in csv_lines(lines, after=1):
            if not fields:
                yield NoRow(number)
            elif len(fields) == len(header):
                yield table.outcome(number, [fields[place] for place in places])
            else:
                yield Refused(number, "wrong number of fields", f"{len(fields)}, not {len(header)}")


@dataclass(eq=False, repr=False)
class _Table:
    """The work on one file."""

    desk: Desk
    reader: str
    series: str
    actors: CameoActors
    codes: Codes
    days: Days = field(default_factory=lambda: Days(COMPACT))

    def outcome(self, number: int, cells: list[str]) -> Outcome:
        """Decide on one row, given as id, year, month, day, source, target and code."""
        row_id, year, month, day_of_month, source_code, target_code, code = cells
        try:
            if not row_id:
                raise Refusal("no event id", "")
            parts = (year, month, day_of_month)
            if not all(NUMBER.fullmatch(part) for part in parts):
                raise Refusal("not a day of the calendar", "-".join(parts)[:40])
            day = self.days.read(f"{int(year):04d}{int(month):02d}{int(day_of_month):02d}")
            coding = self.codes.read(code)
            source, target = self.actors.split(source_code), self.actors.split(target_code)
            identity = row_hash(self.reader, self.series, row_id)
            sides = ((source, self.actors.party(source, day)), (target, self.actors.party(target, day)))
            return coded_pair(self.desk, number, identity, day, sides, coding)
        except Refusal as refusal:
            return Refused(number, refusal.reason, refusal.detail, refusal.unknown)
