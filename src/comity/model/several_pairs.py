"""Acts that are told of several ordered pairs: a meeting, which both sides hold.

Nobody knows on which of its ordered pairs such an act fell, so it has the sum of their chances:
``log Σ_pairs of the act exp η`` stands where ``η`` stands for an act of one pair.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from comity.model.state import Floats, Integers


class Added(NamedTuple):
    """What such acts add to the log likelihood, to its gradient (p,) and to its information (p, p)."""

    value: float
    gradient: Floats
    information: Floats


@dataclass(frozen=True, slots=True, eq=False)
class SeveralPairs:
    """The events of acts of several ordered pairs, act by act.

    Parameters
    ----------
    places : (m,), positions among the events explained
    terms : (p, m)
    starts : (acts,), where each act's events begin
    day : (acts,), the place of its day among the days explained
    """

    places: Integers
    terms: Floats
    starts: Integers
    day: Integers

    @classmethod
    def of(cls, numbers: Integers, terms: Floats, day: Integers) -> "SeveralPairs":
        """Find them: `numbers` of acts, `terms` and the place of the `day` of each event."""
        often = np.bincount(numbers)[numbers]
        several = np.flatnonzero(often > 1)
        places = several[np.argsort(numbers[several], kind="stable")]
        _, starts = np.unique(numbers[places], return_index=True)
        return cls(places, terms[:, places], starts, day[places[starts]])

    def __len__(self) -> int:
        return len(self.starts)

    def shares(self, beta: Floats) -> Floats:
        """Give (m,): how likely each event's ordered pair is to be the one that its act fell on."""
        eta = beta @ self.terms
        eta = np.exp(eta - self._spread(np.maximum.reduceat(eta, self.starts)))
        found: Floats = eta / self._spread(np.add.reduceat(eta, self.starts))
        return found

    def add_up(self, beta: Floats, times: Floats) -> Added:
        """Count the acts of each day so many times."""
        eta = beta @ self.terms
        peak = np.maximum.reduceat(eta, self.starts)
        chance = np.exp(eta - self._spread(peak))
        total = np.add.reduceat(chance, self.starts)
        share, often = chance / self._spread(total), times[self.day]
        mean = np.add.reduceat(self.terms * share, self.starts, axis=1)
        apart = (self.terms * (share * self._spread(often))) @ self.terms.T - (mean * often) @ mean.T
        return Added(float(often @ (peak + np.log(total))), mean @ often, -apart)

    def _spread(self, by_act: Floats) -> Floats:
        """Give each event its act's number."""
        sizes = np.diff(np.append(self.starts, len(self.places)))
        return np.asarray(np.repeat(by_act, sizes))
