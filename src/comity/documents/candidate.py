"""What a coder proposes: events, pledges and quotations with their passages, not yet accepted."""

from dataclasses import dataclass
from typing import Final

from comity.provenance import BadValueError, Dating, Passage

CANDIDATE_KINDS: Final = ("event", "pledge", "quote")
VERIFICATIONS: Final = ("exact", "normalised", "fuzzy")
UNDATED: Final = Dating(None, None, "unknown", "none")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words that a coder says stand in the text, and roughly where."""

    words: str
    near: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A row as a coder gives it: quotations as text, never as places.

    `senders` and `receivers` are states and organisations; the persons and bodies that acted are in
    the agents. A reciprocal act has all parties in `senders`. A pledge goes from `senders` to
    `receivers`; a quotation's speakers are `speakers`.
    """

    kind: str
    quotations: tuple[Quotation, ...]
    senders: tuple[str, ...] = ()
    receivers: tuple[str, ...] = ()
    sender_agents: tuple[str, ...] = ()
    receiver_agents: tuple[str, ...] = ()
    reciprocal: bool = False
    event_type: str = ""
    mode: str = ""
    event_kind: str = ""
    sign: int = 0
    aux: str = ""
    dating: Dating = UNDATED
    modality: str = "asserted"
    confidence: str = "medium"
    about: tuple[str, ...] = ()
    holder: str = ""
    by_noun: bool = False  # told by a noun, which takes up what is known: "the invasion"
    reported_by: tuple[str, ...] = ()
    nonstate: bool = False  # a side is no organ of a state: rebels, parties, people
    # pledges
    pledge_kind: str = ""
    quantity: float | None = None
    bound: str = "exact"
    unit: str = ""
    currency: str = ""
    denominator: str = ""  # of a share
    deadline: Dating | None = None
    as_of: Dating | None = None
    stage: str = ""
    via: tuple[str, ...] = ()
    # quotations
    speakers: tuple[str, ...] = ()
    speaker_name: str = ""
    quote_mode: str = ""
    venue: str = ""
    said: Quotation | None = None
    doubts: tuple[str, ...] = ()  # what the text does not bear out: "date: the paragraph does not print 2022"

    def __post_init__(self) -> None:
        if self.kind not in CANDIDATE_KINDS:
            raise BadValueError(f"kind {self.kind!r}", allowed=f"One of {', '.join(CANDIDATE_KINDS)}.")
        if not self.quotations:
            raise BadValueError(f"a {self.kind} without a quotation")

    @property
    def dyads(self) -> tuple[tuple[str, str], ...]:
        """The ordered pairs of parties."""
        others = self.senders if self.reciprocal else self.receivers
        return tuple((a, b) for a in self.senders for b in others if a != b or not self.reciprocal)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What several tellings of one thing disagree on: each value, with the passages that give it."""

    field: str  # date, deadline, amount, sender, receiver, speaker, place
    values: tuple[tuple[str, tuple[Passage, ...]], ...]

    def to_dict(self) -> dict[str, object]:
        """Give the conflict as plain values."""
        values = [
            {"value": value, "passages": [_place(one) for one in where]} for value, where in self.values
        ]
        return {"field": self.field, "values": values}

    def __str__(self) -> str:
        given = " or ".join(
            f"{value} (¶{', '.join(str(one.paragraph) for one in where)} of {where[0].document})"
            for value, where in self.values
        )
        return f"{self.field}: {given}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A draft whose passages the gate has found; told twice, it holds each telling."""

    draft: Draft
    passages: tuple[Passage, ...]
    verification: str  # the weakest of its passages'
    coder: str
    said: Passage | None = None
    tellings: tuple["Candidate", ...] = ()  # that it was merged from
    conflicts: tuple[Conflict, ...] = ()

    @property
    def told(self) -> tuple["Candidate", ...]:
        """Its tellings; itself, where it is told once."""
        return self.tellings or (self,)

    def to_dict(self) -> dict[str, object]:
        """Give the candidate as plain values, one object a line of ``comity read --json``."""
        row = self.draft
        common: dict[str, object] = {
            "kind": row.kind,
            "document": self.passages[0].document,
            "sender": list(row.senders),
            "receiver": list(row.receivers),
            "sender_agents": list(row.sender_agents),
            "receiver_agents": list(row.receiver_agents),
            "reciprocal": row.reciprocal,
            "event_type": row.event_type or None,
            "mode": row.mode or None,
            "event_kind": row.event_kind or None,
            "sign": row.sign if row.kind == "event" else None,
            "aux": row.aux,
            **_interval("date", row.dating),
            "precision": row.dating.precision,
            "basis": row.dating.basis,
            "speaker": list(row.speakers),
            "modality": row.modality,
            "holder": row.holder or None,
            "reported_by": list(row.reported_by),
            "nonstate": row.nonstate,
            "conflicts": [one.to_dict() for one in self.conflicts],
            "doubts": list(row.doubts),
            "passages": [_place(one) for one in self.passages],
            "verification": self.verification,
            "coder": self.coder,
        }
        if row.kind == "pledge":
            common |= {
                "pledge_kind": row.pledge_kind,
                "by": list(row.senders),
                "to": list(row.receivers),
                "via": list(row.via),
                "quantity": row.quantity,
                "bound": row.bound,
                "unit": row.unit or None,
                "currency": row.currency or None,
                "denominator": row.denominator or None,
                "stage": row.stage,
                "deadline": _written(row.deadline),
                "as_of": _written(row.as_of),
            }
        if row.kind == "quote":
            common |= {
                "mode": row.quote_mode,
                "speaker_name": row.speaker_name or None,
                "venue": row.venue or None,
                "said": _place(self.said) if self.said else None,
            }
        if self.tellings:
            common["tellings"] = [_told(one) for one in self.tellings]
        return common


def weakest(verifications: list[str]) -> str:
    """The least sure of several ways in which passages were found."""
    return max(verifications, key=VERIFICATIONS.index)


def _interval(name: str, dating: Dating) -> dict[str, object]:
    return {
        f"{name}_start": str(dating.start) if dating.start else None,
        f"{name}_end": str(dating.end) if dating.end else None,
    }


def _written(dating: Dating | None) -> dict[str, object] | None:
    if dating is None:
        return None
    return {
        "start": str(dating.start) if dating.start else None,
        "end": str(dating.end) if dating.end else None,
        "precision": dating.precision,
        "basis": dating.basis,
    }


def _told(one: Candidate) -> dict[str, object]:
    """Give what one telling says by itself."""
    row = one.draft
    values: dict[str, object] = {
        **_interval("date", row.dating),
        "precision": row.dating.precision,
        "basis": row.dating.basis,
        "sender": list(row.senders),
        "receiver": list(row.receivers),
        "passages": [_place(passage) for passage in one.passages],
    }
    if row.kind == "pledge":
        values |= {"quantity": row.quantity, "bound": row.bound, "deadline": _written(row.deadline)}
    if row.kind == "quote":
        values |= {"speaker": list(row.speakers), "venue": row.venue or None}
    return values


def _place(passage: Passage) -> dict[str, object]:
    return {
        "document": passage.document,
        "char_start": passage.char_start,
        "char_end": passage.char_end,
        "paragraph": passage.paragraph,
        "sha256": passage.sha256,
    }
