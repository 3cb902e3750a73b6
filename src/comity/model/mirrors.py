"""Mirror rows: one act that is told from both sides, as an event in each direction.

Two readings are possible. A meeting is a deed of *both*: both remember all of it. Or *one* side acted and the
coder turned the row round: then nobody knows which, and each direction has as much of it as is likely.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from comity.model.fitting import CONTROLS, Question, prepare
from comity.model.history import TYPES, History
from comity.model.newton import maximise
from comity.model.risk_sets import RiskSet
from comity.model.state import Floats, Integers
from comity.model.statistics import STATISTICS, Statistic
from comity.provenance import NothingFoundError

ROUNDS: Final = 12
SETTLED: Final = 1e-3  # the largest move of a share in a round

Told = Callable[[str, int, int], None]


def pair_mirrors(history: History) -> History:
    """Make one act of an event and its mirror: same day, type, worth and kind, the two ends exchanged.

    Of several alike the first goes with the first mirror, the second with the second; what has no mirror
    stays an act of its own. Acts that the history knows already are forgotten.

    Examples
    --------
    >>> day = date(2020, 1, 1)
    >>> history = History.of(["A", "A", "B"], ["B", "B", "A"], [day] * 3, [2.0] * 3)
    >>> pair_mirrors(history).act
    array([0, 1, 0])
    """
    low, high = np.minimum(history.sender, history.receiver), np.maximum(history.sender, history.receiver)
    forth = history.sender < history.receiver
    columns = [history.day, low, high, history.sign, history.size]
    if history.kind is not None:
        columns.append(np.unique(history.kind.astype(str), return_inverse=True)[1].ravel())
    _, group = np.unique(np.column_stack(columns), axis=0, return_inverse=True)
    group = group.ravel()
    key = np.column_stack([group, _turn(2 * group + forth)])
    _, first, act = np.unique(key, axis=0, return_index=True, return_inverse=True)
    return replace(history, act=first[act.ravel()])


def share_joint_acts(
    history: History,
    *,
    statistics: Sequence[Statistic] = STATISTICS,
    half_life_days: float = 30.0,
    transform: str = "log1p",
    since: date | None = None,
    until: date | None = None,
    risk_set: str = "sampled",
    controls: int = CONTROLS,
    seed: int = 1,
    told: Told | None = None,
) -> History:
    """Give each direction of a joint act as much of its worth as one is likely to have done it.

    Chances come from the fitted rate of the act's type, given all days before; rate and shares are worked out
    in turn until neither moves. What is remembered is then the memory to be expected, as in regression
    calibration [CarrollRuppertStefanskiCrainiceanu2006]. The parameters are those of `fit`, which takes what
    comes out.

    Raises
    ------
    NothingFoundError : no act is told of several ordered pairs
    TooFewEventsError, SeparationError, CollinearityError : see `fit`
    """
    shares = history.sides(np.arange(len(history)))
    signs = np.unique(history.sign[shares < 1]).tolist()
    if not signs:
        raise NothingFoundError(
            "no act is told of several ordered pairs",
            where="events",
            remedy="Pair mirror rows first, or give the events' acts.",
        )
    questions = [
        Question(
            f"rate:{TYPES[sign]}", tuple(statistics), half_life_days, transform, since, until, risk_set,
            controls, seed,
        )
        for sign in signs
    ]  # fmt: skip
    best: dict[str, Floats] = {}
    for number in range(ROUNDS):
        if told:
            told("sharing joint acts", number, ROUNDS)
        before, shared = shares, replace(history, size=history.size * shares)
        shares = before.copy()
        for question in questions:
            likelihood, names, _ = prepare(shared, question)
            beta = maximise(likelihood, names, start=best.get(question.outcome)).beta
            best[question.outcome] = beta
            places, found = _shares(shared, question, beta)
            shares[places] = found
        if float(np.abs(shares - before).max()) < SETTLED:
            break
    return replace(history, size=history.size * shares)


def _shares(history: History, question: Question, beta: Floats) -> tuple[Integers, Floats]:
    """Give the events of the outcome on all days, and how likely each is to be the one of its act."""
    every, _, places = prepare(history, replace(question, since=None, until=None))
    if not isinstance(every, RiskSet):
        raise TypeError("joint acts are shared by a rate")
    return places, every.shares_of_acts(beta)


def _turn(groups: Integers) -> Integers:
    """Count within each group: 0 for its first member, 1 for the second, and so on."""
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    sizes = np.diff(np.append(starts, len(groups)))
    turn = np.empty(len(groups), dtype=np.int64)
    turn[order] = np.arange(len(groups)) - np.repeat(starts, sizes)
    return turn
