"""How far coefficients move when whole weeks are drawn again: acts of a week may depend on each other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from comity.model.errors import CollinearityError, SeparationError
from comity.model.fit import Fit
from comity.model.fitting import Question, prepare, weigh
from comity.model.history import History
from comity.model.newton import maximise
from comity.model.state import Floats
from comity.model.statistics import Statistic
from comity.provenance import BadValueError

Told = Callable[[str, int, int], None]

WEEK: Final = 7
FEWEST_BLOCKS: Final = 8  # with fewer the same few weeks come again and again


@dataclass(frozen=True, slots=True, eq=False)
class Bootstrap:
    """Coefficients from resampled weeks.

    Parameters
    ----------
    draws : (repeats, terms)
    failed : draws of weeks for which no finite coefficients exist; they are left out
    """

    terms: tuple[str, ...]
    draws: Floats
    blocks: int
    failed: int

    @property
    def std_errors(self) -> dict[str, float]:
        """Give each coefficient's standard deviation over the draws."""
        return dict(zip(self.terms, self.draws.std(axis=0, ddof=1).tolist(), strict=True))

    def onto(self, found: Fit) -> Fit:
        """Add the standard errors to the fit whose weeks were drawn again."""
        return found.with_errors("std_error_weeks", self.std_errors)

    def interval(self, term: str, *, level: float = 0.95) -> tuple[float, float]:
        """Give the interval between the outer quantiles."""
        values = self.draws[:, self.terms.index(term)]
        low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
        return float(low), float(high)


def bootstrap(
    history: History,
    found: Fit,
    *,
    statistics: Sequence[Statistic] | None = None,
    repeats: int = 200,
    block_days: int = WEEK,
    seed: int = 1,
    told: Told | None = None,
) -> Bootstrap:
    """Fit again and again to blocks of days drawn with replacement; the past of each day stays as it was.

    Parameters
    ----------
    history, found : what was fitted, and the fit
    statistics : those of the fit, if they are not all registered
    seed : of the blocks; the sampled risk set keeps the fit's own draws
    told : called with what is being done, how much is done and how much there is

    Raises
    ------
    BadValueError : fewer than eight blocks, or fewer than two repeats

    References
    ----------
    [Künsch1989]; blocks do not overlap here.
    """
    question = Question.of_fit(found, statistics)
    likelihood, terms, observed = prepare(history, question)
    days = np.unique(history.day[observed])
    _, block = np.unique((days - days[0]) // block_days, return_inverse=True)
    blocks = int(block.max()) + 1
    if blocks < FEWEST_BLOCKS or repeats < 2:
        raise BadValueError(
            f"{blocks} blocks of {block_days} days, {repeats} repeats",
            allowed=f"At least {FEWEST_BLOCKS} blocks and 2 repeats.",
            remedy="Fit a longer stretch, or take shorter blocks.",
        )
    start = np.array([one.estimate for one in found.coefficients])
    rng = np.random.default_rng(seed)
    draws = []
    for number in range(repeats):
        if told:
            told("weeks drawn again", number, repeats)
        counts = np.bincount(rng.integers(blocks, size=blocks), minlength=blocks).astype(np.float64)
        likelihood = weigh(likelihood, days, counts[block])
        try:
            draws.append(maximise(likelihood, terms, start=start).beta)
        except (CollinearityError, SeparationError):
            continue
    kept = np.array(draws).reshape(-1, len(terms))
    return Bootstrap(tuple(terms), kept, blocks, repeats - len(draws))
