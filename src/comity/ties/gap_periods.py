"""The periods that a gap is measured in: whole months of the calendar, or eras."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from comity.events import Era, month_end, month_of
from comity.provenance import UsageError
from comity.ties.memory import EPOCH

LENGTHS: Final = {"quarter": 3, "half-year": 6, "year": 12}  # months
ERA: Final = "era"
BY: Final = (*LENGTHS, ERA)
LETTERS: Final = {"quarter": "-Q", "half-year": "-H", "year": ""}


@dataclass(frozen=True, slots=True)
class Period:
    """Some whole months, from the first day to the last.

    Parameters
    ----------
    label : "2022-H1", "2022-Q3", "2022", or the id of an era
    first_month, last_month : both included, as `month_of` numbers them
    """

    label: str
    first_month: int
    last_month: int

    @property
    def start(self) -> date:
        """The first day."""
        return EPOCH + timedelta(month_end(self.first_month - 1))

    @property
    def end(self) -> date:
        """The last day."""
        return EPOCH + timedelta(month_end(self.last_month) - 1)

    @property
    def months(self) -> int:
        """How many months it has."""
        return self.last_month - self.first_month + 1


def periods_of(
    by: str, start: date, end: date, eras: Sequence[Era] = ()
) -> tuple[tuple[Period, ...], tuple[str, ...]]:
    """Part a span into periods, and say in words what was left out or cut.

    Only whole months count. A quarter, half-year or year that the span does not cover is left out: the
    mean of a part is not that of the whole. Eras are cut to the span, and a month that an era's first
    or last day cuts counts in no era.

    Parameters
    ----------
    by : "quarter", "half-year", "year" or "era"
    start, end : first and last day, both included
    eras : for "era"; those that are not displayed are passed over

    Raises
    ------
    UsageError : an unknown `by`, or an end before the start

    Examples
    --------
    >>> found, said = periods_of("half-year", date(2022, 1, 1), date(2023, 3, 31))
    >>> [period.label for period in found], said
    (['2022-H1', '2022-H2'], ('2023-H1 is left out: the span holds 3 of its 6 months',))
    """
    if by not in BY:
        raise UsageError(f"unknown period {by!r}", allowed=f"One of {', '.join(BY)}.")
    if end < start:
        raise UsageError(f"a span from {start} to {end}", allowed="It ends on or after its first day.")
    first = month_of(start) + (start.day > 1)
    last = month_of(end + timedelta(days=1)) - 1
    if by == ERA:
        return _eras(first, last, eras)
    length = LENGTHS[by]
    whole, cut = [], []
    for place in range(first // length, last // length + 1):
        period = Period(_label(by, place * length), place * length, (place + 1) * length - 1)
        held = min(last, period.last_month) - max(first, period.first_month) + 1
        if held == length:
            whole.append(period)
        elif held > 0:
            cut.append(f"{period.label} is left out: the span holds {held} of its {length} months")
    return tuple(whole), tuple(cut)


def _label(by: str, month: int) -> str:
    year, place = divmod(month, 12)
    return f"{year}{LETTERS[by]}{'' if by == 'year' else place // LENGTHS[by] + 1}"


def _eras(first: int, last: int, eras: Sequence[Era]) -> tuple[tuple[Period, ...], tuple[str, ...]]:
    found, said = [], []
    for era in eras:
        if not era.display:
            continue
        begins = first if era.start is None else month_of(era.start) + (era.start.day > 1)
        ends = last if era.end is None else month_of(era.end + timedelta(days=1)) - 1
        period = Period(era.id, max(first, begins), min(last, ends))
        if period.months < 1:
            continue
        found.append(period)
        if begins < first or ends > last or era.end is None or era.start is None:
            said.append(f"{era.id} is cut to the span: {period.start} to {period.end}")
    return tuple(found), tuple(said)
