"""The book of claims: who holds what of which tie, and where holders agree and disagree."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from comity.actors import Registry
from comity.claims.disputes import Agreement, Conflict, agreements_in, conflicts_in, trace_of
from comity.claims.eras import Era, Span, spans_of
from comity.claims.groups import Group, group_by
from comity.claims.lines import Line, lines_of
from comity.claims.points import tie_of
from comity.claims.record import Claim, Quote
from comity.claims.voices import same_actor
from comity.provenance import BadValueError, Trace, UsageError, html_table


class ClaimBook:
    """Claims and quotations, in any order, with the eras in which claims are placed.

    Claims never enter a tie. Questions, hypotheticals, predictions and advice are kept apart from
    statements of fact.
    """

    def __init__(
        self,
        claims: Iterable[Claim] = (),
        quotes: Iterable[Quote] = (),
        eras: Mapping[str, Span] | Iterable[Era] = (),
        *,
        registry: Registry | None = None,
    ) -> None:
        self.claims = tuple(sorted(claims, key=lambda one: one.id))
        self.quotes = tuple(sorted(quotes, key=lambda one: one.id))
        self.eras = spans_of(eras)
        self.registry = registry
        self._everybody = self.claims
        for ids in ([one.id for one in self.claims], [one.id for one in self.quotes]):
            for first, second in pairwise(ids):
                if first == second:
                    raise BadValueError(f"two rows have the id {first!r}", allowed="An id stands once.")
        for claim in self.claims:
            if claim.era not in self.eras:
                raise BadValueError(
                    f"era {claim.era!r} of claim {claim.id}",
                    allowed=f"One of {', '.join(self.eras)}." if self.eras else "No era is given.",
                )

    def about(
        self, a: str | None = None, b: str | None = None, *, registry: Registry | None = None
    ) -> "ClaimBook":
        """Take the claims and quotations about a tie, either way round, or about one actor's ties.

        Persons and bodies count for the actor they stand for, past states for their successor, if
        there is a registry. A claim without a tie counts where it names the one actor asked for; a
        quotation, where it is by one of the two or names them all.

        Parameters
        ----------
        a, b : actor ids; with one of them, every tie of that actor
        registry : used instead of the book's own
        """
        known = registry or self.registry
        wanted = {same_actor(known, id) for id in (a, b) if id}
        if a and b and len(wanted) == 1:
            raise UsageError(f"{a} and {b} are one actor", allowed="A tie has two ends.")
        both = len(wanted) > 1
        claims = [one for one in self.claims if wanted <= self._ends(one, known, both=both)]
        quotes = [one for one in self.quotes if self._concerns(one, wanted, known)]
        book = ClaimBook(claims, quotes, self.eras, registry=known)
        book._everybody = self._everybody
        return book

    def of_nature(self, nature: str) -> tuple[Claim, ...]:
        """Take the facts, predictions, questions, hypotheticals or pieces of advice."""
        return tuple(claim for claim in self.claims if claim.nature == nature)

    def table(self, *columns: str, nature: str | None = None) -> list[Group]:
        """Group the claims by some columns, in the order of their values.

        Parameters
        ----------
        columns : any of `comity.claims.COLUMNS`
        nature : keep these; by default all, so name "nature" as a column to tell them apart

        Raises
        ------
        UsageError : an unknown column, or none
        """
        return group_by(self.claims if nature is None else self.of_nature(nature), columns, self.registry)

    def by_cause(self, *, nature: str | None = "fact") -> list[Group]:
        """Group the claims by holder, cause, sign and era; by default the statements of fact."""
        return self.table("holder", "cause", "direction", "era", nature=nature)

    def conflicts(self, *, nature: str = "fact") -> list[Conflict]:
        """Find where holders give one tie opposite directions over one cause at one time.

        See `conflicts_in` for the rule. A holder who contradicts himself is found too, and flagged.
        """
        everybody = self._everybody
        return conflicts_in(self.claims, self.eras, self.registry, nature=nature, everybody=everybody)

    def agreements(self, *, nature: str = "fact") -> list[Agreement]:
        """Find where at least two holders see one sign over one cause at one time."""
        return agreements_in(self.claims, self.eras, self.registry, nature=nature)

    def predictions(self, era: str | None = "future") -> tuple[Claim, ...]:
        """Take the predictions that are still open, to be scored later; without an era, all."""
        found = self.of_nature("prediction")
        return tuple(claim for claim in found if era is None or claim.era == era)

    def firsts(self) -> tuple[Claim, ...]:
        """Take the claims that an event is the first of its kind; `first_of` names the event."""
        return tuple(claim for claim in self.claims if claim.first_of)

    def lines(self) -> list[Line]:
        """Put the quotations of each line together, with their variants."""
        return lines_of(self.quotes)

    def trace(self) -> Trace:
        """Name the claims and quotations, their passages and documents."""
        ours, theirs = trace_of(self.claims), [line.trace() for line in self.lines()]
        return Trace(
            ours.rows + tuple(quote.id for quote in self.quotes),
            ours.passages + tuple(quote.passage for quote in self.quotes if quote.passage),
            tuple(sorted({*ours.sources, *(source for one in theirs for source in one.sources)})),
        )

    def in_words(self) -> list[str]:
        """Write the claims out by nature, then conflicts, agreements and lines with variants."""
        lines: list[str] = []
        for title, nature in _TITLES:
            claims = self.of_nature(nature)
            if claims:
                lines.append(f"{title} ({len(claims)})")
                lines.extend(f"  {_sign(claim)} {claim.in_one_line}, {claim.era}" for claim in claims)
        sections: tuple[tuple[str, Sequence[Conflict | Agreement | Line]], ...] = (
            ("Conflicts", self.conflicts()),
            ("Agreements", self.agreements()),
            ("Lines told in several ways", [line for line in self.lines() if line.differs]),
        )
        for title, found in sections:
            lines.append(title if found else f"{title}: none")
            lines.extend(f"  {words}" for one in found for words in one.in_words())
        return lines

    def to_dict(self) -> dict[str, object]:
        """Give the book as plain values."""
        return {
            "claims": [claim.to_dict() for claim in self.claims],
            "conflicts": [conflict.to_dict() for conflict in self.conflicts()],
            "agreements": [agreement.to_dict() for agreement in self.agreements()],
            "lines": [line.to_dict() for line in self.lines()],
        }

    def __len__(self) -> int:
        return len(self.claims)

    def __repr__(self) -> str:
        return f"ClaimBook of {len(self.claims)} claims and {len(self.quotes)} quotations"

    def _repr_html_(self) -> str:
        head = ("claim", "holder", "tie", "direction", "cause", "era", "modality", "nature", "in our words")
        rows = [
            (
                one.id,
                ", ".join(one.holder),
                " – ".join(one.tie or ()),
                one.direction,
                ", ".join(one.cause),
                one.era,
                one.modality,
                one.nature,
                one.paraphrase,
            )
            for one in self.claims
        ]
        return html_table(head, rows, caption=repr(self))

    @staticmethod
    def _ends(claim: Claim, registry: Registry | None, *, both: bool) -> set[str]:
        if claim.tie or both:
            return set(tie_of(claim, registry) or ())
        return {same_actor(registry, id) for id in (*claim.actors, *claim.cause, *claim.third_party)}

    @staticmethod
    def _concerns(quote: Quote, wanted: set[str], registry: Registry | None) -> bool:
        speakers = {same_actor(registry, id) for id in quote.speaker}
        others = {same_actor(registry, id) for id in (*quote.addressee, *quote.about)}
        return bool(wanted & speakers) or wanted <= speakers | others


_TITLES: Final = (
    ("Statements of fact, as these authors see them", "fact"),
    ("Predictions", "prediction"),
    ("Questions", "question"),
    ("Hypotheticals", "hypothetical"),
    ("Advice", "advice"),
)


def _sign(claim: Claim) -> str:
    what = " – ".join(claim.tie) if claim.tie else claim.outcome or "no tie"
    return f"{what} {claim.direction.replace('-', '−')}"
