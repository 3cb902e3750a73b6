"""What a reader is: it recognises a format and says of every row what becomes of it."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple, Protocol

from comity.actors import Registry, RollUp
from comity.events.ontology import Ontology

DOMESTIC: Final = "domestic"
NONSTATE: Final = "non-state"
SELF: Final = "with itself"
UNKNOWN_ACTOR: Final = "unknown actor"
MAX_CACHED: Final = 200_000  # roll-ups remembered; event data come in the order of their days


class Kept(NamedTuple):
    """A row that goes into the store: `side` tells whether both parties act for a state."""

    line: int
    id: int  # 64 bits
    day: int
    days: int
    sender: str | None
    receiver: str | None
    sender_name: str
    receiver_name: str
    side: str  # "state" or "nonstate"
    cameo_code: str
    event_type: str
    mode: str
    sign: int
    kind: str
    joint: int
    weight: float
    share: float
    summary: str


class Several(NamedTuple):
    """A row of several parties: one stored row per ordered pair, all of one line."""

    line: int
    pairs: tuple[Kept, ...]


class Aside(NamedTuple):
    """A sound row that no tie between states can use; only its number is kept."""

    line: int
    reason: str


class Refused(NamedTuple):
    """A row that cannot be used: why, with the value at fault and the names that nobody knows."""

    line: int
    reason: str
    detail: str
    unknown: tuple[str, ...] = ()


class NoRow(NamedTuple):
    """A line that is no row: a comment, or one that goes on with the row before."""

    line: int


RowOutcome = Kept | Several | Aside | Refused
Outcome = RowOutcome | NoRow
Lines = Iterator[tuple[int, str]]


@dataclass
class Desk:
    """What readers look things up in: actors by name and day, event types by code."""

    registry: Registry
    ontology: Ontology
    _known: dict[tuple[str, str, str], RollUp] = field(default_factory=dict)  # the answer asked for last

    def roll_up(self, name: str, country: str, sectors: str, at: date) -> RollUp:
        """Roll a printed name up to the actor whose act it is; see `Registry.roll_up`."""
        key = (name, country, sectors)
        found = self._known.get(key)
        if found is None or not found.holds_on(at):
            if len(self._known) >= MAX_CACHED:
                self._known.clear()
            found = self.registry.roll_up(name, at=at, country=country, sectors=sectors)
            self._known[key] = found
        return found

    def same_actor(self, one: str, other: str) -> bool:
        """Tell whether two actors are one, or one the successor of the other."""
        return one == other or self.registry.canonical(one) == self.registry.canonical(other)


class Reader(Protocol):
    """One published format of event data."""

    @property
    def id(self) -> str:
        """The name on the command line and in the store."""

    @property
    def title(self) -> str:
        """What the publisher calls it."""

    @property
    def expects(self) -> str:
        """The first line of a file, for an error message."""

    @property
    def lenient(self) -> bool:
        """Whether bytes that are not UTF-8 may stand in columns that are not used; see `LineStream`."""

    @property
    def header(self) -> bool:
        """Whether the first line names the columns, and is no row."""

    def recognises(self, first_line: str) -> bool:
        """Tell whether a file that starts with this line has the format."""

    def series(self, file_name: str) -> str:
        """Name the edition within which a publisher's row id means one row."""

    def outcomes(self, lines: Lines, desk: Desk, series: str) -> Iterator[Outcome]:
        """Say of every row, in order, what becomes of it: one outcome a row, and none for the header.

        Every other line that is not blank must be accounted for; see `NoRow`.
        """


def row_hash(reader: str, series: str, row_id: str) -> int:
    """Hash the name of a row to 64 bits: the id of the event, shown as 16 hexadecimal digits."""
    name = f"{reader}|{series}|{row_id}".encode()
    return int.from_bytes(hashlib.md5(name, usedforsecurity=False).digest()[8:], "little")  # as SQL does
