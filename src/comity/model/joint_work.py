"""Work side by side in a third place: what both ends of a dyad do for the same third party."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from comity.model.memory import Memory
from comity.model.rows import min_sums
from comity.model.sparse import SparseTable
from comity.model.state import Floats, Integers


@dataclass(frozen=True, slots=True)
class JointWork:
    """What sender and receiver both did for the same third party: the smaller of the two, added up.

    Only acts of cooperation sent to the third party count, not what it sends back: two donors to one
    country are joined by it, two who are both its friends are not. Event data rarely say where an act took
    place, so acts towards those who govern a place stand for work in it. With acts of one kind
    (``deeds.joint.work``) it is aid and joint operations alone.

    Parameters
    ----------
    places : the third parties that count; by default all
    """

    places: tuple[str, ...] = ()
    name: ClassVar[str] = "joint.work"

    def parts(self, memory: Memory, senders: Integers, receivers: Integers) -> Floats:
        """Give one number per row and third party."""
        did = memory.pair(0)
        least = np.minimum(did[senders], did[receivers])
        return least * self._counts(memory.actors) if self.places else least

    def totals(self, memory: Memory, senders: Integers, receivers: Integers) -> Floats:
        """Give the sums of the parts."""
        did, out = memory.pair(0), np.zeros(len(senders))
        if isinstance(did, SparseTable):
            counted = did.times(self._counts(memory.actors)) if self.places else did
            return counted.min_sums(senders, receivers)
        did = did * self._counts(memory.actors) if self.places else did
        min_sums(did, senders, receivers, out)
        return out

    def _counts(self, actors: tuple[str, ...]) -> Floats:
        return np.array([float(name in self.places) for name in actors])
