"""In how many groups two actors both are, on the day."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import ClassVar

import numpy as np

from comity.actors import Registry, UnknownActorError
from comity.model.errors import UnknownNameError
from comity.model.memory import Memory
from comity.model.state import Floats, Integers

Spell = tuple[str, str, date | None, date | None]


@dataclass(frozen=True, slots=True)
class SharedMembership:
    """In how many groups sender and receiver both are, on the day; its parts are by group.

    Parameters
    ----------
    spells : member, group, first and last day (both inclusive, ``None``: open)
    """

    spells: tuple[Spell, ...]
    name: ClassVar[str] = "shared.membership"

    @classmethod
    def of_registry(
        cls, registry: Registry, actors: Sequence[str], *, groups: Iterable[str] = ()
    ) -> "SharedMembership":
        """Take the memberships that the registry knows.

        Parameters
        ----------
        actors : ids or plain names
        groups : only these; by default all organisations and groups

        Raises
        ------
        UnknownNameError : actors that the registry does not know

        Examples
        --------
        >>> from comity.actors import load_registry
        >>> shared = SharedMembership.of_registry(load_registry(), ["JPN", "USA"], groups=["G7", "NATO"])
        >>> [(member, group) for member, group, _, _ in shared.spells]
        [('JPN', 'G7'), ('USA', 'G7'), ('USA', 'NATO')]
        """
        wanted = {registry.resolve(one).id for one in groups}
        spells: list[Spell] = []
        unknown = []
        for name in actors:
            try:
                known = registry.resolve(name.replace("_", " ")).id
            except UnknownActorError:
                unknown.append(name)
                continue
            spells += [
                (name, one.of, one.valid_from, one.valid_to)
                for one in registry.memberships(known)
                if not wanted or one.of in wanted
            ]
        if unknown:
            raise UnknownNameError(
                f"{len(unknown)} of {len(actors)} actors are not known: {', '.join(unknown[:5])}",
                where=cls.name,
                allowed="Ids or names of states and organisations.",
                remedy="Write their ids, or give the memberships as a table.",
            )
        return cls(tuple(spells))

    @property
    def parties(self) -> tuple[str, ...]:
        """The groups, in order of the alphabet."""
        return tuple(sorted({group for _, group, _, _ in self.spells}))

    def parts(self, memory: Memory, senders: Integers, receivers: Integers) -> Floats:
        """Give one number per row and group: 1 if both are members."""
        member = _members(self.spells, self.parties, memory.actors, memory.day)
        return member[senders] * member[receivers]

    def totals(self, memory: Memory, senders: Integers, receivers: Integers) -> Floats:
        """Give the sums of the parts."""
        member = _members(self.spells, self.parties, memory.actors, memory.day)
        if memory.is_sparse:
            return np.asarray(np.einsum("ij,ij->i", member[senders], member[receivers]), dtype=np.float64)
        shared = member @ member.T
        return np.asarray(shared[senders, receivers], dtype=np.float64)


@lru_cache(maxsize=2)
def _members(
    spells: tuple[Spell, ...], groups: tuple[str, ...], actors: tuple[str, ...], day: date
) -> Floats:
    """Give (actors, groups): 1 for a member on the day."""
    row, column = ({name: i for i, name in enumerate(names)} for names in (actors, groups))
    found = np.zeros((len(actors), len(groups)))
    for name, group, start, end in spells:
        if name in row and (start is None or start <= day) and (end is None or day <= end):
            found[row[name], column[group]] = 1.0
    return found
