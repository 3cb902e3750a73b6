"""Actors whose acts are remembered but not explained."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from comity.model.history import FOREVER, History


def set_aside(history: History, actors: Collection[str]) -> History:
    """Take actors out of the risk set on every day: what they do is given, and others may answer it.

    A fit then explains acts among the others only. It is how to ask what others made of somebody's acts when
    these follow no model.

    Examples
    --------
    >>> from datetime import date
    >>> history = History.of(["A", "K"], ["B", "A"], [date(2020, 1, 1)] * 2, [1.0, 1.0])
    >>> set_aside(history, ["K"]).present(0).tolist()
    [0, 1]
    """
    out = np.isin(np.array(history.actors, dtype=object), list(actors))
    return replace(history, enters=np.where(out, FOREVER, history.enters))


def at_risk(history: History) -> NDArray[np.bool_]:
    """Say of each act whether both of its ends could have acted that day."""
    found = np.ones(len(history), dtype=bool)
    for end in (history.sender, history.receiver):
        found &= (history.enters[end] <= history.day) & (history.day <= history.leaves[end])
    return found
