"""Letting the members of a group act as one: the view of an alliance from outside."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

import numpy as np

from comity.model.history import FOREVER, History, number_of, positions
from comity.model.state import Integers
from comity.provenance import BadValueError

Spell = tuple[str, str, date | None, date | None]
NOBODY: Final = -1


def as_one(history: History, spells: Sequence[Spell]) -> History:
    """Give the history in which members act as their group: acts among members are left out.

    A member is an actor of its own before it joined or after it left, and who is in no spell stays itself.
    An act of the body itself (an actor with the name of the group) is an act of the group, too.

    Parameters
    ----------
    spells : member, group, first and last day (both inclusive, ``None``: open)

    Raises
    ------
    UnknownNameError : a member that is not at hand
    BadValueError : a member of two groups at once, or on its own both before and after

    Examples
    --------
    >>> day = date(2020, 1, 1)
    >>> history = History.of(["FRA", "JPN", "FRA"], ["JPN", "DEU", "DEU"], [day] * 3, [1.0, 2.0, 3.0])
    >>> joined = as_one(history, [("FRA", "NATO", None, None), ("DEU", "NATO", None, None)])
    >>> [(joined.actors[a], joined.actors[b]) for a, b in zip(joined.sender, joined.receiver)]
    [('NATO', 'JPN'), ('JPN', 'NATO')]
    """
    groups = sorted({group for _, group, _, _ in spells})
    members = positions(history.actors, [member for member, _, _, _ in spells], what="member")
    first = np.array([-FOREVER if start is None else number_of(start) for _, _, start, _ in spells], np.int64)
    last = np.array([FOREVER if end is None else number_of(end) for _, _, _, end in spells], np.int64)
    names = [*(name for name in history.actors if name not in groups), *groups]
    own = np.array([names.index(name) for name in history.actors], dtype=np.int64)
    enters, leaves = np.full(len(names), -FOREVER), np.full(len(names), FOREVER)
    enters[own], leaves[own] = history.enters, history.leaves
    enters[len(names) - len(groups) :], leaves[len(names) - len(groups) :] = -FOREVER, FOREVER
    sender, receiver = own[history.sender], own[history.receiver]
    for group in groups:
        mine = np.array([one == group for _, one, _, _ in spells])
        for actor in sorted(set(members[mine].tolist())):
            _check(history, actor, members, mine, first, last)
        for i in np.flatnonzero(mine).tolist():
            inside = (history.day >= first[i]) & (history.day <= last[i])
            sender = np.where(inside & (history.sender == members[i]), names.index(group), sender)
            receiver = np.where(inside & (history.receiver == members[i]), names.index(group), receiver)
            _stay(own[members[i]], int(first[i]), int(last[i]), enters, leaves)
    at_risk = np.flatnonzero(enters <= leaves)
    place = np.full(len(names), NOBODY)
    place[at_risk] = np.arange(len(at_risk))
    kept = sender != receiver
    return replace(
        history.take(kept),
        actors=tuple(names[i] for i in at_risk),
        sender=place[sender[kept]],
        receiver=place[receiver[kept]],
        enters=enters[at_risk],
        leaves=leaves[at_risk],
    )


def _stay(actor: int, first: int, last: int, enters: Integers, leaves: Integers) -> None:
    """Take the days of membership from an actor's own days at risk."""
    if first <= enters[actor]:
        enters[actor] = max(enters[actor], last + 1)
    else:
        leaves[actor] = min(leaves[actor], first - 1)


def _check(
    history: History, actor: int, members: Integers, mine: Integers, first: Integers, last: Integers
) -> None:
    """Refuse spells that would leave an actor two stretches of its own, or two groups at once."""
    name = history.actors[actor]
    for i in np.flatnonzero(members == actor).tolist():
        for j in np.flatnonzero(members == actor).tolist():
            if i < j and first[i] <= last[j] and first[j] <= last[i]:
                raise BadValueError(f"{name} is a member twice on one day", where="memberships")
    spells = np.flatnonzero(members == actor)
    before = history.enters[actor] < first[spells].min()
    after = history.leaves[actor] > last[spells].max()
    gaps = len(spells) > 1 and (np.sort(first[spells])[1:] > np.sort(last[spells])[:-1] + 1).any()
    if (before and after) or (gaps and (before or after)):
        raise BadValueError(
            f"{name} is on its own before and after its membership",
            where="memberships",
            allowed="One stretch of days for each actor.",
            remedy="Fit the stretch before it joined or after it left, or give the actor two names.",
        )
