"""Small worlds: events, registries and ICEWS files with good defaults."""

import gzip
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from types import SimpleNamespace

from comity.actors import RollUp, UnknownActorError
from comity.events import Event
from comity.events.readers.icews import COLUMNS
from comity.provenance import Dating, Passage

STATES = {
    "Japan": "JPN", "Russia": "RUS", "Ukraine": "UKR", "United States": "USA", "North Korea": "PRK",
    "Soviet Union": "SUN",
}  # fmt: skip
OFFICES = {"JPN.ABE": "head_of_government", "JPN.KONO": "foreign_minister"}
HASH = "0" * 64


class SmallRegistry:
    """Knows a handful of states, their citizens as non-state, and that RUS follows SUN."""

    def __contains__(self, id: object) -> bool:
        return id in STATES.values() or id in OFFICES

    def canonical(self, id: str) -> str:
        return "RUS" if id == "SUN" else id

    def roll_up(self, name: str, *, at: date, country: str = "", sectors: str = "") -> RollUp:
        person, _, home = name.rstrip(")").partition(" (")
        if name in STATES:
            return RollUp(STATES[name], "state", "", "name")
        if home in STATES:
            side = "nonstate" if person == "Citizen" else "state"
            return RollUp(STATES[home], side, person, "country")
        return RollUp(None, "unknown", "", "no such name")

    def resolve(self, name: str, *, at: date | None = None) -> SimpleNamespace:
        found = STATES.get(name, name)
        if found not in self:
            raise UnknownActorError(name)
        return SimpleNamespace(id=found)

    def offices(self, person: str, at: date | None = None) -> tuple[SimpleNamespace, ...]:
        return (SimpleNamespace(office_kind=OFFICES[person]),) if person in OFFICES else ()

    def stands_for(self, id: str, at: date | None) -> str | None:
        return id


def make_event(
    id: str = "e1",
    *,
    start: str | None = "2020-05-01",
    end: str | None = None,
    senders: Sequence[str] = ("JPN",),
    receivers: Sequence[str] = ("USA",),
    precision: str = "day",
    weight: float = 3.0,
    **more: object,
) -> Event:
    """One friendly talk, unless told otherwise; `end` is `start` if left out, "" if open."""
    first = date.fromisoformat(start) if start else None
    last = first if end is None else date.fromisoformat(end) if end else None
    settings: dict[str, object] = {
        "event_type": "CONSULT", "event_kind": "talk", "sign": (weight > 0) - (weight < 0), "source": "000",
    }  # fmt: skip
    return Event(
        id=id,
        dating=Dating(first, last, precision),
        senders=tuple(senders),
        receivers=() if more.get("reciprocal") else tuple(receivers),
        weight=weight,
        **{**settings, **more},  # type: ignore[arg-type]
    )


def passage(document: str = "000", start: int = 0, end: int = 10) -> Passage:
    return Passage(document, 1, start, end, HASH)


def icews_row(
    id: int | str = 1,
    *,
    day: str = "2018-12-01",
    source: str = "Japan",
    code: str = "042",
    intensity: str = "1.9",
    target: str = "Russia",
) -> str:
    """One row of an ICEWS file: Japan visits Russia, unless told otherwise."""
    values = [str(id), day, source, "", "", "Some text", code, intensity, target, "", ""]
    return "\t".join(values + [""] * (len(COLUMNS) - len(values)))


def icews_file(path: Path, rows: Sequence[str]) -> Path:
    """Write an ICEWS file, gzipped if the name says so."""
    text = "".join(f"{line}\n" for line in ("\t".join(COLUMNS), *rows))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode(), mtime=0) if path.suffix == ".gz" else text.encode())
    return path
