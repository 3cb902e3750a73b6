"""What a tie is asked of: the events, who is who, the day and the settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from comity.actors import Registry, load_registry
from comity.events import Acts, Events
from comity.provenance import UsageError
from comity.ties.dyads import ByDyad, Dyad
from comity.ties.evidence import ids_of
from comity.ties.frame import library_of
from comity.ties.memory import Ints, day_number
from comity.ties.reading import Reading
from comity.ties.readings import CODED
from comity.ties.settings import Settings, the_day
from comity.ties.tie import Tie


@dataclass(frozen=True)
class Inquiry:
    """One day and one way of measuring, the same for every dyad."""

    events: Events
    registry: Registry
    at: date
    settings: Settings
    loaded: ByDyad | None = None  # all acts, where they are needed anyway

    @classmethod
    def of(cls, events: Any, at: date, settings: Settings, registry: Registry | None = None) -> "Inquiry":
        """Take the events as they are, or from a frame; find a registry."""
        if not isinstance(events, Events):
            library_of(events)  # raises where this is no frame
            events = Events.from_frame(events)
        return cls(events, registry or events.registry or load_registry(), the_day(at), settings)

    @property
    def day(self) -> int:
        """The day as days since 1970-01-01."""
        return day_number(self.at)

    @property
    def basis(self) -> str:
        """What the acts come from: imported data, or documents coded by hand."""
        return self.settings.basis or ("data" if self.events.has_data else CODED)

    def dyad(self, sender: str, receiver: str) -> Dyad:
        """Check both ends of a dyad, and follow successors: SUN gives RUS.

        Raises
        ------
        UnknownActorError : neither the registry nor the events know an end
        UsageError : an actor with itself, or one that is to be left out
        """
        sender, receiver = self._known(sender), self._known(receiver)
        if sender == receiver:
            raise UsageError(f"{sender} with itself", allowed="A tie joins two actors.")
        for actor in (sender, receiver):
            if actor in self.settings.without:
                raise UsageError(f"{actor} is asked for and left out", allowed="Leave out third actors.")
        return sender, receiver

    def acts(self, senders: Sequence[str] | None = None, receivers: Sequence[str] | None = None) -> Acts:
        """Fetch the acts before the day."""
        return self.events.acts(
            senders=senders,
            receivers=receivers,
            before=self.at,
            basis=self.basis,
            count=self.settings.count,
            nonstate=self.settings.nonstate,
        )

    def between(self, pairs: Sequence[Dyad]) -> tuple[Acts, Ints]:
        """Fetch the acts of some dyads, and number each act by its dyad's place in `pairs`."""
        if self.loaded is not None:
            return self.loaded.between(pairs)
        senders, receivers = sorted({a for a, _ in pairs}), sorted({b for _, b in pairs})
        return ByDyad.of(self.acts(senders, receivers)).between(pairs)

    def members(self, actor: str) -> tuple[str, ...]:
        """List the members of an alliance, organisation or group on the day; others have none."""
        if actor not in self.registry:
            return ()
        return tuple(sorted({self.registry.canonical(one) for one in self.registry.members(actor, self.at)}))

    def tie(self, sender: str, receiver: str, read: Mapping[str, Reading], acts: Acts, **more: Any) -> Tie:
        """Put a tie together from its readings and the acts they rest on."""
        notes = (*self._notes(sender, receiver, acts), *more.pop("notes", ()))
        return Tie(
            sender,
            receiver,
            self.at,
            self.settings.half_life_days,
            self.settings.view,
            self.settings.count,
            all=read["all"],
            talk=read["talk"],
            institutions=read["institutions"],
            deeds=read["deeds"],
            evidence=ids_of(acts),
            notes=notes,
            without=tuple(self.settings.without),
            basis=self.basis,
            events=self.events,
            **more,
        )

    def _known(self, id: str) -> str:
        if id in self.registry:
            return self.registry.canonical(id)
        if not len(self.acts([id])) and not len(self.acts(None, [id])):
            self.registry.actor(id)  # unknown everywhere: raises, with the nearest ids
        return id

    def _notes(self, sender: str, receiver: str, acts: Acts) -> list[str]:
        notes = []
        if (acts.basis == CODED).any():
            notes.append("as told by these authors: no sampling interval")
        span = self.events.data_span if self.basis == "data" else None
        if span and self.at > span[1] + timedelta(days=1):
            silent = (self.at - span[1]).days - 1
            notes.append(f"the event data end on {span[1]}: the {silent} days after that look silent")
        if span and self.at <= span[0]:
            notes.append(f"the event data begin on {span[0]}")
        for actor in (sender, receiver):
            if self.settings.view == "own" and (members := self.members(actor)):
                notes.append(
                    f"{actor} stands for the body itself here, not for its {len(members)} members: "
                    "see the view 'members'"
                )
        return notes
