"""From a normalised name to the actors that go by it, in order of how plainly the name is theirs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from comity.actors.actor import Actor, Alias, Office, within
from comity.actors.names import normalise, orders
from comity.actors.tables import Tables

# Ranks: among actors that answer to a name on a day, the lowest wins.
OWN: Final = 0  # a name that the case itself adds
ID: Final = 1
NAME: Final = 2
ALIAS: Final = 3
CODE: Final = 4  # of the Correlates of War and of Gleditsch and Ward
CAPITAL: Final = 5
SURNAME: Final = 6
_RANK_OF_USE: Final = {"own": OWN, "name": NAME, "code": CODE, "capital": CAPITAL}


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of one actor, and the days on which the name means this actor."""

    actor: str
    rank: int
    valid_from: date | None = None
    valid_to: date | None = None

    def means_it(self, at: date | None) -> bool:
        """Whether the name is in use on that day; without a day, whether its use has no end."""
        return self.valid_to is None if at is None else within(at, self.valid_from, self.valid_to)


def name_index(tables: Tables) -> dict[str, list[Entry]]:
    """Index every id, name, alias, code, capital and surname by its normalised form."""
    index: dict[str, list[Entry]] = {}
    for name, entry in _entries(tables):
        index.setdefault(name, []).append(entry)
    index.pop("", None)
    return index


def choose(entries: list[Entry], at: date | None) -> list[str]:
    """Choose among the actors that go by a name; more than one id back: the day does not decide.

    A capital is a name of a government only while it is the capital. Any other name keeps its
    meaning when its time is over, unless another actor bears it on that day.
    """
    bearers = [one for one in entries if one.means_it(at)]
    bearers = bearers or [one for one in entries if at is None or one.rank != CAPITAL]
    best = min((one.rank for one in bearers), default=0)
    return sorted({one.actor for one in bearers if one.rank == best})


def _entries(tables: Tables) -> Iterator[tuple[str, Entry]]:
    dated_capitals = {(one.actor, one.alias) for one in tables.aliases if one.use == "capital"}
    offices: dict[str, list[Office]] = {}
    for office in tables.offices:
        offices.setdefault(office.person, []).append(office)
    for actor in tables.actors.values():
        yield from _own_names(actor)
        if actor.kind == "person":
            yield from _person_names(actor, offices.get(actor.id, []))
        if actor.capital and (actor.id, actor.capital) not in dated_capitals:
            yield normalise(actor.capital), Entry(actor.id, CAPITAL, actor.valid_from, actor.valid_to)
    for alias in tables.aliases:
        yield from _alias_names(alias, tables.actors[alias.actor])


def _own_names(actor: Actor) -> Iterator[tuple[str, Entry]]:
    spell = (actor.valid_from, actor.valid_to)
    yield normalise(actor.id), Entry(actor.id, ID, *spell)
    yield normalise(actor.name), Entry(actor.id, NAME, *spell)
    if actor.adjective:
        yield normalise(actor.adjective), Entry(actor.id, ALIAS, *spell)
    if actor.iso3 and actor.iso3 != actor.id:
        yield normalise(actor.iso3), Entry(actor.id, CODE, *spell)
    if actor.cow_abbr:
        yield normalise(actor.cow_abbr), Entry(actor.id, CODE, *spell)
    for system, code in (("cow", actor.cow_code), ("gw", actor.gw_code)):
        if code:
            yield f"{system} {code}", Entry(actor.id, CODE, *spell)
            yield code, Entry(actor.id, CODE, *spell)


def _person_names(actor: Actor, offices: list[Office]) -> Iterator[tuple[str, Entry]]:
    for full_name in orders(actor.name):
        yield full_name, Entry(actor.id, NAME)
    surname = _surname(actor)
    yield surname, Entry(actor.id, SURNAME, date.max, date.max)  # known, though in no office
    for office in offices:
        yield surname, Entry(actor.id, SURNAME, office.valid_from, office.valid_to)


def _surname(actor: Actor) -> str:
    """The word of the name that the id repeats (USA.BUSH_GW: bush), else the last word."""
    words = normalise(actor.name).split()
    marked = normalise(actor.id.rpartition(".")[2]).split()
    repeated = [word for word in words if word in marked]
    return (repeated or words)[-1]


def _alias_names(alias: Alias, actor: Actor) -> Iterator[tuple[str, Entry]]:
    rank = _RANK_OF_USE.get(alias.use, ALIAS)
    start, end = alias.valid_from, alias.valid_to
    if alias.use != "former":
        start, end = start or actor.valid_from, end or actor.valid_to
    names = (
        orders(alias.alias) if actor.kind == "person" and " " in alias.alias else (normalise(alias.alias),)
    )
    for name in names:
        yield name, Entry(alias.actor, rank, start, end)
