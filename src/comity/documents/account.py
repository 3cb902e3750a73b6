"""What is known while one document is read, from its first line to its last."""

from dataclasses import replace
from typing import Final

from comity.documents.act import Act
from comity.documents.amounts import AmountReader
from comity.documents.candidate import Draft
from comity.documents.dates import DateReader
from comity.documents.document import Document
from comity.documents.mentions import Gazetteer
from comity.documents.parties import Memory, Party
from comity.provenance import Dating

LONE: Final = 600  # characters; a text of one shorter sentence is a news lead


class Account:
    """What is known while one document is read, from its first line to its last."""

    def __init__(self, gazetteer: Gazetteer, document: Document, dates: DateReader) -> None:
        self.gazetteer, self.document, self.dates = gazetteer, document, dates
        self.amounts = AmountReader(gazetteer.lexicon.amounts)
        self.memory = Memory()
        self.drafts: list[Draft] = []
        self.topic = self._topic()
        self.lone = sum(1 for _ in document.speaking()) == 1 and len(document.text) < LONE
        self.acts: list[Act] = []  # of this paragraph
        self.agentless: list[tuple[Act, Draft]] = []  # "the invasion of X": by whom is told elsewhere
        self.spoken_of: Dating | None = None  # the date last spoken of, in the paragraph

    def _topic(self) -> tuple[Party, ...]:
        """The two actors of the title, if it names just two."""
        named = {
            one.stands_for: Party(one.stands_for)
            for block in self.document.blocks[:4]
            if block.kind == "title"
            for one in self.gazetteer.find(self.document.words(block), self.dates.today)
            if one.stands_for and not one.capital and not one.modifier
        }
        return tuple(named.values()) if len(named) == 2 else ()

    def name_the_agents(self) -> None:
        """Give "the invasion of X" the one invader of X that the document names."""
        named: dict[tuple[str, tuple[str, ...]], set[tuple[str, ...]]] = {}
        for one in self.drafts:
            if one.kind == "event" and not one.aux:
                named.setdefault((one.event_type, one.receivers), set()).add(one.senders)
        for act, draft in self.agentless:
            known = named.setdefault((draft.event_type, draft.receivers), set())
            if len(known) == 1:
                self.drafts.append(replace(draft, senders=next(iter(known))))
            elif act.senders:
                self.drafts.append(draft)
                if not draft.aux:
                    known.add(draft.senders)
