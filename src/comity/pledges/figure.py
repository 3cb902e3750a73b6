"""Figures side by side. Nothing here adds two of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from comity.pledges.record import Statement
from comity.pledges.spans import span_in_words, window_in_words
from comity.provenance import Dating

_BOUND_WORDS: Final = {"exact": "", "at_least": "more than", "at_most": "at most", "about": "about"}
_SCALES: Final = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"))
_INFINITE: Final = float("inf")


@dataclass(frozen=True, slots=True)
class Figure:
    """One amount as one source gives it, with all that is needed to read it."""

    statement: str
    amount: float
    bound: str
    unit: str
    currency: str
    definition: str
    as_of: Dating | None
    said: Dating
    source: str

    @classmethod
    def of(cls, statement: Statement) -> "Figure | None":
        """Take the figure out of a statement, if it has one."""
        if statement.quantity is None:
            return None
        return cls(
            statement.id,
            statement.quantity,
            statement.bound,
            statement.unit,
            statement.currency,
            statement.definition,
            statement.as_of,
            statement.said,
            statement.source,
        )

    @property
    def day(self) -> Dating:
        """When the figure holds: its as-of date, else when its source spoke."""
        return self.as_of or self.said

    @property
    def bound_in_words(self) -> str:
        """How the amount limits the true one; empty for an exact one."""
        return _BOUND_WORDS[self.bound]

    @property
    def in_words(self) -> str:
        """The amount with bound, currency or unit, and date; the definition stands beside it."""
        amount = f"{self.currency} {plain(self.amount)}" if self.currency else plain(self.amount)
        unit = "" if self.currency else self.unit.replace("_", " ").replace("gdp", "GDP")
        when = f"as of {span_in_words(self.as_of)}" if self.as_of else f"said {window_in_words(self.said)}"
        said = " ".join(part for part in (self.bound_in_words, amount, unit) if part)
        return f"{said}, {when}"

    @property
    def limits(self) -> tuple[float, float]:
        """The least and the most that the true amount can be."""
        least = -_INFINITE if self.bound == "at_most" else self.amount
        most = _INFINITE if self.bound == "at_least" else self.amount
        return least, most

    def to_dict(self) -> dict[str, object]:
        """Give the figure as plain values."""
        return {
            "statement": self.statement,
            "amount": self.amount,
            "bound": self.bound,
            "bound_in_words": self.bound_in_words,
            "unit": self.unit,
            "currency": self.currency,
            "definition": self.definition,
            "as_of": span_to_dict(self.as_of),
            "said": span_to_dict(self.said),
            "source": self.source,
            "in_words": self.in_words,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two figures of one pledge say of each other."""

    first: Figure
    second: Figure
    finding: str  # "rises over time", "falls over time", "the same", "sources differ", "may be the same"
    same_definition: bool

    @property
    def brief(self) -> str:
        """The finding, and a warning where the two do not count the same thing."""
        warning = "" if self.same_definition else " (the two are defined differently)"
        return f"{self.first.statement} and {self.second.statement}: {self.finding}{warning}"

    @property
    def in_words(self) -> str:
        """The two figures written out, and the finding."""
        return f"{self.first.in_words}; {self.second.in_words}; {self.brief}"

    def to_dict(self) -> dict[str, object]:
        """Give the comparison as plain values."""
        return {
            "first": self.first.statement,
            "second": self.second.statement,
            "finding": self.finding,
            "same_definition": self.same_definition,
            "in_words": self.in_words,
        }


def figures_of(statements: Iterable[Statement]) -> tuple[Figure, ...]:
    """Take the figures of several statements, the earliest first."""
    found = (Figure.of(statement) for statement in statements)
    return tuple(sorted((figure for figure in found if figure), key=_place))


def compare(figures: Iterable[Figure]) -> tuple[Comparison, ...]:
    """Compare each figure with the next one in the same unit and currency."""
    by_measure: dict[tuple[str, str], list[Figure]] = {}
    for figure in sorted(figures, key=_place):
        by_measure.setdefault((figure.unit, figure.currency), []).append(figure)
    return tuple(
        Comparison(first, second, _finding(first, second), first.definition == second.definition)
        for alike in by_measure.values()
        for first, second in pairwise(alike)
    )


def plain(amount: float) -> str:
    """Write an amount as a reader says it.

    >>> plain(7_100_000_000)
    '7.1 billion'
    >>> plain(2)
    '2'
    """
    for scale, name in _SCALES:
        if abs(amount) >= scale:
            return f"{amount / scale:.12g} {name}"
    return f"{amount:,.12g}"


def span_to_dict(dating: Dating | None) -> dict[str, object] | None:
    """Give an interval as plain values."""
    if dating is None:
        return None
    return {
        "start": str(dating.start) if dating.start else None,
        "end": str(dating.end) if dating.end else None,
        "precision": dating.precision,
        "basis": dating.basis,
        "in_words": span_in_words(dating),
    }


def _finding(first: Figure, second: Figure) -> str:
    if first.limits == second.limits:
        return "the same"
    (least, most), (other_least, other_most) = first.limits, second.limits
    apart = most < other_least or other_most < least
    in_time = first.day.end is not None and second.day.start is not None and first.day.end < second.day.start
    if not apart:
        return "may be the same"
    if not in_time:
        return "sources differ"
    return "rises over time" if most < other_least else "falls over time"


def _place(figure: Figure) -> tuple[str, str, str]:
    return str(figure.day.start or ""), str(figure.day.end or "9999"), figure.statement
