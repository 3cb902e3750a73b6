"""One directed tie on one day, and what it stands on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape
from typing import Any, Final

from comity.events import KINDS, Events
from comity.provenance import Trace
from comity.ties.evidence import trace_of
from comity.ties.reading import ALL, Reading

READINGS: Final = (ALL, *KINDS)


@dataclass(frozen=True, slots=True)
class MemberTie:
    """One pair of members within the tie of an alliance or group, all kinds together."""

    sender: str
    receiver: str
    net: float | None
    shrunken: float | None  # net drawn towards the mean of all; only in the pooled view
    acts: int
    rows: int
    mass: float
    refused: str | None

    def to_dict(self) -> dict[str, Any]:
        """Give the fields for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True)
class Tie:
    """How `sender` stands towards `receiver` on the day `at`, from the acts before it."""

    sender: str
    receiver: str
    at: date
    half_life_days: float
    view: str
    count: str
    all: Reading
    talk: Reading
    institutions: Reading
    deeds: Reading
    evidence: tuple[str, ...]  # ids of the acts, by day
    notes: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    basis: str = "data"
    members: tuple[MemberTie, ...] = ()
    dominant: tuple[str, ...] = ()  # members that hold over 40 % of their side's rows
    without_dominant: "Tie | None" = None
    events: Events | None = field(default=None, repr=False, compare=False)

    @property
    def readings(self) -> Mapping[str, Reading]:
        """The four readings by name: all, talk, institutions, deeds."""
        return {name: getattr(self, name) for name in READINGS}

    @property
    def deeds_share(self) -> float | None:
        """The part of all points that deeds make up; ``None`` where nothing passed between them.

        Talk that grows while this falls is dialogue without co-operation.
        """
        points = self.all.friendly + self.all.hostile
        return (self.deeds.friendly + self.deeds.hostile) / points if points > 0 else None

    def trace(self) -> Trace:
        """Name the rows, passages and sources that the tie stands on."""
        return trace_of(self.events, self.evidence)

    def to_dict(self) -> dict[str, Any]:
        """Give the fixed shape of ``comity tie --json``; later keys may grow in number."""
        return {
            "sender": self.sender,
            "receiver": self.receiver,
            "at": self.at.isoformat(),
            "half_life_days": self.half_life_days,
            "view": self.view,
            "count": self.count,
            **{name: reading.to_dict() for name, reading in self.readings.items()},
            "evidence": list(self.evidence),
            "without": list(self.without),
            "basis": self.basis,
            "notes": list(self.notes),
            "members": [one.to_dict() for one in self.members],
            "dominant": list(self.dominant),
            "without_dominant": (
                {name: reading.to_dict() for name, reading in self.without_dominant.readings.items()}
                if self.without_dominant
                else None
            ),
        }

    def _repr_html_(self) -> str:
        lines = "".join(_html_line(name, reading) for name, reading in self.readings.items())
        notes = "".join(f"<li>{escape(note)}</li>" for note in self.notes)
        return (
            f"<table><caption>{escape(self.sender)} → {escape(self.receiver)}, {self.at}, half-life "
            f"{self.half_life_days:g} days, {escape(self.view)}</caption><thead><tr><th>kind</th>"
            "<th>net</th><th>95 % interval</th><th>friendly</th><th>hostile</th><th>acts</th><th>rows</th>"
            f"</tr></thead><tbody>{lines}</tbody></table>{f'<ul>{notes}</ul>' if notes else ''}"
        )


def _html_line(name: str, reading: Reading) -> str:
    net = escape(f"refused: {reading.refused}") if reading.net is None else f"{reading.net:+.2f}"
    between = "" if reading.low is None else f"{reading.low:+.2f} to {reading.high:+.2f}"
    return (
        f"<tr><th>{name}</th><td>{net}</td><td>{between}</td><td>{reading.friendly:.1f}</td>"
        f"<td>{reading.hostile:.1f}</td><td>{reading.acts}</td><td>{reading.rows}</td></tr>"
    )
