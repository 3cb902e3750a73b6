"""Lines: one utterance, or one said many times, as several documents give it."""

from collections.abc import Iterable
from dataclasses import dataclass

from comity.claims.record import Quote
from comity.provenance import Dating, Trace


@dataclass(frozen=True, slots=True)
class Variant:
    """Quotations that give a line in the same wording, date, place, way and mouth."""

    wording: str  # hash of the quoted words; empty where the document quotes none
    dating: Dating
    venue: str
    mode: str
    speaker: tuple[str, ...]
    quotes: tuple[Quote, ...]

    @property
    def in_words(self) -> str:
        """The variant in one line."""
        said = f"wording {self.wording[:8]}" if self.wording else "no words quoted"
        place = f", {self.venue}" if self.venue else ""
        rows = ", ".join(f"{quote.source} {quote.id}" for quote in self.quotes)
        words = self.quotes[0].paraphrase.rstrip(".")
        return f"{words} ({said}; {self.dating}{place}; {self.mode}) [{rows}]"

    def to_dict(self) -> dict[str, object]:
        """Give the variant as plain values."""
        return {
            "wording": self.wording or None,
            "date_start": str(self.dating.start) if self.dating.start else None,
            "date_end": str(self.dating.end) if self.dating.end else None,
            "precision": self.dating.precision,
            "venue": self.venue,
            "mode": self.mode,
            "speaker": list(self.speaker),
            "quotes": [quote.to_dict() for quote in self.quotes],
        }


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its variants: told in several wordings or datings, it is still one."""

    key: str
    variants: tuple[Variant, ...]

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All quotations of it."""
        return tuple(quote for variant in self.variants for quote in variant.quotes)

    @property
    def wordings(self) -> tuple[str, ...]:
        """The hashes of its wordings."""
        return tuple(dict.fromkeys(one.wording for one in self.variants if one.wording))

    @property
    def datings(self) -> tuple[Dating, ...]:
        """The dates given for it."""
        return tuple(dict.fromkeys(one.dating for one in self.variants))

    @property
    def venues(self) -> tuple[str, ...]:
        """The places given for it."""
        return tuple(dict.fromkeys(one.venue for one in self.variants if one.venue))

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who is given as speaker."""
        return tuple(dict.fromkeys(one for variant in self.variants for one in variant.speaker))

    @property
    def differs(self) -> bool:
        """Whether its documents give it in several wordings, dates, places, ways or mouths."""
        return len(self.variants) > 1

    @property
    def title(self) -> str:
        """The line with the number of its wordings and datings."""
        counts = (
            _number(len(self.quotes), "quotation"),
            _number(len(self.wordings), "wording"),
            _number(len(self.datings), "dating"),
        )
        who = ", ".join(self.speakers) or "nobody named"
        return f"{self.key} ({who}): {', '.join(counts)}"

    def in_words(self) -> list[str]:
        """Write the line out with its variants."""
        return [self.title, *(f"    {variant.in_words}" for variant in self.variants)]

    def trace(self) -> Trace:
        """Name the quotations, their passages and documents."""
        rows = sorted(self.quotes, key=lambda quote: quote.id)
        return Trace(
            tuple(quote.id for quote in rows),
            tuple(quote.passage for quote in rows if quote.passage),
            tuple(sorted({quote.source for quote in rows})),
        )

    def to_dict(self) -> dict[str, object]:
        """Give the line as plain values."""
        trace = self.trace()
        return {
            "line": self.key,
            "speakers": list(self.speakers),
            "wordings": len(self.wordings),
            "datings": len(self.datings),
            "venues": list(self.venues),
            "variants": [variant.to_dict() for variant in self.variants],
            "quotes": list(trace.rows),
            "sources": list(trace.sources),
            "title": self.title,
        }


def lines_of(quotes: Iterable[Quote]) -> list[Line]:
    """Put the versions of each line together; a quotation without a key is a line of its own."""
    by_key: dict[str, list[Quote]] = {}
    for quote in sorted(quotes, key=lambda one: one.id):
        by_key.setdefault(quote.line_key or quote.id, []).append(quote)
    return [Line(key, _variants(versions)) for key, versions in sorted(by_key.items())]


def _variants(versions: Iterable[Quote]) -> tuple[Variant, ...]:
    alike: dict[tuple[str, Dating, str, str, tuple[str, ...]], list[Quote]] = {}
    for one in versions:
        alike.setdefault((one.wording, one.dating, one.venue, one.mode, one.speaker), []).append(one)
    return tuple(Variant(*shared, tuple(quotes)) for shared, quotes in alike.items())


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
