"""Event types, their weights, signs and kinds: CAMEO and PLOVER as tables with a reason per line."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from comity.events.conversion import PloverCoding, PloverReading, coding_of, reading_of
from comity.provenance import BadValueError

TABLES: Final = ("cameo.csv", "plover.csv", "crosswalk.csv", "to_cameo.csv")
HEADING_LENGTH: Final = 2  # "05" is a heading; codes have three or four digits
HEADING_CODING: Final = {"contexts": "", "rows": "0"}


@dataclass(frozen=True, slots=True)
class CameoCode:
    """One CAMEO code: its Goldstein value as published, and what comity makes of it.

    `weight` is the published value; `sign` is comity's, and differs where a known fault was mended.
    """

    cameo_code: str
    label: str
    weight: float
    event_type: str
    mode: str
    sign: int
    kind: str
    joint: bool
    reason: str
    source: str
    edition: str
    licence: str

    @property
    def signed_weight(self) -> float:
        """The size of the published value with comity's sign."""
        return self.sign * abs(self.weight)


@dataclass(frozen=True, slots=True)
class EventType:
    """A PLOVER type, or one mode of it: size, usual sign and usual kind."""

    event_type: str
    mode: str  # empty: the type itself
    weight: float
    sign: int
    kind: str
    joint: bool
    reason: str
    source: str
    edition: str
    licence: str


@dataclass(frozen=True, slots=True)
class Ontology:
    """CAMEO by code, PLOVER by type and mode, and the way from each to the other."""

    cameo: dict[str, CameoCode]
    plover: dict[tuple[str, str], EventType]
    codings: dict[str, PloverCoding]  # by CAMEO code, headings too
    readings: dict[tuple[str, str], PloverReading]  # one for each line of `plover`
    edition: str  # hash of all tables

    @property
    def event_types(self) -> tuple[str, ...]:
        """The PLOVER types, in the order of the table."""
        return tuple(event_type for event_type, mode in self.plover if not mode)

    def modes(self, event_type: str) -> tuple[str, ...]:
        """List the modes of a type."""
        return tuple(mode for name, mode in self.plover if name == event_type and mode)

    def type_of(self, event_type: str, mode: str = "", *, where: str = "") -> EventType:
        """Look up a type, or one of its modes.

        Raises
        ------
        BadValueError : no such type, or no such mode of it
        """
        found = self.plover.get((event_type, mode))
        if found:
            return found
        if (event_type, "") not in self.plover:
            raise BadValueError(
                f"unknown event type {event_type!r}",
                where=where,
                allowed=f"One of {', '.join(self.event_types)}.",
            )
        listed = ", ".join(self.modes(event_type)) or "none but the empty one"
        raise BadValueError(
            f"unknown mode {mode!r} of {event_type}", where=where, allowed=f"Modes: {listed}."
        )

    def weight(self, event_type: str, mode: str = "", *, sign: int) -> float:
        """Weigh a coded event: the size of its type and mode, with the sign of the coding."""
        return sign * self.type_of(event_type, mode).weight

    def to_plover(self, cameo_code: str, *, where: str = "") -> PloverCoding:
        """Give the type, mode and contexts of a CAMEO code.

        Raises
        ------
        BadValueError : no such code

        Examples
        --------
        >>> coding = load_ontology().to_plover("1012")
        >>> coding.event_type, coding.mode, coding.contexts
        ('REQUEST', 'assist', ('military',))
        """
        found = self.codings.get(cameo_code)
        if found is None:
            raise BadValueError(
                f"unknown CAMEO code {cameo_code!r}",
                where=where,
                allowed="Two to four digits, as in 05 or 0231.",
            )
        return found

    def reading(self, event_type: str, mode: str = "", *, where: str = "") -> PloverReading:
        """Say what a row of PLOVER-coded data weighs, and which CAMEO codes it stands for.

        Raises
        ------
        BadValueError : no such type, or no such mode of it

        Examples
        --------
        >>> load_ontology().reading("SANCTION", "discontinue").signed_weight
        -7.48
        """
        one = self.type_of(event_type, mode, where=where)
        return self.readings[one.event_type, one.mode]

    def to_cameo(
        self, event_type: str, mode: str = "", contexts: Iterable[str] = (), *, where: str = ""
    ) -> tuple[CameoCode, ...]:
        """List the CAMEO codes that a type and mode stand for, the preferred one first.

        Contexts narrow the list to the codes that share one; if none does, they are left aside.

        Raises
        ------
        BadValueError : no such type, or no such mode of it

        Examples
        --------
        >>> [code.cameo_code for code in load_ontology().to_cameo("AID", contexts=["military"])]
        ['072']
        """
        codes = self.reading(event_type, mode, where=where).codes
        wanted = set(contexts)
        narrowed = [code for code in codes if wanted & set(self.codings[code].contexts)]
        return tuple(self.cameo[code] for code in narrowed or codes)


@cache
def load_ontology() -> Ontology:
    """Load the tables that come with the package.

    Examples
    --------
    >>> load_ontology().weight("SANCTION", "discontinue", sign=-1)
    -6.08
    """
    texts = {name: _table(name) for name in TABLES}
    codes = [_cameo(row) for row in csv.DictReader(io.StringIO(texts["cameo.csv"]))]
    types = [_plover(row) for row in csv.DictReader(io.StringIO(texts["plover.csv"]))]
    crosswalk = {row["cameo_code"]: row for row in csv.DictReader(io.StringIO(texts["crosswalk.csv"]))}
    readings = [reading_of(row) for row in csv.DictReader(io.StringIO(texts["to_cameo.csv"]))]
    return Ontology(
        cameo={code.cameo_code: code for code in codes},
        plover={(one.event_type, one.mode): one for one in types},
        codings={
            code.cameo_code: coding_of(
                crosswalk.get(code.cameo_code, HEADING_CODING), code.event_type, code.mode
            )
            for code in codes
        },
        readings={(one.event_type, one.mode): one for one in readings},
        edition=hashlib.sha256("".join(texts[name] for name in TABLES).encode()).hexdigest(),
    )


def mean_weight(codes: Iterable[CameoCode], belongs: Callable[[CameoCode], bool]) -> float | None:
    """Average the sizes of the codes that belong, headings left out, to two decimals.

    The column `weight` of plover.csv is made with this: per type, and per mode where codes have one.
    """
    tenths = [
        round(abs(code.weight) * 10)
        for code in codes
        if belongs(code) and len(code.cameo_code) > HEADING_LENGTH
    ]
    return round(sum(tenths) / (10 * len(tenths)), 2) if tenths else None


def _table(name: str) -> str:
    return resources.files(__package__).joinpath("data", name).read_text(encoding="utf-8")


def _cameo(row: dict[str, str]) -> CameoCode:
    return CameoCode(
        cameo_code=row["cameo_code"],
        label=row["label"],
        weight=float(row["weight"]),
        event_type=row["event_type"],
        mode=row["mode"],
        sign=int(row["sign"]),
        kind=row["kind"],
        joint=row["joint"] == "1",
        reason=row["reason"],
        source=row["source"],
        edition=row["edition"],
        licence=row["licence"],
    )


def _plover(row: dict[str, str]) -> EventType:
    return EventType(
        event_type=row["event_type"],
        mode=row["mode"],
        weight=float(row["weight"]),
        sign=int(row["sign"]),
        kind=row["kind"],
        joint=row["joint"] == "1",
        reason=row["reason"],
        source=row["source"],
        edition=row["edition"],
        licence=row["licence"],
    )
