"""A third party counted apart from all others, so that it has a coefficient of its own in every triad."""

from collections.abc import Container, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from comity.model.history import History, positions
from comity.model.measuring import measure_fast, transform_code, transformed
from comity.model.memory import Memory
from comity.model.rows import EACH, IDENTITY
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
        alone = self.triad.through(self.third, memory, senders, receivers)
        if not self.others:
            return transformed(alone, self.transform)
        if self.transform == EACH:
            return np.maximum(
                measure_fast(self.triad, memory, senders, receivers, EACH) - np.log1p(alone), 0.0
            )
        left = np.maximum(measure_fast(self.triad, memory, senders, receivers, IDENTITY) - alone, 0.0)
        return transformed(left, self.transform)


def count_apart(
    history: History,
    actor: str,
    statistics: Sequence[Statistic],
    *,
    terms: Container[str] | None = None,
    transform: str = "log1p",
) -> tuple[Statistic, ...]:
    """Part each triad into one through all third parties but one, and one through that one.

    Parameters
    ----------
    terms : names of the triads to part (default: all)

    Raises
    ------
    UnknownNameError : no such actor
    """
    (place,) = positions(history.actors, [actor], what="third party").tolist()
    code = transform_code(transform)
    found: list[Statistic] = []
    for one in statistics:
        if isinstance(one, Triad) and (terms is None or one.name in terms):
            found += [CountedApart(one, place, actor, code, others) for others in (True, False)]
        else:
            found.append(one)
    return tuple(found)
