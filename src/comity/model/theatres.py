"""Hostile pressure in the theatre that the other end of a dyad does not belong to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from comity.model.memory import Memory
from comity.model.sparse import SparseTable
from comity.model.state import Floats, Integers
from comity.provenance import BadValueError


@dataclass(frozen=True, slots=True)
class TheatrePressure:
    """What an end of the dyad suffers in theatres that the other end is not in; its parts are by aggressor.

    For the receiver: hostile acts that it received from actors of a theatre that it belongs to and the
    sender does not. If security is one, they move the sender all the same; if theatres are separate, not.

    Parameters
    ----------
    theatres : each theatre and its actors; an actor may be in several
    of_sender : the pressure on the sender, from a theatre without the receiver; else on the receiver
    """

    theatres: tuple[tuple[str, tuple[str, ...]], ...]
    of_sender: bool

    @classmethod
    def both(
        cls, theatres: Mapping[str, Sequence[str]], actors: Sequence[str]
    ) -> tuple["TheatrePressure", "TheatrePressure"]:
        """Make the one of the sender and the one of the receiver.

        Raises
        ------
        BadValueError : fewer than two theatres have one of `actors`
        """
        known = set(actors)
        kept = tuple((name, tuple(sorted(set(members) & known))) for name, members in theatres.items())
        present = [name for name, members in kept if members]
        if len(present) < 2:
            raise BadValueError(
                f"only {len(present)} of {len(kept)} theatres with actors here",
                where="theatres",
                allowed="At least two, with names as in the events.",
            )
        return cls(kept, True), cls(kept, False)

    @property
    def name(self) -> str:
        """As in the table of results."""
        return f"theatre.pressure.{'source' if self.of_sender else 'target'}"

    def parts(self, memory: Memory, senders: Integers, receivers: Integers) -> Floats:
        """Give one number per row and aggressor."""
        at, away = (senders, receivers) if self.of_sender else (receivers, senders)
        inside = self._inside(memory.actors)
        elsewhere = (inside[at] & ~inside[away]).astype(np.float64) @ inside.T.astype(np.float64) > 0
        return memory.received(1)[at] * elsewhere

    def totals(self, memory: Memory, senders: Integers, receivers: Integers) -> Floats:
        """Give the sums of the parts: actors in the same theatres are alike as the other end."""
        at, away = (senders, receivers) if self.of_sender else (receivers, senders)
        inside = self._inside(memory.actors)
        alike, pattern = np.unique(inside, axis=0, return_inverse=True)
        received = memory.received(1)
        if isinstance(received, SparseTable):
            rows, columns, values = received.entries()
        else:
            rows, columns = np.nonzero(received)
            values = received[rows, columns]
        tables = np.zeros((len(alike), len(memory.actors)))
        for i, other in enumerate(alike):
            elsewhere = (inside[rows] & inside[columns] & ~other).any(axis=1)
            tables[i] = np.bincount(rows, weights=values * elsewhere, minlength=len(memory.actors))
        return tables[pattern.ravel()[away], at]

    def _inside(self, actors: tuple[str, ...]) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        """(n, theatres): who is where."""
        return np.array([[name in members for _, members in self.theatres] for name in actors], dtype=bool)
