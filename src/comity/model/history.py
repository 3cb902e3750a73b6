"""A stream of signed, weighted events between named actors, in order of days."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches
from typing import Any, Final

import narwhals as nw
import numpy as np
from numpy.typing import NDArray

from comity.events import Acts
from comity.model.errors import UnknownNameError
from comity.model.state import Floats, Integers
from comity.provenance import BadValueError

EPOCH: Final = date(1970, 1, 1)
COOPERATION: Final = "cooperation"
CONFLICT: Final = "conflict"
TYPES: Final = (COOPERATION, CONFLICT)
FOREVER: Final = 2**40

Stay = tuple[date | None, date | None]
Words = NDArray[np.object_]


def number_of(day: date) -> int:
    """Count the days since 1970-01-01."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """Give the day that a number stands for."""
    return EPOCH + timedelta(days=int(number))


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """Events in order of days, by position of sender and receiver in `actors`.

    Parameters
    ----------
    actors : every actor that can act, in the order of all tables
    sender, receiver, day, sign : (events,); days since 1970-01-01; 0 cooperation, 1 conflict
    size : (events,), worth of each event without its sign
    enters, leaves : (actors,), first and last day at risk
    kind : (events,), a word for what kind of act each is ("talk", "institutions", "deeds"), if known
    act : (events,), a number of each event's act; events of one number are one act that is told of several
        ordered pairs, such as a meeting of both directions. By default each event is an act
    """

    actors: tuple[str, ...]
    sender: Integers
    receiver: Integers
    day: Integers
    sign: Integers
    size: Floats
    enters: Integers
    leaves: Integers
    kind: Words | None = None
    act: Integers | None = None

    @classmethod
    def of(
        cls,
        senders: Sequence[str],
        receivers: Sequence[str],
        days: Sequence[date],
        weights: Sequence[float],
        *,
        types: Sequence[str] | None = None,
        kinds: Sequence[str] | None = None,
        acts: Sequence[Hashable] | None = None,
        actors: Sequence[str] | Mapping[str, Stay] | None = None,
    ) -> "History":
        """Build from columns; events of one day keep their order.

        Parameters
        ----------
        weights : the type decides the sign; without types the sign of the weight does
        types : "cooperation" or "conflict"
        kinds : such as "talk", "institutions" or "deeds"; for statistics of one kind of act
        acts : a key of each event's act; events with the same key are one act. Without keys each is an act
        actors : those at risk, or for each its first and last day at risk (both inclusive, ``None``: open);
            by default all who occur

        Raises
        ------
        UnknownNameError : an event of an actor that is not among `actors`
        BadValueError : an event of an actor with itself, before it entered or after it left; a weight that
            is not a number; no type and a weight of zero; an actor named twice; one act on two days or of two
            types
        """
        stays = _stays(sorted({*senders, *receivers}) if actors is None else actors)
        names = tuple(stays)
        size = np.asarray(weights, dtype=np.float64)
        number = np.array([number_of(day) for day in days], dtype=np.int64)
        order = np.argsort(number, kind="stable")
        history = cls(
            actors=names,
            sender=positions(names, senders)[order],
            receiver=positions(names, receivers)[order],
            day=number[order],
            sign=_signs(types, size)[order],
            size=np.abs(size)[order],
            enters=np.array([-FOREVER if a is None else number_of(a) for a, _ in stays.values()], np.int64),
            leaves=np.array([FOREVER if b is None else number_of(b) for _, b in stays.values()], np.int64),
            kind=None if kinds is None else np.asarray(kinds, dtype=object)[order],
            act=None if acts is None else _numbered(acts)[order],
        )
        history._check(order)
        return history

    @classmethod
    def from_frame(cls, frame: Any, *, actors: Sequence[str] | Mapping[str, Stay] | None = None) -> "History":
        """Build from a frame of any library: sender, receiver, date, weight; perhaps type, kind, act."""
        table = nw.from_native(frame, eager_only=True)
        missing = [name for name in ("sender", "receiver", "date", "weight") if name not in table.columns]
        if missing:
            raise BadValueError(
                f"no column {', '.join(missing)}",
                where="events",
                allowed="Columns: sender, receiver, date, weight and, if there is one, type.",
            )
        columns = {name: table[name].to_list() for name in table.columns}
        days = [one.date() if hasattr(one, "date") else one for one in columns["date"]]
        return cls.of(
            columns["sender"],
            columns["receiver"],
            days,
            columns["weight"],
            types=columns.get("type"),
            kinds=columns.get("kind"),
            acts=columns.get("act"),
            actors=actors,
        )

    @classmethod
    def of_acts(cls, acts: Acts, *, actors: Sequence[str] | None = None) -> "History":
        """Build from acts dated to one day; a weight of zero carries no sign and is left out.

        Both directions of a reciprocal act are remembered, and are one act.
        """
        kept = acts.select((acts.days == 1) & (acts.weight != 0.0))
        return cls.of(
            kept.sender.tolist(),
            kept.receiver.tolist(),
            [day_of(number) for number in kept.day.tolist()],
            (kept.weight * kept.share).tolist(),
            kinds=kept.kind.tolist(),
            acts=kept.key.tolist(),
            actors=actors,
        )

    def __len__(self) -> int:
        return len(self.day)

    def only(self, kind: str) -> "History":
        """Keep the events of one kind, among the same actors.

        Raises
        ------
        BadValueError : there is none
        """
        found = np.zeros(len(self), dtype=bool) if self.kind is None else self.kind == kind
        if not found.any():
            known = [] if self.kind is None else sorted({str(one) for one in self.kind})
            raise BadValueError(
                f"no event of kind {kind!r}",
                where="events",
                allowed=f"Kinds here: {', '.join(known)}." if known else "The events have no column kind.",
            )
        return replace(self.take(found), kind=None)

    def take(self, places: Any) -> "History":
        """Keep the events where `places` is true, or those at its numbers (in order of days)."""
        columns = ("sender", "receiver", "day", "sign", "size", "kind", "act")
        there = {name: column for name in columns if (column := getattr(self, name)) is not None}
        return replace(self, **{name: column[places] for name, column in there.items()})

    def act_numbers(self, places: Integers) -> Integers:
        """Number the acts of some events from 0 on; events of one act have the same number."""
        if self.act is None:
            return np.arange(len(places))
        _, found = np.unique(self.act[places], return_inverse=True)
        return np.asarray(found.ravel(), dtype=np.int64)

    def act_sizes(self, places: Integers) -> Integers:
        """Give (acts,): of how many of some events each of their acts consists."""
        return np.bincount(self.act_numbers(places))

    def sides(self, places: Integers) -> Floats:
        """Give for each of some events 1 over the number of those that are of its act."""
        numbers = self.act_numbers(places)
        found: Floats = 1.0 / np.bincount(numbers)[numbers]
        return found

    def joint_share(self, kept: NDArray[np.bool_]) -> float:
        """Give the share of acts, among the events kept, that are told of several ordered pairs."""
        sizes = self.act_sizes(np.flatnonzero(kept))
        return float((sizes > 1).mean()) if len(sizes) else 0.0

    @property
    def once(self) -> NDArray[np.bool_]:
        """(events,): true at one event of each act, so that acts are counted and not events."""
        if self.act is None:
            return np.ones(len(self), dtype=bool)
        _, first = np.unique(self.act, return_index=True)
        found = np.zeros(len(self), dtype=bool)
        found[first] = True
        return found

    def present(self, day: int) -> Integers:
        """List the actors at risk on a day."""
        return np.flatnonzero((self.enters <= day) & (day <= self.leaves))

    def _check(self, order: Integers) -> None:
        """Refuse what no event can be; `order` gives back the caller's numbering."""
        faults = (
            (~np.isfinite(self.size), "a weight that is not a number", ""),
            (self.sender == self.receiver, "an event of an actor with itself", "Leave it out."),
            (self._absent(self.sender), "an event of a sender who is not at risk", "Correct its dates."),
            (self._absent(self.receiver), "an event of a receiver who is not at risk", "Correct its dates."),
        )
        for wrong, what, remedy in faults:
            if wrong.any():
                first = int(np.flatnonzero(wrong)[np.argmin(order[wrong])])
                pair = f"{self.actors[self.sender[first]]} to {self.actors[self.receiver[first]]}"
                raise BadValueError(
                    f"{what}: {pair}",
                    where=f"event {int(order[first]) + 1}, {day_of(int(self.day[first]))}",
                    remedy=remedy,
                )

        if self.act is not None:
            self._check_acts(self.act, order)

    def _check_acts(self, act: Integers, order: Integers) -> None:
        """Refuse an act on two days, or of two types."""
        _, first, act = np.unique(act, return_index=True, return_inverse=True)
        same_as = first[act.ravel()]
        for column, what in ((self.day, "on two days"), (self.sign, "of two types")):
            apart = np.flatnonzero(column != column[same_as])
            if len(apart):
                place = int(apart[np.argmin(order[apart])])
                raise BadValueError(
                    f"one act {what}",
                    where=f"event {int(order[place]) + 1}, {day_of(int(self.day[place]))}",
                    allowed="Events of one act are told of one day, and are of one type.",
                    remedy="Give it a key of its own.",
                )

    def _absent(self, actor: Integers) -> Any:
        return (self.day < self.enters[actor]) | (self.day > self.leaves[actor])


def positions(actors: Sequence[str], names: Sequence[str], *, what: str = "event") -> Integers:
    """Find each name's place in `actors`.

    Raises
    ------
    UnknownNameError : a name is not there
    """
    place = {name: i for i, name in enumerate(actors)}
    try:
        return np.array([place[name] for name in names], dtype=np.int64)
    except KeyError:
        first = next(i for i, name in enumerate(names) if name not in place)
        near = get_close_matches(str(names[first]), actors, n=1)
        raise UnknownNameError(
            f"no actor {names[first]!r} among the {len(actors)} given",
            where=f"{what} {first + 1}",
            allowed=f"Nearest: {near[0]!r}." if near else "",
            remedy="Names are taken as they are written: add it to the actors, or correct it.",
        ) from None


def _numbered(keys: Sequence[Hashable]) -> Integers:
    place: dict[Hashable, int] = {}
    return np.array([place.setdefault(key, len(place)) for key in keys], dtype=np.int64)


def _stays(actors: Sequence[str] | Mapping[str, Stay]) -> dict[str, Stay]:
    if isinstance(actors, Mapping):
        return dict(actors)
    stays: dict[str, Stay] = dict.fromkeys(actors, (None, None))
    if len(stays) < len(actors):
        twice = next(name for i, name in enumerate(actors) if name in actors[:i])
        raise BadValueError(f"actor {twice!r} is named twice", where="actors")
    return stays


def _signs(types: Sequence[str] | None, weights: Floats) -> Integers:
    if types is None:
        if (weights == 0).any():
            raise BadValueError(
                "a weight of zero has no sign",
                where=f"event {int(np.flatnonzero(weights == 0)[0]) + 1}",
                remedy="Leave the event out, or give each event a type: cooperation or conflict.",
            )
        return (weights < 0).astype(np.int64)
    for i, name in enumerate(types):
        if name not in TYPES:
            raise BadValueError(
                f"unknown type {name!r}", where=f"event {i + 1}", allowed=f"One of {', '.join(TYPES)}."
            )
    return np.array([TYPES.index(name) for name in types], dtype=np.int64)
