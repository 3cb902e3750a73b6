"""The rules coder: a parsed sentence, word lists and the registry give events, pledges and quotations."""

from collections.abc import Iterator
from dataclasses import dataclass, field
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

BATCH: Final = 64
MAX_SENTENCE: Final = 1_500  # characters; a longer one is a list or a table
MAX_VIEW: Final = 100_000  # characters parsed at once


@dataclass
class RulesCoder:
    """Codes a document without network and without chance; the same text gives the same rows."""

    registry: Registry = field(default_factory=load_registry)
    lexicons: tuple[Path, ...] = ()
    model: str = ""
    name: str = "rules"

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
        views = [part for view in reflow(document) for part in _parts(view)]
        printed = [printed_dates(one.text) for one in views]
        account = Account(self.gazetteer, document, _reader(document, views, printed))
        texts = (one.text for one in views)
        for view, dates, parsed in zip(views, printed, self.nlp.pipe(texts, batch_size=BATCH), strict=True):
            _read_view(account, view, dates, parsed)
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
            if not one.is_deadline and one.dating.basis in ("stated", "context"):
                account.spoken_of = one.dating


def _parts(view: Reflow) -> Iterator[Reflow]:
    """A view too long to be parsed at once, in pieces that end at a space."""
    start = 0
    while len(view.text) - start > MAX_VIEW:
        end = view.text.rfind(" ", start, start + MAX_VIEW)
        end = start + MAX_VIEW if end <= start else end + 1
        yield Reflow(view.text[start:end], view.origin[start:end], view.blocks)
        start = end
    if start < len(view.text):
        yield Reflow(view.text[start:], view.origin[start:], view.blocks)


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
