"""From a candidate to the columns of a table: every value of a telling, its place, and a summary."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from comity.actors import Registry
from comity.cases.draft import TABLE_OF
from comity.cases.layout import TABLES
from comity.cases.vocabulary import units
from comity.cases.wording import has_control
from comity.documents import Candidate
from comity.documents import Draft as Coding
from comity.events import load_ontology
from comity.provenance import Dating, Passage, Source

_AUX: Final = {"negation": "Did not happen: ", "hypothetical": "Supposed: ", "future": "Still to come: "}
LONGEST: Final = 200  # characters of a text that was printed, such as a venue


@dataclass(frozen=True)
class Columns:
    """Fills the columns of a table from what a coder gave; `notes` keeps what fits none of them."""

    registry: Registry
    source: Source

    def fill(self, candidate: Candidate, passage: Passage) -> tuple[dict[str, str], list[str]]:
        """Give the fields of one telling at one passage, all columns in their order, and the notes."""
        coding = candidate.draft
        notes = [str(one) for one in coding.doubts]
        if coding.nonstate:
            notes.append("a side is no organ of a state, so the act may not be that state's")
        if coding.holder:
            notes.append(f"held by {_plain(coding.holder)}")
        fill = {"event": self._event, "pledge": self._pledge, "quote": self._quote}[coding.kind]
        given = fill(candidate, notes) | _place(passage)
        return {name: given.get(name, "") for name in TABLES[TABLE_OF[coding.kind]]}, notes

    def _event(self, candidate: Candidate, notes: list[str]) -> dict[str, str]:
        coding = candidate.draft
        modes = load_ontology().modes(coding.event_type)
        if coding.mode and coding.mode not in modes:
            notes.append(f"mode {coding.mode!r} is none of {coding.event_type}, and left out")
        return {
            **_dated("date", coding.dating, bare=True),
            "sender": ";".join(coding.senders),
            "receiver": ";".join(coding.receivers),
            "sender_agents": self._known(coding.sender_agents, "sender agent", notes),
            "receiver_agents": self._known(coding.receiver_agents, "receiver agent", notes),
            "reciprocal": "true" if coding.reciprocal else "",
            "event_type": coding.event_type,
            "mode": coding.mode if coding.mode in modes else "",
            "event_kind": coding.event_kind,
            "sign": str(coding.sign),
            "about": self._known(coding.about, "third party", notes),
            "aux": coding.aux,
            "summary": self._summary(coding),
            "confidence": "low" if candidate.verification == "fuzzy" else coding.confidence,
        }

    def _summary(self, coding: Coding) -> str:
        """Say in our own words what is coded; the author's words stay in their text."""
        deed = coding.event_type.lower() + (f" ({coding.mode})" if coding.mode else "")
        if coding.reciprocal:
            told = f"{' and '.join(self._names(coding.senders))}: {deed}"
        elif coding.receivers:
            told = f"{self._list(coding.senders)} towards {self._list(coding.receivers)}: {deed}"
        else:
            told = f"{self._list(coding.senders)}: {deed}"
        return f"{_AUX.get(coding.aux, '')}{told}."

    def _pledge(self, candidate: Candidate, notes: list[str]) -> dict[str, str]:
        coding = candidate.draft
        quantity = "" if coding.quantity is None else _number(coding.quantity)
        unit, definition = coding.unit, ""
        if quantity and unit not in units():
            definition, unit = unit.replace("_", " "), "items"
            if coding.unit.startswith("percent"):  # a share of what is not said
                quantity, unit, definition = "", "", f"{quantity} {definition}"
        if agents := (*coding.sender_agents, *coding.receiver_agents):
            notes.append(f"acting: {', '.join(_plain(one) for one in agents)}")
        return {
            "kind": coding.pledge_kind,
            "by": ";".join(coding.senders),
            "to": ";".join(coding.receivers),
            "via": self._known(coding.via, "intermediary", notes),
            "object": _object(coding),
            "quantity": quantity,
            "bound": coding.bound if quantity else "",
            "unit": unit if quantity else "",
            "currency": coding.currency if quantity else "",
            "definition": definition,
            **(_dated("made", coding.dating) if coding.dating.start or coding.dating.end else {}),
            **(_dated("deadline", coding.deadline) if coding.deadline else {}),
            **(_dated("as_of", coding.as_of) if coding.as_of else {}),
            "said_start": self.source.written_from,
            "said_end": self.source.written_to,
            "stage": coding.stage,
            "modality": coding.modality,
        }

    def _quote(self, candidate: Candidate, notes: list[str]) -> dict[str, str]:
        coding, said = candidate.draft, candidate.said
        if coding.speaker_name:
            notes.append(f"said by {_plain(coding.speaker_name)}")
        place: dict[str, object] = {}
        if said:
            place = {
                "said_start": said.char_start,
                "said_end": said.char_end,
                "said_sha256": said.sha256,
            }
        speaker = self._known(coding.speakers, "speaker", notes)
        who = self._list(speaker.split(";")) if speaker else _plain(coding.speaker_name)
        return {
            **_dated("date", coding.dating, bare=True),
            "speaker": speaker,
            "mode": coding.quote_mode,
            "venue": _plain(coding.venue),
            "paraphrase": f"Words of {who}, to be put into your own."
            if who
            else "To be put into your own words.",
            **{name: str(value) for name, value in place.items()},
        }

    def _known(self, actors: Iterable[str], what: str, notes: list[str]) -> str:
        given = list(dict.fromkeys(actors))
        notes += [
            f"{what} {_plain(one)!r} is not known, and left out" for one in given if one not in self.registry
        ]
        return ";".join(one for one in given if one in self.registry)

    def _names(self, actors: Sequence[str]) -> list[str]:
        return [self.registry.actor(one).name if one in self.registry else one for one in actors]

    def _list(self, actors: Sequence[str]) -> str:
        return ", ".join(self._names(actors))


def _object(coding: Coding) -> str:
    if coding.unit == "money":
        return "money"
    if coding.unit:
        return coding.unit.replace("_", " ")
    return coding.pledge_kind.replace("_", " ") or "a promise"


def _place(passage: Passage) -> dict[str, str]:
    return {
        "document": passage.document,
        "paragraph": str(passage.paragraph),
        "char_start": str(passage.char_start),
        "char_end": str(passage.char_end),
        "passage_sha256": passage.sha256,
    }


def _dated(name: str, dating: Dating, *, bare: bool = False) -> dict[str, str]:
    rest = "" if bare else f"{name}_"
    return {
        f"{name}_start": str(dating.start or ""),
        f"{name}_end": str(dating.end or ""),
        f"{rest}precision": dating.precision,
        f"{rest}basis": dating.basis,
    }


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else repr(value)


def _plain(text: str) -> str:
    """Take a printed text into a table: no control characters, not too long."""
    flat = " ".join("".join(" " if has_control(sign) else sign for sign in text).split())
    return flat[:LONGEST]
