"""What a model says of given dyads, morning by morning."""

from dataclasses import dataclass
from typing import cast

import numpy as np

from comity.model.chances import Predictor
from comity.model.history import History
from comity.model.measuring import codes_of, kinds_of, measure_rows, needs_parts, transform_code
from comity.model.memory import memory_of, walk_mornings, whole
from comity.model.state import Floats, Integers, State
from comity.model.statistic import Statistic
from comity.model.tables import fill_tables, new_tables


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """Statistics of some dyads on some mornings, and what their predictors are relative to.

    Parameters
    ----------
    terms : (days, terms, dyads), transformed statistics
    log_sum : (days,), log Σ exp η over every ordered pair at risk; zeros if not asked for
    parts : by name, those of the statistics without a fast path: (days, dyads) or (days, dyads, actors)
    """

    terms: Floats
    log_sum: Floats
    parts: dict[str, Floats]


def predict_dyads(
    history: History,
    days: Integers,
    senders: Integers,
    receivers: Integers,
    *,
    statistics: tuple[Statistic, ...],
    betas: Floats,
    half_life_days: float,
    transform: str = "log1p",
    relative: bool = True,
) -> Prediction:
    """Read the statistics of dyads off the mornings of `days` (rising).

    Parameters
    ----------
    senders, receivers : positions in `history.actors`
    betas : (days, terms)
    relative : also sum exp η over every ordered pair at risk
    """
    code = transform_code(transform)
    tables = new_tables(len(history.actors) if relative else 0)
    predictor = Predictor.of(history, statistics, transform=code, tables=tables)
    slow = [one for one, code in zip(statistics, codes_of(statistics), strict=True) if code < 0]
    terms, log_sum = np.zeros((len(days), len(statistics), len(senders))), np.zeros(len(days))
    parts: dict[str, list[Floats]] = {one.name: [] for one in slow}
    mornings = walk_mornings(
        history,
        days.tolist(),
        half_life_days=half_life_days,
        parts=needs_parts(statistics, code),
        dense=True,
        kinds=kinds_of(statistics),
    )
    for i, (day, state) in enumerate(mornings):
        terms[i] = measure_rows(
            history, day, state, senders, receivers, statistics=statistics, transform=code
        )
        for one in slow:
            parts[one.name].append(one.parts(memory_of(history, day, state), senders, receivers))
        if relative:
            fill_tables(cast(State, whole(state)), code, tables)
            eta = predictor.eta(day, cast(State, state), history.present(day), betas[i])
            log_sum[i] = log_sum_exp(eta)
    return Prediction(terms, log_sum, {name: np.array(found) for name, found in parts.items()})


def log_sum_exp(eta: Floats) -> float:
    """Give log Σ exp η without overflow; minus infinity for nothing."""
    peak = float(eta.max(initial=-np.inf))
    return peak if peak == -np.inf else peak + float(np.log(np.exp(eta - peak).sum()))
