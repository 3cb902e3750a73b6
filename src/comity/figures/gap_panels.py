"""Small charts side by side: how two actors stand with each of several third parties."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from comity.figures.axis import straight_axis
from comity.figures.gap_chart import GapPoint, in_words, signed, tie_lines
from comity.figures.svg import anchor, figure, link, number, shorten, tag, words

_ACROSS: Final = 3
_PITCH: Final = 22.0
_SCALE: Final = 26.0
_HIGH: Final = 196.0
_PANEL: Final = (38.0, 148.0)


class GapPanel(NamedTuple):
    """Both ties with one third party; `row` names where the numbers stand."""

    third: str
    points: tuple[GapPoint, ...]
    row: str = ""


def gap_panels(
    panels: Sequence[GapPanel],
    *,
    a: str,
    b: str,
    title: str = "The same with other third parties",
    name: str = "gaps",
    href: str = "#row-",
    width: float = 860.0,
) -> str:
    """Draw small multiples, three in a row, all on the scale from −1 to +1; each is one link."""
    rows = (len(panels) + _ACROSS - 1) // _ACROSS
    wide = (width - _PITCH * (_ACROSS - 1)) / _ACROSS
    parts = []
    for index, panel in enumerate(panels):
        left = (index % _ACROSS) * (wide + _PITCH)
        shift = f"translate({number(left)} {number(index // _ACROSS * _HIGH)})"
        parts.append(tag("g", _panel(panel, wide, (a, b), href), transform=shift))
    return figure(
        parts,
        name=name,
        title=title,
        description=f"{a} and {b} with {', '.join(panel.third for panel in panels)}.",
        width=width,
        height=max(rows, 1) * _HIGH,
    )


def _panel(panel: GapPanel, wide: float, names: tuple[str, str], href: str) -> str:
    known = [point for point in panel.points if point.gap is not None]
    parts = [words(0, 16, shorten(panel.third, wide, 13), "b")]
    if not known:
        return "".join([*parts, words(0, 40, "Too little to measure.", "soft s")])
    axis = straight_axis(panel.points[0].start, panel.points[-1].end, _SCALE, wide - 14)
    for value in (1, 0, -1):
        y = (_PANEL[0] + _PANEL[1]) / 2 - value * (_PANEL[1] - _PANEL[0]) / 2
        parts.append(
            tag("path", d=f"M{_SCALE:g} {number(y)}H{number(wide - 14)}", class_="rule" if value else "axis")
        )
        parts.append(words(_SCALE - 6, y + 4, f"{value:+d}".replace("-", "−") if value else "0", "soft s r"))
    for place, year in axis.ticks():
        parts.append(words(place, _PANEL[1] + 16, year, "soft s"))
    parts.extend(tie_lines(panel.points, axis, _PANEL))
    first, last = known[0], known[-1]
    said = f"gap {signed(first.gap or 0.0)} in {first.label}, {signed(last.gap or 0.0)} in {last.label}"
    parts.append(words(0, _PANEL[1] + 36, shorten(said, wide), "s"))
    parts.append(tag("rect", x=0.0, y=0.0, width=wide, height=_PANEL[1] + 42, class_="hit"))
    label = f"{panel.third}. {in_words(first, *names)}. {in_words(last, *names)}"
    return link(href + anchor(panel.row), label, *parts) if panel.row else "".join(parts)
