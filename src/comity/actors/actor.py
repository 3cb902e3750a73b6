"""Actors and what is dated about them: names, memberships, roles, offices."""

from dataclasses import dataclass
from datetime import date
from typing import Final

KINDS: Final = (
    "state",
    "territory",
    "alliance",
    "organisation",
    "group",
    "force",
    "body",
    "office",
    "fund",
    "party",
    "person",
    "nonstate",
    "aggregate",
)
PARTS: Final = ("territory", "force", "body", "office", "fund", "party")  # stand for what they are in
NO_ONE: Final = ("nonstate", "aggregate")  # never stand for a state or an organisation


def within(day: date, start: date | None, end: date | None) -> bool:
    """Tell whether `day` lies from `start` to `end`, both inclusive, ``None`` open."""
    return (start is None or start <= day) and (end is None or day <= end)


@dataclass(frozen=True, slots=True)
class Actor:
    """A state, organisation, body or person that acts; ``valid_from`` to ``valid_to`` inclusive."""

    id: str
    name: str
    kind: str
    adjective: str = ""
    part_of: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    successor: str = ""
    capital: str = ""
    iso3: str = ""
    cow_code: str = ""
    cow_abbr: str = ""
    gw_code: str = ""
    source: str = ""
    checked: bool = False  # whether a source confirmed the row


@dataclass(frozen=True, slots=True)
class Alias:
    """One more name of an actor, and the days on which it is in use."""

    alias: str
    actor: str
    use: str  # name, short, adjective, capital, code, former; "own" for a name that a case adds
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Membership:
    """A spell of `member` in the organisation or group `of`."""

    member: str
    of: str
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    source: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Role:
    """A spell of `actor` as presidency, lead, host, chair or governing party of `of`."""

    actor: str
    role: str
    of: str
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    source: str = ""
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """A spell of a person in an office of the actor `of`."""

    person: str
    office: str
    office_kind: str  # head_of_state, head_of_government, foreign_minister, secretary_general, ...
    of: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    checked: bool = False
