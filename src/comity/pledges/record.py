"""One statement about a pledge: what one document says, as of one day."""

from dataclasses import dataclass
from typing import Final

from comity.provenance import BadValueError, Dating, Passage

PLEDGE_KINDS: Final = (
    "target",
    "commitment",
    "transfer",
    "programme",
    "institutional_step",
    "restriction",
    "offer",
    "goal",
)
STAGES: Final = ("announced", "committed", "allocated", "delivered")  # in this order
OUTCOMES: Final = ("refused", "stalled", "lapsed", "unmet", "unknown")  # these end or suspend it
BOUNDS: Final = ("exact", "at_least", "at_most", "about")
MODALITIES: Final = ("asserted", "hedged", "question")
ROLES: Final = ("", "version", "area", "goal", "activity", "review")  # a statement's part in a programme


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says of one pledge; `pledge_key` joins the statements on the same pledge.

    Two statements may give different figures for one pledge: they stand side by side, with their
    dates and definitions, and are never added.
    """

    id: str
    pledge_key: str
    kind: str
    by: tuple[str, ...]
    to: tuple[str, ...]
    object: str
    stage: str  # one of STAGES or OUTCOMES
    said: Dating  # the day or window on which the source speaks
    via: tuple[str, ...] = ()  # intermediaries on the way: a trust fund, another state
    about: tuple[str, ...] = ()
    quantity: float | None = None
    bound: str = "exact"
    unit: str = ""
    currency: str = ""
    definition: str = ""  # what the figure counts, and on what calendar or baseline
    made: Dating | None = None
    deadline: Dating | None = None
    period: Dating | None = None
    as_of: Dating | None = None
    items: tuple[str, ...] = ()
    programme: str = ""
    version: str = ""
    role: str = ""
    area: str = ""
    relations: tuple[str, ...] = ()  # "grows_to:P002-04"
    modality: str = "asserted"
    note: str = ""
    source: str = ""
    passage: Passage | None = None

    def __post_init__(self) -> None:
        for name, value, allowed in (
            ("kind", self.kind, PLEDGE_KINDS),
            ("stage", self.stage, STAGES + OUTCOMES),
            ("bound", self.bound, BOUNDS),
            ("role", self.role, ROLES),
            ("modality", self.modality, MODALITIES),
        ):
            if value not in allowed:
                listed = ", ".join(one or "(empty)" for one in allowed)
                raise BadValueError(f"{name} {value!r} of pledge {self.id}", allowed=f"One of {listed}.")
        if bool(self.currency) != (self.unit == "money"):
            raise BadValueError(
                f"unit {self.unit!r} with currency {self.currency!r} in pledge {self.id}",
                allowed="A currency goes with the unit 'money', and only with it.",
            )
        if self.quantity is not None and not abs(self.quantity) < float("inf"):  # also refuses NaN
            raise BadValueError(f"quantity {self.quantity} of pledge {self.id}", allowed="A plain number.")
