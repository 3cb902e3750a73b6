"""What a gap is held against: other third parties and pairs, and the same question under other choices."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from comity.ties.gap import GapChange
from comity.ties.gap_periods import Period
from comity.ties.gap_sides import Sides
from comity.ties.placebo import placebo
from comity.ties.specifications import specifications


class Basis(Protocol):
    """What ties are read off, as the checks need it: scores or acts."""

    @property
    def actors(self) -> tuple[str, ...]:
        """Everybody who has a tie."""

    @property
    def choices(self) -> Mapping[str, Sequence[str]]:
        """What can be chosen, and the ways."""

    @property
    def default(self) -> Mapping[str, str]:
        """The choices that a gap is measured with."""

    def ties(
        self, sides: Sides, third: str, period: Period, choice: Mapping[str, str]
    ) -> tuple[float, float] | None:
        """Give both ties with a third party under a choice; nothing where there is too little."""


@dataclass(frozen=True)
class Checks:
    """The checks of one question; each takes a moment, so a gap runs them when it is asked for them.

    Parameters
    ----------
    by : the length of the periods asked for
    shown : the periods asked for
    lengths : the periods of every length, over the same span
    """

    basis: Basis
    sides: Sides
    by: str
    shown: Sequence[Period]
    lengths: Mapping[str, Sequence[Period]]

    def placebo(self, changes: Sequence[GapChange]) -> list[dict[str, Any]]:
        """Run the placebo of the change from first to last of each third party."""
        last = {change.actor: change for change in changes}  # the one from first to last comes last
        return [self._placebo(change) for change in last.values()]

    def _placebo(self, change: GapChange) -> dict[str, Any]:
        by_label = {period.label: period for period in self.shown}
        ends = [by_label[period.label] for period in (change.before, change.after)]
        members = {
            member
            for end in self.sides.pair
            for period in ends
            for member in self.sides.of(end, period.start)
        }

        def change_of(first: str, other: str) -> float | None:
            sides = self.sides.instead(first)
            both = [self.basis.ties(sides, other, period, self.basis.default) for period in ends]
            gaps = [ties[0] - ties[1] for ties in both if ties]
            return gaps[1] - gaps[0] if len(gaps) == len(ends) else None

        others = [one for one in self.basis.actors if one not in members and one not in self.sides.without]
        return placebo(change, self.sides.pair, self.basis.actors, others, change_of)

    def specifications(self, third: Sequence[str]) -> dict[str, Any]:
        """Measure each gap under every choice."""

        def ties_of(choice: Mapping[str, str], actor: str, period: Period) -> tuple[float, float] | None:
            return self.basis.ties(self.sides, actor, period, choice)

        return specifications(
            ties_of,
            {**self.basis.choices, "period": list(self.lengths)},
            {**self.basis.default, "period": self.by},
            self.lengths,
            self.sides.pair,
            third,
        )
