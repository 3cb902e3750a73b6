"""What was done under a programme, by area and year."""

from collections.abc import Iterable
from dataclasses import dataclass

from comity.pledges.known import Word
from comity.pledges.spans import span_in_words
from comity.pledges.versions import dated
from comity.provenance import Dating


@dataclass(frozen=True, slots=True)
class Activity:
    """Something done under a programme, in an area, in or since a year."""

    statement: str
    what: str
    area: str
    dating: Dating | None
    source: str

    @property
    def year(self) -> int | None:
        """The year in which it happened or began; ``None`` where these sources give none."""
        if self.dating is None or self.dating.start is None:
            return None
        several_years = self.dating.end is not None and self.dating.end.year != self.dating.start.year
        return None if several_years else self.dating.start.year

    @property
    def continues(self) -> bool:
        """Whether no end is given."""
        return self.dating is not None and self.dating.start is not None and self.dating.end is None

    @property
    def year_in_words(self) -> str:
        """The year, the years between which it lies, or that none is named."""
        if self.continues and self.year:
            return f"since {self.year}"
        return str(self.year) if self.year else f"year not named ({span_in_words(self.dating)})"

    def to_dict(self) -> dict[str, object]:
        """Give the activity as plain values."""
        return {
            "statement": self.statement,
            "what": self.what,
            "area": self.area,
            "year": self.year,
            "year_in_words": self.year_in_words,
            "continues": self.continues,
            "source": self.source,
        }


def activities_of(words: Iterable[Word]) -> tuple[Activity, ...]:
    """Take the activity rows, the earliest year first, those without a year last."""
    rows = [word.statement for word in words if word.statement.role == "activity"]
    found = (
        Activity(one.id, one.object or ", ".join(one.items), one.area, dated(one), one.source) for one in rows
    )
    return tuple(sorted(found, key=lambda one: (one.year or 9999, one.statement)))
