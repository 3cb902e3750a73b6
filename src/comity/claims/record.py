"""What authors hold, and what people said. Claims never enter a tie."""

from dataclasses import dataclass
from typing import Final

from comity.provenance import BadValueError, Dating, Passage

CLAIM_KINDS: Final = ("causal", "assessment", "prediction", "question", "counterfactual", "normative")
MODALITIES: Final = ("asserted", "hedged", "question")
DIRECTIONS: Final = ("+", "-", "0")
QUOTE_MODES: Final = ("direct", "indirect", "document", "term", "question")


@dataclass(frozen=True, slots=True)
class Claim:
    """One assertion: who holds it, about which tie, what moves it, which way, in which era."""

    id: str
    kind: str
    holder: tuple[str, ...]
    direction: str  # of the tie; without a tie, of the outcome; "0": none
    era: str
    paraphrase: str
    source: str
    reported_by: str = ""
    tie: tuple[str, str] | None = None
    directed: bool = False
    outcome: str = ""
    cause: tuple[str, ...] = ()
    third_party: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    modality: str = "asserted"
    first_of: str = ""  # id of the event that is said to be the first of its kind
    passage: Passage | None = None

    def __post_init__(self) -> None:
        if not self.holder:
            raise BadValueError(f"claim {self.id} has no holder")
        for name, value, allowed in (
            ("kind", self.kind, CLAIM_KINDS),
            ("direction", self.direction, DIRECTIONS),
            ("modality", self.modality, MODALITIES),
        ):
            if value not in allowed:
                raise BadValueError(
                    f"{name} {value!r} of claim {self.id}", allowed=f"One of {', '.join(allowed)}."
                )


@dataclass(frozen=True, slots=True)
class Quote:
    """One utterance as one document gives it, in our paraphrase; `line_key` joins versions of a line."""

    id: str
    mode: str
    dating: Dating
    paraphrase: str
    source: str
    line_key: str = ""
    speaker: tuple[str, ...] = ()
    speaker_office: str = ""
    venue: str = ""
    addressee: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    note: str = ""
    passage: Passage | None = None
    said: Passage | None = None  # the quoted words themselves; versions differ in their hash

    def __post_init__(self) -> None:
        if self.mode not in QUOTE_MODES:
            raise BadValueError(
                f"mode {self.mode!r} of quotation {self.id}", allowed=f"One of {', '.join(QUOTE_MODES)}."
            )
