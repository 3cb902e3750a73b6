"""Acts sorted into the dyads they belong to."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from comity.events import Acts
from comity.ties.memory import Ints

Dyad = tuple[str, str]


@dataclass(frozen=True)
class ByDyad:
    """Acts, the dyads among them in order, and for each act the place of its dyad."""

    acts: Acts
    dyads: tuple[Dyad, ...]
    place: Ints

    @classmethod
    def of(cls, acts: Acts) -> "ByDyad":
        """Sort acts into dyads."""
        senders, receivers = acts.sender.astype(str), acts.receiver.astype(str)
        names = np.unique(np.concatenate([senders, receivers]))
        ends = np.searchsorted(names, senders) * len(names) + np.searchsorted(names, receivers)
        pairs, place = np.unique(ends, return_inverse=True)
        dyads = [(str(names[one // len(names)]), str(names[one % len(names)])) for one in pairs.tolist()]
        return cls(acts, tuple(dyads), place.astype(np.int64))

    @cached_property
    def places(self) -> dict[Dyad, int]:
        """The place of each dyad."""
        return {dyad: place for place, dyad in enumerate(self.dyads)}

    def between(self, pairs: Sequence[Dyad]) -> tuple[Acts, Ints]:
        """Select the acts of some pairs, and number each act by its pair's place in `pairs`."""
        known = [(number, self.places[pair]) for number, pair in enumerate(pairs) if pair in self.places]
        rows = [self._rows[place] for _, place in known]
        if not rows:
            return self.acts.select(np.zeros(0, dtype=np.int64)), np.zeros(0, dtype=np.int64)
        numbers = np.repeat([number for number, _ in known], [len(one) for one in rows])
        return self.acts.select(np.concatenate(rows)), numbers.astype(np.int64)

    @cached_property
    def _rows(self) -> list[Ints]:
        order = np.argsort(self.place, kind="stable")
        starts = np.searchsorted(self.place[order], np.arange(1, len(self.dyads)))
        return np.split(order, starts)
