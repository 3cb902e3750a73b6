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
SHORT: Final = 4  # adjectives, and names that only the context makes plain: "the Alliance", "Kim"
CODE: Final = 5  # of the Correlates of War and of Gleditsch and Ward
CAPITAL: Final = 6
SURNAME: Final = 7
_RANK_OF_USE: Final = {"own": OWN, "short": SHORT, "adjective": SHORT, "code": CODE, "capital": CAPITAL}


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
    """Choose among the actors that go by a name; more than one id back: it is not decided.

    On a day, those that bear the name then; of these, those whose name it is most plainly. Without
    a day, those whose name it is most plainly; of these, those that bear it still. A capital is a
    name of a government only while it is the capital; any other name keeps its meaning when its
    time is over, unless another actor bears it on that day.
    """
    if at is not None:
        entries = [one for one in entries if one.means_it(at) or one.rank != CAPITAL]
        return _ids(_plainest([one for one in entries if one.means_it(at)] or entries))
    plainest = _plainest(entries)
    return _ids([one for one in plainest if one.means_it(at)] or plainest)


def _plainest(entries: list[Entry]) -> list[Entry]:
    best = min((one.rank for one in entries), default=OWN)
    return [one for one in entries if one.rank == best]


def _ids(entries: list[Entry]) -> list[str]:
    return sorted({one.actor for one in entries})


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
        yield normalise(actor.adjective), Entry(actor.id, SHORT, *spell)
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
    """Read the surname from the id: GATES of Robert Gates, BUSH of USA.BUSH_SR, KIM of KIM_JONG_IL."""
    name, marked = normalise(actor.name), normalise(actor.id.rpartition(".")[2])
    if f" {marked} " in f" {name} " and marked != name:
        return marked
    first = marked.split()[0]
    return first if first in name.split() else name.split()[-1]


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
