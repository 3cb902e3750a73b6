"""A change and its parts: one bar a part, each from where the one before it ended."""

from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from comity.figures.gap_chart import signed
from comity.figures.svg import anchor, figure, link, number, tag, text_width, words, wrap

_LABELS: Final = 236.0
_ROW: Final = 32.0
_TOP: Final = 30.0
_BAR: Final = 16.0


class Part(NamedTuple):
    """One part of a change; `row` names the list of what it stands on.

    `low` and `high` bound the value; `note` stands small below the label.
    """

    label: str
    value: float
    low: float | None = None
    high: float | None = None
    row: str = ""
    note: str = ""


def waterfall(
    parts: Sequence[Part],
    *,
    total: float,
    title: str = "What moved the tie",
    name: str = "waterfall",
    href: str = "#row-",
    width: float = 860.0,
    unit: str = "",
) -> str:
    """Draw the parts from top to bottom, each beginning where the last one ended, then the total.

    Blue and solid raises, orange and dashed lowers; the signed number stands beside each bar.

    Parameters
    ----------
    total : what the parts add up to
    unit : what the numbers count, in words; stands above the figure
    """
    if not parts:
        empty = [words(0, 24, "Nothing changed.", "soft")]
        return figure(empty, name=name, title=title, description="No part.", width=width, height=40)
    starts = [0.0, *accumulate(part.value for part in parts)]
    lows = [start + part.low for start, part in zip(starts, parts, strict=False) if part.low is not None]
    highs = [start + part.high for start, part in zip(starts, parts, strict=False) if part.high is not None]
    low, high = min(0.0, total, *starts, *lows), max(0.0, total, *starts, *highs)
    axis = _Scale(low, high, _LABELS + 62, width - 62)
    bottom = _TOP + _ROW * (len(parts) + 1)
    drawn = [words(0, 14, unit, "s soft")] if unit else []
    drawn += [
        tag("rect", class_="band", x=0.0, y=_TOP + _ROW * index, width=width, height=_ROW)
        for index in range(0, len(parts) + 1, 2)
    ]
    zero = axis.place(0.0)
    drawn.append(tag("path", d=f"M{number(zero)} {_TOP:g}V{number(bottom)}", class_="axis"))
    for index, (part, start) in enumerate(zip(parts, starts, strict=False)):
        drawn.append(_bar(part, start, axis, _TOP + _ROW * index, href, width))
        end = axis.place(start + part.value)
        top = _TOP + _ROW * index + (_ROW + _BAR) / 2
        step = f"M{number(end)} {number(top)}v{number(_ROW - _BAR)}"
        drawn.append(tag("path", d=step, class_="axis", stroke_dasharray="2 2"))
    drawn.append(tag("path", d=f"M0 {number(bottom - _ROW)}H{number(width)}", class_="axis"))
    drawn.append(_bar(Part("In all", total), 0.0, axis, bottom - _ROW, href, width, bold=True))
    up, down = (sum(sense * part.value > 0 for part in parts) for sense in (1, -1))
    return figure(
        drawn,
        name=name,
        title=title,
        description=f"{len(parts)} parts, {up} raise and {down} lower; in all {signed(total)}.",
        width=width,
        height=bottom + 6,
    )


class _Scale(NamedTuple):
    low: float
    high: float
    left: float
    right: float

    def place(self, value: float) -> float:
        reach = (self.high - self.low) or 1.0
        return self.left + (self.right - self.left) * (value - self.low) / reach


def _bar(
    part: Part, start: float, axis: _Scale, top: float, href: str, width: float, *, bold: bool = False
) -> str:
    middle = top + _ROW / 2
    lines = wrap(part.label, _LABELS - 12, lines=1 if part.note else 2)
    first = middle + 4 - 7 * (len(lines) - 1 + bool(part.note))
    texts = [words(6, first + 14 * index, line, "b" if bold else "") for index, line in enumerate(lines)]
    if part.note:
        texts.append(words(6, first + 14, part.note, "s soft"))
    ends = sorted((axis.place(start), axis.place(start + part.value)))
    class_, ink = ("f", "ft") if part.value > 0 else (("h", "ht") if part.value < 0 else ("n", ""))
    wide = max(ends[1] - ends[0], 1.5)
    bar = tag("rect", class_=class_, x=ends[0], y=middle - _BAR / 2, width=wide, height=_BAR)
    if part.low is not None and part.high is not None:
        bounds = (axis.place(start + part.low), axis.place(start + part.high))
        bar += tag(
            "path",
            d=f"M{number(bounds[0])} {number(middle)}H{number(bounds[1])}m0 -4v8M{number(bounds[0])} "
            f"{number(middle - 4)}v8",
            class_="axis",
            stroke_width=1.4,
        )
        ends = sorted((*ends, *bounds))
    said = signed(part.value)
    beyond = ends[-1] + 6
    # A bar that lowers has its number on the left, where it ends.
    at, side = (beyond, "") if part.value >= 0 else (ends[0] - 6, " r")
    if side and at - text_width(said) < _LABELS:
        at, side = beyond, ""
    text = words(at, middle + 4, said, f"b halo {ink}{side}".strip())
    if not part.row:
        return "".join((*texts, bar, text))
    box = tag("rect", class_="hit", x=0.0, y=top + 1, width=width, height=_ROW - 2)
    bounds_said = ""
    if part.low is not None and part.high is not None:
        bounds_said = f", interval {signed(part.low)} to {signed(part.high)}"
    return link(href + anchor(part.row), f"{part.label}: {said}{bounds_said}", *texts, bar, text, box)
