"""How likely each ordered pair of a morning is to be the one of the next act."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from comity.model.compiling import kernel
from comity.model.history import History
from comity.model.likelihood import Workspace, new_workspace, predict
from comity.model.measuring import codes_of, extra_tables
from comity.model.state import Floats, Integers, State
from comity.model.statistics import Statistic
from comity.model.tables import Tables, fill_block


@dataclass(frozen=True, slots=True, eq=False)
class Predictor:
    """Works out the linear predictor of all ordered pairs; its tables belong to the present day.

    Parameters
    ----------
    tables : filled by the caller each morning; several predictors may share them
    """

    history: History
    statistics: tuple[Statistic, ...]
    transform: int
    tables: Tables
    work: Workspace
    codes: Integers

    @classmethod
    def of(
        cls, history: History, statistics: Sequence[Statistic], *, transform: int, tables: Tables
    ) -> "Predictor":
        """Make room for it."""
        codes = codes_of(statistics)
        codes[codes < 0] = 16 + np.arange((codes < 0).sum())
        work = new_workspace(len(statistics), actors=len(history.actors))
        return cls(history, tuple(statistics), transform, tables, work, codes)

    def eta(self, day: int, state: State, present: Integers, beta: Floats) -> Floats:
        """Give (pairs,): each present sender in turn towards every other present actor."""
        out = np.zeros(len(present) * max(0, len(present) - 1))
        extra = extra_tables(
            self.history, day, state, present, statistics=self.statistics, transform=self.transform
        )
        write_eta(self.tables, extra, self.codes, present, beta, self.work, out)
        return out


def pairs_at(present: Integers, places: Integers) -> tuple[Integers, Integers]:
    """Give senders and receivers of places in the order of `Predictor.eta`."""
    first, second = np.divmod(places, max(1, len(present) - 1))
    return present[first], present[second + (second >= first)]


def place_of(present: Integers, senders: Integers, receivers: Integers) -> Integers:
    """Give the places of pairs of present actors; see `pairs_at`."""
    first, second = np.searchsorted(present, senders), np.searchsorted(present, receivers)
    return np.asarray(first * (len(present) - 1) + second - (second > first), dtype=np.int64)


@kernel
def write_eta(
    tables: Tables,
    extra: Floats,
    codes: Integers,
    present: Integers,
    beta: Floats,
    work: Workspace,
    out: Floats,
) -> None:
    """Fill `out` with the linear predictors of every ordered pair of present actors."""
    n = present.shape[0]
    step = max(1, work.eta.shape[0] // max(1, n - 1))
    nothing = np.zeros(0)
    place = 0
    for first in range(0, n, step):
        last = min(n, first + step)
        rows = fill_block(tables, extra, codes, present, first, last, work.terms)
        predict(work.terms, rows, beta, nothing, work.eta)
        for i in range(rows):
            out[place + i] = work.eta[i]
        place += rows
