"""Any statistic, of acts of one kind only."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.model.memory import Memory
from comity.model.state import Floats, Integers
from comity.model.statistic import Statistic


@dataclass(frozen=True, slots=True)
class OfKind:
    """A statistic that remembers acts of one kind only: repetition of deeds, say.

    Parameters
    ----------
    kind : as in the history: "talk", "institutions", "deeds", or a word of your own
    """

    kind: str
    statistic: Statistic

    @property
    def name(self) -> str:
        """The kind before the name of the statistic."""
        return f"{self.kind}.{self.statistic.name}"

    @property
    def inner_code(self) -> int:
        """The number of the fast path, on the memory of this kind; -1 for none."""
        code: int = getattr(self.statistic, "code", -1)
        return code

    def parts(self, memory: Memory, senders: Integers, receivers: Integers) -> Floats:
        """Give what the statistic gives on the memory of this kind."""
        return self.statistic.parts(memory.of_kind(self.kind), senders, receivers)

    def totals(self, memory: Memory, senders: Integers, receivers: Integers) -> Floats:
        """Give the sums of the parts, where the statistic has them."""
        inner: Any = self.statistic
        return np.asarray(inner.totals(memory.of_kind(self.kind), senders, receivers), dtype=np.float64)
