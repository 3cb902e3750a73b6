"""Days and intervals in words, as a reader would say them."""

from datetime import date, timedelta
from typing import Final

from comity.provenance import Dating

_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_in_words(day: date) -> str:
    """Write a day out.

    >>> day_in_words(date(2028, 3, 31))
    '31 March 2028'
    """
    return f"{day.day} {_month(day)}"


def span_in_words(dating: Dating | None) -> str:
    """Write an interval out, as coarsely as its ends allow.

    >>> span_in_words(Dating(date(2023, 7, 1), date(2023, 7, 31), "month"))
    'July 2023'
    >>> span_in_words(Dating(date(2023, 1, 1), date(2026, 12, 31), "year"))
    '2023 to 2026'
    >>> span_in_words(Dating(date(2023, 7, 1), None, "month"))
    'from July 2023 on'
    """
    if dating is None or (dating.start is None and dating.end is None):
        return "undated"
    start, end = dating.start, dating.end
    if start is None or end is None:
        only = start or end
        if only is None:  # excluded above
            return "undated"
        grain = _month(only) if dating.precision in ("month", "era") else day_in_words(only)
        grain = str(only.year) if dating.precision == "year" else grain
        return f"from {grain} on" if start else f"until {grain}"
    if start == end:
        return day_in_words(start)
    if _opens_month(start) and _closes_month(end):
        whole_years = start.month == 1 and end.month == 12
        first, last = (str(start.year), str(end.year)) if whole_years else (_month(start), _month(end))
        return first if first == last else f"{first} to {last}"
    return f"{day_in_words(start)} to {day_in_words(end)}"


def window_in_words(dating: Dating) -> str:
    """Write out a window somewhere in which a source was written.

    >>> window_in_words(Dating(date(2023, 4, 1), date(2023, 7, 31), "era", "doc_date"))
    'between April and July 2023'
    """
    if dating.start is None or dating.end is None:
        return span_in_words(dating)
    first, divider, last = span_in_words(dating).partition(" to ")
    if divider:
        year = f" {dating.end.year}"
        short = first.removesuffix(year) if last.endswith(year) else first
        return f"between {short} and {last}"
    return f"on {first}" if dating.days == 1 else f"in {first}"


def deadline_in_words(dating: Dating) -> str:
    """Write a deadline out; a year that does not start in January keeps its calendar.

    >>> deadline_in_words(Dating(date(2027, 4, 1), date(2028, 3, 31), "month"))
    'fiscal year April 2027 to March 2028'
    """
    words = span_in_words(dating)
    return f"fiscal year {words}" if _is_fiscal_year(dating) else words


def whole_years(start: date, end: date) -> int:
    """Count the full years between two days.

    >>> whole_years(date(2023, 7, 1), date(2026, 6, 30))
    2
    """
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))


def _is_fiscal_year(dating: Dating) -> bool:
    start, end = dating.start, dating.end
    if start is None or end is None or start.month == 1 or not _opens_month(start):
        return False
    return _closes_month(end) and (end.year, end.month) == (start.year + 1, start.month - 1)


def _opens_month(day: date) -> bool:
    return day.day == 1


def _closes_month(day: date) -> bool:
    return day == date.max or (day + timedelta(days=1)).day == 1


def _month(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}"
