"""GDELT event files: version 1.0 (57 or 58 columns) and 2.0 (61), tab-separated, without a header."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from comity.events.readers.cameo_actors import CameoActors, CodedActor
from comity.events.readers.fields import COMPACT, Codes, Days, Refusal, weight
from comity.events.readers.pairs import coded_pair
from comity.events.readers.reader import Desk, Lines, Outcome, Refused, row_hash

WIDTHS: Final = {57: "1.0", 58: "1.0", 61: "2.0"}  # files before April 2013 have no address
ROW_ID: Final = re.compile(r"[0-9]{1,12}")
DAY: Final = re.compile(r"[0-9]{8}")
ONE: Final = 5  # the first of the ten columns of actor 1
OTHER: Final = 15
CODE, ROOT_CODE, GOLDSTEIN = 26, 28, 30


class Gdelt:
    """Reads exports of both versions; the number of columns tells them apart."""

    id: str = "gdelt"
    title: str = "GDELT Event Database"
    expects: str = "57, 58 or 61 columns between tabs and no header: an event id, a day as YYYYMMDD, …"
    lenient: bool = True  # names of places and addresses are in several encodings
    header: bool = False

    def recognises(self, first_line: str) -> bool:
        """Tell whether the first row has an id, a day and as many columns as one of the versions."""
        fields = first_line.split("\t")
        return bool(len(fields) in WIDTHS and ROW_ID.fullmatch(fields[0]) and DAY.fullmatch(fields[1]))

    def series(self, file_name: str) -> str:
        """Name the edition: an id means the same row in every file of one version."""
        del file_name
        return "events"

    def outcomes(self, lines: Lines, desk: Desk, series: str) -> Iterator[Outcome]:
        """Say of every row what becomes of it."""
        table = _Table(desk, self.id, series, CameoActors(desk), Days(COMPACT), Codes(desk.ontology))
        for number, line in lines:
            try:
                yield table.outcome(number, line)
            except Refusal as refusal:
                yield Refused(number, refusal.reason, refusal.detail, refusal.unknown)


@dataclass(eq=False, repr=False)
class _Table:
    """The work on one file."""

    desk: Desk
    reader: str
    series: str
    actors: CameoActors
    days: Days
    codes: Codes

    def outcome(self, number: int, line: str) -> Outcome:
        """Decide on one row."""
        fields = line.split("\t")
        version = WIDTHS.get(len(fields))
        if version is None:
            raise Refusal("wrong number of fields", f"{len(fields)}, not 57, 58 or 61")
        if not ROW_ID.fullmatch(fields[0]):
            raise Refusal("no event id", fields[0][:40])
        day = self.days.read(fields[1])
        coding = self.codes.read(fields[CODE])
        if not fields[CODE].startswith(fields[ROOT_CODE].zfill(2)):  # some exports drop its zero
            raise Refusal("event code and root code differ", f"{fields[CODE]} and {fields[ROOT_CODE][:40]}")
        weight(fields[GOLDSTEIN], "Goldstein value")  # ours is used, but a row out of step shows here
        source, target = _actor(fields, ONE), _actor(fields, OTHER)
        identity = row_hash(self.reader, f"{self.series}-{version}", fields[0])
        sides = ((source, self.actors.party(source, day)), (target, self.actors.party(target, day)))
        return coded_pair(self.desk, number, identity, day, sides, coding)


def _actor(fields: list[str], start: int) -> CodedActor:
    """Take code, name, country, known group and the three roles; ethnic and religious codes are not used."""
    code, name, country, group = fields[start : start + 4]
    roles = tuple(role for role in fields[start + 7 : start + 10] if role)
    return CodedActor(name or code, country, group, roles, code)
