"""POLECAT weekly and yearly files: PLOVER types and modes, several actors a row, 40 columns between tabs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from comity.events.acts import day_number
from comity.events.readers.cameo_actors import NO_RECEIVER, NO_SENDER
from comity.events.readers.fields import SHOWN, SHOWN_VALUE, Coding, Days, Refusal, weight
from comity.events.readers.pairs import ACTING
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
    Several,
    row_hash,
)
from comity.events.readers.tables import package_rows
from comity.provenance import NothingFoundError

COLUMNS: Final = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    "Actor Name", "Actor Country", "Actor COW", "Primary Actor Sector", "Actor Sectors", "Actor Title",
    "Actor Name Raw", "Wikipedia Actor ID",
    "Recipient Name", "Recipient Country", "Recipient COW", "Primary Recipient Sector",
    "Recipient Sectors", "Recipient Title", "Recipient Name Raw", "Wikipedia Recipient ID",
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID",
    "Raw Placename", "Feature Type", "Source", "Publication Date", "Story People",
    "Story Organizations", "Story Locations", "Language", "Version",
)  # fmt: skip
OTHER_NAMES: Final = {"Event Intensity": "Intensity"}
ACTOR, RECIPIENT = COLUMNS.index("Actor Name"), COLUMNS.index("Recipient Name")
NONE: Final = frozenset({"", "None", "none", "NA", "nan"})
NO_COUNTRY: Final = frozenset({*NONE, "IGO", "NGO", "INT"})
MANY: Final = 20  # actors on one side; more is a list gone wrong
COW_CODE: Final = re.compile(r"[0-9]{1,3}")


class _Party(NamedTuple):
    name: str
    actor: str | None
    side: str


class Polecat:
    """Reads the files of the Dataverse; types come as PLOVER, and weights from comity's own table."""

    id: str = "polecat"
    title: str = "POLECAT"
    expects: str = "\t".join(COLUMNS)
    lenient: bool = True  # names of places and people are in several encodings
    header: bool = True

    def recognises(self, first_line: str) -> bool:
        """Tell whether the header has all columns; some files have more names than columns."""
        names = [OTHER_NAMES.get(name, name) for name in first_line.split("\t")]
        return set(COLUMNS) <= set(names)

    def series(self, file_name: str) -> str:
        """Name the edition: an Event ID means the same row in every file."""
        del file_name
        return "events"

    def outcomes(self, lines: Lines, desk: Desk, series: str) -> Iterator[Outcome]:
        """Say of every row what becomes of it."""
        table = _Table(desk, self.id, series)
        next(lines, None)
        for number, line in lines:
            try:
                yield table.outcome(number, line)
            except Refusal as refusal:
                yield Refused(number, refusal.reason, refusal.detail, refusal.unknown)


@cache
def sector_words() -> dict[str, str]:
    """Read the table from PLOVER's sector codes to the sector words of the registry."""
    return {row["code"]: row["sector"] for row in package_rows("plover_sectors.csv")}


@dataclass(eq=False, repr=False)
class _Table:
    """The work on one file, with what it has met before at hand."""

    desk: Desk
    reader: str
    series: str
    days: Days = field(default_factory=Days)
    _codings: dict[tuple[str, str], tuple[Coding, str]] = field(default_factory=dict)

    def outcome(self, number: int, line: str) -> Outcome:
        """Decide on one row."""
        fields = line.split("\t")
        if len(fields) < len(COLUMNS) or any(fields[len(COLUMNS) :]):
            raise Refusal("wrong number of fields", f"{len(fields)}, not {len(COLUMNS)}")
        row_id, written, event_type, mode, intensity = fields[:5]
        if row_id in NONE:
            raise Refusal("no event id", row_id)
        day = self.days.read(written)
        coding, note = self._codings.get((event_type, mode)) or self._coding(event_type, mode)
        if intensity not in NONE:
            weight(intensity, "intensity")  # ours is used, but a row out of step shows here
        senders = self._parties(fields[ACTOR : ACTOR + 5], day)
        receivers = self._parties(fields[RECIPIENT : RECIPIENT + 5], day)
        for parties, missing in ((senders, NO_SENDER), (receivers, NO_RECEIVER)):
            if not parties:
                return Aside(number, missing)
        return self._pairs(number, row_id, day, (senders, receivers), coding, note)

    def _coding(self, event_type: str, mode: str) -> tuple[Coding, str]:
        name = event_type.strip().upper()
        if (name, "") not in self.desk.ontology.plover:
            raise Refusal("unknown event type", event_type[:SHOWN_VALUE])
        wanted = [one.strip().lower().replace("_", "-").replace(" ", "-") for one in mode.split(";")]
        known = next((one for one in wanted if (name, one) in self.desk.ontology.plover and one), "")
        unnamed = not known and mode not in NONE
        note = f"mode {mode[:SHOWN_VALUE]!r}, which comity does not have" if unnamed else ""
        coding = Coding.of_plover(self.desk.ontology.reading(name, known))
        self._codings[event_type, mode] = coding, note
        return coding, note

    def _parties(self, cells: list[str], day: date) -> list[_Party]:
        """Read one side: names, countries, COW codes and sectors, each a list of the same length."""
        names, countries, codes, primary, sectors = (_listed(cell) for cell in cells)
        count = max(len(names), len(countries), len(codes))
        if count > MANY:
            raise Refusal("too many actors", f"{count} on one side")
        parties: dict[tuple[str, str], _Party] = {}
        for place in range(count):
            name, country, code = _at(names, place), _at(countries, place), _at(codes, place)
            said = _words(_at(primary, place) or _at(sectors, place))
            if name or country or code:
                party = self._party(name, country, code, said, day)
                parties.setdefault((party.actor or party.name, party.side), party)
        return list(parties.values())

    def _party(self, name: str, country: str, code: str, sectors: str, day: date) -> _Party:
        home = country.split("|")[0].strip()
        if home in NO_COUNTRY:
            home = self._home(code.split("|")[0].strip(), day)
        rolled = self.desk.roll_up(name, home, sectors, day)
        return _Party(name or home, rolled.actor, rolled.side)

    def _home(self, code: str, day: date) -> str:
        """Name the state of a code of the Correlates of War; empty if there is none."""
        if not COW_CODE.fullmatch(code):
            return ""
        try:
            return self.desk.registry.resolve(f"COW {code}", at=day).id
        except NothingFoundError:
            return ""

    def _pairs(
        self,
        number: int,
        row_id: str,
        day: date,
        sides: tuple[list[_Party], list[_Party]],
        coding: Coding,
        note: str,
    ) -> Outcome:
        known = [[one for one in side if one.side != "unknown"] for side in sides]
        unknown = tuple(one.name[:SHOWN] for side in sides for one in side if one.side == "unknown")
        if not all(known):
            raise Refusal(UNKNOWN_ACTOR, "; ".join(unknown)[:SHOWN], unknown)
        if unknown:
            note = "; ".join(part for part in (note, f"with {', '.join(unknown)[:SHOWN]}") if part)
        share = 1 / max(1, len({one[:2] for side in sides for one in side}) - 1)
        pairs = []
        for place, sender in enumerate(known[0]):
            for other_place, receiver in enumerate(known[1]):
                same = sender.actor and receiver.actor and self.desk.same_actor(sender.actor, receiver.actor)
                if same or sender[:2] == receiver[:2]:
                    continue
                identity = row_hash(self.reader, self.series, f"{row_id}|{place}>{other_place}")
                pairs.append(
                    Kept(
                        number, identity, day_number(day), 1, sender.actor, receiver.actor,
                        sender.name[:SHOWN], receiver.name[:SHOWN],
                        "state" if {sender.side, receiver.side} <= ACTING else "nonstate",
                        coding.cameo_code, coding.event_type, coding.mode, coding.sign, coding.kind,
                        coding.joint, coding.weight, share, note,
                    )
                )  # fmt: skip
        if pairs:
            return Several(number, tuple(pairs))
        return Aside(number, SELF if sides[0] == sides[1] else DOMESTIC)


def _listed(cell: str) -> list[str]:
    parts = [part.strip() for part in cell.split(";")]
    return ["" if part in NONE else part for part in parts]


def _at(parts: list[str], place: int) -> str:
    return parts[place] if place < len(parts) else ""


def _words(codes: str) -> str:
    """Give the sector words of the first of several codes that has one: the first is the main one."""
    for code in codes.split("|"):
        word = sector_words().get(code.strip()[:3])
        if word:
            return word
    return ""
