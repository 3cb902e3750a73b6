"""A tie through time: friendly and hostile sums, net with its band, and the acts as ticks."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Final, NamedTuple

from comity.figures.axis import Axis, straight_axis
from comity.figures.svg import anchor, figure, link, number, tag, words

_LEFT, _RIGHT = 52.0, 16.0
_SUMS: Final = (40.0, 160.0)  # top and bottom of the upper panel
_NET: Final = (206.0, 346.0)
_TICKS: Final = 372.0
_LABEL_GAP: Final = 14.0
_TICK_PITCH: Final = 24.0


class TiePoint(NamedTuple):
    """A tie on one day; `net` is None where it was refused."""

    at: date
    friendly: float
    hostile: float
    net: float | None
    low: float | None
    high: float | None


class Tick(NamedTuple):
    """Acts to mark below a chart; `row` names where they are listed."""

    day: date
    row: str
    label: str
    sign: int


def tie_chart(
    points: Sequence[TiePoint],
    ticks: Sequence[Tick] = (),
    *,
    title: str = "The tie through time",
    name: str = "tie",
    href: str = "#row-",
    width: float = 860.0,
) -> str:
    """Draw friendly and hostile sums, below them net with its 95 % interval; refusal is a gap.

    Parameters
    ----------
    points : in order of days
    ticks : each a link; where two would touch, the later ones move to a lower row
    """
    if len(points) < 2:
        parts = [words(0, 24, "Too few days for a line.", "soft")]
        return figure(parts, name=name, title=title, description="No line.", width=width, height=40)
    axis = _axis(points, width)
    rows = _tick_rows(ticks, axis)
    foot = _TICKS + _TICK_PITCH * len(rows)
    parts = [*_frame(axis, points, foot), *_sums(points, axis), *_net(points, axis)]
    for index, row in enumerate(rows):
        parts.extend(_tick(tick, axis, _TICKS + _TICK_PITCH * index, href) for tick in row)
    refused = sum(point.net is None for point in points)
    return figure(
        parts,
        name=name,
        title=title,
        description=(
            f"{len(points)} days from {points[0].at} to {points[-1].at}; on {refused} of them there is "
            f"too little to measure. {len(ticks)} ticks mark acts."
        ),
        width=width,
        height=foot + 26,
    )


def _axis(points: Sequence[TiePoint], width: float) -> Axis:
    return straight_axis(points[0].at, points[-1].at, _LEFT, width - _RIGHT)


def _frame(axis: Axis, points: Sequence[TiePoint], foot: float) -> list[str]:
    parts = [
        words(0, 16, "Friendly and hostile sums, in Goldstein points", "b"),
        words(0, _NET[0] - 18, "Net, from −1 to +1, with its 95 % interval", "b"),
    ]
    for place, label in _month_ticks(points[0].at, points[-1].at, axis):
        parts.append(tag("path", d=f"M{number(place)} {_SUMS[0]:g}V{number(foot)}", class_="rule"))
        parts.append(words(place, foot + 16, label, "soft s m"))
    for value in (-1, 0, 1):
        y = _net_y(value)
        text = f"{value:+d}".replace("-", "−") if value else "0"
        parts.append(
            tag(
                "path",
                d=f"M{_LEFT:g} {number(y)}H{number(axis.right)}",
                class_="axis" if value == 0 else "rule",
            )
        )
        parts.append(words(_LEFT - 8, y + 4, text, "soft s r"))
    return parts


def _month_ticks(first: date, last: date, axis: Axis) -> list[tuple[float, str]]:
    months = [
        date(year, month, 1)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if first <= date(year, month, 1) <= last
    ]
    room = max(1, int((axis.right - axis.left) // 76))
    step = next((one for one in (1, 2, 3, 6) if len(months) <= room * one), 0)
    if not step:
        return axis.ticks()
    return [(axis.place(day), f"{day:%b %Y}") for day in months if (day.month - 1) % step == 0]


def _sums(points: Sequence[TiePoint], axis: Axis) -> list[str]:
    top = max((max(point.friendly, point.hostile) for point in points), default=0.0) or 1.0

    def height(value: float) -> float:
        return _SUMS[1] - (_SUMS[1] - _SUMS[0]) * value / top

    parts = [
        tag("path", d=f"M{_LEFT:g} {_SUMS[1]:g}H{number(axis.right)}", class_="axis"),
        words(_LEFT - 8, _SUMS[1] + 4, "0", "soft s r"),
        words(_LEFT - 8, _SUMS[0] + 4, f"{top:.3g}", "soft s r"),
    ]
    last = points[-1]
    close = abs(height(last.friendly) - height(last.hostile)) < _LABEL_GAP
    for class_, ink, word, values in (
        ("fl", "ft", "+ friendly", [point.friendly for point in points]),
        ("hl", "ht", "− hostile", [point.hostile for point in points]),
    ):
        places = [(axis.place(point.at), height(value)) for point, value in zip(points, values, strict=True)]
        parts.append(tag("path", d=_path(places), class_=class_, stroke_width=2.2))
        above = 7 + (_LABEL_GAP if close and class_ == "hl" else 0.0)
        parts.append(words(axis.right - 2, places[-1][1] - above, word, f"s b halo r {ink}"))
    return parts


def _net(points: Sequence[TiePoint], axis: Axis) -> list[str]:
    parts = []
    for refused, group in groupby(points, key=lambda point: point.net is None):
        run = list(group)
        places = [axis.place(point.at) for point in run]
        if refused:
            wide = max(places[-1] - places[0], 4.0)
            parts.append(
                tag("rect", class_="band", x=places[0], y=_NET[0], width=wide, height=_NET[1] - _NET[0])
            )
            if wide > 120:
                parts.append(words(places[0] + wide / 2, _net_y(0) - 6, "too little to measure", "soft s m"))
            continue
        up = [(x, _net_y(point.high or 0.0)) for x, point in zip(places, run, strict=True)]
        down = [(x, _net_y(point.low or 0.0)) for x, point in zip(places, run, strict=True)]
        parts.append(
            tag("path", d=_path([*up, *reversed(down)]) + "Z", class_="n", fill_opacity=0.22, stroke="none")
        )
        line = [(x, _net_y(point.net or 0.0)) for x, point in zip(places, run, strict=True)]
        parts.append(tag("path", d=_path(line), stroke="currentColor", fill="none", stroke_width=2.2))
    return parts


def _net_y(value: float) -> float:
    return (_NET[0] + _NET[1]) / 2 - value * (_NET[1] - _NET[0]) / 2


def _path(places: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in places)


def _tick_rows(ticks: Sequence[Tick], axis: Axis) -> list[list[Tick]]:
    rows: list[list[Tick]] = []
    for tick in sorted(ticks, key=lambda one: (one.day, one.row)):
        place = axis.place(tick.day)
        free = next((row for row in rows if place - axis.place(row[-1].day) >= _TICK_PITCH), None)
        if free is None:
            rows.append([tick])
        else:
            free.append(tick)
    return rows


def _tick(tick: Tick, axis: Axis, middle: float, href: str) -> str:
    place = axis.place(tick.day)
    class_, sign = {1: ("f", "+"), -1: ("h", "−"), 0: ("n", "")}[tick.sign]
    ink = "ht" if class_ == "h" else "focal-text"
    parts = [
        tag("circle", cx=place, cy=middle, r=8.0, class_=class_),
        words(place, middle + 4, sign, f"b m {ink}"),
        tag("rect", class_="hit", x=place - 12, y=middle - 12, width=24.0, height=24.0, rx=12.0),
    ]
    return link(href + anchor(tick.row), tick.label, *parts)
