"""Dates, ages, counts and codes as a reader says them."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from comity.provenance import Dating

MONTHS: Final = (
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
AUX: Final = {"negation": "did not happen", "hypothetical": "supposed", "future": "still to come then"}
BASES: Final = {  # what the date rests on, where the passage itself does not say it
    "stated": "",
    "context": "by the context",
    "doc_date": "by the date of writing",
    "background": "by general knowledge",
    "none": "",
}
SIGNS: Final = {"+": "+ better", "-": "− worse", "0": "no direction"}
_SMALL: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def day(one: date) -> str:
    """Write a day out.

    >>> day(date(2026, 5, 1))
    '1 May 2026'
    """
    return f"{one.day} {MONTHS[one.month - 1]} {one.year}"


def month(one: date) -> str:
    """Write a month out.

    >>> month(date(2023, 7, 31))
    'July 2023'
    """
    return f"{MONTHS[one.month - 1]} {one.year}"


def when(dating: Dating) -> str:
    """Write an interval out, no finer than it is known.

    >>> when(Dating(date(2022, 6, 1), date(2022, 6, 30), "month"))
    'June 2022'
    >>> when(Dating(date(1990, 1, 1), date(1999, 12, 31), "era"))
    '1990 to 1999'
    >>> when(Dating(date(1993, 1, 1), None, "year"))
    'from 1993 on'
    """
    start, end = dating.start, dating.end
    if start is None and end is None:
        return "undated"
    first = _coarse(start, dating.precision, first=True) if start else ""
    last = _coarse(end, dating.precision, first=False) if end else ""
    if not last:
        return f"from {first} on"
    if not first:
        return f"until {last}"
    if first == last:
        return first
    whole_years = start and end and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    if whole_years and start and end:
        return f"{start.year} to {end.year}" if start.year != end.year else str(start.year)
    return f"{first} to {last}"


def span(start: date | None, end: date | None) -> str:
    """Write the years of an era.

    >>> span(date(2022, 2, 24), None)
    '24 February 2022 on'
    >>> span(date(1945, 1, 1), date(1989, 12, 31))
    '1945 to 1989'
    """
    if start is None or end is None:
        return f"{day(start)} on" if start else (f"until {day(end)}" if end else "at any time")
    return when(Dating(start, end, "day"))


def age(since: date, today: date) -> str:
    """Say how long ago a day was.

    >>> age(date(2023, 7, 31), date(2026, 5, 1))
    '2 years and 9 months'
    >>> age(date(2026, 4, 30), date(2026, 5, 1))
    '1 day'
    """
    months = (today.year - since.year) * 12 + today.month - since.month - (today.day < since.day)
    if months < 1:
        return many((today - since).days, "day")
    years, rest = divmod(months, 12)
    return " and ".join(many(number, unit) for number, unit in ((years, "year"), (rest, "month")) if number)


def many(number: int, noun: str, plural: str = "") -> str:
    """Write a count with its noun.

    >>> many(1, "act"), many(1200, "act")
    ('1 act', '1,200 acts')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def small(number: int) -> str:
    """Write a small number as a word.

    >>> small(3), small(12)
    ('three', '12')
    """
    return _SMALL[number] if 0 <= number < len(_SMALL) else f"{number:,}"


def signed(value: float | None) -> str:
    """Write a number with its sign, two decimals and a minus that is one.

    >>> signed(-0.126), signed(-0.001), signed(None)
    ('−0.13', '+0.00', '–')
    """
    if value is None:
        return "–"
    text = f"{value:+.2f}".replace("-", "−")
    return "+0.00" if text == "−0.00" else text


def listed(parts: Sequence[str], word: str = "and") -> str:
    """Join parts as prose does.

    >>> listed(["Japan", "NATO", "Russia"])
    'Japan, NATO and Russia'
    """
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"


def balance(friendly: int, hostile: int) -> str:
    """Say in plain words how friendly and hostile acts compare.

    >>> balance(40, 1), balance(3, 2), balance(0, 0)
    ('almost only friendly', 'mixed', 'neither friendly nor hostile')
    """
    total = friendly + hostile
    if total == 0:
        return "neither friendly nor hostile"
    part = friendly / total
    for least, words in ((0.9, "almost only friendly"), (0.65, "mostly friendly"), (0.35, "mixed")):
        if part >= least:
            exact = least == 0.9 and hostile == 0
            return "only friendly" if exact else words
    return "mostly hostile" if part > 0.1 else ("almost only hostile" if friendly else "only hostile")


def standing_in_words(net: float, low: float, high: float) -> str:
    """Say what a net tie and its interval mean.

    >>> standing_in_words(0.5, 0.3, 0.6), standing_in_words(-0.1, -0.3, 0.1)
    ('clearly friendly', 'mixed: the sign is not certain')
    """
    if low <= 0 <= high:
        return "mixed: the sign is not certain"
    strong = "clearly" if abs(net) >= 0.4 else "somewhat"
    return f"{strong} {'friendly' if net > 0 else 'hostile'}"


def clip(text: str, limit: int) -> str:
    """Cut a text that would flood the page."""
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1].rstrip() + "…"


def _coarse(one: date, precision: str, *, first: bool) -> str:
    if precision == "day":
        return day(one)
    at_edge = (one.month, one.day) == ((1, 1) if first else (12, 31))
    return str(one.year) if precision in ("year", "era") and at_edge else month(one)
