"""How sure the coefficients are together, when acts of one dyad, pair or actor may be alike."""

from collections.abc import Sequence

import numpy as np

from comity.model.clustering import scatter
from comity.model.fit import Fit
from comity.model.fitting import Question, prepare
from comity.model.history import History
from comity.model.newton import inverse
from comity.model.state import Floats
from comity.model.statistics import Statistic


def joint_covariance(
    history: History, found: Fit, *, by: str = "dyad", statistics: Sequence[Statistic] | None = None
) -> Floats:
    """Give the (terms, terms) covariance of a fit's coefficients with clustered acts.

    With `by` "dyad" its diagonal holds the squares of `Coefficient.std_error_dyad`, and so on.

    Parameters
    ----------
    history, found : what was fitted, and the fit
    by : "dyad", "pair" or "actor"
    statistics : those of the fit, if they are not all registered
    """
    question = Question.of_fit(found, statistics)
    likelihood, _, _ = prepare(history, question)
    beta = np.array([one.estimate for one in found.coefficients])
    bread = inverse(likelihood.evaluate(beta).information)
    meat = scatter(likelihood.scores_by_dyad(beta), actors=len(history.actors), by=by)
    covariance: Floats = bread @ (meat + likelihood.sampling_noise(beta)) @ bread
    return covariance
