"""The rules coder: a parsed sentence, word lists and the registry give events, pledges and quotations."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from comity.actors import Registry, load_registry
from comity.documents.account import Account
from comity.documents.candidate import Draft
from comity.documents.dates import DateReader, Printed, printed_dates
from comity.documents.document import Document
from comity.documents.lexicon import Lexicon, load_lexicon
from comity.documents.mentions import Gazetteer
from comity.documents.model import load_model
from comity.documents.parties import Sentence, remember
from comity.documents.reflow import Reflow, reflow
from comity.documents.teller import Teller
from comity.documents.words import words_of
from comity.provenance import Dating

BATCH: Final = 64
MAX_SENTENCE: Final = 1_500  # characters; a longer one is a list or a table
_NO_WORD: Final = re.compile(r"\S{300,}")
MAX_VIEW: Final = 20_000  # characters of a view; a longer one is parsed in pieces
MAX_BATCH: Final = 60_000  # characters parsed at once: each takes some 3 KB


@dataclass
class RulesCoder:
    """Codes a document without network and without chance; the same text gives the same rows."""

    registry: Registry = field(default_factory=load_registry)
    lexicons: tuple[Path, ...] = ()
    model: str = ""
    name: str = "rules"
    tell: Callable[[str, int, int], None] | None = None  # document, parts read, of how many

    @cached_property
    def lexicon(self) -> Lexicon:
        """The word lists, the package's and the user's."""
        return load_lexicon(*self.lexicons)

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The registry's names."""
        return Gazetteer(self.registry, self.lexicon)

    @cached_property
    def nlp(self) -> Any:
        """The parser."""
        return load_model(self.model)

    def code(self, document: Document) -> list[Draft]:
        """Code a document.

        Raises
        ------
        MissingPartError : spaCy or its model is not installed
        """
        views = [part for view in reflow(document) for part in _parts(_in_words(view))]
        printed = [printed_dates(one.text) for one in views]
        account = Account(self.gazetteer, document, _reader(document, views, printed))
        done = 0
        for batch in _batches(views):
            if self.tell:
                self.tell(document.id, done, len(views))
            for view, parsed in zip(
                batch, self.nlp.pipe([one.text for one in batch], batch_size=BATCH), strict=True
            ):
                _read_view(account, view, printed[done], parsed)
                done += 1
        account.name_the_agents()
        return account.drafts


def _read_view(account: Account, view: Reflow, written: Printed, parsed: Any) -> None:
    """Read one paragraph."""
    mentions = account.gazetteer.find(view.text, account.dates.today)
    dates = account.dates.find(view.text, before=account.spoken_of, printed=written)
    account.spoken_of = None
    account.acts = []
    sentences, words = list(parsed.sents), words_of(parsed)
    account.lone = account.lone and len(sentences) == 1
    for span in sentences:
        if len(span.text) > MAX_SENTENCE:
            continue
        inside = [one for one in mentions if span.start_char <= one.start < span.end_char]
        printed = [one for one in dates if span.start_char <= one.start < span.end_char]
        sentence = Sentence(span, words, inside, account.memory, account.gazetteer.lexicon)
        Teller(account, view, sentence, printed).tell()
        remember(sentence)
        for one in printed:
            if not one.is_deadline and _leads_on(one.dating, account.dates.today):
                account.spoken_of = one.dating


def _leads_on(dating: Dating, today: date | None) -> bool:
    """Whether what follows may be of this date: not of "the past decade", nor of "next year"."""
    if dating.basis != "doc_date":
        return dating.basis in ("stated", "context")
    to_come = today is not None and dating.start is not None and dating.start > today
    return dating.precision != "era" and not to_come


def _in_words(view: Reflow) -> Reflow:
    """A view with blanks for what is no words: a run of a thousand signs takes a parser ages."""
    if not _NO_WORD.search(view.text):
        return view
    return replace(view, text=_NO_WORD.sub(lambda run: " " * len(run.group()), view.text))


def _parts(view: Reflow) -> Iterator[Reflow]:
    """A view too long to be parsed at once, in pieces that end at a space."""
    start = 0
    while len(view.text) - start > MAX_VIEW:
        last = start + MAX_VIEW
        end = max(view.text.rfind(stop, start, last) + 1 for stop in (". ", "? ", "! ", "” "))
        end = end or view.text.rfind(" ", start, last) + 1 or last
        yield Reflow(view.text[start:end], view.origin[start:end], view.blocks)
        start = end
    if start < len(view.text):
        yield Reflow(view.text[start:], view.origin[start:], view.blocks)


def _batches(views: list[Reflow]) -> Iterator[list[Reflow]]:
    """As many views as are parsed at once: few where they are long, for the parser's memory."""
    batch: list[Reflow] = []
    length = 0
    for view in views:
        if batch and (len(batch) == BATCH or length + len(view.text) > MAX_BATCH):
            yield batch
            batch, length = [], 0
        batch.append(view)
        length += len(view.text)
    if batch:
        yield batch


def _reader(document: Document, views: list[Reflow], printed: list[Printed]) -> DateReader:
    """A reader of dates that knows when the document was written, or guesses it from its last date."""
    if document.written != (None, None):
        return DateReader(document.written)
    reader = DateReader()
    days = [
        one.dating.end
        for view, written in zip(views, printed, strict=True)
        for one in reader.find(view.text, printed=written)
        if one.dating.end
        and not one.is_deadline
        and one.lead != "until"
        and one.dating.basis == "stated"
        and not view.text[: one.start].rstrip().lower().endswith((" to", "–", "fy"))
    ]
    return DateReader((None, max(days))) if days else reader
