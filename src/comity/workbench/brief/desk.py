"""What every part of a brief needs at hand: the case, the two actors, the day, and how to cite."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from comity.actors import UnknownActorError
from comity.cases import Case
from comity.events import Era
from comity.provenance import Passage, Source
from comity.workbench.brief.span import Line, Span
from comity.workbench.brief.words import clip

LONGEST_TEXT: Final = 500  # characters of one text field of a case
ALL_YEARS: Final = Era("all_years", "All years", None, None)
DRAFT_MARK: Final = "Draft: "  # before what nobody has reviewed
LONGEST_SHORT_NAME: Final = 5  # ASEAN


@dataclass(frozen=True)
class Desk:
    """The question: two actors of a case, a day to look from, perhaps a period."""

    case: Case
    a: str
    b: str
    today: date
    start: date | None = None
    end: date | None = None

    @cached_property
    def pair(self) -> frozenset[str]:
        """Both actors, under the ids that their last successors have."""
        return frozenset(self.case.events.canonical(one) for one in (self.a, self.b))

    @cached_property
    def last_day(self) -> date:
        """The last day that the brief may know of."""
        return min(self.end, self.today) if self.end else self.today

    @cached_property
    def texts(self) -> dict[str, str | None]:
        """The documents that are attached, by id."""
        return {one.id: self.case.text_of(one.id) for one in self.documents}

    @property
    def documents(self) -> tuple[Source, ...]:
        """The documents of the case."""
        return tuple(one for one in self.case.sources.values() if one.kind == "document")

    @cached_property
    def eras(self) -> tuple[Era, ...]:
        """The eras that part the record; one for all its years, where the case names none."""
        return tuple(era for era in self.case.eras if era.display) or (ALL_YEARS,)

    def text_of(self, document: str) -> str | None:
        """Give a document's text, if it is attached."""
        return self.texts.get(document)

    def name(self, actor: str) -> str:
        """What this case prints for an actor; an id that nobody knows is printed as it stands."""
        if actor not in self.printed:
            self.printed[actor] = self._name(actor)
        return self.printed[actor]

    @cached_property
    def printed(self) -> dict[str, str]:
        """The names printed so far, by actor."""
        return {}

    def _name(self, actor: str) -> str:
        try:
            name = self.case.name(actor)
            kind = self.case.registry.actor(actor).kind
        except UnknownActorError:
            return actor
        # "NATO" is what a reader says; the long name stands among the short names at the end.
        short = kind in ("alliance", "organisation") and len(actor) <= LONGEST_SHORT_NAME < len(name)
        return actor if short and actor not in self.case.house_names else name

    def names(self, actors: Iterable[str]) -> str:
        """Print several actors."""
        return ", ".join(self.name(actor) for actor in actors)

    def within(self, start: date | None, end: date | None) -> bool:
        """Tell whether an interval touches the period and does not begin after the day."""
        if (start or end or self.last_day) > self.last_day:
            return False
        return self.start is None or end is None or end >= self.start

    def ref(self, row: str, source: str, passage: Passage | None) -> Span:
        """Cite one row: author, year and paragraph, linked to its evidence."""
        place = f", ¶{passage.paragraph}" if passage else ""
        return Span(f"{self.short(source)}{place}{self._unreviewed(row)}", row)

    def draft_mark(self, rows: Iterable[str]) -> str:
        """Mark what rests on drafts alone; nothing, where somebody has reviewed a row of it."""
        own = set(rows)
        return DRAFT_MARK if own and own <= self.case.draft_ids else ""

    def refs(self, rows: Iterable[tuple[str, str, Passage | None]]) -> Line:
        """Cite several rows, separated."""
        line: list[Span] = []
        before = ""
        for row, source, passage in rows:
            if line:
                line.append(Span("; "))
            span = self.ref(row, source, passage)
            if source == before and passage:
                span = Span(f"¶{passage.paragraph}{self._unreviewed(row)}", row)
            line.append(span)
            before = source
        return tuple(line)

    def _unreviewed(self, row: str) -> str:
        return " (draft)" if row in self.case.draft_ids else ""

    def with_names_of_documents(self, words: str) -> str:
        """Write surnames and year where a text has "document 000" or "documents 000, 002"."""
        ids = "|".join(re.escape(one.id) for one in self.documents)
        if not ids:
            return words
        return re.sub(
            rf"\bdocuments? ((?:{ids})(?:, (?:{ids}))*)(?!\w)",
            lambda found: ", ".join(self.short(id) for id in found[1].split(", ")),
            words,
        )

    def short(self, source: str) -> str:
        """Name a source as a text does: surnames and year."""
        known = self.case.sources.get(source)
        return short_citation(known) if known else source

    def citation(self, source: str) -> str:
        """Cite a source in full."""
        known = self.case.sources.get(source)
        return known.citation if known else source


def short_citation(source: Source) -> str:
    """Name a source by surnames and year.

    >>> short_citation(Source("1", "document", "T", authors=("Ann B. Lee", "Jo Ek"), edition="2024"))
    'Lee & Ek 2024'
    """
    surnames = [author.split()[-1] for author in source.authors if author.split()]
    if not surnames:
        return clip(source.title or source.id, 40)
    who = " & ".join(surnames) if len(surnames) < 3 else f"{surnames[0]} et al."
    return f"{who} {(source.edition or source.written_from)[:4]}".strip()


def text(words: str, row: str = "") -> Line:
    """Make a line of one piece."""
    return (Span(words, row),)


def line(*parts: str | Span | Line) -> Line:
    """Make a line of several pieces."""
    spans: list[Span] = []
    for part in parts:
        if isinstance(part, str):
            spans.append(Span(part))
        elif isinstance(part, Span):
            spans.append(part)
        else:
            spans.extend(part)
    return tuple(one for one in spans if one.text)
