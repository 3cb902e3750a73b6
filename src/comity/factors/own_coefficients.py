"""What a third party's part is with coefficients of its own, where the data can tell them.

Coefficients are common to all third parties, so one whom nobody answers has a part as long as others are
answered. Here the model is fitted once more, the third party counted apart in every triad through which it
moved the pair; its own acts are remembered and not explained.
"""

import math
from collections.abc import Sequence

import numpy as np

from comity.factors.change import Question, Slopes, move_of_triad, remember
from comity.factors.choosing import CANNOT_FIT, fit_coefficients
from comity.factors.coefficients import Coefficients, Floats
from comity.factors.factor import Level
from comity.factors.long_run import Told
from comity.model import CountedApart, PairMemory, Triad, count_apart, set_aside


def own_parts(
    question: Question, slopes: Slopes, actors: Sequence[str], *, seed: int = 1, told: Told | None = None
) -> dict[str, Level]:
    """Give the parts of some third parties, each with coefficients of its own; those that can be fitted.

    Parameters
    ----------
    question : with coefficients that `fit_coefficients` gave for its history
    told : called with what is being done, how much is done and how much there is
    """
    found, memory = {}, remember(question)
    for number, actor in enumerate(actors):
        if told:
            told(f"coefficients of {actor} of its own", number, len(actors))
        theirs = slopes.third[question.history.actors.index(actor)]
        if not theirs.any():
            continue
        try:
            own = _fitted(question, actor, _moving(theirs, question.coefficients), seed)
        except CANNOT_FIT:
            continue
        mine = _own_slopes(question, memory, theirs, own)
        flat = mine.ravel()
        error = math.sqrt(max(0.0, float(flat @ own.covariance @ flat)))
        found[actor] = Level(float((mine * own.estimates).sum()), error)
    return found


def _moving(slopes: Floats, common: Coefficients) -> set[str]:
    """Name the terms through which the third party moved the pair: others tell nothing of its part."""
    return {common.terms[j] for j in np.flatnonzero(np.any(slopes, axis=0)).tolist()}


def _fitted(question: Question, actor: str, moving: set[str], seed: int) -> Coefficients:
    common, history = question.coefficients, question.history
    statistics = count_apart(history, actor, common.statistics, terms=moving, transform=common.transform)
    return fit_coefficients(
        set_aside(history, [actor]),
        common.outcome,
        half_life_days=common.half_life_days,
        transform=common.transform,
        statistics=statistics,
        since=common.date_start,
        until=common.date_end,
        starts=common.starts,
        seed=seed,
    )


def _own_slopes(question: Question, memory: PairMemory, slopes: Floats, own: Coefficients) -> Floats:
    """Give (eras, terms): what the part is per unit of each coefficient."""
    found, common = np.zeros(own.estimates.shape), question.coefficients
    for place, one in enumerate(own.statistics, start=own.intercepts):
        if isinstance(one, CountedApart):
            found[:, place] = 0.0 if one.others else move_of_triad(question, memory, one.triad, one.actor)
        elif not isinstance(one, Triad):
            found[:, place] = slopes[:, common.terms.index(one.name)]
    return found
