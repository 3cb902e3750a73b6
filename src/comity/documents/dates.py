"""Dates in running text: each with its interval, its precision and what it rests on."""

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from comity.provenance import Dating

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",),
            ("june", "jun"), ("july", "jul"), ("august", "aug"), ("september", "sept", "sep"),
            ("october", "oct"), ("november", "nov"), ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
SEASONS: Final = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
FISCAL_STARTS: Final = {
    "JPN": 4,
    "GBR": 4,
    "IND": 4,
    "CAN": 4,
    "USA": -9,
    "AUS": -6,
}  # minus: begins the year before
_M: Final = (
    r"(?P<{0}>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?|"
    + (r"sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)")
)
_Y: Final = r"(?P<{0}>1[89]\d\d|20\d\d)"
_D: Final = r"(?P<{0}>[0-3]?\d)(?:st|nd|rd|th)?"
_RELATIVE: Final = (
    r"(?P<rel>this|last|next|the following|the next|the previous|the same|that|the coming|later that|"
    r"earlier this|later this)"
)
_PATTERNS: Final = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("day", rf"\b{_M.format('m')}\s+{_D.format('d')}\s*,?\s+{_Y.format('y')}\b"),
        ("day", rf"\b{_D.format('d')}\s+(?:of\s+)?{_M.format('m')}\s*,?\s+{_Y.format('y')}\b"),
        ("day", r"\b(?P<y>(?:19|20)\d\d)-(?P<mm>[01]\d)-(?P<d>[0-3]\d)\b"),
        (
            "months",
            rf"\b(?:from |between )?{_M.format('m')}\s*(?:and|to|until|through|-|–|—)\s*{_M.format('m2')}"
            rf"\s+(?:of\s+)?{_Y.format('y')}\b",
        ),
        (
            "month",
            rf"\b(?:(?P<part>early|mid|late)[\s-])?{_M.format('m')}\s*,?\s+(?:of\s+)?{_Y.format('y')}\b",
        ),
        ("season", rf"\b(?P<s>spring|summer|autumn|fall|winter)\s+(?:of\s+)?{_Y.format('y')}\b"),
        ("fiscal", rf"\b(?:FY|fiscal (?:year )?|financial year )\s*{_Y.format('y')}\b"),
        (
            "decades",
            r"\b(?:the )?(?P<y>(?:19|20)\d0)s (?:and|to|through|-|–) (?:the )?(?P<y2>(?:19|20)\d0)s\b",
        ),
        ("decade", r"\b(?:(?P<part>early|mid|late)[\s-])?(?:the )?(?P<y>(?:19|20)\d0)[’']?s\b"),
        (
            "range",
            rf"\b(?:from |between )?{_Y.format('y')}\s*(?:to|until|through|and|-|–)\s*{_Y.format('y2')}\b",
        ),
        ("relmonth", rf"\b(?:{_RELATIVE}\s+){_M.format('m')}\b(?!\s+\d)"),
        (
            "baremonth",
            r"\b(?:in|until|since|by|during|for|of|’s|'s)\s+(?:early |mid-?|late )?"
            r"(?-i:(?P<m>January|February|March|April|May|June|July|August|September|October|November|December))\b(?!\s+\d)",
        ),
        ("thismonth", rf"\b{_RELATIVE}\s+month\b"),
        ("thisyear", rf"\b{_RELATIVE}\s+(?:fiscal |calendar )?year\b"),
        ("thisweek", rf"\b{_RELATIVE}\s+week\b"),
        ("thisday", r"\b(?P<rel>the following|the next|the previous) day\b"),
        ("yesterday", r"\byesterday\b"),
        ("relseason", rf"\b{_RELATIVE}\s+(?P<s>spring|summer|autumn|fall|winter)\b"),
        (
            "ago",
            r"\b(?P<n>\d+|two|three|four|five|six|seven|eight|nine|ten|a|an|one) "
            r"(?P<u>year|month|week|day|decade)s? (?P<dir>ago|earlier|later)\b",
        ),
        (
            "past",
            r"\b(?:the )?(?:past|last) (?P<n>\d+|two|three|four|five|six|seven|eight|nine|ten|several|few) "
            r"(?P<u>year|month|week|decade)s?\b",
        ),
        ("past1", r"\bthe (?:past|last) (?P<u>decade|century|year)\b"),
        (
            "anaphor",
            r"\b(?:at (?:this|that|the same) time|during this (?:time|period)|on that occasion|that day)\b",
        ),
        ("century", r"\b(?P<c>1[89]|20|21)(?:st|th) century\b"),
        (
            "year",
            rf"\b{_Y.format('y')}\b(?!\s*(?:%|percent|million|billion|troops|soldiers|people|km|miles|meters))",
        ),
    )
)
_YEAR: Final = re.compile(r"(?:1[89]|20)\d\d")
# What stands in every text in which a form can be found: a cheap look before a dear one.
_SIGNS: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(("months", "month", "relmonth", "baremonth"), tuple({name[:3]: 0 for name in MONTHS})),
    **dict.fromkeys(("season", "relseason"), tuple(SEASONS)),
    "fiscal": ("fy", "fiscal", "financial"),
    "thismonth": ("month",),
    "thisyear": ("year",),
    "thisweek": ("week",),
    "thisday": ("day",),
    "yesterday": ("yesterday",),
    "ago": ("ago", "earlier", "later"),
    "past": ("past", "last"),
    "past1": ("past", "last"),
    "anaphor": ("time", "period", "occasion", "day"),
    "century": ("century",),
}
_DATED: Final = frozenset(
    ("day", "months", "month", "season", "fiscal", "decades", "decade", "range", "year")
)
Printed = list[tuple[str, re.Match[str]]]
_LEADS: Final = re.compile(
    r"\b(?P<lead>by the end of|before the end of|at the end of|by|no later than|until|through|till|since|"
    r"from|after|following|starting in|beginning in|before|prior to|as of)\s+(?:the\s+)?"
    r"(?:end of\s+|start of\s+|early\s+|late\s+)?$",
    re.IGNORECASE,
)
_NUMBERS: Final = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "several": 5,
    "few": 3,
}


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as printed: its place in the text that was read, its interval, how it is led in."""

    start: int
    end: int
    dating: Dating
    lead: str  # "", "by", "until", "since", "after", "before", "as of"
    anaphoric: bool = False  # takes its meaning from a date before it

    @property
    def is_deadline(self) -> bool:
        """Whether it is a day by which something is due."""
        return self.lead == "by"


@dataclass(frozen=True, slots=True)
class DateReader:
    """Reads the dates of one document, given the window in which it was written."""

    written: tuple[date | None, date | None] = (None, None)
    fiscal_year_starts: int = 0  # month; 0: the calendar year is not known to differ

    @property
    def today(self) -> date | None:
        """The day that "last year" counts from: the end of the writing window, else its start."""
        return self.written[1] or self.written[0]

    def find(
        self, text: str, *, before: Dating | None = None, printed: Printed | None = None
    ) -> list[DateMention]:
        """Find every date.

        Parameters
        ----------
        before : the date last spoken of, for "the following year"
        printed : what `printed_dates` gave for this text, if it was asked
        """
        found: list[DateMention] = []
        for name, match in printed_dates(text) if printed is None else printed:
            dating = self._dating(name, match, before)
            if dating is None:
                continue
            lead = _lead(text[: match.start()], match.group(0))
            mention = DateMention(
                match.start(), match.end(), _opened(dating, lead), lead, dating.basis == "context"
            )
            found.append(mention)
            if not mention.is_deadline:
                before = dating
        return found

    def _dating(self, name: str, match: re.Match[str], before: Dating | None) -> Dating | None:
        try:
            return self._read(name, match.groupdict(), before)
        except (ValueError, OverflowError):  # 31 June, year 0
            return None

    def _read(self, name: str, part: dict[str, str | None], before: Dating | None) -> Dating | None:
        year = int(part.get("y") or 0)
        month = _month(part.get("m") or part.get("mm") or "")
        if name == "day":
            day = date(year, month, int(part["d"] or 0))
            return Dating(day, day, "day", "stated")
        if name == "months":
            return Dating(date(year, month, 1), _month_end(year, _month(part["m2"] or "")), "month", "stated")
        if name == "month":
            return Dating(date(year, month, 1), _month_end(year, month), "month", "stated")
        if name in ("season", "relseason"):
            return self._season(name, part, year)
        if name == "fiscal":
            return self._fiscal(year)
        if name in ("decade", "decades"):
            return _decade(year, int(part.get("y2") or year), (part.get("part") or "").lower())
        if name == "range":
            last = int(part["y2"] or 0)
            return Dating(date(year, 1, 1), date(last, 12, 31), "year", "stated") if last > year else None
        if name == "century":
            first = (int(part["c"] or 0) - 1) * 100 + 1
            return Dating(date(first, 1, 1), date(first + 99, 12, 31), "era", "stated")
        if name == "year":
            return _years(year, year, "stated")
        return self._relative(name, part, before)

    def _relative(self, name: str, part: dict[str, str | None], before: Dating | None) -> Dating | None:
        word = (part.get("rel") or "").lower()
        if name == "anaphor":
            return replace(before, basis="context") if before else None
        if word in ("the following", "the next", "the previous", "the same", "that", "later that"):
            step = {"the following": 1, "the next": 1, "the previous": -1}.get(word, 0)
            if name in ("thisday", "thismonth"):
                return _stepped(before, step, name) if before else None
            if not before or not before.start or name not in ("thisyear", "relmonth"):
                return None
            year = before.start.year + step
            if name == "relmonth":
                month = _month(part.get("m") or "")
                return Dating(date(year, month, 1), _month_end(year, month), "month", "context")
            return _years(year, year, "context")
        today = self.today
        if today is None:
            return None
        if name == "yesterday":
            first = self.written[0] or today
            return Dating(first - timedelta(days=1), today - timedelta(days=1), "day", "doc_date")
        step = {"last": -1, "next": 1, "the coming": 1}.get(word, 0)
        if name == "thisyear":
            return _years(today.year + step, today.year + step, "doc_date")
        if name == "thismonth":
            return _month_from(today, step)
        if name == "thisweek":
            day = today + timedelta(days=7 * step)
            return Dating(
                day - timedelta(days=day.weekday()),
                day + timedelta(days=6 - day.weekday()),
                "day",
                "doc_date",
            )
        if name in ("relmonth", "baremonth"):
            month = _month(part.get("m") or "")
            if name == "baremonth" and before and before.start and before.basis != "doc_date":
                return Dating(
                    date(before.start.year, month, 1),
                    _month_end(before.start.year, month),
                    "month",
                    "context",
                )
            year = today.year
            if (word == "last" or name == "baremonth") and month > today.month:
                year -= 1
            if word == "next" and month <= today.month:
                year += 1
            return Dating(date(year, month, 1), _month_end(year, month), "month", "doc_date")
        return _counted(name, part, today, before)

    def _season(self, name: str, part: dict[str, str | None], year: int) -> Dating | None:
        first, last = SEASONS[(part["s"] or "").lower()]
        basis = "stated"
        if name == "relseason":
            if self.today is None:
                return None
            word = (part.get("rel") or "").lower()
            year, basis = self.today.year, "doc_date"
            year += {"last": -1, "next": 1}.get(word, 0) if word != "last" or first >= self.today.month else 0
        end = _month_end(year + (last > 12), (last - 1) % 12 + 1)
        return Dating(date(year, first, 1), end, "month", basis)

    def _fiscal(self, year: int) -> Dating:
        start = self.fiscal_year_starts
        if start > 1:
            return Dating(date(year, start, 1), _month_end(year + 1, start - 1), "month", "stated")
        if start < 0:
            return Dating(date(year - 1, -start + 1, 1), _month_end(year, -start), "month", "stated")
        return _years(year, year, "stated")


def printed_dates(text: str) -> Printed:
    """Find what is written like a date, in order; the first form that fits takes the words."""
    taken: list[tuple[int, int]] = []
    raw: Printed = []
    folded, dated = text.casefold(), _YEAR.search(text) is not None
    for name, pattern in _PATTERNS:
        if not dated and name in _DATED:
            continue
        signs = _SIGNS.get(name)
        if signs and not any(sign in folded for sign in signs):
            continue
        for match in pattern.finditer(text):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                taken.append((match.start(), match.end()))
                raw.append((name, match))
    return sorted(raw, key=lambda pair: pair[1].start())


def _counted(name: str, part: dict[str, str | None], today: date, before: Dating | None) -> Dating | None:
    unit = (part.get("u") or "").lower()
    years = {"year": 1, "decade": 10, "century": 100}.get(unit, 0)
    if name == "past1":
        return Dating(date(today.year - years, 1, 1), today, "era", "doc_date")
    printed = (part.get("n") or "0").lower()
    number = _NUMBERS.get(printed) or int(printed)
    if name == "past":
        days = number * {"year": 365, "decade": 3652, "month": 30, "week": 7}[unit]
        return Dating(today - timedelta(days=days), today, "era" if years else "month", "doc_date")
    direction = (part.get("dir") or "").lower()
    step = -number if direction in ("ago", "earlier") else number
    if direction != "ago" and before and not years:
        days = {"week": 7}.get(unit, 1)
        return _stepped(before, step * days, "thismonth" if unit == "month" else "thisday")
    anchor = today if direction == "ago" else (before.start if before else None)
    if anchor is None:
        return None
    basis = "doc_date" if direction == "ago" else "context"
    if years:
        return _years(anchor.year + step * years, anchor.year + step * years, basis)
    if unit == "month":
        return replace(_month_from(anchor, step), basis=basis)
    day = anchor + timedelta(days=step * (7 if unit == "week" else 1))
    return Dating(day, day, "day", basis)


def _stepped(before: Dating, step: int, name: str) -> Dating | None:
    """Days or months from a date, and never finer than that date is.

    "The next day" after 30 April is 1 May; after "in 2014" it is some day of that year or of the next.
    """
    first, last = before.start, before.end
    if first is None or last is None:
        return None
    if name == "thisday":
        by = timedelta(days=step)
        if before.precision == "day":
            day = (last if step > 0 else first) + by
            return Dating(day, day, "day", "context")
        return Dating(first + by, last + by, before.precision, "context")
    start, end = _month_from(first, step).start, _month_from(last, step).end
    return Dating(start, end, "month" if before.precision == "day" else before.precision, "context")


def _month(name: str) -> int:
    if name.isdigit():
        return int(name)
    return MONTHS.get(name.lower().rstrip("."), 0)


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _month_from(day: date, step: int) -> Dating:
    months = day.year * 12 + day.month - 1 + step
    year, month = months // 12, months % 12 + 1
    return Dating(date(year, month, 1), _month_end(year, month), "month", "doc_date")


def _years(first: int, last: int, basis: str) -> Dating:
    return Dating(date(first, 1, 1), date(last, 12, 31), "year", basis)


def _decade(first: int, last: int, part: str) -> Dating:
    """Early: years 0 to 3; mid: 4 to 6; late: 7 to 9."""
    low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part, (0, 9))
    return Dating(date(first + low, 1, 1), date(last + high, 12, 31), "era", "stated")


def _lead(before: str, words: str) -> str:
    if words.lower().startswith(("from ", "between ")):
        return ""
    match = _LEADS.search(before[-40:])
    word = match.group("lead").lower() if match else ""
    if word in ("by", "by the end of", "no later than", "before the end of"):
        return "by"
    if word in ("until", "through", "till"):
        return "until"
    if word in ("since", "from", "starting in", "beginning in"):
        return "since"
    if word in ("after", "following"):
        return "after"
    return {"before": "before", "prior to": "before", "as of": "as of"}.get(word, "")


def _opened(dating: Dating, lead: str) -> Dating:
    """Open the interval as its lead says: "since 2019" has no end, "until 2010" no start."""
    if lead in ("since", "after"):
        return replace(dating, end=None)
    if lead in ("until", "before"):
        return replace(dating, start=None)
    return dating
