"""The likelihood of an act's type, given that the act happens: a logit."""

from dataclasses import dataclass

import numpy as np

from comity.model.clustering import DyadScores, add_by
from comity.model.newton import Evaluation
from comity.model.state import Floats, Integers

INTERCEPT = "(Intercept)"


@dataclass(frozen=True, slots=True, eq=False)
class TypeOutcome:
    """Cooperation (1) against conflict (0), act by act.

    Parameters
    ----------
    terms : (p, acts), the first one ones
    friendly : (acts,), 1 or 0
    dyad, day : (acts,), a number of each act's ordered pair, and of its day
    weight : (acts,), how often each counts
    side : (acts,), 1; or less for the events of an act that is told of several ordered pairs, which count as
        one together
    """

    terms: Floats
    friendly: Floats
    dyad: Integers
    day: Integers
    weight: Floats
    side: Floats
    thin: int = 1

    def evaluate(self, beta: Floats, *, thin: int = 1) -> Evaluation:
        """Work out the log likelihood, its gradient and its information."""
        eta = beta @ self.terms
        chance = self._chance(eta)
        value = float((self._often * (self.friendly * eta - np.logaddexp(0.0, eta))).sum())
        gradient = self.terms @ (self._often * (self.friendly - chance))
        information = (self.terms * (self._often * chance * (1 - chance))) @ self.terms.T
        return Evaluation(value, gradient, information)

    def reach(self, move: Floats) -> float:
        """Give the largest change of an act's linear predictor."""
        return float(np.abs(move @ self.terms).max())

    def telling_terms(self) -> list[int]:
        """List the terms whose values part the two types without overlap."""
        one, other = self.terms[:, self.friendly == 1], self.terms[:, self.friendly == 0]
        varies = self.terms.max(axis=1) > self.terms.min(axis=1)
        apart = (one.min(axis=1) >= other.max(axis=1)) | (other.min(axis=1) >= one.max(axis=1))
        return [int(j) for j in np.flatnonzero(apart & varies)]

    def scores_by_dyad(self, beta: Floats) -> DyadScores:
        """Give each dyad's share of the gradient."""
        left = self._often * (self.friendly - self._chance(beta @ self.terms))
        return DyadScores(*add_by(self.dyad, (self.terms * left).T))

    def sampling_noise(self, beta: Floats) -> Floats:
        """Give zeros: no risk set is sampled here."""
        return np.zeros((len(beta), len(beta)))

    @property
    def rows(self) -> int:
        """The number of acts."""
        return round(float(self.side.sum()))

    @property
    def _often(self) -> Floats:
        return self.weight * self.side

    @staticmethod
    def _chance(eta: Floats) -> Floats:
        chance: Floats = 1 / (1 + np.exp(-np.clip(eta, -700, 700)))
        return chance
