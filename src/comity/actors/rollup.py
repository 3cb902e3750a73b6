"""From a name in a data set to the actor whose act it is."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Final, Protocol

from comity.actors.actor import Actor, Office, Role, within
from comity.actors.tables import package_rows

MOVEMENT: Final = "a movement or group that is no state"
NOWHERE: Final = "no country, and no actor of that name"
REGION: Final = "a region or an aggregate, no single actor"
OUTSIDE: Final = "an international organisation, or someone of one, that the registry does not have"
OVERRIDES: Final = 0  # precedence of a word that counts more than the sectors printed with it
LEADERS: Final = ("head_of_state", "head_of_government")
_HEAD_OF_PLACE: Final = re.compile(r"(?P<head>.*\S) ?\((?P<place>.+)\)")


@dataclass(frozen=True, slots=True)
class RollUp:
    """Whose act it is, and on which side it counts.

    A side of `nonstate` still names the state it lives in, so that a reader who wants citizens and
    rebels counted can have them; `unknown` names nobody. The answer is the same on every day from
    `first_day` to `last_day`, both inclusive, ``None`` open.
    """

    actor: str | None
    side: str  # state, organisation, nonstate, unknown
    sector: str  # the word that decided, or empty where the name did
    reason: str
    first_day: date | None = field(default=None, compare=False)
    last_day: date | None = field(default=None, compare=False)

    def holds_on(self, day: date) -> bool:
        """Tell whether the answer is known to be the same on that day."""
        return within(day, self.first_day, self.last_day)


@dataclass(frozen=True, slots=True)
class Sector:
    """What a sector word says about the side; of several words the lowest precedence decides."""

    sector: str
    precedence: int
    side: str
    reason: str


def package_sectors() -> dict[str, Sector]:
    """Read the table of sector words."""
    rows = package_rows("sectors")
    return {
        row["sector"]: Sector(row["sector"], row.integer("precedence"), row["side"], row["reason"])
        for row in rows
    }


class Directory(Protocol):
    """What a roll-up asks of the registry."""

    def actor(self, id: str) -> Actor: ...  # noqa: D102
    def named(self, name: str, at: date) -> Actor | None: ...  # noqa: D102
    def turning_days(self, name: str) -> frozenset[date]: ...  # noqa: D102
    def stands_for(self, id: str, at: date | None) -> str | None: ...  # noqa: D102
    def offices(self, person: str, at: date | None = None) -> tuple[Office, ...]: ...  # noqa: D102
    def roles(self, of: str, at: date | None = None) -> tuple[Role, ...]: ...  # noqa: D102


class RollUps:
    """The rules that lead from a name, its country and its sectors to an actor."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._sectors = package_sectors()
        self._decisive: dict[str, tuple[Sector, ...]] = {}  # by sectors as printed, most decisive first
        self._turning: dict[tuple[str, str], list[date]] = {}

    def find(self, name: str, country: str, sectors: str, at: date) -> RollUp:
        """Try the name itself, then the place in "Police (Japan)", then the country; see `RollUp`."""
        found = self._find(name, country, sectors, at)
        turning = self._turning.get((name, country))
        if turning is None:
            turning = self._turning[name, country] = self._turning_days(name, country)
        place = bisect_right(turning, at)
        return replace(
            found,
            first_day=turning[place - 1] if place else None,
            last_day=turning[place] - timedelta(1) if place < len(turning) else None,
        )

    def _turning_days(self, name: str, country: str) -> list[date]:
        """List the days on which an answer may change: the meaning of a text, or who holds an office."""
        parts = _HEAD_OF_PLACE.fullmatch(name)
        texts = (name, country, parts["place"] if parts else "")
        return sorted({day for text in texts if text for day in self._directory.turning_days(text)})

    def _find(self, name: str, country: str, sectors: str, at: date) -> RollUp:
        home = self._directory.named(country, at) if country else None
        actor = self._directory.named(name, at)
        if actor is not None and (found := self._of_actor(actor, home, at)):
            return found
        parts = _HEAD_OF_PLACE.fullmatch(name)
        place = self._directory.named(parts["place"], at) if parts else None
        if place is not None and place.kind == "nonstate":
            return RollUp(place.id, "nonstate", "", MOVEMENT)
        if country and home is None:
            return RollUp(None, "unknown", "", "a country that the registry does not have")
        said = self._said(parts["head"] if parts else name, sectors)
        return self._of_place(home or place, said, at)

    def _of_actor(self, actor: Actor, home: Actor | None, at: date) -> RollUp | None:
        """Follow a name in the registry; nothing where it is a namesake in another country.

        A leader is no namesake: the president of France is printed with Andorra, whose prince he is.
        """
        if actor.kind == "aggregate":
            return RollUp(None, "unknown", "", REGION)
        if actor.kind == "nonstate":
            return RollUp(actor.id, "nonstate", "", MOVEMENT)
        owner = self._directory.stands_for(actor.id, at)
        if owner is None:
            return None
        side = self._side(owner)
        elsewhere = home is not None and self._directory.stands_for(home.id, at) != owner
        if side == "state" and elsewhere and not self._leads(actor, at):
            return None
        if actor.kind == "party" and not self._governs(actor, owner, at):
            return RollUp(owner, "nonstate", "", "a party that does not govern")
        return RollUp(owner, side, "", "in office on that day" if actor.kind == "person" else "by its name")

    def _of_place(self, place: Actor | None, said: tuple[Sector, ...], at: date) -> RollUp:
        owner = self._directory.stands_for(place.id, at) if place else None
        side = self._side(owner) if owner else "unknown"
        if side == "organisation":
            said = tuple(one for one in said if one.side != side)
        word, says, reason = (said[0].sector, said[0].side, said[0].reason) if said else ("", "", "")
        if place is None:
            return RollUp(None, "unknown", word, OUTSIDE if says == "organisation" else NOWHERE)
        if owner is None:
            return RollUp(None, "unknown", word, REGION)
        if says == "organisation":
            return RollUp(None, "unknown", word, OUTSIDE)
        if says == "nonstate":
            return RollUp(owner, "nonstate", word, reason)
        if says == "state" or side == "organisation":
            return RollUp(owner, side, word, reason or "a part of the organisation")
        return RollUp(owner, "nonstate", word, "no sector says that it acts for the state")

    def _said(self, head: str, sectors: str) -> tuple[Sector, ...]:
        if sectors not in self._decisive:
            words = {word.strip() for word in sectors.split(",")}
            known = [self._sectors[word] for word in words if word in self._sectors]
            self._decisive[sectors] = tuple(sorted(known, key=lambda one: (one.precedence, one.sector)))
        known_head = self._sectors.get(head)
        if known_head is not None and (known_head.precedence == OVERRIDES or not sectors):
            return (known_head, *self._decisive[sectors])
        return self._decisive[sectors]

    def _side(self, owner: str) -> str:
        return "state" if self._directory.actor(owner).kind == "state" else "organisation"

    def _leads(self, actor: Actor, at: date) -> bool:
        offices = self._directory.offices(actor.id, at) if actor.kind == "person" else ()
        return any(one.office_kind in LEADERS for one in offices)

    def _governs(self, party: Actor, state: str, at: date) -> bool:
        roles = self._directory.roles(state, at)
        return any(one.actor == party.id and one.role == "governing_party" for one in roles)
