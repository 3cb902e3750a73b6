"""Benchmark files of temporal knowledge graphs: subject, relation, object, time, as ids or as names."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final

from comity.events.readers.fields import SHOWN, SHOWN_VALUE, Codes, Coding, Days, Refusal
from comity.events.readers.pairs import named_pair
from comity.events.readers.reader import Desk, Lines, Outcome, Refused, row_hash
from comity.events.readers.stream import LineStream
from comity.events.readers.tables import package_rows
from comity.provenance import UnreadableFileError, UsageError

SERIES: Final = "quadruples"
ID_ROW: Final = re.compile(
    r"([0-9]{1,9})[\t ]+([0-9]{1,9})[\t ]+([0-9]{1,9})[\t ]+([0-9]{1,9})([\t ]+-?[0-9]{1,9})?"
)
NAME_ROW: Final = re.compile(r"([^\t]+)\t([^\t]+)\t([^\t]+)\t([0-9]{4}-[0-9]{2}-[0-9]{2})")
ENTITIES, RELATIONS = "entity2id.txt", "relation2id.txt"
MAX_ENTRIES: Final = 2_000_000
DAY_HOURS: Final = 24
STEPS: Final = {"hour": 1, "day": DAY_HOURS}
ID_TEXT: Final = re.compile(r"[0-9]{1,9}")
NOT_WORD: Final = re.compile(r"[^a-z0-9]+")
LAST_DAY: Final = date(2100, 12, 31)


@dataclass(frozen=True)
class Tkg:
    """Reads quadruples; where they are ids, with the two maps that lie beside the file.

    A row is known by its names and its day, so what one benchmark repeats of another is not taken twice.
    """

    id: str = "tkg"
    title: str = "Quadruples of a temporal knowledge graph"
    expects: str = "subject, relation, object and time between tabs, no header"
    lenient: bool = True
    header: bool = False
    origin: date | None = None  # the day of time 0
    last_day: date = LAST_DAY
    hours_per_step: int = 1
    relation_count: int = 0  # of the published map, by which sets are told apart
    entities: Mapping[int, str] = field(default_factory=dict)
    relations: Mapping[int, str] = field(default_factory=dict)

    def recognises(self, first_line: str) -> bool:
        """Tell whether the first row is four whole numbers, or three names and a day."""
        return bool(ID_ROW.fullmatch(first_line) or NAME_ROW.fullmatch(first_line))

    def series(self, file_name: str) -> str:
        """Name the edition: all benchmarks are one, as a later one repeats an earlier one."""
        del file_name
        return SERIES

    def with_maps(self, folder: Path) -> "Tkg":
        """Give the reader with the maps of this folder.

        Raises
        ------
        UnreadableFileError : no such file, not a map of names and ids, or the map of another known set
        """
        entities, relations = read_ids(folder / ENTITIES), read_ids(folder / RELATIONS)
        other = set_of(len(relations))
        if self.relation_count and other and other.id != self.id:
            raise UnreadableFileError(
                f"{RELATIONS} is that of {other.title} ({len(relations)} relations), not of {self.title}",
                where=str(folder),
                allowed="Times count from the set's first day: under another name each day would be wrong.",
                remedy=f"Import it as {other.id!r}.",
            )
        if 0 < self.relation_count < len(relations):
            raise UnreadableFileError(
                f"{RELATIONS} has {len(relations)} relations, and {self.title} {self.relation_count}",
                where=str(folder),
                allowed="Times count from the set's first day: under another name each day would be wrong.",
                remedy="Import it as 'tkg' with --origin YYYY-MM-DD.",
            )
        return replace(self, entities=entities, relations=relations)

    def outcomes(self, lines: Lines, desk: Desk, series: str) -> Iterator[Outcome]:
        """Say of every row what becomes of it.

        Raises
        ------
        UsageError : rows of ids, and no first day or no maps were given
        """
        table = _Table(self, desk, series, Days(), Codes(desk.ontology))
        for number, line in lines:
            try:
                yield table.outcome(number, line)
            except Refusal as refusal:
                yield Refused(number, refusal.reason, refusal.detail, refusal.unknown)


@dataclass(eq=False, repr=False)
class _Table:
    """The work on one file, with what it has met before at hand."""

    reader: Tkg
    desk: Desk
    series: str
    days: Days
    codes: Codes
    _codings: dict[str, Coding] = field(default_factory=dict)

    def outcome(self, number: int, line: str) -> Outcome:
        """Decide on one row."""
        ids = ID_ROW.fullmatch(line)
        if ids:
            source, relation, target = self._named(ids)
            day = self._day(int(ids[4]))
        else:
            names = NAME_ROW.fullmatch(line)
            if names is None:
                raise Refusal("not subject, relation, object and time", line[:SHOWN_VALUE])
            source, relation, target = names[1], names[2], names[3]
            day = self.days.read(names[4])
        source, target = _spaced(source), _spaced(target)
        coding = self._codings.get(relation) or self._coding(relation)
        sides = (self.desk.roll_up(source, "", "", day), self.desk.roll_up(target, "", "", day))
        identity = row_hash("tkg", self.series, f"{source}|{coding.cameo_code}|{target}|{day}")
        return named_pair(self.desk, number, identity, day, (source, target), sides, coding)

    def _named(self, ids: re.Match[str]) -> tuple[str, str, str]:
        entities, relations = self.reader.entities, self.reader.relations
        if self.reader.origin is None or not (entities and relations):
            raise UsageError(
                "rows of ids need their maps and the day of time 0",
                allowed=f"Name the set ({', '.join(known_sets())}), or 'tkg' with --origin YYYY-MM-DD.",
                remedy=f"{ENTITIES} and {RELATIONS} lie in the folder of the file.",
            )
        for number, names in ((ids[1], entities), (ids[3], entities), (ids[2], relations)):
            if int(number) not in names:
                raise Refusal("an id that the maps do not have", number)
        return entities[int(ids[1])], relations[int(ids[2])], entities[int(ids[3])]

    def _day(self, steps: int) -> date:
        days, hours = divmod(steps * self.reader.hours_per_step, DAY_HOURS)
        if hours and self.reader.last_day < LAST_DAY:
            raise Refusal("not a whole day: are the times days, not hours?", str(steps))
        origin = self.reader.origin or date.min
        if days > (self.reader.last_day - origin).days:
            raise Refusal("after the last day of the set", str(steps))
        return origin + timedelta(days)

    def _coding(self, relation: str) -> Coding:
        name = NOT_WORD.sub(" ", relation.lower()).strip()
        code = relation if relation.isdecimal() else code_names().get(name)
        if code is None:
            raise Refusal("unknown relation", relation[:SHOWN_VALUE])
        coding = self._codings[relation] = self.codes.read(code)
        return coding


@cache
def code_names() -> dict[str, str]:
    """Read the table from the names that CAMEO codes go by to the codes."""
    return {row["name"]: row["cameo_code"] for row in package_rows("cameo_names.csv")}


@cache
def known_sets() -> dict[str, Tkg]:
    """Read the table of benchmarks whose first day is known."""
    return {
        row["id"]: Tkg(
            id=row["id"],
            title=row["title"],
            origin=date.fromisoformat(row["first_day"]),
            last_day=date.fromisoformat(row["last_day"]),
            hours_per_step=int(row["hours_per_step"]),
            relation_count=int(row["relations"]),
        )
        for row in package_rows("tkg_sets.csv")
    }


def set_of(relations: int) -> Tkg | None:
    """Find the known set with so many relations."""
    return next((one for one in known_sets().values() if one.relation_count == relations), None)


def read_ids(path: Path) -> dict[int, str]:
    """Read a map: a name and a whole number a line, in either order; a first line may hold the count.

    Raises
    ------
    UnreadableFileError : see `LineStream`; or a line that is no such pair, or an id twice
    """
    found: dict[int, str] = {}
    for number, line in LineStream(path, lenient=True):
        parts = [part.strip() for part in line.split("\t")]
        if not line.strip() or (number == 1 and len(parts) == 1 and line.strip().isdecimal()):
            continue
        name, id = (parts[0], parts[1]) if len(parts) > 1 else ("", "")
        if not ID_TEXT.fullmatch(id):
            name, id = id, name
        if not name or not ID_TEXT.fullmatch(id) or int(id) in found or len(found) >= MAX_ENTRIES:
            raise UnreadableFileError(
                f"{path.name} is not a map of names and ids: {line[:SHOWN]!r}",
                where=f"{path.parent}, line {number}",
                allowed="A line holds a name, a tab and a whole number; each number stands once.",
            )
        found[int(id)] = name
    return found


def _spaced(name: str) -> str:
    """Give a name with spaces where a benchmark prints underscores."""
    return name.strip() if " " in name else name.strip().replace("_", " ")
