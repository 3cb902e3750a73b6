"""The names of an import that nobody knows, and how each stands with the registry of today."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from comity.actors import AmbiguousActorError, Registry, UnknownActorError

UNKNOWN: Final = "unknown"
AMBIGUOUS: Final = "several actors"
REGION: Final = "a region"
NO_OFFICE: Final = "no office on the day"
KNOWN_NOW: Final = "known now"


@dataclass(frozen=True, slots=True)
class UnmappedName:
    """One name that stood in refused rows.

    Parameters
    ----------
    rows : how many of them
    state : unknown; several actors (go by it); a region; no office on the day (a person whom the
        registry knows); known now (an import again would take it)
    candidates : ids of the actors of that name, or of those with the nearest names
    """

    name: str
    rows: int
    state: str
    candidates: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Give everything as plain values."""
        return {
            "name": self.name,
            "rows": self.rows,
            "state": self.state,
            "candidates": list(self.candidates),
        }


def unmapped_names(names: Iterable[tuple[str, int]], registry: Registry, *, at: date) -> list[UnmappedName]:
    """Look names up again, in the order given.

    Parameters
    ----------
    at : a day of the data
    """
    return [_looked_up(name, rows, registry, at) for name, rows in names]


def _looked_up(name: str, rows: int, registry: Registry, at: date) -> UnmappedName:
    try:
        actor = registry.resolve(name, at=at)
    except AmbiguousActorError as error:
        return UnmappedName(name, rows, AMBIGUOUS, tuple(id for id, _ in error.candidates))
    except UnknownActorError as error:
        return UnmappedName(name, rows, UNKNOWN, tuple(id for id, _ in error.nearest))
    states = {"aggregate": REGION, "person": NO_OFFICE}
    if actor.kind not in states and registry.roll_up(name, at=at).side != "unknown":
        return UnmappedName(name, rows, KNOWN_NOW, (actor.id,))
    return UnmappedName(name, rows, states.get(actor.kind, UNKNOWN), (actor.id,))
