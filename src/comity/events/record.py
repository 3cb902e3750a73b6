"""One event row: who did what to whom, when, and where that is written."""

from dataclasses import dataclass
from typing import Final

from comity.provenance import BadValueError, Dating, Passage

KINDS: Final = ("talk", "institutions", "deeds")
AUX: Final = ("", "negation", "hypothetical", "future")
CONFIDENCES: Final = ("high", "medium", "low")
MAX_WEIGHT: Final = 10.0  # Goldstein (1992) scale


@dataclass(frozen=True, slots=True)
class Event:
    """One row as coded: a dated act, its parties, its type and the place it stands in.

    A reciprocal event has all its parties in `senders` and no receivers.
    """

    id: str
    dating: Dating
    senders: tuple[str, ...]
    receivers: tuple[str, ...]
    event_type: str  # PLOVER, upper case
    event_kind: str
    sign: int  # of the tie from sender to receiver: 1, -1, or 0 where no tie moved
    weight: float  # Goldstein points, -10 to 10
    source: str
    sender_agents: tuple[str, ...] = ()
    receiver_agents: tuple[str, ...] = ()
    reciprocal: bool = False
    mode: str = ""
    contexts: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    aux: str = ""
    summary: str = ""
    event_key: str = ""  # joins the records of one real event
    confidence: str = "high"
    cameo_code: str = ""
    passage: Passage | None = None

    def __post_init__(self) -> None:
        if not self.senders:
            raise BadValueError(f"event {self.id} has no sender")
        if self.reciprocal and (len(self.senders) < 2 or self.receivers):
            raise BadValueError(
                f"event {self.id} is reciprocal", allowed="At least two senders and no receiver."
            )
        for name, value, allowed in (
            ("event_kind", self.event_kind, KINDS),
            ("aux", self.aux, AUX),
            ("confidence", self.confidence, CONFIDENCES),
            ("sign", self.sign, (-1, 0, 1)),
        ):
            if value not in allowed:
                listed = ", ".join(str(one) or "(empty)" for one in allowed)
                raise BadValueError(f"{name} {value!r} of event {self.id}", allowed=f"One of {listed}.")
        if not -MAX_WEIGHT <= self.weight <= MAX_WEIGHT:  # also refuses NaN
            raise BadValueError(
                f"weight {self.weight} of event {self.id}",
                allowed=f"{-MAX_WEIGHT:g} to {MAX_WEIGHT:g}, on the Goldstein scale.",
            )

    @property
    def happened(self) -> bool:
        """Whether the text says that it took place: not denied, supposed or still to come."""
        return not self.aux

    @property
    def dyads(self) -> tuple[tuple[str, str], ...]:
        """The ordered pairs of parties, none with itself."""
        others = self.senders if self.reciprocal else self.receivers
        return tuple((a, b) for a in self.senders for b in others if a != b)

    @property
    def share(self) -> float:
        """What one ordered pair gets of the act: 1/(n-1) with n parties, 1 where nobody receives."""
        parties = len({*self.senders, *self.receivers})
        return 1.0 / (parties - 1) if parties > 1 else 1.0
