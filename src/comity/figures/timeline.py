"""Acts as authors tell them: marks for what is dated, bars for intervals, everything a link."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from comity.figures.axis import Axis, Band, Stretch, era_axis
from comity.figures.svg import anchor, figure, link, number, shorten, tag, text_width, words, wrap

APART: Final = "Told, not counted"
_LANE: Final = 24.0  # also the smallest target that a finger hits
_PILL: Final = 18.0
_LEFT, _RIGHT_MARGIN, _TOP = 104.0, 14.0, 52.0
_MONTH_DAYS: Final = 31
_SIGNS: Final = {1: "+", -1: "−", 0: ""}
_CLASSES: Final = {1: "f", -1: "h", 0: "n"}


class TimelineAct(NamedTuple):
    """One act on a timeline.

    `number` is what the mark says and the list beside the figure repeats; an act with `aux`
    (negation, hypothetical, future) is drawn hollow, in a row of its own.
    """

    id: str
    number: str
    label: str
    row: str
    start: date | None
    end: date | None
    sign: int = 1
    aux: str = ""

    @property
    def is_point(self) -> bool:
        """Whether it is dated to a month or better."""
        known = self.start is not None and self.end is not None
        return known and (self.end - self.start).days < _MONTH_DAYS  # type: ignore[operator]


class _Placed(NamedTuple):
    act: TimelineAct
    left: float
    right: float

    @property
    def text(self) -> str:
        return _SIGNS[self.act.sign] + self.act.number


def timeline(
    acts: Sequence[TimelineAct],
    *,
    rows: Sequence[str],
    bands: Sequence[Band] = (),
    title: str = "Timeline",
    name: str = "timeline",
    href: str = "#row-",
    width: float = 860.0,
) -> str:
    """Draw acts in time, by row, with the eras as bands.

    Each era is as wide as the acts in it need, so the scale changes from era to era; the years say
    where. An act dated to a month or better is a filled mark, a longer one a pale bar over its
    days, with an arrow where an end is open. What did not happen, or had not yet, stands apart.

    Parameters
    ----------
    rows : names of rows, from top to bottom; an act whose row is not named gets one below
    bands : eras that do not overlap
    href : what comes before an act's id in its link
    """
    dated = [act for act in acts if act.start or act.end]
    if not dated:
        return _empty(title, name, width)
    axis = _axis(dated, bands, width)
    names = [*rows, *sorted({act.row for act in acts if not act.aux} - set(rows))]
    groups = [(row, [act for act in dated if act.row == row and not act.aux]) for row in names]
    groups.append((APART, [act for act in dated if act.aux]))
    parts: list[str] = []
    top = _TOP
    for row, members in groups:
        if not members:
            continue
        lanes = _lanes([_placed(act, axis) for act in members])
        height = len(lanes) * _LANE + 10
        parts.append(_row_label(row, len(members), top, height, width))
        for index, lane in enumerate(lanes):
            middle = top + 5 + (index + 0.5) * _LANE
            parts.extend(_mark(placed, middle, href) for placed in lane)
        top += height
    head = [_band(stretch, top, index) for index, stretch in enumerate(axis.stretches)]
    return figure(
        [*head, *_year_ticks(axis, top), *parts],
        name=name,
        title=title,
        description=_description(dated, len(acts) - len(dated)),
        width=width,
        height=top + 26,
    )


def _axis(dated: Sequence[TimelineAct], bands: Sequence[Band], width: float) -> Axis:
    ends = [day for act in dated for day in (act.start, act.end) if day]
    first, last = min(ends), max(ends)
    first, last = date(first.year, 1, 1), date(last.year, 12, 31)
    days = [act.start or act.end or first for act in dated]
    return era_axis(first, last, _LEFT, width - _RIGHT_MARGIN, bands, days)


def _placed(act: TimelineAct, axis: Axis) -> _Placed:
    left = axis.place(act.start) if act.start else axis.left
    right = axis.place(act.end, end=True) if act.end else axis.right
    least = max(_LANE, text_width(_SIGNS[act.sign] + act.number, 11) + 10)
    if right - left < least:
        middle = min(max((left + right) / 2, axis.left + least / 2), axis.right - least / 2)
        left, right = middle - least / 2, middle + least / 2
    return _Placed(act, left, right)


def _lanes(placed: Sequence[_Placed]) -> list[list[_Placed]]:
    lanes: list[list[_Placed]] = []
    for one in sorted(placed, key=lambda each: (each.left, each.right, each.act.id)):
        free = next((lane for lane in lanes if lane[-1].right <= one.left + 1e-9), None)
        if free is None:
            lanes.append([one])
        else:
            free.append(one)
    return lanes


def _mark(placed: _Placed, middle: float, href: str) -> str:
    act, left, right = placed.act, placed.left + 1, placed.right - 1
    top, class_ = middle - _PILL / 2, _CLASSES[act.sign]
    filled = act.is_point and not act.aux
    shape: dict[str, str | float] = {"x": left, "y": top, "width": right - left, "height": _PILL, "rx": 9.0}
    if not act.is_point:
        shape["rx"] = 3.0
    ink = {"f": "ft", "h": "ht", "n": "soft"}[class_]
    if filled:
        body = tag("rect", class_=class_, **shape)
        ink = "focal-text" if class_ != "h" else "ht"
    elif act.aux:
        body = tag("rect", class_=f"{class_} hollow", stroke_width=1.2, **shape)
    else:
        body = tag("rect", class_="hollow", **shape) + tag(
            "rect", class_=class_, fill_opacity=0.2 if class_ != "h" else 1.0, **shape
        )
    at = (left + right) / 2 if act.is_point or right - left < 40 else left + 8
    anchored = "m" if at > left + 8 else ""
    parts = [body, *_arrows(placed, middle, class_)]
    parts.append(words(at, middle + 4, placed.text, f"s {ink} {anchored}".strip()))
    parts.append(
        tag("rect", class_="hit", x=placed.left, y=middle - 12, width=right - left + 2, height=_LANE)
    )
    return link(href + anchor(act.id), act.label, *parts)


def _arrows(placed: _Placed, middle: float, class_: str) -> list[str]:
    heads = []
    for is_open, tip, sense in (
        (placed.act.start is None, placed.left + 1, -1),
        (placed.act.end is None, placed.right - 1, 1),
    ):
        if is_open:
            back = tip - 8 * sense
            path = f"M{number(back)} {number(middle - 6)}l{8 * sense} 6l{-8 * sense} 6"
            line = {"f": "fl", "h": "hl", "n": "nl"}[class_]
            heads.append(tag("path", d=path, class_=line, stroke_width=2, stroke_dasharray="none"))
    return heads


def _row_label(row: str, acts: int, top: float, height: float, width: float) -> str:
    parts = [tag("path", d=f"M0 {number(top)}H{number(width)}", class_="rule")]
    for index, line in enumerate(wrap(row, _LEFT - 12)):
        parts.append(words(0, top + 19 + 14 * index, line, "b"))
    if height > 50 or len(parts) == 2:
        parts.append(
            words(
                0, top + 19 + 14 * (len(parts) - 1), f"{acts} told" if row != APART else f"{acts}", "soft s"
            )
        )
    return "".join(parts)


def _band(stretch: Stretch, bottom: float, index: int) -> str:
    left, right, label = stretch.left, stretch.right, stretch.label
    parts = []
    if index % 2 == 0:
        parts.append(tag("rect", class_="band", x=left, y=0.0, width=right - left, height=bottom))
    for line_no, line in enumerate(wrap(label, right - left - 8, 11, lines=3)):
        parts.append(words(left + 4, 13 + 13 * line_no, line, "s"))
    return tag("g", tag("title", label), *parts) if label else "".join(parts)


def _year_ticks(axis: Axis, bottom: float) -> list[str]:
    parts = [tag("path", d=f"M{number(axis.left)} {number(bottom)}H{number(axis.right)}", class_="axis")]
    for place, year in axis.ticks():
        parts.append(tag("path", d=f"M{number(place)} {number(bottom)}v5", class_="axis"))
        parts.append(words(place, bottom + 18, year, "soft s m"))
    return parts


def _description(dated: Sequence[TimelineAct], undated: int) -> str:
    counted = [act for act in dated if not act.aux]
    friendly = sum(act.sign > 0 for act in counted)
    hostile = sum(act.sign < 0 for act in counted)
    apart = len(dated) - len(counted)
    text = f"{len(counted)} acts: {friendly} friendly, {hostile} hostile. {apart} told but not counted."
    return f"{text} {undated} without any date are not drawn." if undated else text


def _empty(title: str, name: str, width: float) -> str:
    parts = [words(0, 24, shorten("No act with a date in this record.", width), "soft")]
    return figure(parts, name=name, title=title, description="No act with a date.", width=width, height=40)
