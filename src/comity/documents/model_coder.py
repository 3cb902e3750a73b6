"""The model coder: a language model proposes rows with quotations, and comity believes none unseen."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from comity.actors import Registry, load_registry
from comity.documents.candidate import Draft, Quotation
from comity.documents.document import SILENT_KINDS, Document
from comity.documents.endpoint import Endpoint, Message
from comity.documents.gate import Found, Gate, Rejected
from comity.documents.intake import Intake
from comity.documents.question import question, reply_schema
from comity.documents.replies import Replies
from comity.documents.reply import ReplyRow, read_reply
from comity.documents.windows import Window, windows
from comity.provenance import BadValueError, ComityError, NothingFoundError

SHORTEST: Final = 8  # characters; what is shorter stands in every text
ASKED_AGAIN: Final = "; it was asked for again"
_PLACE: Final = ("block", "quotation", "also", "said")
_SAID_BY_ITSELF: Final = ("direct", "document", "term", "question")

Ask = Callable[[list[Message]], str | None]
Tell = Callable[[str, int, int], None]


class NoReplyError(NothingFoundError):
    """A model's answer is needed, none is kept, and nobody may be asked."""


@dataclass(frozen=True, slots=True)
class Sending:
    """What reading a document sends: how many characters of it in how many questions."""

    document: str
    characters: int
    questions: int


@dataclass
class ModelCoder:
    """Codes a document with a language model behind an OpenAI-compatible address.

    Every quotation goes through the gate, every field is checked, rows that fail are asked for once
    more and then given back with the reason. Answers are kept in `replies`; from them the same text
    gives the same rows, without an `endpoint` too.

    Parameters
    ----------
    model : the model's name; answers are kept by it
    endpoint : where to ask; without one only kept answers are used
    replies : where answers are kept; without it they are asked for at every run
    fresh : ask again for what is kept
    tell : called with the document's id, questions done, and questions to do
    """

    model: str
    endpoint: Endpoint | None = None
    replies: Replies | None = None
    registry: Registry = field(default_factory=load_registry)
    fresh: bool = False
    tell: Tell | None = None

    @property
    def name(self) -> str:
        """The name that its candidates carry."""
        return f"model:{self.model}"

    def sending(self, document: Document) -> Sending:
        """Say what `code` would send now: every question that is not answered yet.

        A question whose answer is not known may be followed by one more about the same blocks.
        """
        unanswered: list[int] = []

        def look(messages: list[Message]) -> str | None:
            answer = None if self.fresh else self._kept(messages)
            if answer is None:
                unanswered.append(len(messages[-1]["content"]))
            return answer

        reader = _Reader(document, self.registry)
        for window in windows(document):
            list(reader.rows(window, look))
        return Sending(document.id, sum(unanswered), len(unanswered))

    def code(self, document: Document) -> Sequence[Draft | Rejected]:
        """Code a document.

        Raises
        ------
        ModelError : the server did not give a whole answer
        NoReplyError : no endpoint, and an answer that is not kept
        """
        reader = _Reader(document, self.registry)
        parts = list(windows(document))
        rows: list[Draft | Rejected] = []
        for i, window in enumerate(parts):
            if self.tell:
                self.tell(document.id, i, len(parts))
            rows += reader.rows(window, self._answer)
        return rows

    def _answer(self, messages: list[Message]) -> str:
        kept = None if self.fresh and self.endpoint else self._kept(messages)
        if kept is not None:
            return kept
        if self.endpoint is None:
            raise NoReplyError(
                f"no answer of {self.model} is kept for a part of the text",
                allowed="Answers are kept by the text, the coding rules and the model's name.",
                remedy="Read it once with an address, without --offline.",
            )
        answer = self.endpoint.complete(messages, reply_schema())
        if self.replies:
            self.replies.keep(self.model, messages, reply_schema(), answer)
        return answer

    def _kept(self, messages: list[Message]) -> str | None:
        return self.replies.find(self.model, messages, reply_schema()) if self.replies else None


class _Reader:
    """Reads answers about one document."""

    def __init__(self, document: Document, registry: Registry) -> None:
        self.document = document
        self.gate = Gate(document)
        self.intake = Intake(document, registry, verbatim=True)

    def rows(self, window: Window, ask: Ask) -> Iterator[Draft | Rejected]:
        """Ask about a window, and once more about the rows that could not be taken in."""
        drafts, failed = self._read(ask(question(self.document, window)), window)
        yield from drafts
        if not failed:
            return
        yield from (Rejected(one.quotation, one.reason + ASKED_AGAIN) for one in failed)
        corrected, still = self._read(ask(question(self.document, window, failed)), window)
        yield from (one for one in corrected if one not in drafts)
        yield from (one for one in still if one not in failed)

    def _read(self, answer: str | None, window: Window) -> tuple[list[Draft], list[Rejected]]:
        if answer is None:
            return [], []
        found, failed = read_reply(answer, reply_schema())
        drafts: list[Draft] = []
        for row in found:
            try:
                drafts.append(self._draft(row, window, failed))
            except ComityError as error:
                reason = " ".join(part for part in (f"{row.kind}: {error.what}", error.allowed) if part)
                failed.append(Rejected(row.values["quotation"], reason))
        return list(dict.fromkeys(drafts)), list(dict.fromkeys(failed))

    def _draft(self, row: ReplyRow, window: Window, failed: list[Rejected]) -> Draft:
        near = window.start_of(row.values["block"])
        first = self._found(row.values["quotation"], near)
        quotations = [_quotation(row.values["quotation"], first)]
        for more in row.values.get("also", ()):
            try:
                quotations.append(_quotation(more, self._found(more, near)))
            except BadValueError as error:
                failed.append(Rejected(more, f"{row.kind}, further quotation: {error.what}"))
        block = self.document.block_at(first.char_start)
        fields: dict[str, Any] = {
            "kind": row.kind,
            "holder": block.holder if block else "",
            **{_FIELDS.get(name, name): value for name, value in row.values.items() if name not in _PLACE},
        }
        return self.intake.draft(fields, tuple(quotations), said=self._said(row, first))

    def _said(self, row: ReplyRow, passage: Found) -> Quotation | None:
        """The words said, which stand inside their passage."""
        words = row.values.get("said")
        if row.kind != "quote" or not words:
            whole = row.kind == "quote" and row.values["mode"] in _SAID_BY_ITSELF
            return _quotation(row.values["quotation"], passage) if whole else None
        found = self.gate.find(words, near=passage.char_start)
        if isinstance(found, Rejected):
            raise BadValueError(f"the words said: {found.reason}")
        if found.char_start < passage.char_start or found.char_end > passage.char_end:
            raise BadValueError("the words said stand outside their quotation")
        return _quotation(words, found)

    def _found(self, words: str, near: int) -> Found:
        if len(words.strip()) < SHORTEST:
            raise BadValueError(f"a quotation of {len(words.strip())} characters", allowed="Quote a clause.")
        found = self.gate.find(words, near=near)
        if isinstance(found, Rejected):
            raise BadValueError(found.reason)
        for place in (found.char_start, found.char_end - 1):
            block = self.document.block_at(place)
            if block and block.kind in SILENT_KINDS:
                raise BadValueError(f"it stands in a block of the kind {block.kind}, which tells nothing")
        return found


_FIELDS: Final = {"by": "sender", "to": "receiver"}


def _quotation(words: str, found: Found) -> Quotation:
    return Quotation(words, found.char_start)
