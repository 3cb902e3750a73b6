"""From a document to candidates: a coder proposes, the gate decides."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from comity.documents.candidate import Candidate, Draft, Quotation, weakest
from comity.documents.document import Document
from comity.documents.gate import Found, Gate, Rejected
from comity.documents.merging import merge
from comity.provenance import Passage


class Coder(Protocol):
    """Whatever turns a document into drafts; it quotes the text, and never counts characters."""

    @property
    def name(self) -> str:
        """The name that its candidates carry."""

    def code(self, document: Document) -> Sequence[Draft | Rejected]:
        """Code a document; a row that is no draft is given back with the reason."""


@dataclass
class ReadingResult:
    """What a coder proposed for one document: what the gate let in, and what it turned away.

    `refused` holds the rows that were no drafts: an unknown actor or type, a day that is none.
    """

    document: Document
    candidates: list[Candidate] = field(default_factory=list)
    rejected: list[tuple[Draft, Rejected]] = field(default_factory=list)
    refused: list[Rejected] = field(default_factory=list)


def read(document: Document, coder: Coder) -> ReadingResult:
    """Read a document: every passage of every candidate stands in the text, word for word or nearly.

    What the document tells twice is one candidate with all its passages.
    """
    result = ReadingResult(document)
    gate = Gate(document)
    for draft in coder.code(document):
        if isinstance(draft, Rejected):
            result.refused.append(draft)
            continue
        passages: list[Passage] = []
        how: list[str] = []
        for quotation in draft.quotations:
            found = gate.find(quotation.words, near=quotation.near)
            if isinstance(found, Rejected):
                result.rejected.append((draft, found))
                continue
            passages.append(gate.passage(found))
            how.append(found.verification)
        if not passages:
            continue
        said = _said(gate, draft.said)
        if isinstance(said, Rejected):
            result.rejected.append((draft, said))
            continue
        unique = tuple(dict.fromkeys(passages))
        result.candidates.append(
            Candidate(draft, unique, weakest(how), coder.name, gate.passage(said) if said else None)
        )
    result.candidates = merge(result.candidates)
    return result


def _said(gate: Gate, said: Quotation | None) -> Found | Rejected | None:
    return gate.find(said.words, near=said.near) if said else None
