"""Who is who: names to actors, actors to what they belong to and stand for, by date."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache, cached_property
from typing import TypeVar

from comity.actors.actor import NO_ONE, PARTS, Actor, Membership, Office, Role, within
from comity.actors.case_rows import with_case_rows
from comity.actors.errors import AmbiguousActorError, UnknownActorError
from comity.actors.index import ALIAS, Entry, choose, name_index
from comity.actors.names import MAX_NAME, nearest, normalise, readings
from comity.actors.rollup import RollUp, RollUps
from comity.actors.tables import Tables, package_tables
from comity.actors.treaties import Treaties, Treaty, package_treaties
from comity.provenance import ComityError, TableRow

T = TypeVar("T")


class Registry:
    """The actors known to the package and to a case; it never changes.

    Parameters
    ----------
    tables : the actors and the dated rows about them
    read_treaties : called once, when a treaty is asked for first
    """

    def __init__(
        self, tables: Tables, read_treaties: Callable[[], Iterable[Treaty]] = package_treaties
    ) -> None:
        self._tables = tables
        self._read_treaties = read_treaties

    def __iter__(self) -> Iterator[Actor]:
        return iter(self._tables.actors.values())

    def __contains__(self, id: object) -> bool:
        return id in self._tables.actors

    def actor(self, id: str, *, where: str = "") -> Actor:
        """Give the actor with exactly this id.

        Raises
        ------
        UnknownActorError : no actor has it
        """
        known = self._tables.actors.get(id)
        if known is None:
            raise UnknownActorError(id, self._nearest(id), where=where)
        return known

    def resolve(self, name: str, *, at: date | None = None, where: str = "") -> Actor:
        """Find the actor that goes by a name on a day.

        The id itself comes first. Then case, accents, dots and a leading "the" do not matter, and
        an id, name, alias, adjective, code, capital (of its government) or person will do, the
        person with the family name first or last, with or without a title. Among several actors
        those that bear the name on that day are kept; without a day, those that bear it still.

        Raises
        ------
        UnknownActorError : nobody goes by that name
        AmbiguousActorError : several do, and the day does not decide

        Examples
        --------
        >>> load_registry().resolve("the Alliance").id
        'NATO'
        """
        if name in self._tables.actors:
            return self._tables.actors[name]
        found = self._found(name, at) if len(name) <= MAX_NAME else []
        if len(found) > 1:
            raise AmbiguousActorError(name, self._named(found), where=where)
        if not found:
            raise UnknownActorError(name, self._nearest(name), where=where)
        return self._tables.actors[found[0]]

    def stands_for(self, id: str, at: date | None) -> str | None:
        """Name the state or organisation whose act it is when this actor acts on that day.

        A person stands for the actor of the office held that day, a body for what it is part of.
        Nobody: a person without a known office, an aggregate, a non-state actor. Without a day, a
        person stands for the one actor that all known offices are of.
        """
        actor = self.actor(id)
        if actor.kind in NO_ONE:
            return None
        if actor.kind == "person":
            employers = [one.of for one in self.offices(id, at) if one.of]
            if at is None and len(set(employers)) > 1:
                return None
            return self.stands_for(employers[-1], at) if employers else None
        if actor.kind in PARTS and actor.part_of:
            return self.stands_for(actor.part_of, at)
        return None if actor.kind == "territory" else id

    def lineage(self, id: str) -> tuple[str, ...]:
        """List the actor and those before it whose acts count as its own: RUS, then SUN."""
        line = [self.actor(id).id]
        for one in line:  # grows while it is read
            line += [before for before in self._predecessors.get(one, ()) if before not in line]
        return tuple(line)

    def canonical(self, id: str) -> str:
        """Follow successors to the last: SUN gives RUS."""
        seen = [id]
        while (after := self.actor(seen[-1]).successor) and after not in seen:
            seen.append(after)
        return seen[-1]

    def members(self, id: str, at: date) -> tuple[str, ...]:
        """List the members of an organisation or group on a day; members of members stay closed."""
        spells = self._memberships_of.get(self.actor(id).id, ())
        return tuple(sorted({one.member for one in spells if within(at, one.valid_from, one.valid_to)}))

    def groups(self, id: str, at: date) -> tuple[str, ...]:
        """List the organisations and groups that an actor is a member of on a day."""
        spells = self._memberships_by.get(self.actor(id).id, ())
        return tuple(sorted({one.of for one in spells if within(at, one.valid_from, one.valid_to)}))

    def memberships(self, id: str) -> tuple[Membership, ...]:
        """List an actor's spells in organisations and groups."""
        return tuple(self._memberships_by.get(self.actor(id).id, ()))

    def offices(self, person: str, at: date | None = None) -> tuple[Office, ...]:
        """List a person's offices, all or those held on a day, the latest to start last."""
        held = self._offices.get(self.actor(person).id, ())
        return tuple(one for one in held if at is None or within(at, one.valid_from, one.valid_to))

    def roles(self, of: str, at: date | None = None) -> tuple[Role, ...]:
        """List who presides over, leads, hosts, chairs or governs `of`, always or on a day."""
        known = (one for one in self._tables.roles if one.of == self.actor(of).id)
        return tuple(one for one in known if at is None or within(at, one.valid_from, one.valid_to))

    def treaties(self, a: str, b: str, at: date) -> tuple[Treaty, ...]:
        """List the treaties that bind two actors to each other on a day, with what each owes.

        A state's treaties are those of its lineage: the Soviet Union's are Russia's. An organisation
        has the treaty that made it, with the obligations of all its members, and no other: NATO and
        Japan have none, whatever Japan and a member of NATO may have. Members are named by the id
        that `canonical` gives.

        The package has a selection: treaties that bind two of `TREATY_STATES` to each other on a day
        since 2 September 1945, complete to 2018. For other pairs, and for later days, an empty answer
        is not an absence of treaties.

        Examples
        --------
        >>> [treaty.name for treaty in load_registry().treaties("JPN", "CHN", date(1980, 1, 1))]
        ['China–Japan peace and friendship treaty of 1978']
        """
        return self._treaties.between(self.canonical(a), self.canonical(b), at)

    def treaties_of(self, id: str, at: date) -> tuple[Treaty, ...]:
        """List the treaties in force for a state or organisation on a day, the oldest first.

        Each holds what every one of its members owes on that day. Only treaties in the package's
        selection are listed, see `treaties`: an empty answer is not an absence of treaties.
        """
        return self._treaties.of(self.canonical(id), at)

    def roll_up(self, name: str, *, at: date, country: str = "", sectors: str = "") -> RollUp:
        """Tell whose act it is when a data set prints this name, with its country and sectors.

        The name counts first: a state or organisation by name, a body for what it is part of, a
        person for the office held on that day. Otherwise the place in "Police (Japan)" or the
        country, whose state it is if the sectors say government, legislature, courts, police or
        armed forces. Opponents, parties, firms, media and the public are on the side `nonstate`.
        """
        return self._roll_ups.find(name, country, sectors, at)

    def names(self) -> Iterator[str]:
        """Every name that `resolve` knows, in the form that `normalise` gives."""
        return iter(self._index)

    def named(self, name: str, at: date) -> Actor | None:
        """Find the actor whose plain name this is: no adjective, code, capital or surname."""
        if name in self._tables.actors:
            return self._tables.actors[name]
        plain = [one for one in self._index.get(normalise(name[:MAX_NAME]), ()) if one.rank <= ALIAS]
        found = choose(plain, at)
        return self._tables.actors[found[0]] if len(found) == 1 else None

    def turning_days(self, name: str) -> frozenset[date]:
        """List the days on which a plain name may begin to mean, or to stand for, someone else.

        Between two of them `named`, and `stands_for`, `offices` and governing roles of those it may
        mean, give the same answer every day.
        """
        entries = self._index.get(normalise(name[:MAX_NAME]), ())
        spells = [(one.valid_from, one.valid_to) for one in entries]
        seen = [one.actor for one in entries]
        for id in seen:  # grows while it is read
            spells += [(one.valid_from, one.valid_to) for one in self._offices.get(id, ())]
            spells += self._governing.get(id, ())
            owners = [one.of for one in self._offices.get(id, ()) if one.of in self._tables.actors]
            owners += [self._tables.actors[id].part_of] if self._tables.actors[id].part_of else []
            seen += [owner for owner in owners if owner not in seen]
        starts = {start for start, _ in spells if start}
        return frozenset(starts | {end + timedelta(1) for _, end in spells if end and end < date.max})

    def with_rows(self, rows: Iterable[TableRow], *, refused: list[ComityError] | None = None) -> "Registry":
        """Give a registry that also knows the rows of a case's own actors.csv.

        Parameters
        ----------
        rows : see `CASE_COLUMNS`; a row may repeat an id to add names, memberships or an office
        refused : if given, faulty rows are left out and their errors put here

        Raises
        ------
        BadValueError, UnknownActorError : a faulty row, where `refused` is not given
        """
        return Registry(with_case_rows(self._tables, rows, refused), self._read_treaties)

    @cached_property
    def _index(self) -> dict[str, list[Entry]]:
        return name_index(self._tables)

    @cached_property
    def _memberships_of(self) -> dict[str, list[Membership]]:
        return _grouped((one.of, one) for one in self._tables.memberships)

    @cached_property
    def _memberships_by(self) -> dict[str, list[Membership]]:
        return _grouped((one.member, one) for one in self._tables.memberships)

    @cached_property
    def _offices(self) -> dict[str, list[Office]]:
        in_order = sorted(self._tables.offices, key=lambda one: one.valid_from or date.min)
        return _grouped((one.person, one) for one in in_order)

    @cached_property
    def _governing(self) -> dict[str, list[tuple[date | None, date | None]]]:
        return _grouped((one.actor, (one.valid_from, one.valid_to)) for one in self._tables.roles)

    @cached_property
    def _predecessors(self) -> dict[str, list[str]]:
        actors = sorted(self._tables.actors.values(), key=lambda one: one.id)
        return _grouped((one.successor, one.id) for one in actors if one.successor)

    @cached_property
    def _treaties(self) -> Treaties:
        return Treaties(self._read_treaties(), self.canonical)

    @cached_property
    def _roll_ups(self) -> RollUps:
        return RollUps(self)

    def _found(self, name: str, at: date | None) -> list[str]:
        for key, kind in readings(normalise(name)):
            entries = self._index.get(key, [])
            if kind:
                entries = [one for one in entries if self._tables.actors[one.actor].kind == kind]
            if found := choose(entries, at):
                return found
        return []

    def _nearest(self, name: str) -> list[tuple[str, str]]:
        found = [id for key in nearest(name, self._index) for id in choose(self._index[key], None)]
        return self._named(list(dict.fromkeys(found)))

    def _named(self, ids: list[str]) -> list[tuple[str, str]]:
        return [(id, self._tables.actors[id].name) for id in ids]


@cache
def load_registry() -> Registry:
    """Load the registry that the package ships; the same one at every call."""
    return Registry(package_tables())


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    groups: dict[str, list[T]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
