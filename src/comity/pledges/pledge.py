"""One pledge, as several sources tell it, on one day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from comity.actors import Registry
from comity.pledges.figure import Comparison, Figure, compare, figures_of, span_to_dict
from comity.pledges.known import Word, words_by
from comity.pledges.parties import Flow, flow_of
from comity.pledges.record import Statement
from comity.pledges.status import Deadline, Status, deadlines_of, status_of
from comity.provenance import Dating, Source, Trace, html_table


@dataclass(frozen=True)
class Pledge:
    """What was known of a pledge by one day: its parties, figures, deadlines and status.

    `statements` are the ones known by `as_of`; of one whose promise alone was known by then, the
    figure and the later stage are held back.
    """

    key: str
    as_of: date
    statements: tuple[Statement, ...]
    path: Flow
    sources: Mapping[str, Source] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def at(
        cls,
        key: str,
        statements: Sequence[Statement],
        *,
        as_of: date,
        registry: Registry | None = None,
        sources: Mapping[str, Source] | None = None,
    ) -> "Pledge":
        """Take what was known by a day out of all the statements on one pledge."""
        in_order = tuple(sorted(statements, key=lambda one: one.id))
        known = tuple(word.statement for word in words_by(in_order, as_of))
        return cls(key, as_of, known, flow_of(known, registry), sources or {})

    @property
    def words(self) -> tuple[Word, ...]:
        """The statements with the stage that was known by then."""
        return words_by(self.statements, self.as_of)

    @property
    def status(self) -> Status:
        """The status on the day of this view, with the statements that decided it."""
        return self.status_at(self.as_of)

    @property
    def status_in_words(self) -> str:
        """The status in a sentence, with who says so and when."""
        return self.status.in_words

    @property
    def sources_differ(self) -> bool:
        """Whether documents give it stages that cannot both be the course of one story."""
        return self.status.sources_differ

    def status_at(self, as_of: date) -> Status:
        """Work out the status on another day, from the statements that this view knows."""
        return status_of(words_by(self.statements, as_of), as_of)

    @property
    def objects(self) -> tuple[str, ...]:
        """What is promised, in the words of each statement."""
        return tuple(dict.fromkeys(one.object for one in self.statements if one.object))

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds under which the statements put it."""
        return tuple(dict.fromkeys(one.kind for one in self.statements))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The figures, side by side, the earliest first."""
        return figures_of(word.statement for word in self.words if word.full)

    @property
    def comparisons(self) -> tuple[Comparison, ...]:
        """What neighbouring figures say of each other: a rise over time, or a difference."""
        return compare(self.figures)

    @property
    def by(self) -> tuple[str, ...]:
        """Who promises or gives."""
        return self.path.givers

    @property
    def via(self) -> tuple[str, ...]:
        """Who passes it on: a fund, another state."""
        return self.path.through

    @property
    def to(self) -> tuple[str, ...]:
        """Who receives it in the end."""
        return self.path.receivers

    @property
    def about(self) -> tuple[str, ...]:
        """Whom it concerns besides."""
        return self.path.about

    @property
    def deadline(self) -> Dating | None:
        """The latest reading of the deadline; `deadlines` has them all."""
        return self.deadlines[-1].dating if self.deadlines else None

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """Every reading of the deadline."""
        return deadlines_of(self.statements)

    @property
    def made(self) -> tuple[Dating, ...]:
        """When it was made, as each statement that says so dates it."""
        return tuple(dict.fromkeys(one.made for one in self.statements if one.made))

    @property
    def items(self) -> tuple[str, ...]:
        """The things named, in all statements whose content was known."""
        known = (word.statement for word in self.words if word.full)
        return tuple(sorted({item for one in known for item in one.items}))

    @property
    def relations(self) -> tuple[str, ...]:
        """Links to other statements, as ``word:id``."""
        known = (word.statement for word in self.words if word.full)
        return tuple(sorted({link for one in known for link in one.relations}))

    def trace(self) -> Trace:
        """Name the statements, their passages and their documents."""
        return trace_of(self.statements)

    def in_words(self) -> list[str]:
        """Write the pledge out, a line for each thing that is known."""
        lines = [f"{self.key}: {' / '.join(self.objects)}"]
        if self.path.in_words:
            about = f" (about {', '.join(self.path.about)})" if self.path.about else ""
            lines.append(f"  {self.path.in_words}{about}")
        for figure in self.figures:
            counts = f": {figure.definition}" if figure.definition else ""
            lines.append(f"  {figure.in_words}{counts} [{figure.source}, {figure.statement}]")
        lines.extend(f"  {one.brief}" for one in self.comparisons)
        lines.extend(f"  due by {one.in_words}" for one in self.deadlines)
        if self.items:
            lines.append(f"  named: {', '.join(self.items)}")
        lines.append(f"  {self.status_in_words}")
        return lines

    def _repr_html_(self) -> str:
        return html_table((f"{self.key}, as known on {self.as_of}",), ((line,) for line in self.in_words()))

    def to_dict(self) -> dict[str, object]:
        """Give the pledge as plain values."""
        trace = self.trace()
        return {
            "key": self.key,
            "kinds": list(self.kinds),
            **self.path.to_dict(),
            "object": " / ".join(self.objects),
            **self.status.to_dict(),
            "figures": [figure.to_dict() for figure in self.figures],
            "figures_in_words": [figure.in_words for figure in self.figures],
            "comparisons": [one.to_dict() for one in self.comparisons],
            "made": [span_to_dict(one) for one in self.made],
            "deadline": " or ".join(one.in_words for one in self.deadlines),
            "deadlines": [one.to_dict() for one in self.deadlines],
            "items": list(self.items),
            "relations": list(self.relations),
            "hedged": any(one.modality != "asserted" for one in self.statements),
            "statements": [_statement_to_dict(word) for word in self.words],
            "sources": list(trace.sources),
            "citations": [self.sources[id].citation for id in trace.sources if id in self.sources],
        }

    def with_parties(self, registry: Registry | None) -> "Pledge":
        """Give the same pledge with its parties rolled up by another registry."""
        return replace(self, path=flow_of(self.statements, registry))


def trace_of(statements: Sequence[Statement]) -> Trace:
    """Name statements, their passages and their documents, in order of the statements' ids."""
    in_order = sorted(statements, key=lambda one: one.id)
    return Trace(
        tuple(one.id for one in in_order),
        tuple(one.passage for one in in_order if one.passage),
        tuple(sorted({one.source for one in in_order if one.source})),
    )


def _statement_to_dict(word: Word) -> dict[str, object]:
    statement, passage = word.statement, word.statement.passage
    return {
        "id": statement.id,
        "stage": word.stage,
        "spoken": word.when_in_words,
        "modality": statement.modality,
        "note": statement.note if word.full else "",
        "document": statement.source,
        "paragraph": passage.paragraph if passage else None,
        "char_start": passage.char_start if passage else None,
        "char_end": passage.char_end if passage else None,
    }
