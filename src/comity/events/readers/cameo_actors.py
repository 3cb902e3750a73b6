"""Actors written as CAMEO codes: a country, a known group, and roles such as GOV or MIL."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final, NamedTuple

from comity.events.readers.reader import MAX_CACHED, Desk
from comity.events.readers.tables import package_rows
from comity.provenance import NothingFoundError

COUNTRYLESS: Final = "an actor without a country"
A_REGION: Final = "a region, no single actor"
NO_SENDER: Final = "no sender"
NO_RECEIVER: Final = "no receiver"
NO_COUNTRY: Final = "---"  # what Phoenix prints
PIECE: Final = 3  # characters of one part of a code
STATE_CODE: Final = re.compile(r"[A-Z]{3}")


class ActorCode(NamedTuple):
    """One row of the table of codes: what it stands for as a country, region, group or role."""

    code: str
    actor: str  # empty: none that the registry has
    side: str


class Party(NamedTuple):
    """One side of a row: whose act it is, or why that cannot be said.

    `side` is state, organisation, nonstate, unknown (a name that somebody could explain to us) or
    aside (nothing that could ever be an actor of ours; `reason` says what it is).
    """

    actor: str | None
    side: str
    reason: str = ""


class CodedActor(NamedTuple):
    """An actor as a row gives it, in parts."""

    name: str
    country: str = ""
    group: str = ""
    roles: tuple[str, ...] = ()
    code: str = ""  # as printed, where there is a name besides

    @property
    def empty(self) -> bool:
        """Whether nothing says of what country or group it is, or what role it has."""
        return not (self.country or self.group or self.roles)

    @property
    def printed(self) -> str:
        """Name and code, for a reader who looks the row up."""
        return f"{self.name} [{self.code}]" if self.code and self.code != self.name else self.name


@cache
def actor_codes() -> dict[str, dict[str, ActorCode]]:
    """Read the table, by kind (country, region, group, role) and code."""
    found: dict[str, dict[str, ActorCode]] = defaultdict(dict)
    for row in package_rows("cameo_actors.csv"):
        found[row["kind"]][row["code"]] = ActorCode(row["code"], row["actor"], row["side"])
    return dict(found)


@dataclass(eq=False, repr=False)
class CameoActors:
    """Rolls CAMEO actors up to states and organisations; see docs/howto/data-gdelt.md for the rules."""

    desk: Desk
    _known: dict[CodedActor, Party] = field(default_factory=dict)

    def split(self, code: str) -> CodedActor:
        """Take a code such as JPNGOV or IGOEUREEC apart, three letters at a time."""
        pieces = [code[start : start + PIECE] for start in range(0, len(code), PIECE)]
        if code and len(pieces[-1]) != PIECE:
            return CodedActor(code, code)  # no country is written so: unknown
        tables = actor_codes()
        country = group = ""
        roles = []
        for place, piece in enumerate(pieces):
            if piece == NO_COUNTRY:
                continue
            if place == 0 and piece not in tables["role"]:
                country = piece
            elif piece in tables["role"]:
                roles.append(piece)
            elif piece in tables["region"] and not country:
                country = piece
            elif piece in tables["group"]:
                group = group or piece
        if country in tables["group"] and country not in tables["country"] and not self._state(country, None):
            country, group = "", group or country
        return CodedActor(code, country, group, tuple(roles))

    def party(self, actor: CodedActor, day: date) -> Party:
        """Say whose act it is when this actor acts on this day."""
        found = self._known.get(actor)
        if found is None:
            found = self._party(actor, day)
            if self._lasting(actor, found):
                if len(self._known) >= MAX_CACHED:
                    self._known.clear()
                self._known[actor] = found
        return found

    def _lasting(self, actor: CodedActor, found: Party) -> bool:
        """Whether the answer holds on every day: ids do not change hands; names and other codes may."""
        tables = actor_codes()
        if actor.country in tables["country"] or actor.country in self.desk.registry:
            return True
        return found.side == "aside" and not actor.group

    def _party(self, actor: CodedActor, day: date) -> Party:
        tables = actor_codes()
        region = actor.country in tables["region"]
        owner = None if region or not actor.country else self._state(actor.country, day)
        role = next((tables["role"][one].side for one in actor.roles if one in tables["role"]), "")
        codes = (actor.group, *actor.roles)  # UNO is both: the United Nations, and acting for them
        group = next((tables["group"][one] for one in codes if one in tables["group"]), None)
        if owner and (role == "state" or not (actor.roles or actor.group)):
            return Party(owner, "state")
        if group and group.actor and (not owner or group.side == "nonstate" or role == "organisation"):
            return self._of_group(group, day)
        if owner:
            return Party(owner, "nonstate")
        if actor.country and not region:
            return Party(None, "unknown")
        if actor.group or role == "organisation":
            return self._by_name(actor, group, day)
        return Party(None, "aside", A_REGION if region else COUNTRYLESS)

    def _of_group(self, group: ActorCode, day: date) -> Party:
        """Take the group, or what it is a body of: the United Nations for its refugee agency."""
        owner = None if group.side == "nonstate" else self.desk.registry.stands_for(group.actor, day)
        if owner is None:
            return Party(group.actor, "nonstate")
        kind = self.desk.registry.actor(owner).kind
        return Party(owner, "state" if kind == "state" else "organisation")

    def _by_name(self, actor: CodedActor, group: ActorCode | None, day: date) -> Party:
        """Try the printed name, so that an alias in the case can say who an unlisted group is."""
        found = self.desk.roll_up(actor.name, "", "", day)
        if found.actor and found.side != "unknown":
            return Party(found.actor, found.side)
        if group and group.side == "nonstate":
            return Party(None, "aside", COUNTRYLESS)
        return Party(None, "unknown")

    def _state(self, code: str, day: date | None) -> str | None:
        special = actor_codes()["country"].get(code)
        if special is None and not STATE_CODE.fullmatch(code):
            return None
        try:
            actor = self.desk.registry.resolve(special.actor if special else code, at=day)
            owner = self.desk.registry.stands_for(actor.id, day)
            known = self.desk.registry.actor(owner) if owner else None
        except NothingFoundError:
            return None
        return known.id if known and known.kind == "state" else None


def aside_of(sender: CodedActor, receiver: CodedActor) -> str:
    """Say which side of a row is empty; nothing if none is."""
    for actor, missing in ((sender, NO_SENDER), (receiver, NO_RECEIVER)):
        if actor.empty:
            return COUNTRYLESS if actor.name else missing
    return ""


def unknown_names(sides: Iterable[tuple[CodedActor, Party]]) -> tuple[str, ...]:
    """List the names of those whom nobody knows."""
    return tuple(actor.name for actor, party in sides if party.side == "unknown")
