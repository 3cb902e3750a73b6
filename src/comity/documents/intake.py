"""Rows that a model or a person coded elsewhere: every field is checked before a row becomes a draft."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Final

from comity.actors import Registry, load_registry
from comity.claims import MODALITIES, QUOTE_MODES
from comity.documents.act import SIGNS
from comity.documents.amounts import find_amounts
from comity.documents.candidate import CANDIDATE_KINDS, UNDATED, Draft, Quotation
from comity.documents.document import Document
from comity.documents.fields import FieldRow, Fields
from comity.documents.gate import Found, Gate
from comity.documents.lexicon import load_lexicon
from comity.documents.mentions import Gazetteer
from comity.events import AUX, CONFIDENCES, KINDS, load_ontology
from comity.pledges import BOUNDS, OUTCOMES, PLEDGE_KINDS, STAGES
from comity.provenance import BadValueError, Dating, NothingFoundError

FIELDS: Final = (
    *("kind", "sender", "receiver", "sender_agents", "receiver_agents", "reciprocal", "nonstate", "about"),
    *("event_type", "mode", "event_kind", "sign", "aux", "modality", "confidence", "holder", "reported_by"),
    *("date_start", "date_end", "precision", "basis"),
    *("pledge_kind", "stage", "quantity", "bound", "unit", "currency", "via"),
    *("deadline_start", "deadline_end", "as_of"),
    *("speaker", "venue"),
)
YEAR: Final = ("day", "month", "year")  # precisions at which the year itself is printed
_UNIT: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_CURRENCY: Final = re.compile(r"[A-Z]{3}")
_NUMBER: Final = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@dataclass
class Intake:
    """Makes drafts of rows that were coded elsewhere, for one document.

    With `verbatim` nothing is believed that the text does not print: a venue or an unknown speaker
    is refused, and a quantity, a stated year or an actor that the text does not name is marked.
    """

    document: Document
    registry: Registry = field(default_factory=load_registry)
    verbatim: bool = False
    _looked_up: dict[tuple[str, date | None], str | NothingFoundError] = field(
        init=False, default_factory=dict, repr=False
    )

    def draft(
        self,
        fields: Fields,
        quotations: tuple[Quotation, ...],
        *,
        said: Quotation | None = None,
        doubts: tuple[str, ...] = (),
    ) -> Draft:
        """Check a row and make it a draft.

        Parameters
        ----------
        fields : by the names in `FIELDS`; texts as a table has them, or lists, numbers and truth values
        doubts : what is doubtful about the row already

        Raises
        ------
        BadValueError : a field with a value that it cannot have, or one that nobody knows
        UnknownActorError, AmbiguousActorError : a party that is not one known actor
        """
        unknown = sorted(set(fields) - set(FIELDS))
        if unknown:
            raise BadValueError(f"unknown field {unknown[0]!r}", allowed=f"Known are {', '.join(FIELDS)}.")
        row = FieldRow(fields)
        kind = row.one_of("kind", CANDIDATE_KINDS)
        dating = row.dating("date_start", "date_end") or UNDATED
        made = {"event": self._event, "pledge": self._pledge, "quote": self._quote}[kind]
        values: dict[str, object] = {
            "dating": dating,
            "modality": row.one_of("modality", MODALITIES, "asserted"),
            "confidence": row.one_of("confidence", CONFIDENCES, "medium"),
            "holder": row.text("holder"),
            "said": said,
            **made(row, dating, quotations),
        }
        draft = Draft(kind, quotations, **values)  # type: ignore[arg-type]
        more = self._doubts(draft) if self.verbatim else []
        return replace(draft, doubts=tuple(dict.fromkeys((*doubts, *more))))

    def _event(self, row: FieldRow, dating: Dating, quotations: tuple[Quotation, ...]) -> dict[str, object]:
        ontology = load_ontology()
        event_type, mode = row.text("event_type", required=True), row.text("mode")
        kind = ontology.type_of(event_type, mode).kind
        aux = row.one_of("aux", AUX, "")
        sides = self._sides(row, dating)
        return sides | {
            "event_type": event_type,
            "mode": mode,
            "event_kind": row.one_of("event_kind", KINDS, kind),
            "sign": row.sign(_usual_sign(event_type, aux)),
            "aux": aux,
            "about": tuple(self._actor(one, dating) for one in row.names("about")),
            "reported_by": row.names("reported_by"),
        }

    def _pledge(self, row: FieldRow, dating: Dating, quotations: tuple[Quotation, ...]) -> dict[str, object]:
        quantity, currency = row.number("quantity"), row.pattern("currency", _CURRENCY)
        unit = row.pattern("unit", _UNIT)
        if quantity is None and (unit or currency):
            raise BadValueError("a unit or a currency without a quantity")
        if currency and unit != "money":
            raise BadValueError(f"the currency {currency} of {unit or 'no unit'}", allowed="The unit: money.")
        as_of = row.day("as_of")
        return self._sides(row, dating) | {
            "aux": row.one_of("aux", AUX, ""),
            "pledge_kind": row.one_of("pledge_kind", PLEDGE_KINDS, "commitment"),
            "stage": row.one_of("stage", STAGES + OUTCOMES, "committed"),
            "quantity": quantity,
            "bound": row.one_of("bound", BOUNDS, "exact"),
            "unit": unit,
            "currency": currency,
            "via": tuple(self._actor(one, dating) for one in row.names("via")),
            "deadline": row.dating("deadline_start", "deadline_end", plain=True),
            "as_of": Dating(as_of, as_of) if as_of else None,
        }

    def _quote(self, row: FieldRow, dating: Dating, quotations: tuple[Quotation, ...]) -> dict[str, object]:
        speakers: list[str] = []
        unknown = []
        for name in row.names("speaker"):
            try:
                speakers.append(self._resolved(name, dating))
            except NothingFoundError:
                if self.verbatim and not self._printed(name):
                    raise
                unknown.append(name)
        venue = row.text("venue")
        if self.verbatim and venue and not self._printed(venue):
            raise BadValueError(f"the venue {venue!r} does not stand in the text")
        return {
            "quote_mode": row.one_of("mode", QUOTE_MODES, "direct"),
            "speakers": tuple(speakers),
            "speaker_name": "; ".join(unknown),
            "venue": venue,
        }

    def _sides(self, row: FieldRow, dating: Dating) -> dict[str, object]:
        """Who acts on whom: states and organisations, and the persons and bodies that act for them."""
        reciprocal = row.flag("reciprocal")
        senders, agents = self._side(row.names("sender"), row.names("sender_agents"), dating)
        receivers, others = self._side(row.names("receiver"), row.names("receiver_agents"), dating)
        if not senders:
            raise BadValueError("no sender")
        if reciprocal and (len(senders) < 2 or receivers):
            raise BadValueError("a joint act", allowed="At least two senders and no receiver.")
        nonstate = any(self.registry.actor(one).kind == "nonstate" for one in (*senders, *receivers))
        return {
            "senders": senders,
            "receivers": receivers,
            "sender_agents": agents,
            "receiver_agents": others,
            "reciprocal": reciprocal,
            "nonstate": row.flag("nonstate") or nonstate,
        }

    def _side(
        self, names: tuple[str, ...], agents: tuple[str, ...], dating: Dating
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        actors: list[str] = []
        acting = [self._agent(one, dating) for one in agents]
        for name in names:
            found = self._resolved(name, dating)
            stands_for = self._stands_for(found, dating)
            actors.append(stands_for)
            if stands_for != found:
                acting.insert(0, found)
        return tuple(dict.fromkeys(actors)), tuple(dict.fromkeys(acting))

    def _actor(self, name: str, dating: Dating) -> str:
        return self._stands_for(self._resolved(name, dating), dating)

    def _agent(self, name: str, dating: Dating) -> str:
        """A person or body by id; one that nobody knows keeps its name, as the rules keep it."""
        try:
            return self._resolved(name, dating)
        except NothingFoundError:
            if self.verbatim and not self._printed(name):
                raise
            return name

    def _resolved(self, name: str, dating: Dating) -> str:
        """The id of an actor by name on the day; one that was not found is not looked for again."""
        at = dating.start or self.document.written[1]
        known = self._looked_up.get((name, at))
        if known is None:
            try:
                known = self.registry.resolve(name, at=at).id
            except NothingFoundError as error:
                known = error
            self._looked_up[name, at] = known
        if isinstance(known, NothingFoundError):
            raise known
        return known

    def _stands_for(self, id: str, dating: Dating) -> str:
        kind = self.registry.actor(id).kind
        at = dating.start or self.document.written[1]
        found = self.registry.stands_for(id, at) or self.registry.stands_for(id, None)
        if found is None and kind == "person":
            raise BadValueError(f"{id} holds no known office", allowed="Name the state or organisation.")
        return found or id

    def _printed(self, words: str) -> bool:
        return isinstance(self._gate.find(words), Found)

    def _paragraph(self, quotation: Quotation) -> str:
        found = self._gate.find(quotation.words, near=quotation.near)
        block = self.document.block_at(found.char_start) if isinstance(found, Found) else None
        return self.document.words(block) if block else quotation.words

    @cached_property
    def _gate(self) -> Gate:
        return Gate(self.document)

    @cached_property
    def _named(self) -> frozenset[str]:
        """Every actor that the document names, and whom each stands for."""
        found = _gazetteer(self.registry).find(self.document.text, self.document.written[1])
        ids = {one.actor for one in found} | {one.stands_for for one in found if one.stands_for}
        members = {member for one in found for member in one.members}
        return frozenset(ids | members)

    def _doubts(self, draft: Draft) -> list[str]:
        words = " ".join(one.words for one in draft.quotations)
        doubts = []
        if draft.quantity is not None and not _prints_number(words, draft.quantity):
            doubts.append(f"quantity: the passage does not print {draft.quantity:g}")
        if draft.dating.basis == "stated" and draft.dating.precision in YEAR:
            years = {one.year for one in (draft.dating.start, draft.dating.end) if one}
            around = " ".join(self._paragraph(one) for one in draft.quotations)
            if not any(f"{year % 100:02d}" in around for year in years):
                doubts.append(f"date: the paragraph does not print {min(years)}")
        for id in dict.fromkeys((*draft.senders, *draft.receivers)):
            if not set(self.registry.lineage(id)) & self._named:
                doubts.append(f"actor: the document does not name {id}")
        usual = SIGNS.get(draft.event_type, 0)
        if draft.kind == "event" and not draft.aux and draft.sign * usual < 0:
            doubts.append(f"sign: {draft.sign:+d} is unusual for {draft.event_type}")
        return doubts


@lru_cache(maxsize=4)
def _gazetteer(registry: Registry) -> Gazetteer:
    """Make the names of a registry ready for finding, once."""
    return Gazetteer(registry, load_lexicon())


def _usual_sign(event_type: str, aux: str) -> int:
    usual = SIGNS.get(event_type, 0)
    if aux == "negation":  # what was not agreed on parts; what was not given or done moves nothing
        return -usual if event_type in ("AGREE", "SUPPORT") else 0
    return usual


def _prints_number(words: str, quantity: float) -> bool:
    """Whether a passage prints a number, with or without its scale."""
    printed = {one.quantity for one in find_amounts(words)}
    printed |= {float(one.replace(",", "")) for one in _NUMBER.findall(words)}
    return any(abs(one - quantity) <= 1e-9 * max(1.0, abs(quantity)) for one in printed)
