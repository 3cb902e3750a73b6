"""What authors hold, and what people said. Claims never enter a tie."""

from dataclasses import dataclass
from typing import Final

from comity.provenance import BadValueError, Dating, Passage

CLAIM_KINDS: Final = ("causal", "assessment", "prediction", "question", "counterfactual", "normative")
MODALITIES: Final = ("asserted", "hedged", "question")
DIRECTIONS: Final = ("+", "-", "0")
SIGNS: Final = ("+", "-")
NATURES: Final = {  # only the first of these says how things are
    "causal": "fact",
    "assessment": "fact",
    "prediction": "prediction",
    "question": "question",
    "counterfactual": "hypothetical",
    "normative": "advice",
}
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

    @property
    def nature(self) -> str:
        """Fact, prediction, question, hypothetical or advice; whatever is asked is a question."""
        return "question" if self.modality == "question" else NATURES[self.kind]

    @property
    def authors(self) -> tuple[str, ...]:
        """Who writes it: the reporter of another's view, else the holders."""
        return (self.reported_by,) if self.reported_by else self.holder

    def in_words(self) -> list[str]:
        """Write the claim out."""
        return [self.in_one_line]

    @property
    def in_one_line(self) -> str:
        """The claim in one line; hedge, question and reporter stay with it."""
        hedge = {"hedged": " (hedged)", "question": " (asked)"}.get(self.modality, "")
        nature = f" ({self.nature})" if self.nature not in ("fact", "question") else ""
        reporter = f", as reported by {self.reported_by}" if self.reported_by else ""
        words = self.paraphrase.rstrip(".")
        return f"{', '.join(self.holder)}{reporter}: {words}{hedge}{nature} [{self.source}, {self.id}]"

    def to_dict(self) -> dict[str, object]:
        """Give the claim as plain values."""
        return {
            "id": self.id,
            "kind": self.kind,
            "nature": self.nature,
            "holder": list(self.holder),
            "reported_by": self.reported_by or None,
            "tie": list(self.tie) if self.tie else None,
            "directed": self.directed,
            "direction": self.direction,
            "outcome": self.outcome,
            "cause": list(self.cause),
            "third_party": list(self.third_party),
            "actors": list(self.actors),
            "factors": list(self.factors),
            "era": self.era,
            "modality": self.modality,
            "first_of": self.first_of or None,
            "paraphrase": self.paraphrase,
            **_place(self.source, self.passage),
        }


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

    @property
    def wording(self) -> str:
        """The hash of the quoted words; empty where none are quoted."""
        return self.said.sha256 if self.said else ""

    def to_dict(self) -> dict[str, object]:
        """Give the quotation as plain values."""
        return {
            "id": self.id,
            "line": self.line_key or None,
            "speaker": list(self.speaker),
            "speaker_office": self.speaker_office,
            "mode": self.mode,
            "date_start": str(self.dating.start) if self.dating.start else None,
            "date_end": str(self.dating.end) if self.dating.end else None,
            "precision": self.dating.precision,
            "basis": self.dating.basis,
            "venue": self.venue,
            "addressee": list(self.addressee),
            "about": list(self.about),
            "paraphrase": self.paraphrase,
            "note": self.note,
            "wording": self.wording or None,
            **_place(self.source, self.passage),
        }


def _place(document: str, passage: Passage | None) -> dict[str, object]:
    return {
        "document": document,
        "paragraph": passage.paragraph if passage else None,
        "char_start": passage.char_start if passage else None,
        "char_end": passage.char_end if passage else None,
    }
