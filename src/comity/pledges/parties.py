"""Who gives, passes on and receives; persons and bodies stand for their actor."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from comity.actors import Registry
from comity.pledges.record import Statement


@dataclass(frozen=True, slots=True)
class Flow:
    """The way of one pledge: from the giver by way of others to the receiver.

    It is one flow, however many it passes through, and is credited to each of them.
    """

    givers: tuple[str, ...]
    through: tuple[str, ...]
    receivers: tuple[str, ...]
    about: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        """The way in one line: ``JPN → NATO → UKR``."""
        steps = (self.givers, self.through, self.receivers)
        return " → ".join(", ".join(step) for step in steps if step)

    def part_of(self, actor: str) -> str:
        """Name an actor's part: gives, passes on, receives, is concerned; empty for none."""
        parts = (
            ("gives", self.givers),
            ("passes on", self.through),
            ("receives", self.receivers),
            ("is concerned", self.about),
        )
        return " and ".join(part for part, actors in parts if actor in actors)

    def to_dict(self) -> dict[str, object]:
        """Give the path as plain values."""
        return {
            "by": list(self.givers),
            "via": list(self.through),
            "to": list(self.receivers),
            "about": list(self.about),
            "path": self.in_words,
        }


def flow_of(statements: Sequence[Statement], registry: Registry | None) -> Flow:
    """Join the parties that several statements on one pledge name."""
    return Flow(
        *(
            tuple(
                dict.fromkeys(
                    acting_for(registry, id, day_of(row)) for row in statements for id in getattr(row, part)
                )
            )
            for part in ("by", "via", "to", "about")
        )
    )


def named_in(statements: Iterable[Statement], registry: Registry | None) -> set[str]:
    """Collect everybody whom the statements name, under their own ids and those they stand for."""
    found = set()
    for row in statements:
        for id in (*row.by, *row.to, *row.via, *row.about):
            actor = acting_for(registry, id, day_of(row))
            found |= {id, actor, last_successor(registry, actor)}
    return found


def acting_for(registry: Registry | None, id: str, at: date | None) -> str:
    """Name the actor for which a person or body acts; the id itself, where nobody is known."""
    if registry is None or id not in registry:
        return id
    return registry.stands_for(id, at) or registry.stands_for(id, None) or id


def last_successor(registry: Registry | None, id: str) -> str:
    """Name the actor that continues this one today."""
    return id if registry is None or id not in registry else registry.canonical(id)


def day_of(statement: Statement) -> date | None:
    """Take the day on which the parties acted: when it was made, held, happened, else was told."""
    for dating in (statement.made, statement.as_of, statement.period, statement.said):
        if dating and (dating.start or dating.end):
            return dating.start or dating.end
    return None
