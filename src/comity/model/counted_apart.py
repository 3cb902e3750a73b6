"""A third party counted apart from all others, so that it has a coefficient of its own in every triad."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from comity.model.history import History, positions
from comity.model.measuring import transform_code, transformed
from comity.model.memory import Memory, whole
from comity.model.rows import EACH, IDENTITY, write_rows
from comity.model.sparse import SparseState
from comity.model.state import Floats, Integers
from comity.model.statistic import Statistic
from comity.model.statistics import Triad


@dataclass(frozen=True, slots=True)
class CountedApart:
    """A triad through one third party alone, or through all others.

    Under ``log1p`` these are log1p(x_k) and log1p(s - x_k), with s the sum over third parties.

    Parameters
    ----------
    others : all third parties but this one
    """

    triad: Triad
    third: int
    actor: str
    transform: int
    others: bool
    as_given: ClassVar[bool] = True

    @property
    def name(self) -> str:
        """The triad, and with or without whom."""
        return f"{self.triad.name}:{'not ' if self.others else ''}{self.actor}"

    def parts(self, memory: Memory, senders: Integers, receivers: Integers) -> Floats:
        """Give one number per row."""
        third = np.full(len(senders), self.third)
        mine: Floats = memory.tie(self.triad.mine)[senders, third]
        alone: Floats = np.minimum(mine, memory.tie(self.triad.theirs)[receivers, third])
        if not self.others:
            return transformed(alone, self.transform)
        if self.transform == EACH:
            return np.maximum(self._total(memory, senders, receivers, EACH) - np.log1p(alone), 0.0)
        left = np.maximum(self._total(memory, senders, receivers, IDENTITY) - alone, 0.0)
        return transformed(left, self.transform)

    def _total(self, memory: Memory, senders: Integers, receivers: Integers, transform: int) -> Floats:
        state = whole(memory.state)
        if isinstance(state, SparseState):
            return transformed(self.triad.parts(memory, senders, receivers), transform)
        out = np.zeros((1, len(senders)))
        write_rows(state, senders, receivers, np.array([self.triad.code]), transform, out)
        total: Floats = out[0]
        return total


def count_apart(
    history: History, actor: str, statistics: Sequence[Statistic], *, transform: str = "log1p"
) -> tuple[Statistic, ...]:
    """Part each triad into one through all third parties but one, and one through that one.

    Raises
    ------
    UnknownNameError : no such actor
    """
    (place,) = positions(history.actors, [actor], what="third party").tolist()
    code = transform_code(transform)
    found: list[Statistic] = []
    for one in statistics:
        if isinstance(one, Triad):
            found += [CountedApart(one, place, actor, code, others) for others in (True, False)]
        else:
            found.append(one)
    return tuple(found)
