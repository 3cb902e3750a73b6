"""A statement under every specification: one mark each, in order, over the choices that made it."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from comity.figures.gap_chart import signed
from comity.figures.svg import anchor, figure, link, number, shorten, tag, words

_LEFT: Final = 178.0
_STEP: Final = 24.0  # also the smallest target that a finger hits
_PLOT: Final = 116.0
_CHOICE: Final = 17.0
_TOP: Final = 46.0
_APART: Final = 26.0


class Specification(NamedTuple):
    """One way to work a number out; `agrees` is None where it gives none.

    `choices` are pairs of what is chosen and which way.
    """

    choices: tuple[tuple[str, str], ...]
    value: float | None
    agrees: bool | None
    row: str = ""
    is_default: bool = False

    @property
    def in_words(self) -> str:
        """The choices on one line."""
        return ", ".join(which for _, which in self.choices)


def specification_strip(
    specifications: Sequence[Specification],
    *,
    statement: str,
    title: str = "",
    name: str = "specifications",
    href: str = "#row-",
    width: float = 860.0,
) -> str:
    """Draw every specification from the lowest value to the highest, with its choices below.

    A filled mark agrees with the statement, a hollow one does not, a cross gives no number; the default
    is a diamond.

    Parameters
    ----------
    statement : what a filled mark agrees with, in words
    """
    in_order = sorted(specifications, key=lambda one: (one.value is None, one.value or 0.0, one.in_words))
    agree = sum(one.agrees is True for one in in_order)
    silent = sum(one.value is None for one in in_order)
    counted = f"{agree} of {len(in_order) - silent} agree"
    counted += f", {silent} more give no number" if silent else ""
    title = title or statement
    if not in_order:
        parts = [words(0, 24, "No specification gives a number.", "soft")]
        return figure(parts, name=name, title=title, description="None.", width=width, height=40)
    per_strip = max(1, int((width - _LEFT) // _STEP))
    strips = -(-len(in_order) // per_strip)
    per_strip = -(-len(in_order) // strips)  # strips of one length
    rows = _rows(in_order)
    high = _PLOT + _APART + sum(1 + len(which) for which in rows.values()) * _CHOICE + 14
    parts = [words(0, 16, shorten(f"{statement}: {counted}", width, 13), "b")]
    ends = _ends(in_order)
    for index in range(strips):
        strip = in_order[index * per_strip : (index + 1) * per_strip]
        top = _TOP + index * high
        parts.extend(_frame(top, len(strip), ends, rows))
        parts.extend(
            _mark(one, _LEFT + (place + 0.5) * _STEP, top, ends, rows, href)
            for place, one in enumerate(strip)
        )
    return figure(
        parts,
        name=name,
        title=title,
        description=f"{len(in_order)} specifications of this statement: {statement}. {counted}.",
        width=width,
        height=_TOP + strips * high - 4,
    )


def _rows(specifications: Sequence[Specification]) -> dict[str, list[str]]:
    rows: dict[str, list[str]] = {}
    for one in specifications:
        for what, which in one.choices:
            found = rows.setdefault(what, [])
            if which not in found:
                found.append(which)
    return {what: sorted(which) for what, which in sorted(rows.items()) if len(which) > 1}


def _ends(specifications: Sequence[Specification]) -> tuple[float, float]:
    values = [one.value for one in specifications if one.value is not None] or [0.0]
    low, high = min(0.0, *values), max(0.0, *values)
    return (low, high) if high > low else (low - 1.0, high + 1.0)


def _height(value: float, top: float, ends: tuple[float, float]) -> float:
    return top + _PLOT * (ends[1] - value) / (ends[1] - ends[0])


def _frame(top: float, marks: int, ends: tuple[float, float], rows: dict[str, list[str]]) -> list[str]:
    right = _LEFT + marks * _STEP
    parts = []
    for value in sorted({ends[0], 0.0, ends[1]}):
        y = _height(value, top, ends)
        parts.append(
            tag("path", d=f"M{_LEFT:g} {number(y)}H{number(right)}", class_="rule" if value else "axis")
        )
        if value == 0.0 or abs(y - _height(0.0, top, ends)) > 12:
            parts.append(words(_LEFT - 8, y + 4, signed(value) if value else "0", "soft s r"))
    y = top + _PLOT + _APART
    for what, which in rows.items():
        parts.append(words(0, y + 4, shorten(what, _LEFT - 12), "s b"))
        for one in which:
            y += _CHOICE
            parts.append(words(12, y + 4, shorten(one, _LEFT - 24, 11), "s"))
            parts.append(tag("path", d=f"M{_LEFT:g} {number(y)}H{number(right)}", class_="rule"))
        y += _CHOICE
    return parts


def _mark(
    one: Specification,
    x: float,
    top: float,
    ends: tuple[float, float],
    rows: dict[str, list[str]],
    href: str,
) -> str:
    parts = []
    if one.value is None:
        y = _height(0.0, top, ends)
        parts.append(
            tag("path", d=f"M{number(x - 4)} {number(y - 4)}l8 8m0 -8l-8 8", class_="axis", stroke_width=1.6)
        )
    else:
        parts.append(_shape(one, x, _height(one.value, top, ends)))
    chosen = dict(one.choices)
    y = top + _PLOT + _APART
    squares = ""
    for what, which in rows.items():
        for each in which:
            y += _CHOICE
            if chosen.get(what) == each:
                squares += f"M{number(x - 4.5)} {number(y - 4.5)}h9v9h-9Z"
        y += _CHOICE
    parts.append(tag("path", d=squares or "M0 0", class_="focal" if one.agrees else "node"))
    said = "no number" if one.value is None else signed(one.value)
    verdict = {True: "agrees", False: "does not agree", None: "cannot tell"}[one.agrees]
    label = f"{said}, {verdict}{' (the default)' if one.is_default else ''}: {one.in_words}"
    box = tag("rect", x=x - _STEP / 2, y=top - 8, width=_STEP, height=y - top + 8, class_="hit")
    if not one.row:
        return tag("g", tag("title", label), *parts, box)
    return link(href + anchor(one.row), label, *parts, box)


def _shape(one: Specification, x: float, y: float) -> str:
    class_ = "focal" if one.agrees else "node"
    if one.is_default:
        return tag("path", d=f"M{number(x)} {number(y - 8)}l8 8l-8 8l-8 -8Z", class_=class_, stroke_width=1.6)
    return tag("circle", cx=x, cy=y, r=5.0, class_=class_, stroke_width=1.6)
