"""Words that open the row that they rest on, and lists of rows behind a number."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a sentence; with a row, they open it."""

    text: str
    row: str = ""  # an evidence row, or a list of acts


Line = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """Acts behind a printed number."""

    row: str
    label: str
    acts: tuple[str, ...]
