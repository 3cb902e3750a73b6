"""A tie within eras that are given: nothing fades, and every act counts in the era of its first day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np

from comity.actors import Registry
from comity.events import Acts, Era, Events
from comity.provenance import Trace
from comity.ties.evidence import ids_of, trace_of
from comity.ties.inquiry import Inquiry
from comity.ties.memory import day_number
from comity.ties.reading import Reading
from comity.ties.readings import CODED, readings
from comity.ties.settings import Settings
from comity.ties.tie import READINGS

ENDLESS = float("inf")  # half-life in days


@dataclass(frozen=True, slots=True)
class EraTie:
    """What one actor did to another in one era."""

    era: Era
    sender: str
    receiver: str
    all: Reading
    talk: Reading
    institutions: Reading
    deeds: Reading
    evidence: tuple[str, ...]
    notes: tuple[str, ...] = ()
    events: Events | None = field(default=None, repr=False, compare=False)

    @property
    def readings(self) -> Mapping[str, Reading]:
        """The four readings by name: all, talk, institutions, deeds."""
        return {name: getattr(self, name) for name in READINGS}

    def trace(self) -> Trace:
        """Name the rows, passages and sources that the era's tie stands on."""
        return trace_of(self.events, self.evidence)

    def to_dict(self) -> dict[str, Any]:
        """Give the fields for JSON."""
        return {
            "era": self.era.id,
            "label": self.era.label,
            "start": str(self.era.start) if self.era.start else None,
            "end": str(self.era.end) if self.era.end else None,
            "sender": self.sender,
            "receiver": self.receiver,
            **{name: reading.to_dict() for name, reading in self.readings.items()},
            "evidence": list(self.evidence),
            "notes": list(self.notes),
        }


def by_era(
    events: Any,
    sender: str,
    receiver: str,
    eras: Sequence[Era],
    *,
    count: str = "acts",
    basis: str | None = None,
    seed: int = 1,
    registry: Registry | None = None,
    nonstate: bool = False,
) -> tuple[EraTie, ...]:
    """Read one tie era by era, from the acts that begin in each; inside an era nothing fades.

    Parameters
    ----------
    events, sender, receiver, count, basis, seed, registry, nonstate : as in `measure`
    eras : may overlap and may be open; an act counts in every era that holds its first day

    Returns
    -------
    one tie per era, in the order given
    """
    settings = Settings(count=count, basis=basis, seed=seed, nonstate=nonstate)
    inquiry = Inquiry.of(events, date.max, settings, registry)
    sender, receiver = inquiry.dyad(sender, receiver)
    acts = inquiry.acts([sender], [receiver])
    return tuple(_in_era(inquiry, era, sender, receiver, acts) for era in eras)


def _in_era(inquiry: Inquiry, era: Era, sender: str, receiver: str, acts: Acts) -> EraTie:
    held = np.ones(len(acts), dtype=bool)
    if era.start:
        held &= acts.day >= day_number(era.start)
    if era.end:
        held &= acts.day <= day_number(era.end)
    acts = acts.select(held)
    question = (inquiry.settings.seed, sender, receiver, "era", era.id)
    nobody = np.zeros(len(acts), dtype=np.int64)
    (found,) = readings(acts, nobody, [question], at=inquiry.day, half_life_days=ENDLESS)
    read = {
        name: replace(one, refused="no act in this era") if one.acts == 0 else one
        for name, one in found.items()
    }
    return EraTie(
        era,
        sender,
        receiver,
        all=read["all"],
        talk=read["talk"],
        institutions=read["institutions"],
        deeds=read["deeds"],
        evidence=ids_of(acts),
        notes=_notes(inquiry, era, acts),
        events=inquiry.events,
    )


def _notes(inquiry: Inquiry, era: Era, acts: Acts) -> tuple[str, ...]:
    notes = []
    if (acts.basis == CODED).any():
        notes.append("as told by these authors: no sampling interval")
    span = inquiry.events.data_span if inquiry.basis == "data" else None
    if span and (era.start is None or era.start < span[0] or era.end is None or era.end > span[1]):
        notes.append(f"the event data cover {span[0]} to {span[1]}, not the whole era")
    return tuple(notes)
