"""What a simulated day needs to know: how likely each ordered pair is to act, and of which type acts are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from comity.model.fit import Fit
from comity.model.history import TYPES, History, number_of
from comity.model.state import Floats
from comity.model.statistics import Statistic, find_statistics
from comity.model.type_outcome import INTERCEPT
from comity.provenance import BadValueError, UsageError


@dataclass(frozen=True, slots=True, eq=False)
class Propensity:
    """How likely each ordered pair is to get one act of a type, and how many acts there are.

    Parameters
    ----------
    beta : (terms,), one coefficient per statistic
    acts_per_day : the mean of a Poisson number
    sizes : worths without a sign, one of which is drawn for each act
    joint : the share of acts that both sides do, such as meetings: they are remembered in both directions
    """

    statistics: tuple[Statistic, ...]
    beta: Floats
    acts_per_day: float
    sizes: Floats
    joint: float = 0.0

    def __post_init__(self) -> None:
        if len(self.statistics) != len(self.beta):
            raise BadValueError(
                f"{len(self.beta)} coefficients for {len(self.statistics)} statistics",
                allowed="One for each.",
            )
        if self.acts_per_day < 0 or not _worths(self.sizes):
            raise BadValueError("acts a day below 0, or sizes that are not above 0", where="propensity")
        if not 0 <= self.joint <= 1:
            raise BadValueError(f"a share of {self.joint:g} of joint acts", allowed="From 0 to 1.")

    @classmethod
    def of_fit(
        cls, fit: Fit, history: History, *, statistics: tuple[Statistic, ...] | None = None
    ) -> "Propensity":
        """Take coefficients from a fitted rate, volume and sizes from the acts that it explained.

        Parameters
        ----------
        statistics : those of the fit, if they are not all registered

        Raises
        ------
        UsageError : a fit of the type
        """
        if not fit.outcome.startswith("rate:"):
            raise UsageError(
                f"a fit of {fit.outcome} gives no rate", allowed="A fit of rate:cooperation or rate:conflict."
            )
        sign = TYPES.index(fit.outcome.removeprefix("rate:"))
        kept = _explained(fit, history) & (history.sign == sign)
        kept_once = kept & history.once
        days = number_of(fit.date_end) - number_of(fit.date_start) + 1
        return cls(
            statistics or find_statistics(tuple(one.term for one in fit.coefficients)),
            np.array([one.estimate for one in fit.coefficients]),
            int(kept_once.sum()) / days,
            history.size[kept_once],
            history.joint_share(kept),
        )


@dataclass(frozen=True, slots=True, eq=False)
class TypeChance:
    """How likely an act is one of cooperation, given that it happens.

    Parameters
    ----------
    beta : (1 + terms,), the intercept first
    sizes : for "cooperation" and "conflict", the worths without a sign, one of which is drawn for each act
    """

    statistics: tuple[Statistic, ...]
    beta: Floats
    sizes: Mapping[str, Floats]

    def __post_init__(self) -> None:
        if len(self.statistics) + 1 != len(self.beta):
            raise BadValueError(
                f"{len(self.beta)} coefficients for {len(self.statistics)} statistics and an intercept",
                allowed="One for each.",
            )
        if sorted(self.sizes) != sorted(TYPES) or not all(_worths(one) for one in self.sizes.values()):
            raise BadValueError("sizes must be above 0, and be there for both types", where="type of an act")

    @classmethod
    def of_fit(
        cls, fit: Fit, history: History, *, statistics: tuple[Statistic, ...] | None = None
    ) -> "TypeChance":
        """Take coefficients from a fitted type, sizes from the acts that it explained.

        Raises
        ------
        UsageError : a fit of a rate
        """
        if fit.outcome != "type":
            raise UsageError(f"a fit of {fit.outcome} gives no type", allowed="A fit of type.")
        names = tuple(one.term for one in fit.coefficients if one.term != INTERCEPT)
        explained = _explained(fit, history)
        return cls(
            statistics or find_statistics(names),
            np.array([one.estimate for one in fit.coefficients]),
            {name: history.size[explained & (history.sign == i)] for i, name in enumerate(TYPES)},
        )


def _worths(sizes: Floats) -> bool:
    return len(sizes) > 0 and bool((sizes > 0).all())


def _explained(fit: Fit, history: History) -> Any:
    first, last = number_of(fit.date_start), number_of(fit.date_end)
    return (history.day >= first) & (history.day <= last) & (history.size > 0)
