"""Numbers of each ordered pair that are brought from outside, always the same or dated."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np

from comity.model.errors import MissingValueError
from comity.model.history import number_of, positions
from comity.model.memory import Memory
from comity.model.state import Floats, Integers
from comity.provenance import BadValueError

DAY_SPAN: Final = 2**22  # more days than there are from year 1 to year 9999
FIRST_DAY: Final = number_of(date.min)
LAST_DAY: Final = number_of(date.max)


@dataclass(frozen=True, slots=True, eq=False)
class Covariate:
    """A number of each ordered pair brought from outside: distance, a capability ratio.

    It enters as it is given: no transform is applied.

    Parameters
    ----------
    name : the name in tables
    values : (n, n), sender by receiver, in the order of the actors
    """

    name: str
    values: Floats
    as_given: bool = True

    def parts(self, memory: Memory, senders: Integers, receivers: Integers) -> Floats:
        """Give one number per row."""
        size = len(memory.actors)
        if self.values.shape != (size, size):
            raise BadValueError(
                f"covariate {self.name} is {self.values.shape}", allowed=f"Here ({size}, {size})."
            )
        return self.values[senders, receivers]


@dataclass(frozen=True, slots=True, eq=False)
class DatedCovariate:
    """A number of each ordered pair that holds from a day to a day; it enters as it is given.

    Parameters
    ----------
    name : the name in tables
    actors : as in the history that it is used with
    key : (spells,), rising: the pair and the first day, packed
    last : (spells,), the last day
    values : (spells,)
    default : for pairs and days without a spell; none: they are refused
    """

    name: str
    actors: tuple[str, ...]
    key: Integers
    last: Integers
    values: Floats
    default: float | None = None
    as_given: bool = True

    @classmethod
    def of(
        cls,
        name: str,
        actors: Sequence[str],
        senders: Sequence[str],
        receivers: Sequence[str],
        values: Sequence[float],
        *,
        starts: Sequence[date | None] | None = None,
        ends: Sequence[date | None] | None = None,
        both_ways: bool = False,
        default: float | None = None,
    ) -> "DatedCovariate":
        """Build from columns; entries of actors who are not at hand are left aside.

        Parameters
        ----------
        actors : in the order of the history
        starts, ends : first and last day of each value (both inclusive, ``None``: open)
        both_ways : every entry also holds for the receiver towards the sender

        Raises
        ------
        BadValueError : two values for one pair and day, a value that is no number, an end before its start

        Examples
        --------
        >>> near = DatedCovariate.of("near", ["A", "B"], ["A"], ["B"], [1.0], both_ways=True)
        >>> near.at(np.array([0, 1]), np.array([1, 0]), date(2020, 1, 1))
        array([1., 1.])
        """
        known = set(actors)
        pairs = zip(senders, receivers, strict=True)
        kept = [i for i, (a, b) in enumerate(pairs) if a in known and b in known]
        a = positions(actors, [senders[i] for i in kept])
        b = positions(actors, [receivers[i] for i in kept])
        first = np.array([number_of(starts[i] or date.min) if starts else FIRST_DAY for i in kept], np.int64)
        last = np.array([number_of(ends[i] or date.max) if ends else LAST_DAY for i in kept], np.int64)
        value = np.array([values[i] for i in kept], dtype=np.float64)
        if both_ways:
            a, b, kept = np.concatenate([a, b]), np.concatenate([b, a]), [*kept, *kept]
            first, last, value = np.tile(first, 2), np.tile(last, 2), np.tile(value, 2)
        key = (a * len(actors) + b) * DAY_SPAN + (first - FIRST_DAY)
        order = np.argsort(key, kind="stable")
        found = cls(name, tuple(actors), key[order], last[order], value[order], default)
        found._check(first[order], np.array(kept, dtype=np.int64)[order])
        return found

    def parts(self, memory: Memory, senders: Integers, receivers: Integers) -> Floats:
        """Give one number per row.

        Raises
        ------
        MissingValueError : a pair without a value on this day, and no default
        """
        if memory.actors != self.actors:
            raise BadValueError(
                f"covariate {self.name} was made for other actors",
                remedy="Make it for the actors of this history, in their order.",
            )
        return self.at(senders, receivers, memory.day)

    def at(self, senders: Integers, receivers: Integers, day: date) -> Floats:
        """Give the values of pairs on a day; an actor towards itself has 0."""
        number = number_of(day)
        pair = senders * len(self.actors) + receivers
        place = np.searchsorted(self.key, pair * DAY_SPAN + (number - FIRST_DAY), side="right") - 1
        spell = np.maximum(place, 0)
        held = np.zeros(len(pair), dtype=bool)
        if len(self.key):
            held = (place >= 0) & (self.key[spell] // DAY_SPAN == pair) & (self.last[spell] >= number)
        missing = ~held & (senders != receivers)
        if missing.any() and self.default is None:
            i = int(np.flatnonzero(missing)[0])
            raise MissingValueError(
                f"no {self.name} for {self.actors[senders[i]]} to {self.actors[receivers[i]]} on {day}",
                where=f"covariate {self.name}",
                allowed="A value for every ordered pair that could act, or a default.",
                remedy="Add the line, let lines count both ways, or give a default for pairs without one.",
            )
        out = np.where(missing, 0.0 if self.default is None else self.default, 0.0)
        out[held] = self.values[spell[held]]
        return out

    def _check(self, first: Integers, entry: Integers) -> None:
        pair = self.key // DAY_SPAN
        twice = np.zeros(len(pair), dtype=bool)
        twice[1:] = (pair[1:] == pair[:-1]) & (first[1:] <= self.last[:-1])
        for wrong, what in (
            (~np.isfinite(self.values), "a value that is not a number"),
            (self.last < first, "an end before its start"),
            (twice, "a second value for the same pair and day"),
        ):
            if wrong.any():
                at = int(np.flatnonzero(wrong)[0])
                a, b = divmod(int(pair[at]), len(self.actors))
                raise BadValueError(
                    f"{what}: {self.name} for {self.actors[a]} to {self.actors[b]}",
                    where=f"row {int(entry[at]) + 1}",
                )
