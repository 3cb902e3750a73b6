"""Lines as KEDS and its successors print them: day, source, target, CAMEO code, perhaps a label."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from comity.events.readers.cameo_actors import CameoActors
from comity.events.readers.fields import COMPACT, WEIS_ONLY, Codes, Days, Refusal
from comity.events.readers.pairs import coded_pair
from comity.events.readers.reader import Desk, Lines, Outcome, Refused, row_hash
from comity.provenance import UnreadableFileError

ROW: Final = re.compile(
    r"([0-9]{6}|[0-9]{8})[ \t]+([A-Za-z-]{3,30})[ \t]+([A-Za-z-]{3,30})[ \t]+([0-9]{2,4})([ \t].*)?"
)
SHORT: Final = 6  # YYMMDD
FIRST_SHORT_YEAR: Final = 45  # the data begin after 1945: 45 is 1945, 44 is 2044


class Keds:
    """Reads lines of day, source, target and code between tabs or spaces."""

    id: str = "keds"
    title: str = "Event data in lines of day, source, target and CAMEO code"
    expects: str = "a day as YYMMDD or YYYYMMDD, two actor codes and a CAMEO code, between tabs, no header"
    lenient: bool = True
    header: bool = False

    def recognises(self, first_line: str) -> bool:
        """Tell whether the first line has a day, two codes of letters and one of digits."""
        return bool(ROW.fullmatch(first_line))

    def series(self, file_name: str) -> str:
        """Name the edition: rows have no id, so it is the line of one file."""
        return file_name

    def outcomes(self, lines: Lines, desk: Desk, series: str) -> Iterator[Outcome]:
        """Say of every row what becomes of it.

        Raises
        ------
        UnreadableFileError : codes that WEIS has and CAMEO has not; the others would mean other things too
        """
        table = _Table(desk, CameoActors(desk), Days(COMPACT), Codes(desk.ontology))
        for number, line in lines:
            try:
                yield table.outcome(number, line, row_hash(self.id, series, str(number)))
            except Refusal as refusal:
                yield Refused(number, refusal.reason, refusal.detail, refusal.unknown)


@dataclass(eq=False, repr=False)
class _Table:
    """The work on one file."""

    desk: Desk
    actors: CameoActors
    days: Days
    codes: Codes

    def outcome(self, number: int, line: str, identity: int) -> Outcome:
        """Decide on one row."""
        found = ROW.fullmatch(line)
        if found is None:
            raise Refusal("not a day, two actors and a code", line[:40])
        written, source_code, target_code, code = found.groups()[:4]
        if WEIS_ONLY.fullmatch(code):
            raise UnreadableFileError(
                f"{code} is a code of WEIS, not of CAMEO",
                where=f"line {number}",
                allowed="Event codes of CAMEO. WEIS gives the same numbers other meanings.",
                remedy="Take the CAMEO version of the data; if these are CAMEO codes, they lost a zero.",
            )
        if len(written) == SHORT:
            written = ("19" if int(written[:2]) >= FIRST_SHORT_YEAR else "20") + written
        day, coding = self.days.read(written), self.codes.read(code)
        source, target = self.actors.split(source_code.upper()), self.actors.split(target_code.upper())
        sides = ((source, self.actors.party(source, day)), (target, self.actors.party(target, day)))
        return coded_pair(self.desk, number, identity, day, sides, coding)
