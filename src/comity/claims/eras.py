"""Eras: which ones share days."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Protocol

Span = tuple[date | None, date | None]  # inclusive; None is open


class Era(Protocol):
    """An era of a case."""

    @property
    def id(self) -> str:
        """Its name in claims.csv."""

    @property
    def start(self) -> date | None:
        """Its first day."""

    @property
    def end(self) -> date | None:
        """Its last day."""


def spans_of(eras: Mapping[str, Span] | Iterable[Era]) -> dict[str, Span]:
    """Take first and last days by era, from a mapping or from the eras of a case."""
    if isinstance(eras, Mapping):
        return dict(eras)
    return {era.id: (era.start, era.end) for era in eras}


def share_a_day(one: Span, other: Span) -> bool:
    """Tell whether any day lies in both.

    >>> share_a_day((date(2012, 12, 1), date(2022, 2, 23)), (date(2022, 2, 24), None))
    False
    """
    (start, end), (other_start, other_end) = one, other
    starts_in_time = start is None or other_end is None or start <= other_end
    return starts_in_time and (other_start is None or end is None or other_start <= end)
