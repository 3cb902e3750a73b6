"""From a name in a data set to the actor whose act it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RollUp:
    """Whose act it is, and on which side it counts.

    A side of `nonstate` still names the state it lives in, so that a reader who wants citizens and
    rebels counted can have them; `unknown` names nobody.
    """

    actor: str | None
    side: str  # state, organisation, nonstate, unknown
    sector: str  # the word that decided, or empty where the name did
    reason: str
