"""Pledges against the day on which one looks: when made, by when due, where they stand."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from comity.figures.axis import Axis, straight_axis
from comity.figures.svg import anchor, figure, link, number, tag, words, wrap

_LABELS: Final = 292.0
_STATUS: Final = 172.0
_ROW: Final = 36.0
_TOP: Final = 34.0


class LedgerLine(NamedTuple):
    """One pledge: the days on which it was made and is due, each an interval or open."""

    id: str
    label: str
    status: str  # in words
    made: tuple[date | None, date | None] = (None, None)
    due: tuple[date | None, date | None] = (None, None)
    overdue: bool = False
    delivered: bool = False


def ledger(
    lines: Sequence[LedgerLine],
    *,
    as_of: date,
    title: str = "What was promised, and by when",
    name: str = "ledger",
    href: str = "#row-",
    width: float = 860.0,
) -> str:
    """Draw one row a pledge: made (bar), due (diamond), and the line of the day one looks on."""
    axis = _axis(lines, as_of, width)
    bottom = _TOP + _ROW * len(lines)
    parts = [
        tag("rect", class_="band", x=0.0, y=_TOP + _ROW * i, width=width, height=_ROW)
        for i in range(0, len(lines), 2)
    ]
    for place, year in axis.ticks():
        parts.append(tag("path", d=f"M{number(place)} {number(_TOP)}V{number(bottom)}", class_="rule"))
        parts.append(words(place, bottom + 16, year, "soft s m"))
    for index, line in enumerate(lines):
        parts.append(_line(line, _TOP + _ROW * (index + 0.5), axis, as_of, href, width))
    today = axis.place(as_of)
    parts.append(
        tag(
            "path", d=f"M{number(today)} {number(_TOP - 8)}V{number(bottom)}", class_="axis", stroke_width=1.5
        )
    )
    parts.append(words(min(today, width - _STATUS - 20), _TOP - 14, f"as of {as_of:%-d %B %Y}", "s b m"))
    overdue = sum(line.overdue for line in lines)
    return figure(
        parts,
        name=name,
        title=title,
        description=f"{len(lines)} pledges as of {as_of}; {overdue} overdue as far as this record knows.",
        width=width,
        height=bottom + 24,
    )


def _axis(lines: Sequence[LedgerLine], as_of: date, width: float) -> Axis:
    days = [as_of, *(day for line in lines for day in (*line.made, *line.due) if day)]
    first, last = date(min(days).year, 1, 1), date(max(days).year, 12, 31)
    return straight_axis(first, last, _LABELS + 12, width - _STATUS - 16)


def _line(line: LedgerLine, middle: float, axis: Axis, as_of: date, href: str, width: float) -> str:
    texts = wrap(line.label, _LABELS - 8)
    first = middle + 4 - 7 * (len(texts) - 1)
    parts = [words(6, first + 14 * index, text) for index, text in enumerate(texts)]
    parts.extend(_course(line, middle, axis, as_of))
    states = wrap(line.status, _STATUS - 4, 11)
    first = middle + 4 - 7 * (len(states) - 1)
    ink = "s b ht" if line.overdue else "s"
    parts.extend(words(width - _STATUS, first + 13 * index, text, ink) for index, text in enumerate(states))
    parts.append(tag("rect", class_="hit", x=0.0, y=middle - _ROW / 2 + 1, width=width, height=_ROW - 2))
    return link(href + anchor(line.id), f"{line.label}: {line.status}", *parts)


def _course(line: LedgerLine, middle: float, axis: Axis, as_of: date) -> list[str]:
    parts = []
    made_start, made_end = line.made
    due = line.due[1] or line.due[0]
    begun = made_end or made_start
    if begun and due:
        path = f"M{number(axis.place(begun))} {number(middle)}H{number(axis.place(due, end=True))}"
        parts.append(tag("path", d=path, class_="axis", stroke_dasharray="2 3"))
    if begun:
        left = axis.place(made_start or begun)
        wide = max(axis.place(begun, end=True) - left, 7.0)
        parts.append(tag("rect", class_="f", x=left, y=middle - 5, width=wide, height=10.0, rx=2.0))
    if due:
        place = axis.place(due, end=True)
        class_ = "h" if line.overdue else ("f" if line.delivered else "node")
        path = f"M{number(place)} {number(middle - 8)}l8 8l-8 8l-8 -8Z"
        parts.append(tag("path", d=path, class_=class_, stroke_width=1.6))
    return parts
