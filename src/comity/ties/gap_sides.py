"""Who stands for each side of a pair on a day: an actor itself, or the members of an alliance."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from comity.actors import Registry
from comity.provenance import UsageError

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Sides:
    """A pair, how an alliance is looked at, and whom to leave out of its members."""

    registry: Registry
    pair: Pair
    view: str
    without: tuple[str, ...]
    _found: dict[tuple[str, date], tuple[str, ...]] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        a, b = self.pair
        if a == b:
            raise UsageError(f"{a} with itself", allowed="A gap lies between two actors.")
        for actor in self.pair:
            if actor in self.without:
                raise UsageError(f"{actor} is asked for and left out", allowed="Leave out members.")

    def instead(self, actor: str) -> "Sides":
        """Put another actor in the place of the first."""
        return Sides(self.registry, (actor, self.pair[1]), self.view, self.without, self._found)

    def members(self, end: int, third: str, on: date) -> tuple[tuple[str, ...], Mapping[str, str]]:
        """List who stands for one side on a day, and which members do not, and why.

        Parameters
        ----------
        end : 0 for the first side, 1 for the second
        third : nobody has a tie with itself
        """
        actor, other = self.pair[end], self.pair[1 - end]
        known = self.of(actor, on)
        if not known:
            return (actor,), {}
        left_out: dict[str, str] = {}
        for member in known:
            if member in self.without:
                left_out[member] = "left out as asked"
            elif member == third:
                left_out[member] = "is the third party"
            elif member == other:
                left_out[member] = "is the other side"
        return tuple(one for one in known if one not in left_out), left_out

    def of(self, actor: str, on: date) -> tuple[str, ...]:
        """List the members of an alliance on a day; nobody for a state, or where bodies act themselves."""
        if (actor, on) not in self._found:
            known = self.view != "own" and actor in self.registry
            members = self.registry.members(actor, on) if known else ()
            self._found[actor, on] = tuple(sorted({self.registry.canonical(one) for one in members}))
        return self._found[actor, on]
