"""What a statistic has to have."""

from typing import Protocol, runtime_checkable

from comity.model.memory import Memory
from comity.model.state import Floats, Integers


@runtime_checkable
class Statistic(Protocol):
    """A name and one method; see `Repetition` for a short one.

    A statistic may also have `as_given` (true: no transform is applied), `parties` (names of the columns
    of its parts, if they are not the actors), and `totals`, which gives the sums of the parts quicker.
    """

    @property
    def name(self) -> str:
        """The name in tables."""

    def parts(self, memory: Memory, senders: Integers, receivers: Integers) -> Floats:
        """Give (rows,), or (rows, actors) with one part per third party or partner."""
