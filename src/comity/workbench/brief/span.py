"""Words that open the row that they rest on, and lists of rows behind a number."""

from typing import NamedTuple


class Span(NamedTuple):
    """Words of a sentence; with a row, they open it."""

    text: str
    row: str = ""  # an evidence row, or a list of acts


Line = tuple[Span, ...]


class Count(NamedTuple):
    """Acts behind a printed number."""

    row: str
    label: str
    acts: tuple[str, ...]
