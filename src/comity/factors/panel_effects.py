"""Taking fixed effects out of an unbalanced panel exactly: those of pairs, and of months or actors by month.

Pairs are swept out by their weighted means; what is left is a linear system in the other effects, solved
directly where it is small and by conjugate gradients where it is not. The rest is the same as that of a
regression on a dummy variable for each, which a test compares.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from comity.provenance import ComityError

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

DIRECT: Final = 400  # unknowns
CLOSE: Final = 1e-13
MOST_STEPS: Final = 4_000
FLAT: Final = 1e-10  # smallest eigenvalue, beside the largest, that is none


@dataclass(frozen=True, slots=True, eq=False)
class Effects:
    """One effect of each pair, and one of each group that a row belongs to.

    Parameters
    ----------
    pair : (rows,), numbered from 0
    groups : (memberships, rows), numbered from 0 over all; one membership for months, two for actors by month
    weight : (rows,), above 0
    """

    pair: Integers
    groups: Integers
    weight: Floats

    @classmethod
    def of(cls, pair: Integers, groups: Integers, weight: Floats) -> "Effects":
        """Number pairs and groups without gaps."""
        _, pairs = np.unique(pair, return_inverse=True)
        _, numbers = np.unique(groups, return_inverse=True)
        return cls(pairs, numbers.reshape(groups.shape), weight)

    @property
    def n_groups(self) -> int:
        """How many effects there are beside those of pairs."""
        return int(self.groups.max()) + 1

    def take_out(self, values: Floats) -> Floats:
        """Give (columns, rows) without the effects."""
        swept = np.array([column - self._pair_mean(column) for column in values])
        wanted = np.array([self._into_groups(self.weight * column) for column in swept])
        found = self._solve(wanted)
        left = np.array([column - self._of_rows(one) for column, one in zip(swept, found, strict=True)])
        return np.array([column - self._pair_mean(column) for column in left])

    def _pair_mean(self, column: Floats) -> Floats:
        total = np.bincount(self.pair, weights=self.weight * column)
        mean: Floats = (total / np.bincount(self.pair, weights=self.weight))[self.pair]
        return mean

    def _into_groups(self, column: Floats) -> Floats:
        total = np.zeros(self.n_groups)
        for group in self.groups:
            total += np.bincount(group, weights=column, minlength=self.n_groups)
        return total

    def _of_rows(self, effects: Floats) -> Floats:
        found: Floats = effects[self.groups].sum(axis=0)
        return found

    def _apply(self, effects: Floats) -> Floats:
        """Multiply by the matrix of the system: what groups weigh, less what pairs explain of it."""
        column = self._of_rows(effects)
        return self._into_groups(self.weight * (column - self._pair_mean(column)))

    def _solve(self, wanted: Floats) -> Floats:
        if self.n_groups <= DIRECT and len(self.groups) == 1:
            values, vectors = np.linalg.eigh(self._matrix())
            kept = values > FLAT * values[-1]
            scaled = (wanted @ vectors[:, kept]) / values[kept]
            return np.asarray(scaled @ vectors[:, kept].T, dtype=np.float64)
        return np.array([self._climb(one) for one in wanted])

    def _matrix(self) -> Floats:
        """Write the matrix out, for one membership a row."""
        pairs = int(self.pair.max()) + 1
        cell = self.pair * self.n_groups + self.groups[0]
        met = np.bincount(cell, weights=self.weight, minlength=pairs * self.n_groups)
        met = met.reshape(pairs, self.n_groups)
        found: Floats = np.diag(met.sum(axis=0)) - met.T @ (met / met.sum(axis=1, keepdims=True))
        return found

    def _climb(self, wanted: Floats) -> Floats:
        """Solve by conjugate gradients, each unknown brought to its scale; the system may be singular."""
        scale = self._into_groups(self.weight)
        found, left = np.zeros_like(wanted), wanted.copy()
        ready = left / scale
        way, size = ready.copy(), float(left @ ready)
        enough = CLOSE**2 * size
        for _ in range(MOST_STEPS):
            if size <= enough:
                return found
            bent = self._apply(way)
            step = size / float(way @ bent)
            found, left = found + step * way, left - step * bent
            ready = left / scale
            size, before = float(left @ ready), size
            way = ready + (size / before) * way
        raise ComityError("fixed effects did not settle", remedy="Take pairs with more months.")
