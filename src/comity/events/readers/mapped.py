"""Any table of one's own, read by a mapping file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from comity.actors import RollUp
from comity.events.ontology import Ontology
from comity.events.readers.cameo_actors import CameoActors
from comity.events.readers.column_map import ColumnMap
from comity.events.readers.csv_rows import csv_lines, header_of
from comity.events.readers.fields import SHOWN_VALUE, Codes, Coding, Days, Refusal, weight
from comity.events.readers.pairs import coded_pair, named_pair
from comity.events.readers.reader import Desk, Lines, NoRow, Outcome, Refused, row_hash
from comity.provenance import BadValueError


@dataclass(eq=False, repr=False)
class Mapped:
    """Reads a table with a header, as its mapping file says."""

    map: ColumnMap
    lenient: bool = False
    header: bool = True

    @property
    def id(self) -> str:
        """The name in the store."""
        return f"csv-{self.map.name}"

    @property
    def title(self) -> str:
        """What the mapping file calls the data."""
        return self.map.title or self.map.name

    @property
    def expects(self) -> str:
        """The columns that the mapping file names."""
        return f"a header with {', '.join(self.map.columns.values())}"

    def recognises(self, first_line: str) -> bool:
        """Tell whether the header has the columns that the mapping file names, each once."""
        names = header_of(first_line, self.map.separator)
        return all(names.count(name) == 1 for name in self.map.columns.values())

    def series(self, file_name: str) -> str:
        """Name the edition: an id column means one row in all files, a line number one in one file."""
        return "events" if "id" in self.map.columns else file_name

    def outcomes(self, lines: Lines, desk: Desk, series: str) -> Iterator[Outcome]:
        """Say of every row what becomes of it."""
        _, header = next(lines, (1, ""))
        names = header_of(header, self.map.separator)
        places = {what: names.index(name) for what, name in self.map.columns.items()}
        table = _Table(self, desk, series, places, CameoActors(desk), Days(self.map.date_format))
        for number, fields in csv_lines(lines, after=1, separator=self.map.separator):
            if not fields:
                yield NoRow(number)
                continue
            if len(fields) != len(names):
                yield Refused(number, "wrong number of fields", f"{len(fields)}, not {len(names)}")
                continue
            try:
                yield table.outcome(number, fields)
            except Refusal as refusal:
                yield Refused(number, refusal.reason, refusal.detail, refusal.unknown)


@dataclass(eq=False, repr=False)
class _Table:
    """The work on one file, with what it has met before at hand."""

    reader: Mapped
    desk: Desk
    series: str
    places: dict[str, int]
    actors: CameoActors
    days: Days
    _codings: dict[tuple[str, str, str], Coding] = field(default_factory=dict)

    def outcome(self, number: int, fields: list[str]) -> Outcome:
        """Decide on one row."""
        cells = {what: fields[place].strip() for what, place in self.places.items()}
        row_id = cells.get("id", str(number))
        if not row_id:
            raise Refusal("no event id", "")
        day = self.days.read(cells["date"])
        coding = self._coding(cells)
        identity = row_hash(self.reader.id, self.series, row_id)
        if self.reader.map.actors == "cameo":
            source, target = self.actors.split(cells["sender"]), self.actors.split(cells["receiver"])
            sides = ((source, self.actors.party(source, day)), (target, self.actors.party(target, day)))
            return coded_pair(self.desk, number, identity, day, sides, coding)
        parties = (self._rolled(cells, "sender", day), self._rolled(cells, "receiver", day))
        names = (cells["sender"], cells["receiver"])
        return named_pair(self.desk, number, identity, day, names, parties, coding)

    def _rolled(self, cells: dict[str, str], side: str, day: date) -> RollUp:
        country, sectors = cells.get(f"{side}_country", ""), cells.get(f"{side}_sectors", "")
        return self.desk.roll_up(cells[side], country, sectors, day)

    def _coding(self, cells: dict[str, str]) -> Coding:
        key = (cells.get("code", ""), cells.get("type", ""), cells.get("mode", ""))
        known = self._codings.get(key)
        if known is None:
            known = self._codings[key] = self._read_coding(*key)
        return known.weighing(weight(cells["weight"])) if "weight" in cells else known

    def _read_coding(self, code: str, event_type: str, mode: str) -> Coding:
        values = self.reader.map.values
        code, event_type, mode = (
            values.get(what, {}).get(printed, printed)
            for what, printed in (("code", code), ("type", event_type), ("mode", mode))
        )
        if code or not event_type:
            return Codes(self.desk.ontology).read(code)
        return _plover(self.desk.ontology, event_type.upper(), mode.lower())


def _plover(ontology: Ontology, event_type: str, mode: str) -> Coding:
    try:
        return Coding.of_plover(ontology.reading(event_type, mode))
    except BadValueError as error:
        raise Refusal("unknown event type", error.what[:SHOWN_VALUE]) from None
