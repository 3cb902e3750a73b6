"""Two ties with one third party through time, the gap between them, and when authors date its part."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

from comity.figures.axis import Axis, straight_axis
from comity.figures.svg import anchor, figure, link, number, shorten, tag, text_width, words, wrap

_LEFT, _RIGHT = 52.0, 128.0
_TIES: Final = (44.0, 224.0)  # top and bottom of the upper panel
_GAP: Final = (276.0, 386.0)
_CLAIMS: Final = 442.0
_LANE: Final = 28.0
_NAME: Final = 14.0  # between two lines of a name
_SCALES: Final = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
_CLASSES: Final = {1: ("f", "fl", "ft"), -1: ("h", "hl", "ht"), 0: ("n", "nl", "")}  # mark, line, text


class GapPoint(NamedTuple):
    """Both ties with a third party in one period; a tie is None where there is too little to measure.

    `low` and `high` bound the gap; `row` names the list of what the point stands on.
    """

    label: str
    start: date
    end: date
    tie_a: float | None
    tie_b: float | None
    low: float | None = None
    high: float | None = None
    row: str = ""

    @property
    def gap(self) -> float | None:
        """The first tie less the second."""
        return None if self.tie_a is None or self.tie_b is None else self.tie_a - self.tie_b


class ClaimBar(NamedTuple):
    """Claims that give a third party one sign in one era; an open end runs on."""

    label: str
    sign: int
    start: date | None
    end: date | None
    row: str = ""


def gap_chart(
    points: Sequence[GapPoint],
    claims: Sequence[ClaimBar] = (),
    *,
    a: str,
    b: str,
    third: str,
    title: str = "",
    name: str = "gap",
    href: str = "#row-",
    width: float = 860.0,
) -> str:
    """Draw both ties with a third party, the gap with its interval, and the eras in which authors place it.

    A circle is the first tie, a square the second; filled is friendly, dashed and hollow hostile. Each
    period is one link. A period in which a tie is unknown breaks the lines.

    Parameters
    ----------
    points : periods in order of time
    claims : one bar each; those that lie outside the periods are not drawn
    a, b, third : printed names
    """
    title = title or f"{a} and {b} with {third}"
    known = [point for point in points if point.gap is not None]
    if not known:
        parts = [words(0, 24, shorten(f"No period in which both have a tie with {third}.", width), "soft")]
        return figure(parts, name=name, title=title, description="No period.", width=width, height=40)
    axis = straight_axis(points[0].start, points[-1].end, _LEFT, width - _RIGHT)
    lanes = _lanes([bar for bar in claims if _inside(bar, points)], axis)
    foot = _CLAIMS + _LANE * len(lanes) if lanes else _GAP[1] + 8
    parts = [
        words(0, 16, f"Tie with {third}, from −1 to +1", "b"),
        *_years(axis, [_TIES, _GAP, (_CLAIMS, _CLAIMS + _LANE * len(lanes))], foot),
        *_scale(axis, _TIES, (-1.0, 1.0)),
        *tie_lines(points, axis, _TIES),
        *_names(known[-1], axis, a, b),
        words(0, _GAP[0] - 20, f"Gap: the tie of {a} less the tie of {b}, with its interval", "b"),
        *_gaps(points, axis),
    ]
    if lanes:
        parts.append(words(0, _CLAIMS - 12, f"When authors place the part of {third}", "b"))
    for index, lane in enumerate(lanes):
        parts.extend(_claim(bar, axis, _CLAIMS + _LANE * index, href) for bar in lane)
    parts.extend(_column(point, axis, (_TIES[0] - 8, _GAP[1]), (a, b), href) for point in points)
    return figure(
        parts,
        name=name,
        title=title,
        description=_description(points, known),
        width=width,
        height=foot + 24,
    )


def tie_lines(points: Sequence[GapPoint], axis: Axis, panel: tuple[float, float]) -> list[str]:
    """Draw both ties and the band between them inside a panel that runs from −1 to +1."""
    parts = []
    for unknown, group in groupby(points, key=lambda point: point.gap is None):
        run = list(group)
        if unknown:
            left, right = axis.place(run[0].start), axis.place(run[-1].end, end=True)
            parts.append(
                tag("rect", class_="band", x=left, y=panel[0], width=right - left, height=_of(panel))
            )
            if right - left > 60:
                parts.append(words((left + right) / 2, sum(panel) / 2 - 6, "no tie", "soft s m"))
            continue
        first = [(_middle(point, axis), _height(point.tie_a or 0.0, panel)) for point in run]
        second = [(_middle(point, axis), _height(point.tie_b or 0.0, panel)) for point in run]
        parts.append(
            tag(
                "path",
                d=_path([*first, *reversed(second)]) + "Z",
                class_="n",
                fill_opacity=0.16,
                stroke="none",
            )
        )
        parts.append(tag("path", d=_path(second), class_="axis", stroke_width=2, stroke_dasharray="1 3"))
        parts.append(tag("path", d=_path(first), class_="il", stroke_width=2))
        for point, (x, high), (_, low) in zip(run, first, second, strict=True):
            size = 3.5
            parts.append(_square(x, low, size, point.tie_b or 0.0))
            parts.append(tag("circle", cx=x, cy=high, r=size + 0.7, class_=_class(point.tie_a or 0.0)))
    return parts


def signed(value: float) -> str:
    """Print a number with its sign, two decimals, and a minus that is one.

    >>> signed(-0.126), signed(0.0)
    ('−0.13', '+0.00')
    """
    text = f"{value:+.2f}".replace("-", "−")
    return "+0.00" if text == "−0.00" else text


def in_words(point: GapPoint, a: str, b: str) -> str:
    """Say a period in one line, for a reader who does not see it."""
    gap = point.gap
    if gap is None or point.tie_a is None or point.tie_b is None:
        silent = [name for name, tie in ((a, point.tie_a), (b, point.tie_b)) if tie is None]
        return f"{point.label}: no tie of {' and '.join(silent)}"
    bounds = ""
    if point.low is not None and point.high is not None:
        bounds = f", interval {signed(point.low)} to {signed(point.high)}"
    ties = f"{a} {signed(point.tie_a)}, {b} {signed(point.tie_b)}"
    return f"{point.label}: {ties}, gap {signed(gap)}{bounds}"


def _square(x: float, y: float, half: float, value: float) -> str:
    return tag("rect", x=x - half, y=y - half, width=2 * half, height=2 * half, class_=_class(value))


def _class(value: float) -> str:
    return "f" if value > 0 else ("h" if value < 0 else "n")


def _of(panel: tuple[float, float]) -> float:
    return panel[1] - panel[0]


def _middle(point: GapPoint, axis: Axis) -> float:
    return (axis.place(point.start) + axis.place(point.end, end=True)) / 2


def _height(value: float, panel: tuple[float, float], ends: tuple[float, float] = (-1.0, 1.0)) -> float:
    return panel[1] - (value - ends[0]) / (ends[1] - ends[0]) * _of(panel)


def _path(places: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in places)


def _scale(axis: Axis, panel: tuple[float, float], ends: tuple[float, float]) -> list[str]:
    parts = []
    for value in sorted({ends[0], 0.0, ends[1]}):
        y = _height(value, panel, ends)
        line = f"M{number(axis.left)} {number(y)}H{number(axis.right)}"
        parts.append(tag("path", d=line, class_="rule" if value else "axis"))
        text = f"{value:+g}".replace("-", "−") if value else "0"
        parts.append(words(axis.left - 8, y + 4, text, "soft s r"))
    return parts


def _years(axis: Axis, panels: Sequence[tuple[float, float]], foot: float) -> list[str]:
    parts = []
    for place, label in axis.ticks():
        lines = "".join(f"M{number(place)} {number(top)}V{number(bottom)}" for top, bottom in panels)
        parts.append(tag("path", d=lines, class_="rule"))
        parts.append(words(place, foot + 16, label, "soft s m"))
    return parts


def _names(last: GapPoint, axis: Axis, a: str, b: str) -> list[str]:
    x, room = axis.right + 4, _RIGHT - 8
    first = wrap(f"● {a}", room, 11, lines=3)
    second = wrap(f"■ {b}", room, 11, lines=3)
    high, low = (_height(tie or 0.0, _TIES) + 4 for tie in (last.tie_a, last.tie_b))
    above, below = (first, second) if high <= low else (second, first)
    upper, lower = min(high, low), max(high, low)
    need = _NAME * len(above) + 2
    if lower - upper < need:  # make room between the two
        upper = (upper + lower - need) / 2
        lower = upper + need
    return [
        words(x, top + _NAME * index, line, "s b" if lines is first else "s")
        for lines, top in ((above, upper), (below, lower))
        for index, line in enumerate(lines)
    ]


def _gaps(points: Sequence[GapPoint], axis: Axis) -> list[str]:
    bounds = [end for point in points for end in (point.gap, point.low, point.high) if end is not None]
    ends = (-_reach_of(-min(bounds)), _reach_of(max(bounds)))
    ends = ends if ends[0] < ends[1] else (-_SCALES[1], _SCALES[1])
    parts = _scale(axis, _GAP, ends)
    for point in points:
        gap = point.gap
        if gap is None:
            continue
        x, y = _middle(point, axis), _height(gap, _GAP, ends)
        top = y
        if point.low is not None and point.high is not None:
            top, bottom = (_height(bound, _GAP, ends) for bound in (point.high, point.low))
            whisker = f"M{number(x)} {number(top)}V{number(bottom)}m-4 0h8M{number(x - 4)} {number(top)}h8"
            parts.append(tag("path", d=whisker, class_="axis", stroke_width=1.4))
        parts.append(tag("circle", cx=x, cy=y, r=4.0, class_="focal"))
        parts.append(words(x, min(top, y) - 7, signed(gap), "s b m halo"))
    return parts


def _reach_of(value: float) -> float:
    return next((scale for scale in _SCALES if scale >= value), value)


def _inside(bar: ClaimBar, points: Sequence[GapPoint]) -> bool:
    starts_late = bar.start is not None and bar.start > points[-1].end
    ends_early = bar.end is not None and bar.end < points[0].start
    return not (starts_late or ends_early)


def _lanes(bars: Iterable[ClaimBar], axis: Axis) -> list[list[ClaimBar]]:
    lanes: list[list[ClaimBar]] = []
    in_order = sorted(
        bars, key=lambda bar: (bar.start or date.min, bar.end or date.max, -bar.sign, bar.label)
    )
    for bar in in_order:
        left = _reach(bar, axis)[0]
        free = next((lane for lane in lanes if _reach(lane[-1], axis)[1] <= left), None)
        if free is None:
            lanes.append([bar])
        else:
            free.append(bar)
    return lanes


def _ends(bar: ClaimBar, axis: Axis) -> tuple[float, float]:
    left = axis.place(bar.start) if bar.start else axis.left
    return left, axis.place(bar.end, end=True) if bar.end else axis.right


def _label(bar: ClaimBar, axis: Axis) -> tuple[float, bool]:
    """Find where a bar's label starts: inside it, or before it, or after it; tell whether it ends there."""
    left, right = _ends(bar, axis)
    wide = text_width(_said(bar), 11)
    if wide + 16 <= right - left:
        return left + 8, False
    return (left - 8, True) if left - wide - 12 >= axis.left else (right + 10, False)


def _reach(bar: ClaimBar, axis: Axis) -> tuple[float, float]:
    """Find the ends of a bar and its label together."""
    left, right = _ends(bar, axis)
    at, ends_there = _label(bar, axis)
    wide = text_width(_said(bar), 11)
    return min(left, at - wide if ends_there else at), max(right, at if ends_there else at + wide)


def _said(bar: ClaimBar) -> str:
    return f"{'+' if bar.sign > 0 else '−' if bar.sign < 0 else ''} {bar.label}".strip()


def _claim(bar: ClaimBar, axis: Axis, top: float, href: str) -> str:
    left, right = _ends(bar, axis)
    class_, line, ink = _CLASSES[bar.sign]
    high = _LANE - 6
    shape = {"x": left, "y": top, "width": right - left, "height": high, "rx": 3.0}
    at, ends_there = _label(bar, axis)
    parts = [
        tag("rect", class_="hollow", **shape),
        tag("rect", class_=class_, fill_opacity=0.2 if class_ != "h" else 1.0, **shape),
        words(at, top + high / 2 + 4, _said(bar), f"s {ink}{' r' if ends_there else ''}".strip()),
    ]
    for runs_on, tip, sense in ((left <= axis.left, left, -1), (right >= axis.right, right, 1)):
        if runs_on:
            head = f"M{number(tip)} {number(top + high / 2 - 5)}l{6 * sense} 5l{-6 * sense} 5"
            parts.append(tag("path", d=head, class_=line, stroke_width=1.8, stroke_dasharray="none"))
    if not bar.row:
        return "".join(parts)
    start, end = _reach(bar, axis)
    parts.append(tag("rect", x=start, y=top - 2, width=end - start, height=_LANE - 2, class_="hit"))
    return link(href + anchor(bar.row), _said(bar), *parts)


def _column(point: GapPoint, axis: Axis, span: tuple[float, float], names: tuple[str, str], href: str) -> str:
    left, right = axis.place(point.start), axis.place(point.end, end=True)
    box = tag("rect", x=left, y=span[0], width=right - left, height=span[1] - span[0], class_="hit")
    label = in_words(point, *names)
    return link(href + anchor(point.row), label, box) if point.row else tag("g", tag("title", label), box)


def _description(points: Sequence[GapPoint], known: Sequence[GapPoint]) -> str:
    first, last = known[0], known[-1]
    return (
        f"{len(points)} periods from {points[0].start} to {points[-1].end}, {len(known)} of them with both "
        f"ties. The gap is {signed(first.gap or 0.0)} in {first.label} and {signed(last.gap or 0.0)} in "
        f"{last.label}."
    )
