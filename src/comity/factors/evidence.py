"""The acts behind a third party's part: those that moved its ties with the two most."""

import numpy as np

from comity.events import Acts
from comity.factors.change import Question
from comity.factors.coefficients import Floats


def signed_acts(acts: Acts) -> Acts:
    """Keep acts of one day with a sign, in the order that a history has them."""
    kept = acts.select((acts.days == 1) & (acts.weight != 0.0))
    return kept.select(np.argsort(kept.day, kind="stable"))


def moves(question: Question) -> Floats:
    """Give (events,): what each event's decayed weight is after, on average, less what it was before."""
    history, days = question.history, question.days
    half_life = question.coefficients.half_life_days
    before, after = question.weights()
    moved = np.zeros(len(history))
    for day, step in zip(days.tolist(), (after - before).tolist(), strict=True):
        end = int(np.searchsorted(history.day, day))
        moved[:end] += step * 2.0 ** -((day - history.day[:end]) / half_life)
    found: Floats = moved * history.size
    return found


def ids_behind(
    question: Question, acts: Acts, moved: Floats, actor: str, top: int
) -> tuple[tuple[str, ...], int]:
    """Give the ids of the acts between an actor and the two that moved most, and how many there are."""
    history = question.history
    k = history.actors.index(actor)
    ends = list(question.ends)
    mine = (np.isin(history.sender, ends) & (history.receiver == k)) | (
        np.isin(history.receiver, ends) & (history.sender == k)
    )
    places = np.flatnonzero(mine & (moved != 0))
    order = np.lexsort((places, -np.abs(moved[places])))
    ids = tuple(dict.fromkeys(str(acts.id[i]) for i in places[order].tolist()))
    return ids[:top], len(ids)
